use network::SourceId;

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

fn import(text: &str) -> Result<Imported, SuperNeuroMatError> {
    lower("net", &read(text.as_bytes(), None)?, None)
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
    // It begins at 0, 1 above the reset state, and leaks by 0.25 in the first tick.
    assert_eq!(made.injections, [(0, 0, 3)]);
}

#[test]
fn threshold_between_integers_is_rounded_down() {
    let neurons = TWO.replace("2.5, 0.0", "2.53, -0.1");
    let made = import(&data(&neurons, &one_synapse("1.0"), "")).unwrap();
    assert_eq!(made.network.populations()[0].thresholds, [10, -1]);
}

#[test]
fn weight_that_no_integer_holds_is_refused() {
    for weight in ["-1e300", "1e300"] {
        let text = refusal(&data(TWO, &one_synapse(weight), ""));
        assert!(
            text.contains("the weight from neuron 0 to neuron 1"),
            "{text}"
        );
    }
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
        read(&[0x7b, 0xff], None),
        Err(SuperNeuroMatError::NotText { at: 1 })
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
    let error = read(&vec![b' '; (1 << 26) + 1], None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a file of 67108865 bytes, the limit is 67108864"
    );
}

/// Three neurons; the first drives the second directly, and the third after three ticks through two
/// hidden neurons.
fn delayed(more: &str) -> String {
    data(
        r#""neuron_thresholds": [0.5, 0.5, 0.0, 0.0, 0.5], "neuron_leaks": [0, 0, Infinity, Infinity, 0],
        "neuron_reset_states": [0, 0, 0, 0, 0], "neuron_refractory_periods": [0, 0, 0, 0, 0]"#,
        r#""pre_synaptic_neuron_ids": [0, 0, 2, 3], "post_synaptic_neuron_ids": [1, 2, 3, 4],
        "synaptic_weights": [1, 1, 1, 2], "synaptic_delays": [1, 1, 1, -3]"#,
        more,
    )
}

#[test]
fn neurons_that_only_delay_are_folded_into_delays() {
    let made = import(&delayed("")).unwrap();
    assert_eq!((made.ids.clone(), made.of), (vec![0, 1, 4], 5));
    assert_eq!(made.network.neuron_count(), 3);
    let mut ways: Vec<_> = made
        .network
        .connections()
        .map(|it| (it.source, it.target, it.delay))
        .collect();
    ways.sort_unstable();
    let first = SourceId::Neuron(0);
    assert_eq!(ways, [(first, 1, 1), (first, 2, 3)]);
    let inputs = r#", "input_spikes": {"2": {"nids": [4], "values": [1]}}"#;
    assert_eq!(import(&delayed(inputs)).unwrap().injections, [(2, 2, 1)]);
}

#[test]
fn spikes_on_their_way_arrive() {
    let flight = |row: &str| {
        let train = format!(r#", "spike_train": [[1, 1, 1, 1, 1], {row}]"#);
        let made = import(&delayed(&train)).unwrap();
        (made.injections, made.in_flight)
    };
    // Only the last row counts: spikes arrive in tick 0 at the second neuron and in tick 2 at the
    // third.
    assert_eq!(flight("[1, 0, 0, 0, 0]"), (vec![(0, 1, 1), (2, 2, 2)], 2));
    assert_eq!(flight("[0, 0, 1, 0, 0]"), (vec![(1, 2, 2)], 1));
    assert_eq!(flight("[0, 0, 0, 1, 0]"), (vec![(0, 2, 2)], 1));
    assert_eq!(flight("[0, 0, 0, 0, 0]"), (vec![], 0));
    let text = refusal(&delayed(r#", "spike_train": [[1, 0]]"#));
    assert!(
        text.contains("last row of spike_train has 2 elements, must have 5"),
        "{text}"
    );
}

#[test]
fn one_of_several_networks_is_chosen_by_number_or_name() {
    let one = data(TWO, &one_synapse("1"), "");
    let (_, entry) = one.split_once('[').unwrap();
    let entry = entry.strip_suffix("]}").unwrap();
    let named = entry.replacen("\"data\"", "\"name\": \"xor\", \"data\"", 1);
    let other = entry.replace("\"synaptic_weights\": [1]", "\"synaptic_weights\": [7.5]");
    let text = format!(r#"{{"networks": [{named}, {other}]}}"#);
    let chosen = |network| read(text.as_bytes(), network).map_err(|error| error.to_string());
    assert_eq!(
        chosen(None).unwrap_err(),
        "the network is not chosen; the file has 2: 0 (\"xor\"), 1"
    );
    assert_eq!(chosen(Some("xor")), chosen(Some("0")));
    assert_eq!(chosen(Some("1")).unwrap().synapses[0].weight, 7.5);
    assert!(
        chosen(Some("2"))
            .unwrap_err()
            .contains("the network is 2; the file has 2")
    );
    let none = read(br#"{"networks": []}"#, None).unwrap_err().to_string();
    assert_eq!(none, "there is no network in the file");
}

#[test]
fn real_numbers_are_rounded_where_that_is_asked_for() {
    let text = data(TWO, &one_synapse("0.1"), "");
    let model = read(text.as_bytes(), None).unwrap();
    let bits = Bits {
        weight: 8,
        state: 16,
    };
    let made = lower("net", &model, Some(bits)).unwrap();
    let rounded = made.rounded.unwrap();
    assert_eq!((rounded.weights, rounded.zero), ((1, 1), 0));
    // A code of 7 bits has an error of at most 1/128.
    assert!(rounded.weight_percent > 0.0 && rounded.weight_percent < 0.8);
    assert_eq!(rounded.other, 0.0);
    let synapse = made.network.connections().next().unwrap();
    let weight = f64::from(i32::from(synapse.weight) << synapse.exponent);
    assert!((weight / f64::from(made.units) - 0.1).abs() < 0.0008);
    // A network that is exact without rounding stays exact.
    let exact = read(data(TWO, &one_synapse("3.5"), "").as_bytes(), None).unwrap();
    let with = lower("net", &exact, Some(bits)).unwrap();
    assert_eq!(with, lower("net", &exact, None).unwrap());
    assert!(with.rounded.is_none());
    // A weight that is too large at the scale of the others is reported with its place too.
    let text = data(TWO, &one_synapse("5000"), "");
    let model = read(text.as_bytes(), None).unwrap();
    let made = lower("net", &model, Some(bits)).unwrap();
    assert!(made.rounded.is_some());
}
