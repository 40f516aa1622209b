//! Property tests of connections that depend on distance.

use std::collections::HashSet;

use proptest::prelude::*;

use super::{between, near, pairs, recurrent};
use crate::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_kernel_of_1_is_the_plain_probability(
        sides in [1usize..7, 1usize..7],
        probability in 0.0..=1.0f64,
        spacing in 0.1..9.0f64,
        edge_wrap: bool,
        seed: u32,
    ) {
        let size = sides[0] * sides[1];
        let end = || (size, Positions::grid(sides[0], sides[1]).spacing(spacing).edge_wrap(edge_wrap));
        let found = |rule| between([end(), end()], rule, seed).unwrap();
        let plain = found(Connect::Probability(probability));
        prop_assert_eq!(&found(near(probability, Kernel::constant())), &plain);
        // Nothing is as far away as this.
        prop_assert_eq!(&found(near(probability, Kernel::constant().max(99.0))), &plain);
        // A kernel only takes pairs away.
        let all = pairs(&plain);
        let fewer = pairs(&found(near(probability, Kernel::gaussian(1.5))));
        prop_assert!(fewer.iter().all(|pair| all.contains(pair)));
    }

    #[test]
    fn pairs_stay_when_a_grid_grows_by_rows(rows in 3usize..9, seed: u32, wide: bool) {
        let kernel = if wide { Kernel::exponential(3.0) } else { Kernel::gaussian(1.0).max(2.5) };
        let end = |rows| (rows * 5, Positions::grid(rows, 5));
        let found = |rows| pairs(&between([end(rows), end(rows)], near(0.7, kernel), seed).unwrap());
        let small = found(3);
        let within = found(rows).into_iter().filter(|&(pre, post)| pre < 15 && post < 15);
        prop_assert!(small.into_iter().eq(within));
    }

    #[test]
    fn every_place_of_a_torus_is_alike(
        sides in [1usize..9, 1usize..9],
        spacing in 0.01..9.0f64,
        max in 0.5..4.0f64,
    ) {
        let size = sides[0] * sides[1];
        let kernel = Kernel::constant().max(max * spacing);
        let projection = ProjectionBuilder::new("e", "e").connect(near(1.0, kernel), 1);
        let grid = Positions::grid(sides[0], sides[1]).spacing(spacing).edge_wrap(true);
        let delay = DistanceDelay { base: 1.0, per_unit: 1.5 / spacing, clip: None };
        let network = recurrent(grid, size, projection.delay(delay));
        let projection = &network.projections()[0];
        // Each neuron has the same synapses, and its delays are those of every other one.
        let mut delays = vec![Vec::new(); size];
        for synapse in &projection.synapses {
            delays[synapse.post as usize].push(synapse.delay);
        }
        delays.iter_mut().for_each(|it| it.sort_unstable());
        prop_assert!(delays.iter().all(|it| *it == delays[0]));
        // Distances are the same in both directions.
        let directed: HashSet<_> =
            projection.synapses.iter().map(|it| (it.pre, it.post, it.delay)).collect();
        prop_assert!(directed.iter().all(|&(pre, post, delay)| directed.contains(&(post, pre, delay))));
    }

    #[test]
    fn points_on_a_grid_are_the_grid(sides in [1usize..6, 1usize..6], seed: u32) {
        let size = sides[0] * sides[1];
        let point = |n: usize| [(n % sides[1]) as f64 * 0.5 + 0.25, (n / sides[1]) as f64 * 0.5 + 0.25];
        let points = || (size, Positions::plane((0..size).map(point).collect()));
        let grid = || (size, Positions::grid(sides[0], sides[1]).spacing(0.5));
        let found = |ends| pairs(&between(ends, near(0.8, Kernel::gaussian(0.75)), seed).unwrap());
        let expected = found([grid(), grid()]);
        prop_assert_eq!(&found([points(), points()]), &expected);
        prop_assert_eq!(&found([grid(), points()]), &expected);
    }
}
