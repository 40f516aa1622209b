//! Assigns ticks of the core to the time steps of a NIR graph.
//!
//! A simulator of NIR computes a feed-forward network from input to output within one time step; on
//! the core a spike takes one tick from neuron to neuron. A population that is n populations after
//! the input therefore runs n ticks late; n is its *latency*. A spike between populations whose
//! latencies differ by more than one is delayed accordingly. A cycle has no first population, and
//! simulators use the spikes of the previous step: all populations of a cycle have the same
//! latency, and a spike takes one tick.

/// The latency of each population, and the cycles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Schedule {
    /// Ticks, population by population.
    pub(super) latency: Vec<u32>,
    /// Populations with the same number reach each other.
    pub(super) cycle: Vec<usize>,
}

/// A path for spikes between two populations, with the minimum delay in ticks in the NIR graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) delay: u32,
}

impl Schedule {
    /// The schedule of `count` populations.
    pub(super) fn new(count: usize, ways: &[Way]) -> Schedule {
        let mut next = vec![Vec::new(); count];
        for way in ways {
            next[way.from].push(*way);
        }
        let (cycle, order) = components(count, &next);
        let mut latency = vec![0u32; count];
        let mut members = vec![Vec::new(); count];
        for (population, &of) in cycle.iter().enumerate() {
            members[of].push(population);
        }
        // Each component comes after all components that lead to it.
        for component in order {
            let late = members[component].iter().map(|&p| latency[p]).max();
            for &population in &members[component] {
                latency[population] = late.unwrap_or(0);
            }
            for way in members[component].iter().flat_map(|&p| &next[p]) {
                if cycle[way.to] != component {
                    let due = latency[way.from] + 1u32.saturating_sub(way.delay);
                    latency[way.to] = latency[way.to].max(due);
                }
            }
        }
        Schedule { latency, cycle }
    }

    /// The delay on the core, in ticks, of a spike with this delay in the NIR graph.
    pub(super) fn delay(&self, from: usize, to: usize, delay: u32) -> u64 {
        if self.cycle[from] == self.cycle[to] {
            return u64::from(delay.max(1));
        }
        // A path between components never leads to a smaller latency.
        u64::from(delay) + u64::from(self.latency[to].saturating_sub(self.latency[from]))
    }
}

/// The strongly connected component of each population, and the components in an order in which
/// each comes after those that lead to it. Tarjan's algorithm, without recursion.
pub(super) fn components(count: usize, next: &[Vec<Way>]) -> (Vec<usize>, Vec<usize>) {
    const UNSEEN: usize = usize::MAX;
    let mut number = vec![UNSEEN; count];
    let mut low = vec![0; count];
    let mut on_stack = vec![false; count];
    let mut stack = Vec::new();
    let mut component = vec![0; count];
    let mut found = 0;
    let mut seen = 0;
    for root in 0..count {
        if number[root] != UNSEEN {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some((at, way)) = path.pop() {
            if way == 0 {
                number[at] = seen;
                low[at] = seen;
                seen += 1;
                stack.push(at);
                on_stack[at] = true;
            }
            if let Some(to) = next[at].get(way).map(|way| way.to) {
                path.push((at, way + 1));
                if number[to] == UNSEEN {
                    path.push((to, 0));
                } else if on_stack[to] {
                    low[at] = low[at].min(number[to]);
                }
                continue;
            }
            if low[at] == number[at] {
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    component[member] = found;
                    if member == at {
                        break;
                    }
                }
                found += 1;
            }
            if let Some(&(parent, _)) = path.last() {
                low[parent] = low[parent].min(low[at]);
            }
        }
    }
    // The algorithm finds a component after all components that it leads to.
    (component, (0..found).rev().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(from: usize, to: usize, delay: u32) -> Way {
        Way { from, to, delay }
    }

    #[test]
    fn skipped_layers_are_waited_for() {
        let ways = [way(0, 1, 0), way(1, 2, 0), way(0, 2, 0)];
        let schedule = Schedule::new(3, &ways);
        assert_eq!(schedule.latency, [0, 1, 2]);
        assert_eq!(schedule.delay(0, 2, 0), 2);
        assert_eq!(schedule.delay(1, 2, 3), 4);
    }

    #[test]
    fn delays_of_the_network_hide_the_tick_from_neuron_to_neuron() {
        let schedule = Schedule::new(2, &[way(0, 1, 2)]);
        assert_eq!(schedule.latency, [0, 0]);
        assert_eq!(schedule.delay(0, 1, 2), 2);
    }

    #[test]
    fn a_cycle_has_one_latency_and_a_tick_a_spike() {
        let ways = [
            way(0, 1, 0),
            way(1, 2, 0),
            way(2, 1, 0),
            way(2, 3, 0),
            way(1, 1, 0),
        ];
        let schedule = Schedule::new(4, &ways);
        assert_eq!(schedule.latency, [0, 1, 1, 2]);
        assert_eq!(schedule.delay(1, 2, 0), 1);
        assert_eq!(schedule.delay(1, 1, 0), 1);
        assert_eq!(schedule.delay(2, 1, 3), 3);
    }
}
