//! Compares the exact output of each command with `tests/cmd`. `TRYCMD=overwrite` rewrites these
//! files.

#[test]
fn commands_print_what_they_are_known_to_print() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
