use super::*;

fn data(neurons: &str, synapses: &str, more: &str) -> String {
    format!(
        r#"{{"networks": [{{"meta": {{"format": "snm", "array_representation": "json-native"}},
        "data": {{{neurons}, {synapses} {more}}}}}]}}"#
    )
}

const TWO: &str = r#""neuron_thresholds": [2.5, 0.0], "neuron_leaks": [0.25, Infinity],
    "neuron_reset_states": [-1.0, 0.0], "neuron_refractory_periods": [2, 0]"#;

fn one_synapse(weight: &str) -> String {
    format!(
        r#""pre_synaptic_neuron_ids": [0], "post_synaptic_neuron_ids": [1],
        "synaptic_weights": [{weight}]"#
    )
}

fn import(text: &str) -> Result<Imported, SupermatError> {
    lower("net", &read(text.as_bytes())?)
}

fn refusal(text: &str) -> String {
    import(text).unwrap_err().to_string()
}

#[test]
fn numbers_become_integers_by_a_power_of_two() {
    let made = import(&data(TWO, &one_synapse("3.5"), "")).unwrap();
    assert_eq!(made.units, 4);
    let population = &made.network.populations()[0];
    assert_eq!(population.thresholds, [10, 0]);
    assert_eq!(population.dynamics[0].leak, Leak::Linear { leak: 1 });
    assert_eq!(population.dynamics[1].leak, Leak::Linear { leak: LEAK_ALL });
    assert_eq!(population.dynamics[0].v_reset, -4);
    // It begins at 0, which is 1 above the reset state, and leaks by 0.25 in the first tick.
    assert_eq!(made.injections, [(0, 0, 3)]);
}

#[test]
fn threshold_between_integers_is_rounded_down() {
    let neurons = TWO.replace("2.5, 0.0", "2.53, -0.1");
    let made = import(&data(&neurons, &one_synapse("1.0"), "")).unwrap();
    assert_eq!(made.network.populations()[0].thresholds, [10, -1]);
}

#[test]
fn weight_that_no_exponent_holds_is_two_synapses() {
    for weight in [
        -16_320, -16_257, -201, -129, -1, 1, 127, 128, 129, 8_191, 16_256, 16_319,
    ] {
        let made = import(&data(
            TWO,
            &one_synapse(&format!("{}", f64::from(weight) / 4.0)),
            "",
        ))
        .unwrap();
        let sum: i32 = made
            .network
            .connections()
            .map(|it| i32::from(it.weight) << it.exponent)
            .sum();
        assert_eq!((made.units, sum), (4, weight));
    }
}

#[test]
fn what_the_core_cannot_do_is_refused_by_name() {
    let text = refusal(&data(TWO, &one_synapse("0.1"), ""));
    assert!(
        text.contains("the weight from neuron 0 to neuron 1 is 0.1"),
        "{text}"
    );
    let text = refusal(&data(TWO, &one_synapse("5000"), ""));
    assert!(
        text.contains("is 5000, at the scale that the other numbers need the limit is 4080"),
        "{text}"
    );
    let text = refusal(&data(TWO, &one_synapse("1"), r#", "enable_stdp": [1]"#));
    assert!(text.contains("synapse 0: it learns"), "{text}");
    let text = refusal(&data(
        TWO,
        &one_synapse("1"),
        r#", "neuron_refractory_periods_state": [1, 0]"#,
    ));
    assert!(
        text.contains("neuron 0: it is refractory in the beginning"),
        "{text}"
    );
    let text = refusal(&data(&TWO.replace("0.25", "-0.25"), &one_synapse("1"), ""));
    assert!(text.contains("its leak is negative"), "{text}");
    let text = refusal(&data(&TWO.replace("[2, 0]", "[2]"), &one_synapse("1"), ""));
    assert!(
        text.contains("neuron_refractory_periods has 1 elements, must have 2"),
        "{text}"
    );
    let text = refusal(&data(TWO, &one_synapse("1").replace("[1]", "[7]"), ""));
    assert!(text.contains("post_synaptic_neuron_ids[0] is 7"), "{text}");
}

#[test]
fn damaged_text_gives_an_error() {
    let text = data(TWO, &one_synapse("1"), "");
    for end in 0..text.len() {
        assert!(import(&text[..end]).is_err());
    }
    let deep = "[".repeat(1 << 20);
    assert!(refusal(&deep).contains("line 1"));
    assert!(refusal(&format!("{{\"other\": {deep}")).contains("line 1"));
    let nested = data(TWO, &one_synapse(&deep), "");
    assert!(refusal(&nested).contains("invalid type"));
    assert!(matches!(
        read(&[0x7b, 0xff]),
        Err(SupermatError::NotText { at: 1 })
    ));
    assert!(refusal(&text.replace("2.5", "NaN")).contains("line 2"));
}

#[test]
fn infinity_is_read_where_it_is_a_number_and_left_where_it_is_text() {
    let text = data(
        TWO,
        &one_synapse("1"),
        r#", "name": "to \"Infinity\\", "other": Infinity"#,
    );
    assert_eq!(import(&text).unwrap().units, 4);
}

#[test]
fn a_large_file_is_refused_unread() {
    let error = read(&vec![b' '; (1 << 26) + 1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a file of 67108865 bytes, the limit is 67108864"
    );
}
