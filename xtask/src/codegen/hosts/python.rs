//! Generates the Python module.

use std::fmt::Write as _;

use anyhow::Result;
use spec::config::PROTOCOL_VERSION;
use spec::elements::{ELEMENTS, Which, Width};
use spec::layout::Extent;
use spec::regions::Region;
use spec::regs::{ID_VALUE, REGISTERS};
use spec::sizes::DELAY_SLOTS;
use spec::wire::{BODY_MAX, DATA_MAX, STREAM_IN_MAX, STREAM_OUT_MAX};

use super::{KINDS, STREAM_WORDS, refusals};

/// The beginning of the file.
const HEAD: &str = r#""""Synfire: constants for hosts in Python, made by `cargo xtask codegen`, not to be edited.

docs/wire_protocol.md and docs/registers.md say what they mean. Needs nothing but Python 3.7.

>>> sizes = Sizes.of(registers)      # registers 0 to 11, from the response to HELLO
>>> body = ELEMENTS["row_body"].encode(sizes, first_word=3, exponent=0, delay=1, plastic=0)
>>> ELEMENTS["row_body"].decode(sizes, body)["delay"]
1
"""

from collections import namedtuple


class Field(namedtuple("Field", "name width signed unit reset doc")):
    """Some consecutive bits of an element; `width` tells how many, of sizes."""


class Element(namedtuple("Element", "region which fields")):
    """What an element of a region holds, from bit 0 up. `which` tells the elements: None for all, a
    number for those with this index modulo 8, "neurons" for the first and "seconds" for the others."""

    def encode(self, sizes, **values):
        """The element with those values; every field that the device has must be given."""
        word, at = 0, 0
        for field in self.fields:
            bits = field.width(sizes)
            value = values.pop(field.name, 0) if bits == 0 else values.pop(field.name)
            low = -(1 << bits >> 1) if field.signed else 0
            high = ((1 << bits >> 1) if field.signed else (1 << bits)) - 1
            if not low <= value <= high:
                raise ValueError(f"{field.name} is {value}, must be {low}..={high}")
            word |= (value & ((1 << bits) - 1)) << at
            at += bits
        if values:
            raise ValueError(f"no field is named {', '.join(values)}")
        return word

    def decode(self, sizes, word):
        """The values of its fields, by name."""
        values, at = {}, 0
        for field in self.fields:
            bits = field.width(sizes)
            value = word >> at & ((1 << bits) - 1)
            if field.signed and value >> (bits - 1):
                value -= 1 << bits
            values[field.name] = value
            at += bits
        return values

    def bits(self, sizes):
        """Bits of all fields."""
        return sum(field.width(sizes) for field in self.fields)


class Region(namedtuple("Region", "number extent learning doc")):
    """A memory of a device; `extent` tells its number of elements, of sizes."""

    def elements(self, sizes):
        """Its number of elements, 0 if the device does not have it."""
        return self.extent(sizes) if sizes.learning or not self.learning else 0

    def bits(self, sizes):
        """Bits of an element; ceil(bits / 8) bytes on the wire."""
        kinds = [it for it in ELEMENTS.values() if REGIONS[it.region].number == self.number]
        return max((it.bits(sizes) for it in kinds), default=32)


class Register(namedtuple("Register", "index access reset doc fields")):
    """A register; `fields` are pairs of first bit and number of bits, by name."""

    def get(self, name, word):
        """The value of a field."""
        at, bits = self.fields[name]
        return word >> at & ((1 << bits) - 1)


class Sizes(
    namedtuple(
        "Sizes",
        "neurons_log2 inputs_log2 lanes_log2 rows_log2 wheel_word_log2 synapse_words"
        " state_bits sum_bits in_words_log2 out_words_log2 learning reset_rules second_state",
    )
):
    """The sizes of a device."""

    @classmethod
    def of(cls, registers):
        """The sizes in registers 0 to 11, which the response to HELLO carries."""

        def get(register, field):
            return REGISTERS[register].get(field, registers[REGISTERS[register].index])

        return cls(
            neurons_log2=get("SIZES_A", "neurons"),
            inputs_log2=get("SIZES_A", "inputs"),
            lanes_log2=get("SIZES_A", "lanes"),
            rows_log2=get("SIZES_A", "rows"),
            wheel_word_log2=get("SIZES_A", "wheel_word"),
            synapse_words=get("SIZES_B", "synapse_words"),
            state_bits=get("SIZES_B", "state_bits"),
            sum_bits=get("SIZES_C", "sum_bits"),
            in_words_log2=get("SIZES_C", "in_words"),
            out_words_log2=get("SIZES_C", "out_words"),
            learning=get("UNITS", "learning"),
            reset_rules=get("UNITS", "reset_rules"),
            second_state=get("UNITS", "second_state"),
        )

    @property
    def word_address_bits(self):
        """Bits of a synapse word's address."""
        return (self.synapse_words - 1).bit_length()


def size_hash(registers):
    """What register BUILD holds in a device of this protocol with those registers."""
    data = bytes([PROTOCOL_VERSION])
    for name in ["SIZES_A", "SIZES_B", "SIZES_C", "UNITS"]:
        data += registers[REGISTERS[name].index].to_bytes(4, "little")
    value = 0x811C9DC5
    for byte in data:
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value

"#;

pub(super) fn render() -> Result<String> {
    let mut text = HEAD.to_owned();
    writeln!(text, "\n# Protocol.\nPROTOCOL_VERSION = {PROTOCOL_VERSION}")?;
    writeln!(
        text,
        "ID_VALUE = {ID_VALUE:#x}\nDELAY_SLOTS = {DELAY_SLOTS}"
    )?;
    writeln!(text, "BODY_MAX = {BODY_MAX}\nDATA_MAX = {DATA_MAX}")?;
    writeln!(
        text,
        "STREAM_IN_MAX = {STREAM_IN_MAX}\nSTREAM_OUT_MAX = {STREAM_OUT_MAX}"
    )?;
    text.push_str("\n# Types of requests and responses.\n");
    for (name, value, doc) in KINDS {
        writeln!(text, "{name} = {value:#04x}  # {doc}")?;
    }
    text.push_str("\n# Why a request is refused.\n");
    for (name, value, doc) in refusals() {
        writeln!(text, "NAK_{name} = {value}  # {doc}")?;
    }
    text.push_str("\n# Kinds of stream words: kind << 14 | number.\n");
    for (name, value, doc) in STREAM_WORDS {
        writeln!(text, "{name} = {value}  # {doc}")?;
    }
    registers(&mut text)?;
    regions(&mut text)?;
    elements(&mut text)?;
    Ok(text)
}

/// A Python string: no text here contains characters to escape except quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn registers(text: &mut String) -> Result<()> {
    text.push_str("\nREGISTERS = {\n");
    for register in REGISTERS {
        let fields: Vec<_> = register
            .fields
            .iter()
            .map(|field| format!("{}: ({}, {})", quoted(field.name), field.at, field.bits))
            .collect();
        writeln!(
            text,
            "    {}: Register(\n        {}, {}, {},\n        {},\n        {{{}}},\n    ),",
            quoted(register.name),
            register.index,
            quoted(register.access.code()),
            quoted(register.reset),
            quoted(register.doc),
            fields.join(", ")
        )?;
    }
    text.push_str("}\n");
    Ok(())
}

fn regions(text: &mut String) -> Result<()> {
    text.push_str("\nREGIONS = {\n");
    for region in Region::ALL {
        let extent = match region.extent() {
            Extent::Fixed(elements) => elements.to_string(),
            Extent::Synapses => "s.synapse_words << s.lanes_log2".to_owned(),
            Extent::Rows => "1 << s.rows_log2".to_owned(),
            Extent::WheelWords => "DELAY_SLOTS << (s.rows_log2 - s.wheel_word_log2)".to_owned(),
            Extent::Neurons => "1 << s.neurons_log2".to_owned(),
            Extent::Currents => "1 << s.neurons_log2 + s.second_state".to_owned(),
        };
        let learning = if region.is_of_learning() {
            "True"
        } else {
            "False"
        };
        writeln!(
            text,
            "    {}: Region(\n        {}, lambda s: {extent}, {learning},\n        {},\n    ),",
            quoted(region.name()),
            region.number(),
            quoted(region.doc())
        )?;
    }
    text.push_str("}\n");
    Ok(())
}

fn elements(text: &mut String) -> Result<()> {
    text.push_str("\nELEMENTS = {\n");
    for element in ELEMENTS {
        let which = match element.which {
            Which::Each => "None".to_owned(),
            Which::Eighth(number) => number.to_string(),
            Which::Neurons => quoted("neurons"),
            Which::Seconds => quoted("seconds"),
        };
        writeln!(
            text,
            "    {}: Element({}, {which}, [",
            quoted(element.name),
            quoted(element.region.name())
        )?;
        for field in element.fields {
            let width = match field.width {
                Width::Fixed(bits) => bits.to_string(),
                Width::Learning(bits) => format!("{bits} * s.learning"),
                Width::ResetRules(bits) => format!("{bits} * s.reset_rules"),
                Width::SecondState(bits) => format!("{bits} * s.second_state"),
                Width::WordAddress => "s.word_address_bits".to_owned(),
                Width::TargetWord => "s.neurons_log2 - s.lanes_log2 + s.second_state".to_owned(),
                Width::Row => "s.rows_log2".to_owned(),
                Width::State => "s.state_bits".to_owned(),
                Width::Sum => "s.sum_bits".to_owned(),
                Width::WheelWord => "1 << s.wheel_word_log2".to_owned(),
            };
            let signed = if field.signed { "True" } else { "False" };
            writeln!(
                text,
                "        Field({}, lambda s: {width}, {signed}, {}, {},\n              {}),",
                quoted(field.name),
                quoted(field.unit),
                quoted(field.reset.word()),
                quoted(field.doc)
            )?;
        }
        text.push_str("    ]),\n");
    }
    text.push_str("}\n");
    Ok(())
}
