//! The memories of the core: block RAM of one clock, described so that the synthesisers of both
//! families infer it without a gate beside it.
//!
//! RustHDL's own RAM says nothing about a read and a write of one address in one cycle, and yosys
//! then builds a bypass of some forty cells around each. These say that the outcome is of no
//! interest (`no_rw_check`); the core never looks at it. Define `SYNFIRE_COLLISIONS` in a
//! simulation to make every such read return the inverted word, which shows whether that is true.

mod late_ram;
mod ram;
mod split_ram;

pub use late_ram::LateRam;
pub use ram::Ram;
pub use split_ram::SplitRam;

/// The read port of a memory that answers after two cycles, in Verilog: words of `width` bits in
/// `storage`, addressed by `address_bits`. It is written to while the condition `writes` holds.
fn late_read(width: usize, address_bits: usize, registered: bool, writes: &str) -> String {
    let (declared, first, second, address) = match registered {
        false => (
            // The value is that of every flip-flop: or this one is not found to be another.
            format!(
                "reg [{}:0] late_address;\ninitial late_address = 0;",
                address_bits - 1
            ),
            "late_address <= read_address;",
            "read_data",
            "late_address",
        ),
        true => (
            format!("reg [{}:0] word;", width - 1),
            "read_data <= word;",
            "word",
            "read_address",
        ),
    };
    format!(
        "\
{declared}

always @(posedge clock) begin
   {first}
   {second} <= storage[{address}];
`ifdef SYNFIRE_COLLISIONS
   if (({writes}) && write_address == {address}) {second} <= ~storage[{address}];
`endif
end
"
    )
}
