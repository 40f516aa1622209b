//! Tests the C header and the Python module against the Rust codec.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use spec::elements::ELEMENTS;
use spec::regions::Region;
use spec::{CoreConfig, Sizes};

use crate::project;

/// Cores of all configs, and two cores without a config file.
fn cores() -> Vec<CoreConfig> {
    let mut cores = CoreConfig::ALL.map(|config| *config).to_vec();
    cores.push(CoreConfig::model(Sizes::SMALLEST));
    let largest = CoreConfig::ecp85_l().resized(|sizes| {
        (sizes.neurons_log2, sizes.inputs_log2, sizes.rows_log2) = (12, 13, 14);
        (sizes.lanes_log2, sizes.synapse_words) = (7, 65_521);
        sizes.out_words_log2 = 13;
    });
    cores.push(largest.unwrap());
    cores
}

/// A word with mixed bits, different for each number.
fn mixed(number: u32) -> u32 {
    let word = number.wrapping_add(1).wrapping_mul(0x9e37_79b9);
    (word ^ word >> 15).wrapping_mul(0x85eb_ca6b)
}

/// The output of the programs in both languages for a core: its hash, the sizes of its regions, and
/// the fields of one element of each kind.
fn expected(core: &CoreConfig) -> String {
    let mut text = format!("{}\n", core.hash());
    for region in Region::ALL {
        let layout = region.layout(core);
        let _ = writeln!(
            text,
            "{} {} {}",
            region.number(),
            layout.elements,
            layout.bits
        );
    }
    for (number, element) in (0..).zip(ELEMENTS) {
        let word = mixed(number);
        for (field, place) in element.fields.iter().zip(element.places(core)) {
            let value = match (field.signed, place.bits) {
                (true, 1..) => i64::from(place.get_signed(word)),
                _ => i64::from(place.get(word)),
            };
            let _ = writeln!(text, "{}.{} {value}", element.name, field.name);
        }
        let all = u32::MAX.checked_shr(32 - element.bits(core)).unwrap_or(0);
        let _ = writeln!(text, "{} {}", element.name, word & all);
    }
    text
}

/// The registers of all cores, one line per core.
fn greetings() -> String {
    let line = |core: CoreConfig| {
        let words = core.identification().map(|word| word.to_string());
        words.join(" ") + "\n"
    };
    cores().into_iter().map(line).collect()
}

fn all_expected() -> String {
    cores().iter().map(expected).collect()
}

/// The output of a program that gets the greetings as input.
fn printed(command: &mut Command) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut input = child.stdin.take().unwrap();
    input.write_all(greetings().as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{command:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Compares line by line, because the first difference is more useful than both texts.
fn compare(found: &str, expected: &str) {
    for (line, (found, expected)) in (1..).zip(found.lines().zip(expected.lines())) {
        assert_eq!(found, expected, "line {line}");
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

fn host(name: &str) -> std::path::PathBuf {
    project::root().join("docs/host").join(name)
}

const PYTHON: &str = r#"
import sys
sys.path.insert(0, sys.argv[1])
from synfire import *

def mixed(number):
    word = (number + 1) * 0x9E3779B9 & 0xFFFFFFFF
    return (word ^ word >> 15) * 0x85EBCA6B & 0xFFFFFFFF

for line in sys.stdin:
    registers = [int(word) for word in line.split()]
    assert registers[0] == ID_VALUE and registers[1] == PROTOCOL_VERSION
    s = Sizes.of(registers)
    print(size_hash(registers))
    for region in REGIONS.values():
        print(region.number, region.elements(s), region.bits(s))
    for number, (name, element) in enumerate(ELEMENTS.items()):
        values = element.decode(s, mixed(number))
        for field, value in values.items():
            print(f"{name}.{field} {value}")
        print(name, element.encode(s, **values))
"#;

#[test]
fn the_python_module_agrees_with_the_codec() {
    let folder = host("synfire.py");
    let folder = folder.parent().unwrap();
    let mut command = Command::new("python3");
    // Without writing a compiled copy beside the module.
    command.args(["-B", "-c", PYTHON]).arg(folder);
    compare(&printed(&mut command), &all_expected());
}

/// A program that prints the values of the header.
fn program() -> String {
    let mut text = String::from(
        r#"#include <inttypes.h>
#include <stdio.h>
#include "synfire.h"
static uint32_t mixed(uint32_t number)
{
    uint32_t word = (number + 1) * UINT32_C(0x9e3779b9);
    return (word ^ word >> 15) * UINT32_C(0x85ebca6b);
}
int main(void)
{
    uint32_t registers[12];
    for (;;) {
        for (int at = 0; at < 12; at++)
            if (scanf("%" SCNu32, &registers[at]) != 1)
                return at == 0 ? 0 : 1;
        if (registers[SYNFIRE_ID] != SYNFIRE_ID_VALUE)
            return 2;
        struct synfire_sizes sizes = synfire_sizes_of(registers);
        const struct synfire_sizes *s = &sizes;
        printf("%" PRIu32 "\n", synfire_hash(registers));
        for (uint32_t region = 0; region < 18; region++)
            printf("%" PRIu32 " %" PRIu32 " %" PRIu32 "\n", region, synfire_elements(region, s),
                   synfire_element_bits(region, s));
        uint32_t word, again;
"#,
    );
    for (number, element) in ELEMENTS.iter().enumerate() {
        let _ = writeln!(text, "        word = mixed({number}u);\n        again = 0;");
        for field in element.fields {
            let name = format!("SYNFIRE_{}_{}", element.name, field.name).to_uppercase();
            let place = format!("{name}_AT(s), {name}_BITS(s)");
            let (get, print) = match field.signed {
                true => ("synfire_get_signed", "PRId32"),
                false => ("synfire_get", "PRIu32"),
            };
            let _ = writeln!(
                text,
                "        printf(\"{}.{} %\" {print} \"\\n\", {get}(word, {place}));\n        \
                 again |= synfire_put((uint32_t){get}(word, {place}), {place});",
                element.name, field.name
            );
        }
        let _ = writeln!(
            text,
            "        printf(\"{} %\" PRIu32 \"\\n\", again);",
            element.name
        );
    }
    text + "    }\n}\n"
}

#[test]
fn the_c_header_compiles_without_a_warning_and_agrees_with_the_codec() {
    let folder = std::env::temp_dir().join(format!("synfire-header-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let source = folder.join("host.c");
    let binary = folder.join("host");
    std::fs::write(&source, program()).unwrap();
    let include = host("synfire.h");
    let status = Command::new("gcc")
        .args([
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Wconversion",
            "-Werror",
            "-pedantic",
        ])
        .arg("-I")
        .arg(include.parent().unwrap_or(Path::new(".")))
        .arg(&source)
        .arg("-o")
        .arg(&binary)
        .status()
        .unwrap();
    assert!(status.success());
    compare(&printed(&mut Command::new(&binary)), &all_expected());
    std::fs::remove_dir_all(&folder).unwrap();
}
