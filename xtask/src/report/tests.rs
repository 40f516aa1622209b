//! Tests of the committed figures and of made-up figures, right and wrong.

use super::*;

/// Plausible figures of one board.
fn some() -> Results {
    let board = Board::named("hx8k_b_evn").unwrap();
    let config = board.config;
    let figures = Figures {
        board: board.name.clone(),
        device: board.chip.part.clone(),
        config: config.name.to_string(),
        neurons: config.neurons(),
        inputs: config.inputs(),
        synapses: config.synapses(),
        lanes: config.lanes(),
        lc: 5_000,
        bram: 30,
        spram: 0,
        dsp: 0,
        available: Available {
            lc: 7_680,
            bram: 32,
            spram: 0,
            dsp: 0,
        },
        clock_mhz: 60.0,
        fmax_median_mhz: 66.5,
        fmax_worst_mhz: 64.25,
        seeds: vec![1, 2],
        peak_msops: peak(config, 66.5),
        measured_msops: None,
        ticks_per_second: BTreeMap::new(),
        slowest_path: ["from", "to"].map(str::to_owned),
        date: "2001-02-03".to_owned(),
        tools: BTreeMap::from([("yosys".to_owned(), "0.1".to_owned())]),
        verilog_sha256: verilog_digest(&board).unwrap(),
        bitstream_sha256: None,
    };
    Results {
        boards: vec![figures],
    }
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
    results.check().unwrap();
    assert!(stale(&results).unwrap().is_empty());
    results.boards[0].verilog_sha256 = "0".repeat(64);
    let name = results.boards[0].board.clone();
    assert_eq!(stale(&results).unwrap(), std::slice::from_ref(&name));
    let text = document::markdown(&results, std::slice::from_ref(&name), &[]);
    assert!(text.contains("The Verilog has changed since"));
    let of_board = |is_stale| document::of_board(&results, &name, is_stale);
    assert!(of_board(true).ends_with("(2 seeds). The Verilog has changed since."));
    assert!(of_board(false).ends_with("(2 seeds)."));
}

#[test]
fn counted_cycles_give_the_rates() {
    let cycles = r#"[{"config": "C", "neurons": 1, "lanes": 1, "words": 1, "silent_tick": 1,
        "update_tick": 1, "first_row": 1, "dense_row": 1, "short_row": 1, "input_spike": 1,
        "activities": [
            {"percent": 0, "rows": 0, "synapses": 0, "cycles": 4, "estimated": 4},
            {"percent": 100, "rows": 1, "synapses": 300, "cycles": 100, "estimated": 100}]}]"#;
    let mut results = some();
    results.boards[0].fmax_median_mhz = 40.0;
    let cycles = cycles.replace('C', &results.boards[0].config);
    results.count(&serde_json::from_str::<Vec<Cycles>>(&cycles).unwrap());
    assert_eq!(results.boards[0].measured_msops, Some(120.0));
    let ticks = [(0, 10_000_000), (100, 400_000)];
    assert_eq!(results.boards[0].ticks_per_second, BTreeMap::from(ticks));
    let text = document::markdown(&results, &[], &[]);
    assert!(text.contains("| 120 MSOP/s |") && text.contains("400,000"));
}

#[test]
fn the_document_tells_what_measured_each_board() {
    let mut results = some();
    let mut other = results.boards[0].clone();
    results.boards[0].bitstream_sha256 = Some("ab".repeat(32));
    other.board = "other".to_owned();
    other.date = "2001-02-04".to_owned();
    other.tools = BTreeMap::from([("yosys".to_owned(), "0.2".to_owned())]);
    results.boards.push(other);
    let text = document::markdown(&results, &[], &[]);
    assert!(text.contains("| hx8k_b_evn | 2001-02-03 | yosys 0.1 | 1 | `abababababab` |"));
    assert!(text.contains("| other | 2001-02-04 | yosys 0.2 | 1 | - |"));
}
