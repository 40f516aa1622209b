//! What each command prints, to the letter: `tests/cmd`. `TRYCMD=overwrite` rewrites them.

#[test]
fn commands_print_what_they_are_known_to_print() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
