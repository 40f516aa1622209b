//! Tests of the boards of the checkout and of invalid boards.

use super::*;

/// A valid board, which tests change.
const GOOD: &str = r#"
title = "Some board"
revision = "1"
config = "up5k"
oscillator_hz = 12_000_000
clock_hz = 28_125_000
pins = "pins.pcf"
seeds = [1]
programmer = []
usb = []
[chip]
family = "ice40"
part = "iCE40UP5K-SG48"
device = "up5k"
package = "sg48"
[[light]]
shows = "alive"
active = "low"
"#;

fn refusal(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    let error = Board::parse("some", &GOOD.replace(from, to)).unwrap_err();
    format!("{error:#}")
}

#[test]
fn every_board_is_sound_and_every_port_has_a_pin() {
    let boards = Board::all().unwrap();
    assert!(boards.len() >= 5);
    for board in boards {
        board.check_pins().unwrap();
        assert!(!board.title.is_empty() && !board.revision.is_empty());
        let readme = Path::new(FOLDER).join(&board.name).join("README.md");
        let readme = project::read(&readme).unwrap();
        for fact in [&board.title, &board.revision, &board.chip.part] {
            assert!(readme.contains(fact), "{}: {fact}", board.name);
        }
    }
}

#[test]
fn a_description_that_is_like_another_has_all_of_it_but_what_it_says() {
    let other = GOOD.replace("[chip]", "[chip]\naim_mhz = 30");
    let own = "like = \"good\"\nseeds = [7]\n[chip]\naim_mhz = 40";
    let it = Board::like("some", own, "good", &other).unwrap();
    assert_eq!(it.name, "some");
    assert_eq!((it.seeds, it.chip.aim_mhz), (vec![7], Some(40.0)));
    assert_eq!(it.chip.device, "up5k");
    assert_eq!(it.pins, Path::new(FOLDER).join("good/pins.pcf"));
    let bad = Board::like("some", "like = \"good\"\ncolour = 1", "good", &other);
    assert!(format!("{:#}", bad.unwrap_err()).contains("colour"));
    let chain = Board::like("some", own, "good", own).unwrap_err();
    assert!(format!("{chain:#}").contains("like another"), "{chain:#}");
}

#[test]
fn every_config_of_a_chip_has_a_board() {
    let boards = Board::all().unwrap();
    for config in CoreConfig::ALL.into_iter().filter(|it| !it.tests_only) {
        assert!(
            boards.iter().any(|it| it.config == config),
            "{}",
            config.name
        );
    }
}

#[test]
fn readmes_tell_the_clock() {
    for board in Board::all().unwrap() {
        let path = Path::new(FOLDER).join(&board.name).join("README.md");
        let row = format!("| core clock | {} MHz |", board.clock_mhz());
        let text = crate::project::read(&path).unwrap();
        assert!(text.contains(&row), "{}: {row}", path.display());
    }
}

#[test]
fn a_clock_that_is_not_the_configs_is_refused() {
    let message = refusal("clock_hz = 28_125_000", "clock_hz = 30_000_000");
    assert!(
        message.contains("config up5k is built for 28125000"),
        "{message}"
    );
}

#[test]
fn what_no_device_has_is_refused() {
    assert!(refusal("\"alive\"", "\"overflow\"").contains("overflow"));
    assert!(refusal("\"up5k\"\nosc", "\"up6k\"\nosc").contains("up6k"));
    assert!(refusal("seeds = [1]", "seeds = []").contains("seeds"));
    assert!(refusal("family = \"ice40\"", "family = \"ecp5\"").contains("speed"));
    assert!(refusal("revision", "colour = 1\nrevision").contains("colour"));
    let ecp5 = "family = \"ecp5\"\nspeed = 6\nlean_rounds = 4";
    assert!(refusal("family = \"ice40\"", ecp5).contains("lean_rounds"));
}

#[test]
fn a_light_that_is_lit_when_low_is_inverted() {
    let wrapper = |text: &str| Board::parse("some", text).unwrap().wrapper();
    let link = GOOD.replace("\"alive\"", "\"link\"");
    assert!(wrapper(&link).contains("assign light_link = ~led[1];"));
    let high = link.replace("\"low\"", "\"high\"");
    assert!(wrapper(&high).contains("assign light_link = led[1];"));
}

#[test]
fn every_board_has_a_light_that_stays_on_without_lock() {
    let wrapper = |text: &str| Board::parse("some", text).unwrap().wrapper();
    assert!(wrapper(GOOD).contains("assign light_alive = ~(led[0] | ~started | ~locked);"));
    let high = GOOD.replace("\"low\"", "\"high\"");
    assert!(wrapper(&high).contains("assign light_alive = led[0] | ~started | ~locked;"));
    for board in Board::all().unwrap() {
        assert!(board.wrapper().contains("~locked"), "{}", board.name);
    }
}
