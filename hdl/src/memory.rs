//! The memories of the core: single-clock block RAM, described so that the synthesis tools of both
//! families infer it without additional gates.
//!
//! RustHDL's own RAM does not define a read and a write of one address in the same cycle, and yosys
//! then builds a bypass of some forty cells around each memory. These memories declare the result
//! as irrelevant (`no_rw_check`); the core never uses it. If a simulation defines
//! `SYNFIRE_COLLISIONS`, every such read returns the inverted word, which tests this claim.

mod late_ram;
mod ram;
mod split_ram;

pub use late_ram::LateRam;
pub use ram::Ram;
pub use split_ram::SplitRam;

/// The prefix of the names of the write signals: registers are used if `registered`.
fn written(registered: bool) -> &'static str {
    if registered { "late_" } else { "" }
}

/// The Verilog of the ports of a memory with a read latency of two cycles, without the write
/// itself: words of `width` bits in `storage`, addressed by `address_bits`, written while one of
/// `enables` is 1.
fn late_ports(width: usize, address_bits: usize, registered: bool, enables: &[&str]) -> String {
    let late = written(registered);
    let (declared, first, second, address) = match registered {
        false => (
            // Initialised to 0 like every flip-flop, so that equal flip-flops can be merged.
            format!(
                "reg [{}:0] late_address;\ninitial late_address = 0;\n",
                address_bits - 1
            ),
            "late_address <= read_address;",
            "read_data",
            "late_address",
        ),
        true => (
            format!("reg [{}:0] word;\n", width - 1)
                + &write_registers(width, address_bits, enables),
            "read_data <= word;",
            "word",
            "read_address",
        ),
    };
    let writes: Vec<_> = enables.iter().map(|it| format!("{late}{it}")).collect();
    format!(
        "\
{declared}
always @(posedge clock) begin
   {first}
   {second} <= storage[{address}];
`ifdef SYNFIRE_COLLISIONS
   if (({}) && {late}write_address == {address}) {second} <= ~storage[{address}];
`endif
end
",
        writes.join(" || ")
    )
}

/// Registers for the write address, data and enables.
fn write_registers(width: usize, address_bits: usize, enables: &[&str]) -> String {
    let declared = enables
        .iter()
        .map(|it| format!("reg late_{it};\ninitial late_{it} = 0;\n"));
    let taken = enables.iter().map(|it| format!("   late_{it} <= {it};\n"));
    format!(
        "\
reg [{}:0] late_write_address;
reg [{}:0] late_write_data;
{}
always @(posedge clock) begin
   late_write_address <= write_address;
   late_write_data <= write_data;
{}end
",
        address_bits - 1,
        width - 1,
        declared.collect::<String>(),
        taken.collect::<String>()
    )
}
