//! The two bodies of the synapse memory, in Verilog.

use std::fmt::Write as _;

/// Block RAM: one bank for every power of two in the number of words, so that no bank is larger
/// than what it holds. With `registered`, the word that is read has a register.
pub(super) fn block_ram(
    words: usize,
    address_bits: usize,
    lanes: usize,
    registered: bool,
) -> String {
    let high = lanes * 8 - 1;
    // A write is carried out when `read_data` holds the word: the names tell how late that is.
    let (due, delays) = match registered {
        false => ("late", ""),
        true => (
            "later",
            "\
   later_address <= late_address;
   later_mask <= late_mask;
   later_data <= late_data;
",
        ),
    };
    let mut text = String::new();
    for name in ["late", "later"].iter().take(1 + usize::from(registered)) {
        let _ = write!(
            text,
            "\
reg [{address_high}:0] {name}_address;
reg [{lane_high}:0] {name}_mask;
reg [{high}:0] {name}_data;
initial {name}_mask = {lanes}'h0;
",
            address_high = address_bits - 1,
            lane_high = lanes - 1,
        );
    }
    let _ = write!(
        text,
        "\
reg [{high}:0] merged;
reg [{high}:0] selected;
reg write_due;
integer lane;

always @(posedge clock) begin
   late_address <= address;
   late_mask <= write_mask;
   late_data <= write_data;
{delays}end

always @(*) begin
   merged = read_data;
   for (lane = 0; lane < {lanes}; lane = lane + 1)
      if ({due}_mask[lane]) merged[lane * 8 +: 8] = {due}_data[lane * 8 +: 8];
end
",
    );
    text.push_str(match registered {
        false => "\nalways @(*) write_due = late_mask != 0;\n",
        true => {
            "\ninitial write_due = 1'b0;\nalways @(posedge clock) write_due <= late_mask != 0;\n"
        }
    });
    let banks = banks(words);
    for (number, bank) in banks.iter().enumerate() {
        let last = bank.words - 1;
        let index = match bank.bits() {
            0 => "1'b0".to_owned(),
            bits => format!("[{}:0]", bits - 1),
        };
        let within = |name: &str| match bank.bits() {
            0 => index.clone(),
            _ => format!("{name}{index}"),
        };
        let read = within("address");
        let write = within(&format!("{due}_address"));
        let here = bank.selects(&format!("{due}_address"), address_bits);
        // Writing is an event of its own: `merged` is made of the word as it was read.
        let _ = write!(
            text,
            "
(* no_rw_check *) reg [{high}:0] bank{number} [0:{last}];
reg [{high}:0] read{number};
integer k{number};

initial begin
   for (k{number} = 0; k{number} <= {last}; k{number} = k{number} + 1)
      bank{number}[k{number}] = 0;
end

always @(posedge clock) begin
   read{number} <= bank{number}[{read}];
   if (write_due && {here}) bank{number}[{write}] <= merged;
end
",
        );
    }
    // Absent synapses beyond the last word.
    let _ = write!(
        text,
        "\nalways @(*) begin\n   selected = {{{lanes}{{8'h80}}}};\n"
    );
    for (number, bank) in banks.iter().enumerate() {
        let here = bank.selects("late_address", address_bits);
        let _ = writeln!(text, "   if ({here}) selected = read{number};");
    }
    text.push_str("end\n\n");
    text.push_str(match registered {
        false => "always @(*) read_data = selected;\n",
        true => "always @(posedge clock) read_data <= selected;\n",
    });
    text
}

struct Bank {
    first: usize,
    words: usize,
}

impl Bank {
    fn bits(&self) -> u32 {
        self.words.trailing_zeros()
    }

    /// The condition that an address lies in this bank, from its upper bits alone.
    fn selects(&self, address: &str, address_bits: usize) -> String {
        let low = self.bits() as usize;
        if low >= address_bits {
            return "1'b1".to_owned();
        }
        let value = self.first >> low;
        format!(
            "{address}[{}:{low}] == {}'d{value}",
            address_bits - 1,
            address_bits - low
        )
    }
}

/// Splits a number of words into powers of two, largest first, each aligned to its size.
fn banks(words: usize) -> Vec<Bank> {
    let mut first = 0;
    let mut banks = Vec::new();
    for bit in (0..usize::BITS).rev() {
        let size = 1_usize << bit;
        if words & size != 0 {
            banks.push(Bank { first, words: size });
            first += size;
        }
    }
    banks
}

/// Four single-port memories of 16,384 words of 16 bits.
pub(super) fn spram(lanes: usize) -> String {
    let mut text = String::new();
    for pair in 0..lanes / 2 {
        let (low, high) = (pair * 2, pair * 2 + 1);
        let _ = write!(
            text,
            "
wire [15:0] read{pair};
SB_SPRAM256KA memory{pair} (
   .ADDRESS(address),
   .DATAIN(write_data[{data_high}:{data_low}]),
   .MASKWREN({{write_mask[{high}], write_mask[{high}], write_mask[{low}], write_mask[{low}]}}),
   .WREN(write_mask[{high}] | write_mask[{low}]),
   .CHIPSELECT(1'b1),
   .CLOCK(clock),
   .STANDBY(1'b0),
   .SLEEP(1'b0),
   .POWEROFF(1'b1),
   .DATAOUT(read{pair})
);
",
            data_low = pair * 16,
            data_high = pair * 16 + 15,
        );
    }
    text.push_str("\nalways @(*) begin\n");
    for pair in 0..lanes / 2 {
        let _ = writeln!(
            text,
            "   read_data[{}:{}] = read{pair};",
            pair * 16 + 15,
            pair * 16
        );
    }
    text.push_str("end\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banks_cover_the_words_once() {
        for words in [1, 512, 2048, 5120, 6144, 16_384, 7] {
            let banks = banks(words);
            let mut next = 0;
            for bank in &banks {
                assert_eq!(bank.first, next);
                assert_eq!(
                    bank.first % bank.words,
                    0,
                    "a bank starts at a multiple of its size"
                );
                next += bank.words;
            }
            assert_eq!(next, words);
        }
    }

    #[test]
    fn bank_is_told_by_the_upper_bits() {
        let banks = banks(5120);
        assert_eq!(banks[0].selects("a", 13), "a[12:12] == 1'd0");
        assert_eq!(banks[1].selects("a", 13), "a[12:10] == 3'd4");
    }
}
