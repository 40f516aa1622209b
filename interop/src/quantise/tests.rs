use super::*;
use crate::graph::{Input, Neuron, Refractory, Reset};

fn layer(weights: &[f64], threshold: f64) -> Graph {
    let synapse = |(post, &weight): (usize, &f64)| Synapse {
        pre: 0,
        post: post as u32,
        delay: 0,
        weight,
    };
    Graph {
        name: "layer".to_owned(),
        inputs: vec![Input {
            name: "in".to_owned(),
            size: 1,
        }],
        populations: vec![Population {
            name: "n".to_owned(),
            neurons: vec![Neuron::new(threshold); weights.len()],
            reset: Reset::ToReset,
            refractory: Refractory::Hold,
            report: true,
            latency: 0,
        }],
        projections: vec![Projection {
            source: Source::Input(0),
            target: 0,
            synapses: weights.iter().enumerate().map(synapse).collect(),
        }],
        ..Graph::default()
    }
}

#[test]
fn weights_keep_their_ratio_to_the_threshold() {
    let weights: Vec<f64> = (1..=20).map(|k| f64::from(k) * 0.037 - 0.4).collect();
    let graph = layer(&weights, 1.0);
    let made = quantise(&graph, &QuantiseOptions::default()).unwrap();
    let threshold = f64::from(made.network.populations()[0].thresholds[0]);
    for connection in made.network.connections() {
        let held = f64::from(i32::from(connection.weight) << connection.exponent) / threshold;
        let error = (held - weights[connection.target]).abs();
        // Half a step of the largest weight's code.
        assert!(error < 0.4 / 127.0, "{held} {}", weights[connection.target]);
    }
    assert!(made.report.projections[0].snr_db.unwrap() > 40.0);
}

#[test]
fn numbers_with_few_bits_are_held_exactly() {
    let graph = layer(&[1.0, -0.5, 0.25, 0.75], 2.0);
    let made = quantise(
        &graph,
        &QuantiseOptions {
            weight_bits: 4,
            ..QuantiseOptions::default()
        },
    )
    .unwrap();
    let report = &made.report.projections[0];
    assert_eq!((report.snr_db, report.clipped_percent), (None, 0.0));
}

#[test]
fn fewer_bits_cost_more() {
    let weights: Vec<f64> = (0..200).map(|k| (f64::from(k) * 0.7).sin()).collect();
    let snr = |weight_bits, rounding| {
        let options = QuantiseOptions {
            weight_bits,
            rounding,
            ..QuantiseOptions::default()
        };
        let made = quantise(&layer(&weights, 3.0), &options).unwrap();
        made.report.projections[0].snr_db.unwrap()
    };
    let by_bits: Vec<f64> = (2..=8).map(|bits| snr(bits, Rounding::Nearest)).collect();
    assert!(by_bits.is_sorted(), "{by_bits:?}");
    // 6 dB per bit.
    assert!((by_bits[6] - by_bits[2] - 24.0).abs() < 3.0, "{by_bits:?}");
    assert!(snr(6, Rounding::Stochastic) < by_bits[4]);
    assert!(snr(6, Rounding::TowardZero) < by_bits[4]);
}

#[test]
fn what_cannot_be_held_is_refused_by_name() {
    let infinite = layer(&[f64::NAN], 1.0);
    let text = quantise(&infinite, &QuantiseOptions::default())
        .unwrap_err()
        .to_string();
    assert!(text.contains("weight of in[0] -> n[0] is NaN"), "{text}");
    let apart = layer(&[1e9], 1e-3);
    let text = quantise(&apart, &QuantiseOptions::default())
        .unwrap_err()
        .to_string();
    assert!(text.contains("no scale holds both in 16 bits"), "{text}");
    let bits = QuantiseOptions {
        weight_bits: 9,
        ..QuantiseOptions::default()
    };
    let text = quantise(&layer(&[1.0], 1.0), &bits)
        .unwrap_err()
        .to_string();
    assert_eq!(text, "weight bits is 9, must be 2..=8");
}

#[test]
fn names_become_legal_and_stay_different() {
    let mut names = Names::default();
    assert_eq!(names.legal("lif 1"), "lif_1");
    assert_eq!(names.legal("lif/1"), "lif_1_2");
    assert_eq!(names.legal(""), "unnamed");
    assert_eq!(names.legal(&"x".repeat(80)).len(), 64);
    assert!(names.legal(&"x".repeat(80)).ends_with("x_2"));
}

#[test]
fn a_report_names_what_set_each_scale() {
    let report = |weights: &[f64], threshold, bias| {
        let mut graph = layer(weights, threshold);
        graph.populations[0].neurons[0].bias = bias;
        quantise(&graph, &QuantiseOptions::default())
            .unwrap()
            .report
    };
    let set_by = |weights: &[f64], threshold, bias| {
        let told = &report(weights, threshold, bias).populations[0];
        (told.set_by, told.set_by_value)
    };
    assert_eq!(set_by(&[1.0, 2.0], 1.0, 0.0), ("weight", 2.0));
    assert_eq!(set_by(&[0.01, 0.02], 1000.0, 0.0), ("threshold", 1000.0));
    assert_eq!(set_by(&[0.01, 0.02], 1.0, -200.0), ("bias", 200.0));
    // The note on lost weights names the number that has set the scale.
    let notes = report(&[0.001, 0.002], 1.0, 200.0).notes;
    assert_eq!(
        notes,
        [
            "100.0 % of the weights of in -> n became 0: the bias 200 of \"n\" set the scale, so \
             that 1.0 is 163.8342 units"
        ]
    );
    assert!(report(&[1.0, 2.0], 1.0, 0.0).notes.is_empty());
}
