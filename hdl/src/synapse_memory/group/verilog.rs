//! The two Verilog bodies of the synapse memory.

use std::fmt::Write as _;
use std::ops::Range;

/// Block RAM: one bank for every power of two in the number of words, so that no bank is larger
/// than its contents. Each byte has its own write enable, for which synthesis uses separate block
/// RAM as deep as the bank. With `registered`, inputs pass two registers, and the word read has
/// one.
///
/// If a lane has more than [`DEEP`] words, its block RAM alone is spread over much of the chip, and
/// each lane has its own second register.
///
/// All words are zero at power-up. If the chip's block RAM is zero anyway, synthesis defines
/// `POWERS_UP_AS_ZERO` and omits the initial contents, because the time of yosys for them grows
/// with the square of the number of words.
pub(super) fn block_ram(
    words: usize,
    address_bits: usize,
    lanes: &Range<usize>,
    registered: bool,
) -> String {
    if registered && words > DEEP {
        return deep_block_ram(words, address_bits, lanes);
    }
    let size = lanes.len();
    let banks = banks(words);
    let address = format!("[{}:0]", address_bits - 1);
    let mask = format!("[{}:0]", size - 1);
    let data = format!("[{}:0]", size * 8 - 1);
    let mut text = format!("reg {address} here;\nreg {mask} mask;\nreg {data} word;\n");
    let given = [
        "address".to_owned(),
        format!("write_mask{}", slice(lanes, 1)),
        format!("write_data{}", slice(lanes, 8)),
    ];
    let edge = "(* keep *) always @(posedge clock)";
    text.push_str(&match registered {
        false => arrival("always @(*)", "=", ["here", "mask", "word"], &given),
        true => {
            let near = ["near_here", "near_mask", "near_word"];
            format!(
                "reg {address} near_here;\nreg {mask} near_mask;\nreg {data} near_word;\n\
                 initial near_mask = 0;\ninitial mask = 0;\n{}{}",
                arrival(edge, "<=", near, &given),
                arrival(edge, "<=", ["here", "mask", "word"], &near),
            )
        }
    });
    for (number, bank) in banks.iter().enumerate() {
        let index = match bank.bits() {
            0 => "1'b0".to_owned(),
            bits => format!("here[{}:0]", bits - 1),
        };
        let _ = write!(
            text,
            "
(* no_rw_check *) reg {data} bank{number} [0:{last}];
reg {data} read{number};
integer k{number}, lane{number};
`ifndef POWERS_UP_AS_ZERO
initial for (k{number} = 0; k{number} <= {last}; k{number} = k{number} + 1)
   bank{number}[k{number}] = 0;
`endif
always @(posedge clock) begin
   read{number} <= bank{number}[{index}];
   for (lane{number} = 0; lane{number} < {size}; lane{number} = lane{number} + 1)
      if (mask[lane{number}] && {inside})
         bank{number}[{index}][lane{number} * 8 +: 8] <= word[lane{number} * 8 +: 8];
end
",
            last = bank.words - 1,
            inside = bank.selects("here", address_bits),
        );
    }
    let late = match registered {
        true => "late",
        false => "read",
    };
    if registered {
        // The register is after each bank, not after the selection between banks, because a bank
        // takes half of a cycle to output its word.
        for number in 0..banks.len() {
            let _ = writeln!(
                text,
                "reg {data} late{number};\nalways @(posedge clock) late{number} <= read{number};"
            );
        }
    }
    let _ = writeln!(text, "\nreg {data} selected;");
    text.push_str(&match banks.as_slice() {
        [all] if all.words == 1 << address_bits => {
            format!("always @(*) selected = {late}0;\n")
        }
        _ => selection(&banks, address_bits, size, registered),
    });
    text + &in_its_place(lanes, "selected")
}

/// Number of words above which each lane has its own address.
const DEEP: usize = 8_192;

/// Block RAM like that of [`block_ram`] with registers, separate for each lane.
fn deep_block_ram(words: usize, address_bits: usize, lanes: &Range<usize>) -> String {
    let size = lanes.len();
    let banks = banks(words);
    let address = format!("[{}:0]", address_bits - 1);
    let given = [
        "address".to_owned(),
        format!("write_mask{}", slice(lanes, 1)),
        format!("write_data{}", slice(lanes, 8)),
    ];
    let near = ["near_here", "near_mask", "near_word"];
    let edge = "(* keep *) always @(posedge clock)";
    let mut text = format!(
        "reg {address} near_here;\nreg [{}:0] near_mask;\nreg [{}:0] near_word;\n\
         initial near_mask = 0;\n{}reg {address} here;\n\
         always @(posedge clock) here <= near_here;\n",
        size - 1,
        size * 8 - 1,
        arrival(edge, "<=", near, &given),
    );
    for number in 0..banks.len() {
        let _ = writeln!(text, "wire [{}:0] late{number};", size * 8 - 1);
    }
    for lane in 0..size {
        let _ = write!(
            text,
            "
reg {address} here_{lane};
reg mask_{lane};
reg [7:0] word_{lane};
initial mask_{lane} = 0;
{edge} begin
   here_{lane} <= near_here;
   mask_{lane} <= near_mask[{lane}];
   word_{lane} <= near_word[{low} +: 8];
end
",
            low = lane * 8,
        );
        for (number, bank) in banks.iter().enumerate() {
            let own = format!("{number}_{lane}");
            let _ = write!(
                text,
                "\
(* no_rw_check *) reg [7:0] bank{own} [0:{last}];
reg [7:0] read{own};
reg [7:0] late{own};
integer k{own};
`ifndef POWERS_UP_AS_ZERO
initial for (k{own} = 0; k{own} <= {last}; k{own} = k{own} + 1)
   bank{own}[k{own}] = 0;
`endif
always @(posedge clock) begin
   late{own} <= read{own};
   read{own} <= bank{own}[here_{lane}[{high}:0]];
   if (mask_{lane} && {inside})
      bank{own}[here_{lane}[{high}:0]] <= word_{lane};
end
assign late{number}[{low} +: 8] = late{own};
",
                last = bank.words - 1,
                high = bank.bits().max(1) - 1,
                low = lane * 8,
                inside = bank.selects(&format!("here_{lane}"), address_bits),
            );
        }
    }
    let _ = writeln!(text, "\nreg [{}:0] selected;", size * 8 - 1);
    text.push_str(&selection(&banks, address_bits, size, true));
    text + &in_its_place(lanes, "selected")
}

/// The selection of the bank whose word is output; beyond the last word, synapses are absent.
fn selection(banks: &[Bank], address_bits: usize, size: usize, registered: bool) -> String {
    let address = format!("[{}:0]", address_bits - 1);
    let mut text = format!(
        "reg {address} shown;\ninitial shown = 0;\nalways @(posedge clock) shown <= here;\n"
    );
    let (shown, word) = match registered {
        true => ("shown_late", "late"),
        false => ("shown", "read"),
    };
    if registered {
        let _ = write!(
            text,
            "reg {address} shown_late;\ninitial shown_late = 0;\n\
             always @(posedge clock) shown_late <= shown;\n"
        );
    }
    let _ = writeln!(
        text,
        "always @(*) begin\n   selected = {{{size}{{8'h80}}}};"
    );
    for (number, bank) in banks.iter().enumerate() {
        let here = bank.selects(shown, address_bits);
        let _ = writeln!(text, "   if ({here}) selected = {word}{number};");
    }
    text + "end\n"
}

/// The bits of a bus that belong to these lanes, with `bits` bits per lane.
fn slice(lanes: &Range<usize>, bits: usize) -> String {
    format!("[{}:{}]", lanes.end * bits - 1, lanes.start * bits)
}

fn in_its_place(lanes: &Range<usize>, value: &str) -> String {
    let place = slice(lanes, 8);
    format!("always @(*) begin\n   read_data = above;\n   read_data{place} = {value};\nend\n")
}

/// The registered inputs of a group of lanes. Registers of different groups are equal, but must not
/// be merged.
fn arrival(when: &str, becomes: &str, to: [&str; 3], from: &[impl std::fmt::Display; 3]) -> String {
    let assignments: String = std::iter::zip(to, from)
        .map(|(to, from)| format!("   {to} {becomes} {from};\n"))
        .collect();
    format!("{when} begin\n{assignments}end\n")
}

struct Bank {
    first: usize,
    words: usize,
}

impl Bank {
    fn bits(&self) -> u32 {
        self.words.trailing_zeros()
    }

    /// The condition that an address is in this bank, from its upper bits only.
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

/// Single-port memories of 16,384 words of 16 bits.
pub(super) fn spram(lanes: &Range<usize>) -> String {
    let mut text = String::new();
    for pair in lanes.start / 2..lanes.end / 2 {
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
    let pairs: Vec<_> = (lanes.start / 2..lanes.end / 2)
        .rev()
        .map(|pair| format!("read{pair}"))
        .collect();
    text + "\n" + &in_its_place(lanes, &format!("{{{}}}", pairs.join(", ")))
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
