//! What a neuron did, and how two neurons differ.

/// Two spikes belong to one burst if the time between them is at most this, in ms.
pub const PAUSE: f64 = 10.0;

/// The spikes and the potential of a neuron.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Train {
    /// The length of a tick, in ms.
    pub dt: f64,
    /// The ticks of its spikes.
    pub spikes: Vec<u32>,
    /// The potential after each tick, in mV; the peak in the tick of a spike.
    pub potentials: Vec<f64>,
}

impl Train {
    pub(super) fn new(dt: f64) -> Train {
        Train {
            dt,
            ..Train::default()
        }
    }

    pub(super) fn push(&mut self, tick: u32, fires: bool, potential: f64) {
        if fires {
            self.spikes.push(tick);
        }
        self.potentials.push(potential);
    }

    /// The number of spikes of each burst: a [`PAUSE`] separates two bursts.
    #[must_use]
    pub fn bursts(&self) -> Vec<usize> {
        // A step such as 0.1 ms is no binary fraction.
        let near = |a: &u32, b: &u32| f64::from(b - a) * self.dt <= PAUSE + 1e-9;
        self.spikes.chunk_by(near).map(<[u32]>::len).collect()
    }

    /// The largest difference between spikes of the same rank, in ticks; `None` if one neuron has more
    /// spikes than the other.
    #[must_use]
    pub fn apart(&self, other: &Train) -> Option<u32> {
        if self.spikes.len() != other.spikes.len() {
            return None;
        }
        let pairs = self.spikes.iter().zip(&other.spikes);
        Some(pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0))
    }

    /// Whether both are the same firing pattern: single spikes and bursts follow each other in the same way,
    /// however many there are beyond one; the first spikes are at most a [`PAUSE`] apart; and both or
    /// none fall silent.
    #[must_use]
    pub fn is_like(&self, other: &Train) -> bool {
        let first = |it: &Train| it.spikes.first().map(|&tick| f64::from(tick) * it.dt);
        let begin_together = match (first(self), first(other)) {
            (Some(own), Some(others)) => (own - others).abs() <= PAUSE + 1e-9,
            (own, others) => own == others,
        };
        begin_together && self.order() == other.order() && self.stops() == other.stops()
    }

    /// Groups of single spikes and of bursts, each with whether there is more than one.
    fn order(&self) -> Vec<(bool, bool)> {
        let bursts = self.bursts();
        let alike = |a: &usize, b: &usize| (*a > 1) == (*b > 1);
        let group = |it: &[usize]| (it.iter().any(|&count| count > 1), it.len() > 1);
        bursts.chunk_by(alike).map(group).collect()
    }

    /// Whether the time after the last spike is longer than twice the interval before it.
    fn stops(&self) -> bool {
        match self.spikes[..] {
            // Lossless: at most thousands of ticks.
            [.., before, last] => self.potentials.len() as u32 - last > 2 * (last - before),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn train(spikes: &[u32], ticks: usize) -> Train {
        Train {
            dt: 0.5,
            spikes: spikes.to_vec(),
            potentials: vec![0.0; ticks],
        }
    }

    #[test]
    fn a_pause_of_more_than_ten_ms_ends_a_burst() {
        assert_eq!(train(&[0, 20, 41, 45], 50).bursts(), [2, 2]);
        assert!(train(&[], 50).bursts().is_empty());
    }

    #[test]
    fn patterns_are_alike_by_order_beginning_and_end() {
        let tonic = train(&[30, 60, 90, 120], 130);
        assert!(tonic.is_like(&train(&[50, 77, 104], 130)));
        assert!(
            !tonic.is_like(&train(&[51, 77, 104], 130)),
            "begins too late"
        );
        assert!(!tonic.is_like(&train(&[30, 60, 90], 200)), "falls silent");
        assert!(
            !tonic.is_like(&train(&[30, 32, 60, 90, 120], 130)),
            "begins with a burst"
        );
        assert!(!tonic.is_like(&train(&[30], 130)), "fires once");
        assert_eq!(tonic.apart(&train(&[31, 60, 88, 120], 130)), Some(2));
        assert_eq!(tonic.apart(&train(&[30], 130)), None);
    }
}
