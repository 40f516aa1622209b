//! The commands in documents that this test does not run, with the reasons.

/// Beginnings of commands that are not run here.
const COMMANDS: &[(&str, &str)] = &[
    (
        "cargo xtask",
        "builds with tools of hardware, or runs all tests",
    ),
    ("SYNFIRE_WAVES=/tmp cargo test", "needs Verilator"),
    ("synfire flash", "needs a board"),
    ("pip install", "needs packages of Python"),
    ("venv/bin/", "needs packages of Python"),
    ("python", "needs packages of Python, or trains for minutes"),
    ("faery", "is another tool"),
    ("sudo", "changes the computer"),
    (
        "synfire demo digits-stdp",
        "learns for a minute; `cargo xtask learning --check` does it",
    ),
    (
        "synfire demo digits-taught",
        "learns for a minute; `cargo xtask learning --check` does it",
    ),
    ("synfire demo mnist", "needs data that are not ours"),
    ("synfire demo nmnist", "needs data that are not ours"),
    (
        "synfire demo choice",
        "takes seconds; `cargo xtask test` does it with `learning`",
    ),
    (
        "synfire demo memory",
        "takes seconds; `cargo xtask test` does it with `learning`",
    ),
    (
        "synfire demo patterns",
        "takes seconds; `cargo xtask test` does it with `learning`",
    ),
    (
        "synfire demo stdp-curve",
        "takes seconds; `cargo xtask test` does it with `learning`",
    ),
    (
        "synfire demo brunel",
        "takes a minute; `cargo xtask brunel --check` does it",
    ),
    (
        "synfire precision examples/nir/cnn_sinabs.nir",
        "needs data that are not ours",
    ),
    ("synfire sim", "does not end by itself"),
    (
        "synfire selftest --target serial:",
        "times the clock of a board, which a virtual one does not have",
    ),
];

/// Parts of commands that are not run here.
const PARTS: &[(&str, &str)] = &[
    ("--target rtl", "needs Verilator"),
    ("--data test.npz", "needs data of the reader's"),
    ("--data x.npz", "needs data of the reader's"),
    ("shd_test.h5", "needs data that are not ours"),
    ("| sudo", "changes the computer"),
    ("| man -l -", "is another tool"),
    ("> ~/", "changes the computer"),
    (" ~/", "changes the computer"),
];

/// The reason why a command is not run here, with its entry.
pub(crate) fn reason(command: &str) -> Option<(&'static str, &'static str)> {
    let begins = COMMANDS.iter().find(|(it, _)| command.starts_with(it));
    let holds = || PARTS.iter().find(|(it, _)| command.contains(it));
    begins.or_else(holds).copied()
}

/// Checks that every entry was used.
pub(crate) fn check_used(used: &[&str]) {
    let all = COMMANDS.iter().chain(PARTS).map(|(it, _)| *it);
    let unused: Vec<&str> = all.filter(|it| !used.contains(it)).collect();
    assert!(unused.is_empty(), "nothing begins with or holds {unused:?}");
}
