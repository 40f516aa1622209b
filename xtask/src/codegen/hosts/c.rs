//! Generates the C header.

use std::fmt::Write as _;

use anyhow::Result;
use spec::config::PROTOCOL_VERSION;
use spec::elements::{ELEMENTS, Which, Width};
use spec::layout::Extent;
use spec::regions::Region;
use spec::regs::{ID_VALUE, REGISTERS};
use spec::sizes::DELAY_SLOTS;
use spec::wire::{BODY_MAX, DATA_MAX, STREAM_IN_MAX, STREAM_OUT_MAX};

use super::{KINDS, STREAM_WORDS, refusals, shouting};

/// The beginning of the file.
const HEAD: &str = "\
/* Synfire: constants for hosts in C, made by `cargo xtask codegen`, not to be edited.
 *
 * docs/wire_protocol.md and docs/registers.md say what they mean. `s` is a pointer to the
 * struct synfire_sizes of a device, which synfire_sizes_of() makes of its greeting. A field of
 * an element stands in SYNFIRE_<element>_<field>_BITS bits from bit SYNFIRE_<element>_<field>_AT
 * up; synfire_get(), synfire_get_signed() and synfire_put() take both. */
#ifndef SYNFIRE_H
#define SYNFIRE_H

#include <stdint.h>
";

/// The sizes of a device, and functions of them.
const SIZES: &str = "
/* The sizes of a device. */
struct synfire_sizes {
    uint32_t neurons_log2;
    uint32_t inputs_log2;
    uint32_t lanes_log2;
    uint32_t rows_log2;
    uint32_t wheel_word_log2;
    uint32_t synapse_words;
    uint32_t state_bits;
    uint32_t sum_bits;
    uint32_t in_words_log2;
    uint32_t out_words_log2;
    uint32_t learning; /* 0 or 1 */
    uint32_t reset_rules; /* 0 or 1 */
    uint32_t second_state; /* 0 or 1 */
};

/* `bits` bits of `word` from bit `at` up. */
static inline uint32_t synfire_get(uint32_t word, uint32_t at, uint32_t bits)
{
    return bits == 0 ? 0 : (word >> at) & (UINT32_MAX >> (32 - bits));
}

/* The same as a two's complement number. */
static inline int32_t synfire_get_signed(uint32_t word, uint32_t at, uint32_t bits)
{
    uint32_t value = synfire_get(word, at, bits);
    uint32_t sign = bits == 0 ? 0 : UINT32_C(1) << (bits - 1);
    return (int32_t)((value ^ sign) - sign);
}

/* `value` in `bits` bits from bit `at` up, all other bits 0; what does not fit is cut. */
static inline uint32_t synfire_put(uint32_t value, uint32_t at, uint32_t bits)
{
    return bits == 0 ? 0 : (value & (UINT32_MAX >> (32 - bits))) << at;
}

/* The sizes in registers 0 to 11, which the response to HELLO carries. */
static inline struct synfire_sizes synfire_sizes_of(const uint32_t registers[12])
{
    struct synfire_sizes s;
    uint32_t a = registers[SYNFIRE_SIZES_A];
    uint32_t b = registers[SYNFIRE_SIZES_B];
    uint32_t c = registers[SYNFIRE_SIZES_C];
    s.neurons_log2 = synfire_get(a, SYNFIRE_SIZES_A_NEURONS_AT, SYNFIRE_SIZES_A_NEURONS_BITS);
    s.inputs_log2 = synfire_get(a, SYNFIRE_SIZES_A_INPUTS_AT, SYNFIRE_SIZES_A_INPUTS_BITS);
    s.lanes_log2 = synfire_get(a, SYNFIRE_SIZES_A_LANES_AT, SYNFIRE_SIZES_A_LANES_BITS);
    s.rows_log2 = synfire_get(a, SYNFIRE_SIZES_A_ROWS_AT, SYNFIRE_SIZES_A_ROWS_BITS);
    s.wheel_word_log2 =
        synfire_get(a, SYNFIRE_SIZES_A_WHEEL_WORD_AT, SYNFIRE_SIZES_A_WHEEL_WORD_BITS);
    s.synapse_words =
        synfire_get(b, SYNFIRE_SIZES_B_SYNAPSE_WORDS_AT, SYNFIRE_SIZES_B_SYNAPSE_WORDS_BITS);
    s.state_bits = synfire_get(b, SYNFIRE_SIZES_B_STATE_BITS_AT, SYNFIRE_SIZES_B_STATE_BITS_BITS);
    s.sum_bits = synfire_get(c, SYNFIRE_SIZES_C_SUM_BITS_AT, SYNFIRE_SIZES_C_SUM_BITS_BITS);
    s.in_words_log2 = synfire_get(c, SYNFIRE_SIZES_C_IN_WORDS_AT, SYNFIRE_SIZES_C_IN_WORDS_BITS);
    s.out_words_log2 = synfire_get(c, SYNFIRE_SIZES_C_OUT_WORDS_AT, SYNFIRE_SIZES_C_OUT_WORDS_BITS);
    s.learning = synfire_get(registers[SYNFIRE_UNITS], SYNFIRE_UNITS_LEARNING_AT,
                             SYNFIRE_UNITS_LEARNING_BITS);
    s.reset_rules = synfire_get(registers[SYNFIRE_UNITS], SYNFIRE_UNITS_RESET_RULES_AT,
                                SYNFIRE_UNITS_RESET_RULES_BITS);
    s.second_state = synfire_get(registers[SYNFIRE_UNITS], SYNFIRE_UNITS_SECOND_STATE_AT,
                                   SYNFIRE_UNITS_SECOND_STATE_BITS);
    return s;
}

/* What register BUILD holds in a device of this protocol with those registers. */
static inline uint32_t synfire_hash(const uint32_t registers[12])
{
    static const uint8_t words[4] = {SYNFIRE_SIZES_A, SYNFIRE_SIZES_B, SYNFIRE_SIZES_C,
                                     SYNFIRE_UNITS};
    uint32_t hash = (UINT32_C(0x811c9dc5) ^ SYNFIRE_PROTOCOL_VERSION) * UINT32_C(0x01000193);
    for (uint32_t byte = 0; byte < 16; byte++) {
        uint32_t value = (registers[words[byte / 4]] >> (8 * (byte % 4))) & 0xff;
        hash = (hash ^ value) * UINT32_C(0x01000193);
    }
    return hash;
}

/* Bits of a synapse word's address. */
static inline uint32_t synfire_word_address_bits(const struct synfire_sizes *s)
{
    uint32_t bits = 0;
    while ((s->synapse_words - 1) >> bits != 0)
        bits++;
    return bits;
}
";

pub(super) fn render() -> Result<String> {
    let mut text = HEAD.to_owned();
    defines(&mut text)?;
    registers(&mut text)?;
    text.push_str(SIZES);
    fields(&mut text)?;
    regions(&mut text)?;
    text.push_str("\n#endif\n");
    Ok(text)
}

fn define(text: &mut String, name: &str, value: impl std::fmt::Display, doc: &str) -> Result<()> {
    let comment = match doc {
        "" => String::new(),
        doc => format!(" /* {doc} */"),
    };
    writeln!(text, "#define SYNFIRE_{name} {value}{comment}")?;
    Ok(())
}

fn defines(text: &mut String) -> Result<()> {
    text.push_str("\n/* Protocol. */\n");
    define(text, "PROTOCOL_VERSION", format!("{PROTOCOL_VERSION}u"), "")?;
    define(
        text,
        "ID_VALUE",
        format!("UINT32_C({ID_VALUE:#x})"),
        "register ID",
    )?;
    define(text, "DELAY_SLOTS", format!("{DELAY_SLOTS}u"), "")?;
    for (name, value, doc) in [
        ("BODY_MAX", BODY_MAX, "longest body, in bytes"),
        ("DATA_MAX", DATA_MAX, "bytes of elements in a READ or WRITE"),
        ("STREAM_IN_MAX", STREAM_IN_MAX, "stream words in a request"),
        (
            "STREAM_OUT_MAX",
            STREAM_OUT_MAX,
            "stream words in a response",
        ),
    ] {
        define(text, name, format!("{value}u"), doc)?;
    }
    text.push_str("\n/* Types of requests and responses. */\n");
    for (name, value, doc) in KINDS {
        define(text, name, format!("{value:#04x}u"), doc)?;
    }
    text.push_str("\n/* Why a request is refused. */\n");
    for (name, value, doc) in refusals() {
        define(text, &format!("NAK_{name}"), format!("{value}u"), &doc)?;
    }
    text.push_str("\n/* Kinds of stream words: kind << 14 | number. */\n");
    for (name, value, doc) in STREAM_WORDS {
        define(text, name, format!("{value}u"), doc)?;
    }
    Ok(())
}

fn registers(text: &mut String) -> Result<()> {
    text.push_str("\n/* Registers. */\n");
    for register in REGISTERS {
        let doc = format!("{}: {}", register.access.code(), register.doc);
        define(text, register.name, format!("{}u", register.index), &doc)?;
    }
    text.push_str("\n/* Fields of registers. */\n");
    for register in REGISTERS {
        for field in register.fields {
            let name = format!("{}_{}", register.name, field.name.to_uppercase());
            define(
                text,
                &format!("{name}_AT"),
                format!("{}u", field.at),
                field.doc,
            )?;
            define(
                text,
                &format!("{name}_BITS"),
                format!("{}u", field.bits),
                "",
            )?;
        }
    }
    Ok(())
}

/// The bits of a field as an expression of C.
fn bits(width: Width) -> String {
    match width {
        Width::Fixed(bits) => format!("{bits}u"),
        Width::Learning(bits) => format!("({bits}u * (s)->learning)"),
        Width::ResetRules(bits) => format!("({bits}u * (s)->reset_rules)"),
        Width::SecondState(bits) => format!("({bits}u * (s)->second_state)"),
        Width::WordAddress => "synfire_word_address_bits(s)".to_owned(),
        Width::TargetWord => "((s)->neurons_log2 - (s)->lanes_log2 + (s)->second_state)".to_owned(),
        Width::Row => "(s)->rows_log2".to_owned(),
        Width::State => "(s)->state_bits".to_owned(),
        Width::Sum => "(s)->sum_bits".to_owned(),
        Width::WheelWord => "(1u << (s)->wheel_word_log2)".to_owned(),
    }
}

fn fields(text: &mut String) -> Result<()> {
    for element in ELEMENTS {
        let region = element.region.name();
        let which = match element.which {
            Which::Each => String::new(),
            Which::Eighth(number) => format!(" whose index mod 8 is {number}"),
            Which::Neurons => " whose index is below the number of neurons".to_owned(),
            Which::Seconds => " whose index is the number of neurons, or above".to_owned(),
        };
        writeln!(text, "\n/* An element of region {region}{which}. */")?;
        let mut at = "0u".to_owned();
        for field in element.fields {
            let name = format!("{}_{}", element.name, field.name).to_uppercase();
            let sign = if field.signed {
                ", two's complement"
            } else {
                ""
            };
            let doc = format!("{}; {}{sign}", field.doc, field.unit);
            define(text, &format!("{name}_AT(s)"), format!("({at})"), &doc)?;
            define(
                text,
                &format!("{name}_BITS(s)"),
                format!("({})", bits(field.width)),
                "",
            )?;
            at = format!("SYNFIRE_{name}_AT(s) + SYNFIRE_{name}_BITS(s)");
        }
        let name = element.name.to_uppercase();
        define(
            text,
            &format!("{name}_ELEMENT_BITS(s)"),
            format!("({at})"),
            "",
        )?;
    }
    Ok(())
}

fn regions(text: &mut String) -> Result<()> {
    text.push_str("\n/* Regions. */\n");
    for region in Region::ALL {
        let name = format!("REGION_{}", shouting(&format!("{region:?}")));
        define(text, &name, format!("{}u", region.number()), region.doc())?;
    }
    text.push_str(
        "
/* Elements of a region, 0 if the device does not have it. */
static inline uint32_t synfire_elements(uint32_t region, const struct synfire_sizes *s)
{
    switch (region) {
",
    );
    for region in Region::ALL {
        let elements = match region.extent() {
            Extent::Fixed(elements) => format!("{elements}u"),
            Extent::Synapses => "s->synapse_words << s->lanes_log2".to_owned(),
            Extent::Rows => "1u << s->rows_log2".to_owned(),
            Extent::WheelWords => {
                "SYNFIRE_DELAY_SLOTS << (s->rows_log2 - s->wheel_word_log2)".to_owned()
            }
            Extent::Neurons => "1u << s->neurons_log2".to_owned(),
            Extent::Currents => "1u << (s->neurons_log2 + s->second_state)".to_owned(),
        };
        let elements = match region.is_of_learning() {
            true => format!("s->learning ? {elements} : 0u"),
            false => elements,
        };
        let name = shouting(&format!("{region:?}"));
        writeln!(
            text,
            "    case SYNFIRE_REGION_{name}:\n        return {elements};"
        )?;
    }
    text.push_str(
        "    default:
        return 0;
    }
}

/* Bits of an element of a region; ceil(bits / 8) bytes of the wire. */
static inline uint32_t synfire_element_bits(uint32_t region, const struct synfire_sizes *s)
{
    switch (region) {
    case SYNFIRE_REGION_REGISTERS:
        return 32;
",
    );
    for region in Region::ALL {
        let mut kinds = ELEMENTS.iter().filter(|it| it.region == region);
        let Some(first) = kinds.next() else { continue };
        let name = shouting(&format!("{region:?}"));
        // The widest kind: the first one, but for rules, which have eight.
        let widest = match region {
            Region::Rule => kinds.find(|it| it.name == "rule_a_plus").unwrap_or(first),
            _ => first,
        };
        let bits = format!("SYNFIRE_{}_ELEMENT_BITS(s)", widest.name.to_uppercase());
        writeln!(
            text,
            "    case SYNFIRE_REGION_{name}:\n        return {bits};"
        )?;
    }
    text.push_str("    default:\n        return 0;\n    }\n}\n");
    Ok(())
}
