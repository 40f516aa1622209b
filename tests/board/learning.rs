//! Runs demos of learning from the host library over a pseudo-terminal on Verilated cores.

use demos::learning::{Curve, CurveOutcome, Work};
use driver::Device;
use spec::CoreConfig;

use crate::wire::{with_hardware, with_model};

/// The learning curve in two parts, with a delay, as far as the small configs have room for it.
fn measure(device: &mut Device) -> CurveOutcome {
    let curve = Curve {
        reach: 5,
        synapses: 9,
        repetitions: 8,
        delay: 1,
        ..Curve::default()
    };
    curve.run(device, &mut |_, _, _| ()).unwrap()
}

#[test]
fn the_curve_of_the_hardware_is_that_of_the_model() {
    check(CoreConfig::tiny_l());
}

#[test]
fn so_it_is_where_reads_are_registered() {
    check(CoreConfig::tiny_lr());
}

fn check(config: &'static CoreConfig) {
    let (hardware, model) = (with_hardware(config, measure), with_model(config, measure));
    assert_eq!(hardware.points.len(), 11);
    assert!(hardware.points.iter().any(|it| it.measured != 0.0));
    assert_eq!(hardware.points, model.points);
    let cycles = [hardware.work, model.work].map(|work| work.cycles);
    assert!(
        cycles[0].abs_diff(cycles[1]) * 20 <= cycles[0],
        "{cycles:?}"
    );
    let apart = |work: Work| Work { cycles: 0, ..work };
    assert_eq!(apart(hardware.work), apart(model.work));
}
