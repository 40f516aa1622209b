//! A core whose memories are written by hand: one input, one synapse, and one leaky neuron that
//! fires.
//!
//! `cargo run -p synfire-model --example core`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use model::Core;
use spec::CoreConfig;
use spec::events::Fired;
use spec::regions::Region;
use spec::words::{Leak, NeuronParams, Refractory, Reset, Row};

fn main() {
    let config = CoreConfig::tiny();
    let mut core = Core::new(config);

    // Input 0 has one row, which begins at the first synapse word and the first neuron.
    let row = Row {
        enabled: true,
        ..Row::default()
    };
    core.write(Region::RowBody, 0, row.body(config));
    core.write(Region::RowLink, 0, row.link(config));
    core.write(Region::Synapses, 0, 40);

    // Neuron 0 keeps nine tenths of its potential each tick, and half of its current.
    let dynamics = NeuronParams {
        leak: Leak::Exponential { factor: 3686 },
        decay_syn: 2048,
        reset: Reset::ToReset,
        refractory: Refractory::Hold,
        report: true,
        v_reset: 0,
        refractory_ticks: 2,
        rule: 0,
        adapts: false,
    };
    core.write(Region::Dynamics, 0, dynamics.word(config));
    core.write(Region::Reset, 0, dynamics.reset_word(config));
    core.write(Region::Threshold, 0, 100);

    for tick in 0..20 {
        if tick % 4 < 2 {
            core.spike_input(0);
        }
        let mut fired = Fired::default();
        core.tick(&mut fired);
        let potential = core.read(Region::Potential, 0);
        let spike = if fired.0.is_empty() { "" } else { "  fires" };
        println!("tick {tick:>2}: potential {potential:>4}{spike}");
    }
}
