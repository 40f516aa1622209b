//! The two bodies of the synapse memory, in Verilog.

use std::fmt::Write as _;

use crate::relay::GROUP;

/// Lanes that share an address, and a block RAM where their words would not fill one each.
const PAIR: usize = 2;

/// Words of eight bits that fill a block RAM of an ECP5.
const DEEP: usize = 2048;

/// Block RAM of each lane's own: one bank for every power of two in the number of words, so that no
/// bank is larger than what it holds, and no word is chosen among more than there are banks. With
/// `registered`, what arrives has a register for each group of lanes and then one for each pair, and
/// the word that is read has one.
pub(super) fn block_ram(
    words: usize,
    address_bits: usize,
    lanes: usize,
    registered: bool,
) -> String {
    let high = address_bits - 1;
    let banks = banks(words);
    let mut text = format!(
        "\
genvar group, pair, lane;
generate
for (group = 0; group < {groups}; group = group + 1) begin : near
   reg [{high}:0] address_near;
   reg [{mask_high}:0] mask_near;
   reg [{data_high}:0] data_near;
{arrive}   for (pair = 0; pair < {pairs}; pair = pair + 1) begin : at
      reg [{high}:0] here;
      reg [1:0] mask;
      reg [15:0] data;
{settle}      reg [{high}:0] shown;
      initial shown = 0;
      always @(posedge clock) shown <= here;
",
        groups = lanes.div_ceil(GROUP),
        pairs = lanes.min(GROUP) / PAIR,
        mask_high = lanes.min(GROUP) - 1,
        data_high = lanes.min(GROUP) * 8 - 1,
        arrive = arrival(
            "   ",
            registered,
            [
                ("address_near", "address".to_owned()),
                ("mask_near", slice("write_mask", "group", lanes.min(GROUP))),
                (
                    "data_near",
                    slice("write_data", "group", lanes.min(GROUP) * 8)
                ),
            ]
        ),
        settle = arrival(
            "      ",
            registered,
            [
                ("here", "address_near".to_owned()),
                ("mask", slice("mask_near", "pair", PAIR)),
                ("data", slice("data_near", "pair", PAIR * 8)),
            ]
        ),
    );
    for (number, bank) in banks.iter().enumerate() {
        // A bank of a pair has a mask for each of its bytes, one of a lane is written or not.
        let shared = registered && bank.words < DEEP;
        let (each, lanes) = match shared {
            true => ("if (1)".to_owned(), PAIR),
            false => (format!("for (lane = 0; lane < {PAIR}; lane = lane + 1)"), 1),
        };
        let storage = bank.storage("         ", address_bits, lanes);
        let _ = write!(
            text,
            "      {each} begin : bank{number}\n{storage}      end\n"
        );
    }
    // Absent synapses beyond the last word.
    text.push_str(
        "\
      reg [15:0] selected;
      always @(*) begin
         selected = 16'h8080;
",
    );
    for (number, bank) in banks.iter().enumerate() {
        let here = bank.selects("shown", address_bits);
        let read = match registered && bank.words < DEEP {
            true => format!("bank{number}.read"),
            false => format!("{{bank{number}[1].read, bank{number}[0].read}}"),
        };
        let _ = writeln!(text, "         if ({here}) selected = {read};");
    }
    let _ = write!(
        text,
        "\
      end
      always @({edge}) read_data[(group * {pairs} + pair) * 16 +: 16] {becomes} selected;
   end
end
endgenerate
",
        pairs = lanes.min(GROUP) / PAIR,
        edge = if registered { "posedge clock" } else { "*" },
        becomes = if registered { "<=" } else { "=" },
    );
    text
}

fn slice(name: &str, index: &str, width: usize) -> String {
    format!("{name}[{index} * {width} +: {width}]")
}

/// What goes to many places: with registers, which synthesis must not make one with their like.
fn arrival(indent: &str, registered: bool, ways: [(&str, String); 3]) -> String {
    let becomes = if registered { "<=" } else { "=" };
    let start = match registered {
        true => format!("{indent}(* keep *) always @(posedge clock) begin\n"),
        false => format!("{indent}always @(*) begin\n"),
    };
    let assignments = ways.map(|(to, from)| format!("{indent}   {to} {becomes} {from};\n"));
    format!("{start}{}{indent}end\n", assignments.concat())
}

struct Bank {
    first: usize,
    words: usize,
}

impl Bank {
    fn bits(&self) -> u32 {
        self.words.trailing_zeros()
    }

    /// The words of `lanes` lanes of a pair: of one, which `lane` names, or of both.
    fn storage(&self, indent: &str, address_bits: usize, lanes: usize) -> String {
        let index = match self.bits() {
            0 => "1'b0".to_owned(),
            bits => format!("here[{}:0]", bits - 1),
        };
        let inside = self.selects("here", address_bits);
        let mut text = format!(
            "\
(* no_rw_check *) reg [{high}:0] words [0:{last}];
reg [{high}:0] read;
integer k;
initial for (k = 0; k <= {last}; k = k + 1) words[k] = 0;
always @(posedge clock) begin
   read <= words[{index}];
",
            high = lanes * 8 - 1,
            last = self.words - 1,
        );
        for part in 0..lanes {
            let (lane, bits) = match lanes {
                1 => ("lane".to_owned(), String::new()),
                _ => (part.to_string(), format!("[{}:{}]", part * 8 + 7, part * 8)),
            };
            let _ = writeln!(
                text,
                "   if (mask[{lane}] && {inside}) words[{index}]{bits} <= data[{lane} * 8 +: 8];"
            );
        }
        text.push_str("end\n");
        text.lines()
            .map(|line| format!("{indent}{line}\n"))
            .collect()
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
