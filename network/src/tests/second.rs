//! Second states in a network file: adaptive thresholds and Izhikevich's neurons.

use spec::CoreConfig;
use spec::events::Fired;
use spec::words::{Coupling, Leak};

use crate::image::{CoreImage, Write};
use crate::{Network, Population};

fn read(text: &str) -> Result<Network, String> {
    Network::from_toml(text, &mut |name| Err(format!("there is no {name}")))
        .map_err(|error| error.to_string())
}

/// A network of one population, with these lines.
fn population(lines: &str) -> Result<Network, String> {
    let top = "format_version = 2\nname = \"n\"\ntick = \"1 ms\"\n";
    read(&format!("{top}[[population]]\nname = \"p\"\n{lines}\n"))
}

fn first(network: &Network) -> &Population {
    &network.populations()[0]
}

/// The ticks in which neuron 0 fires, of so many.
fn spikes(network: &Network, ticks: u32) -> Vec<u32> {
    let image = CoreImage::map(network, CoreConfig::tiny_m()).unwrap();
    let mut core = model::Core::new(CoreConfig::tiny_m());
    let write = |core: &mut model::Core, write: Write| {
        for (index, value) in (write.index..).zip(write.values) {
            core.write(write.region, index, value);
        }
    };
    image.writes().for_each(|it| write(&mut core, it));
    core.reset_state();
    image
        .state()
        .into_iter()
        .for_each(|it| write(&mut core, it));
    let fires = |core: &mut model::Core| {
        let mut fired = Fired::default();
        core.tick(&mut fired);
        fired.0.contains(&0)
    };
    (0..ticks).filter(|_| fires(&mut core)).collect()
}

#[test]
fn a_spike_raises_the_threshold_of_its_neuron() {
    let network = population(
        "size = 2\nthreshold = 100\nbias = 60\nadapt_step = [1000, 50]\ndecay_adapt = 4096",
    )
    .unwrap();
    assert!(first(&network).dynamics.iter().all(|it| it.adapts));
    // Neuron 0: 120 > 100 in tick 1; from then on the threshold is 1100, which 19 times 60 exceed.
    assert_eq!(spikes(&network, 24), [1, 20]);
}

#[test]
fn a_step_takes_one_synapse_if_it_is_a_weight_with_an_exponent_else_more() {
    let synapses = |step: &str| {
        let lines = format!("size = 2\nthreshold = 1\ntau_adapt = \"100 ms\"\nadapt_step = {step}");
        let network = population(&lines).unwrap();
        let all: Vec<(u8, Vec<i8>)> = network
            .projections()
            .iter()
            .map(|it| {
                (
                    it.exponent,
                    it.synapses.iter().map(|it| it.weight).collect(),
                )
            })
            .collect();
        all
    };
    assert_eq!(synapses("96"), [(0, vec![96, 96])]);
    assert_eq!(synapses("[16256, 0]"), [(7, vec![127])]);
    assert_eq!(synapses("[-1312, 640]"), [(4, vec![-82, 40])]);
    assert_eq!(synapses("[1311, -7]"), [(7, vec![10]), (0, vec![31, -7])]);
    assert_eq!(synapses("0"), []);
    let high = |weight| (7, vec![weight]);
    assert_eq!(
        synapses("[20971, 0]"),
        [high(127), high(36), (0, vec![107])]
    );
    let most = [high(127), high(127), high(127), high(127), (0, vec![127])];
    assert_eq!(synapses("[65151, 0]"), most);
    let least = most.map(|(exponent, weights)| (exponent, weights.iter().map(|it| -it).collect()));
    assert_eq!(synapses("[0, -65151]"), least);
}

#[test]
fn izhikevichs_parameters_become_those_of_the_core() {
    let lines = "size = 1\nizhikevich = { a = 0.02, b = 0.2, c = -65, d = 8, i = 10 }";
    let network = population(lines).unwrap();
    let p = first(&network);
    let dynamics = &p.dynamics[0];
    // 163.84 units per mV; the vertex is at -62.5 mV.
    assert_eq!(dynamics.leak, Leak::Quadratic { fine: false });
    assert_eq!(p.thresholds[0], 15_155);
    assert_eq!(dynamics.v_reset, -410);
    assert_eq!(p.biases[0], 1024);
    assert_eq!(p.initial_potentials[0], -410);
    let second = p.second.as_ref().unwrap();
    assert_eq!(second.params[0].decay, 4014);
    let coupling = Coupling {
        factor: 2097,
        shift: 7,
        negative: true,
    };
    assert_eq!(second.params[0].coupling, coupling);
    // u = -13 and 62.5 b = 12.5.
    assert_eq!(second.initial[0], 82);
    // d: 1311 units.
    let steps = network.projections().iter();
    let sum: i32 = steps
        .map(|it| i32::from(it.synapses[0].weight) << it.exponent)
        .sum();
    assert_eq!(sum, -1311);
}

/// Spike times in real numbers of the same scheme.
fn euler([a, b, c, d, i]: [f64; 5], ticks: u32) -> Vec<u32> {
    let (mut v, mut u) = (-65.0, -65.0 * b);
    let mut spikes = Vec::new();
    for tick in 0..ticks {
        let next = v + 0.04 * v * v + 5.0 * v + 140.0 - u + i;
        u += a * (b * v - u);
        v = next;
        if v >= 30.0 {
            spikes.push(tick);
            v = c;
            u += d;
        }
    }
    spikes
}

#[test]
fn an_izhikevich_neuron_fires_almost_when_the_real_one_does() {
    for (cell, fine) in [
        ([0.02, 0.2, -65.0, 8.0, 10.0], true),
        ([0.02, 0.2, -65.0, 8.0, 10.0], false),
        ([0.02, 0.2, -50.0, 2.0, 10.0], true),
        ([0.1, 0.2, -65.0, 2.0, 10.0], true),
    ] {
        let [a, b, c, d, i] = cell;
        let lines = format!(
            "size = 1\nizhikevich = {{ a = {a}, b = {b}, c = {c}, d = {d}, i = {i}, fine = {fine} }}"
        );
        let network = population(&lines).unwrap();
        let (found, real) = (spikes(&network, 400), euler(cell, 400));
        assert!(real.len() > 5);
        assert!(
            found.len().abs_diff(real.len()) <= 1,
            "{cell:?}: {found:?}, {real:?}"
        );
        // The rounding of a decay to 12 bits delays a spike by at most 3 % of its interval.
        for (found, real) in found.iter().zip(&real).take(4) {
            let near = 1 + real * 3 / 100;
            assert!(found.abs_diff(*real) <= near, "{cell:?}: {found}, {real}");
        }
    }
}

#[test]
fn what_no_core_can_do_is_refused() {
    let model = |table: &str| population(&format!("size = 1\nizhikevich = {table}")).unwrap_err();
    for (table, message) in [
        (
            "3",
            "izhikevich: is an integer, must be a table: { a = 0.02, b = 0.2, c = -65, d = 8 }",
        ),
        (
            "{ a = 0.02, b = 0.2, c = -65 }",
            "izhikevich.d: missing, must be a number or a list of numbers",
        ),
        (
            "{ a = 2, b = 0.2, c = -65, d = 8 }",
            "izhikevich.a: 2 is outside 0..=1",
        ),
        (
            "{ a = 0.02, b = nan, c = -65, d = 8 }",
            "izhikevich.b: NaN is outside -10..=10",
        ),
        ("{ a = 0.02, b = 0.2, c = 31, d = 8 }", "..=30"),
        (
            "{ a = 0.02, b = 0.2, c = -65, d = 8000 }",
            "izhikevich.d: 8000 is outside -397.6",
        ),
        (
            "{ a = [0.1, 0.2], b = 0.2, c = -65, d = 8 }",
            "izhikevich.a: has 2 elements, must have 1, one a neuron",
        ),
        (
            "{ a = 0.1, b = 0.2, c = -65, d = 8, e = 1 }",
            "izhikevich.e: no such key",
        ),
    ] {
        let error = model(table);
        assert!(error.contains(message), "{error}");
    }
    for (lines, message) in [
        (
            "size = 1\nthreshold = 1\nizhikevich = { a = 0.1, b = 0.2, c = -65, d = 8 }",
            "excludes",
        ),
        (
            "size = 1\nthreshold = 1\nadapt_step = 5",
            "decay_adapt: missing, must be `decay_adapt` or `tau_adapt`",
        ),
        (
            "size = 1\nthreshold = 1\ncoupling = 0.5",
            "decay_syn_inh: missing",
        ),
        (
            "size = 1\nthreshold = 1\ni_init_inh = 5",
            "decay_syn_inh: missing",
        ),
        (
            "size = 1\nthreshold = 1\ndecay_adapt = 4097",
            "decay_adapt: 4097 is outside 0..=4096",
        ),
        (
            "size = 1\nthreshold = 1\ndecay_adapt = 1\nadapt_step = 65152",
            "adapt_step: 65152 is outside -65151..=65151",
        ),
        (
            "size = 1\nthreshold = 1\ndecay_adapt = 1\ndecay_syn_inh = 1",
            "excludes",
        ),
        (
            "size = 1\nthreshold = 1\ndecay_syn_inh = 1\ncoupling = 1.5",
            "coupling: 1.5 is outside -1..=1",
        ),
        (
            "size = 1\nthreshold = 1\ndecay_syn_inh = 1\nadapt_step = 5",
            "decay_adapt: missing",
        ),
        (
            "size = 1\nthreshold = 1\ndecay_syn_inh = 1\nadapt_init = 5",
            "decay_adapt: missing",
        ),
        (
            "size = 1\nthreshold = 1\ndecay_adapt = 1\ni_init_inh = 5",
            "decay_syn_inh: missing",
        ),
        ("size = 1\nthreshold = 1\nleak = \"cube\"", "leak"),
    ] {
        let error = population(lines).unwrap_err();
        assert!(error.contains(message), "{lines}: {error}");
    }
    let without_tick = "format_version = 2\nname = \"n\"\n[[population]]\nname = \"p\"\nsize = 1\nizhikevich = { a = 0.1, b = 0.2, c = -65, d = 8 }";
    let error = read(without_tick).unwrap_err();
    assert!(
        error.contains("izhikevich: \"izhikevich\" needs the length of a tick"),
        "{error}"
    );
}

#[test]
fn what_no_core_does_at_the_same_time_is_refused() {
    let text = |population: &str, projection: &str| {
        format!(
            "format_version = 2\nname = \"n\"\n[[population]]\nname = \"p\"\nsize = 1\nthreshold = 1\n\
             {population}\n[[projection]]\nsource = \"p\"\ntarget = \"p\"\nweights = 1\n{projection}\n\
             [[plasticity]]\nname = \"s\"\ntau_plus = 20.0\ntau_minus = 20.0\na_plus = 0.5\na_minus = 0.5\n"
        )
    };
    let learning = "plasticity = \"s\"";
    for (population, projection, message) in [
        (
            "decay_syn_inh = 9",
            learning,
            "the network learns and has neurons with a second state, and no core does both",
        ),
        (
            "reset = \"subtract_late\"",
            learning,
            "the network learns and subtracts thresholds late or raises them",
        ),
        (
            "decay_adapt = 9\nreset = \"subtract_raised\"",
            "",
            "subtracts thresholds late or raises them and has neurons with a second state",
        ),
    ] {
        let error = read(&text(population, projection)).unwrap_err();
        assert!(error.contains(message), "{error}");
    }
    assert!(read(&text("", learning)).is_ok());
}
