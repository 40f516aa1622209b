//! The committed figures, and wrong ones.

use super::*;

fn some() -> Results {
    let mut results = read().unwrap();
    assert!(!results.boards.is_empty());
    results.boards.truncate(1);
    results
}

#[test]
fn the_committed_figures_agree_with_the_configs() {
    read().unwrap().check().unwrap();
}

#[test]
fn figures_of_another_config_are_refused() {
    for spoil in [
        (|it: &mut Figures| it.neurons += 1) as fn(&mut Figures),
        |it| it.config.push('x'),
        |it| it.peak_msops += 1.0,
        |it| it.fmax_worst_mhz = it.fmax_median_mhz + 1.0,
        |it| it.board.push('x'),
    ] {
        let mut results = some();
        spoil(&mut results.boards[0]);
        assert!(results.check().is_err());
    }
}

#[test]
fn a_change_of_the_verilog_is_told() {
    let mut results = some();
    results.boards[0].verilog_sha256 = "0".repeat(64);
    let name = results.boards[0].board.clone();
    assert_eq!(stale(&results).unwrap(), std::slice::from_ref(&name));
    let text = document::markdown(&results, &[name]);
    assert!(text.contains("The Verilog has changed since"));
}

#[test]
fn a_measured_rate_is_shown() {
    let mut results = some();
    results.boards[0].measured_msops = Some(123.0);
    assert!(document::markdown(&results, &[]).contains("123 MSOP/s"));
}
