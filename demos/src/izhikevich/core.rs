//! The patterns on a core.

use driver::device::{Device, Probe, Run};
use network::image::CoreImage;
use network::{Izhikevich, Network, NetworkBuilder, NetworkError, PerNeuron, PopulationBuilder};
use spec::events::Injection;

use super::IzhikevichError;
use super::euler::{Decay, PEAK};
use super::patterns::{Form, Pattern};
use super::train::Train;

/// The vertex of the core's parabola, in mV.
const VERTEX: f64 = -62.5;
/// The value of the parabola there, in mV per ms.
const DEPTH: f64 = -16.25;

/// A pattern, and the length of its ticks in ms.
pub(super) type Cell = (Pattern, f64);

impl Pattern {
    /// How far the vertex of this parabola is from that of the core, in mV, and how much higher it is, in
    /// mV per ms. The core's neuron has `v` less by the former, and `u` less by `b` times it.
    fn moved(&self) -> (f64, f64) {
        let (slope, offset) = self.form.line();
        let vertex = -slope / 0.08;
        (vertex - VERTEX, offset - 0.04 * vertex * vertex - DEPTH)
    }

    /// The input of the core's neuron in a tick, in mV per ms.
    fn drive(&self, tick: u32, dt: f64) -> f64 {
        let (shift, lift) = self.moved();
        (self.input)(f64::from(tick) * dt) + lift - self.b * shift
    }

    fn neuron(&self, dt: f64, fine: bool) -> Izhikevich {
        let (shift, _) = self.moved();
        let all = PerNeuron::All;
        Izhikevich {
            a: all(self.a),
            b: all(self.b),
            c: all(self.c - shift),
            d: all(self.d),
            i: all(self.drive(0, dt)),
            v: all(self.v - shift),
            fine,
            ..Izhikevich::new(dt)
        }
    }

    /// The decay of the recovery with the factor of the core, which has 12 bits, in real numbers.
    pub(super) fn decay_in_12_bits(&self, dt: f64) -> Decay {
        Decay {
            pivot: VERTEX + self.moved().0,
            factor: (4096.0 * (1.0 - self.a * dt)).round() / 4096.0,
            unit: 0.0,
        }
    }

    /// The exact decay of the recovery, rounded as in the core.
    pub(super) fn decay_in_units(&self, dt: f64, fine: bool) -> Decay {
        Decay {
            factor: 1.0 - self.a * dt,
            // The core holds what the recovery adds to the potential in a tick.
            unit: 1.0 / (dt * self.neuron(dt, fine).units()),
            ..self.decay_in_12_bits(dt)
        }
    }

    /// Why no core has this neuron, if none has.
    pub(super) fn obstacle(&self, dt: f64, fine: bool) -> Option<String> {
        if self.form == Form::Undecaying {
            return Some("the recovery of this pattern does not decay: u' holds no -u".to_owned());
        }
        let error = network(&[(*self, dt)], fine).err()?;
        let reason = "its recovery would grow, and no decay does: ";
        let reason = if self.a < 0.0 { reason } else { "" };
        Some(format!("{reason}{error}"))
    }
}

/// A network with one neuron for each pattern.
fn network(cells: &[Cell], fine: bool) -> Result<Network, NetworkError> {
    let mut network = NetworkBuilder::new("izhikevich");
    for (pattern, dt) in cells {
        let name = pattern.letter.to_string();
        network = network
            .population(PopulationBuilder::new(name, 1).izhikevich(pattern.neuron(*dt, fine)));
    }
    network.build()
}

/// What must be injected so that the neurons get the inputs of their patterns.
fn injections(cells: &[Cell], network: &Network, fine: bool) -> Vec<Injection> {
    let mut all = Vec::new();
    for ((id, (pattern, dt)), population) in (0..).zip(cells).zip(network.populations()) {
        let unit = dt * pattern.neuron(*dt, fine).units();
        let constant = DEPTH - VERTEX * pattern.b;
        for tick in 0..pattern.ticks(*dt) {
            // The bias holds the input of tick 0, rounded, and the constant of the neuron. An injection adds
            // the rest, so that their sum is rounded once. It lasts one tick: the current has no decay.
            let sum = (unit * (pattern.drive(tick, *dt) + constant)).round();
            // Lossless: at most 2^17.
            let value = sum as i32 - population.biases[0];
            if value != 0 {
                all.push(Injection { tick, id, value });
            }
        }
    }
    all
}

/// Runs the patterns from their beginning, all at once if the core has room for them.
pub(super) fn run(
    device: &mut Device,
    cells: &[Cell],
    fine: bool,
) -> Result<Vec<Train>, IzhikevichError> {
    let network = network(cells, fine)?;
    let image = match CoreImage::map(&network, device.sizes()) {
        Err(_) if cells.len() > 1 => {
            let (first, second) = cells.split_at(cells.len() / 2);
            let mut trains = run(device, first, fine)?;
            trains.extend(run(device, second, fine)?);
            return Ok(trains);
        }
        image => image?,
    };
    device.load(&image, &mut |_, _| ())?;
    let ticks = cells.iter().map(|(it, dt)| it.ticks(*dt)).max();
    let run = Run {
        ticks: ticks.unwrap_or(0),
        reset: true,
        injections: &injections(cells, &network, fine),
        probe: Probe {
            first: 0,
            // Lossless: there are twenty patterns.
            count: cells.len() as u32,
            potentials: true,
            currents: false,
        },
        report: true,
        ..Run::default()
    };
    let found = device.run(&run, &mut |_| ())?;
    let values = found.potentials.map(|it| it.values).unwrap_or_default();
    let train = |(id, (pattern, dt)): (usize, &Cell)| {
        let units = pattern.neuron(*dt, fine).units();
        let vertex = VERTEX + pattern.moved().0;
        let own = found.spikes.iter().filter(|it| it.id as usize == id);
        let mut fired = own.map(|it| it.tick).peekable();
        let mut train = Train::new(*dt);
        let rows = values.chunks(cells.len()).map(|row| row[id]);
        for (tick, value) in (0..pattern.ticks(*dt)).zip(rows) {
            let fires = fired.next_if_eq(&tick).is_some();
            let potential = f64::from(value) / units + vertex;
            train.push(tick, fires, if fires { PEAK } else { potential });
        }
        train
    };
    Ok(cells.iter().enumerate().map(train).collect())
}
