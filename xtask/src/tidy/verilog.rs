//! Checks that the emitted Verilog contains nothing that tools interpret differently. See
//! `docs/decisions/0001-rust-hdl.md`.

use std::path::Path;

use super::{Problem, assert_none, in_files};

/// Reserved words of SystemVerilog that are not reserved in Verilog-2001.
const SYSTEM_VERILOG: &str = "accept_on alias always_comb always_ff always_latch assert assume \
    before bind bins binsof bit break byte chandle checker class clocking const constraint context \
    continue cover covergroup coverpoint cross dist do endchecker endclass endclocking endgroup \
    endinterface endpackage endprogram endproperty endsequence enum eventually expect export \
    extends extern final first_match foreach forkjoin global iff ignore_bins illegal_bins \
    implements implies import inside int interconnect interface intersect join_any join_none let \
    local logic longint matches modport nettype new nexttime null package packed priority program \
    property protected pure rand randc randcase randsequence ref reject_on restrict return \
    s_always s_eventually s_nexttime s_until s_until_with sequence shortint shortreal soft solve \
    static string strong struct super sync_accept_on sync_reject_on tagged this throughout \
    timeprecision timeunit type typedef union unique unique0 until until_with untyped uwire var \
    virtual void wait_order weak wildcard with within";

fn problems(file: &Path, text: &str) -> Vec<Problem> {
    let reserved: Vec<_> = SYSTEM_VERILOG.split_whitespace().collect();
    let mut problems = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        let mut problem = |what: &str| {
            problems.push(format!("{}:{}: {what}", file.display(), at + 1));
        };
        let words = || code.split(|c: char| !(c.is_alphanumeric() || "_$".contains(c)));
        let mut pairs = words().filter(|word| !word.is_empty()).peekable();
        while let Some(word) = pairs.next() {
            if word == "localparam" && pairs.peek() == Some(&"signed") {
                problem("localparam signed: Yosys compares it as unsigned");
            }
            if reserved.contains(&word) {
                problem(&format!("{word} is a keyword of SystemVerilog"));
            }
        }
    }
    problems
}

#[test]
fn the_emitted_verilog_is_unambiguous() {
    assert_none(&in_files(&["v"], problems));
}

#[test]
fn ambiguous_verilog_is_seen() {
    let text = "reg a; // a bit of local logic\nlocalparam signed c = 1;\nwire bit;\nwire a$bit;";
    let found = problems(Path::new("a.v"), text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("a.v:2: localparam signed"));
    assert!(found[1].starts_with("a.v:3: bit"));
}
