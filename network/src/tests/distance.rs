//! Tests of connections and delays that depend on distance.

mod properties;
mod refused;

use super::manual::read;
use super::text::HEAD;
use crate::*;

/// Pairs of the first projection.
fn pairs(network: &Network) -> Vec<(u32, u32)> {
    let synapses = network.projections()[0].synapses.iter();
    synapses
        .map(|synapse| (synapse.pre, synapse.post))
        .collect()
}

/// The targets of each source, `|` between sources.
fn targets(network: &Network) -> String {
    let pairs = pairs(network);
    let of = |pre: usize| {
        let targets = pairs.iter().filter(|pair| pair.0 as usize == pre);
        let targets: Vec<String> = targets.map(|pair| pair.1.to_string()).collect();
        targets.join(" ")
    };
    let sources = pairs.iter().map(|pair| pair.0 as usize + 1).max();
    let sources: Vec<String> = (0..sources.unwrap_or(0)).map(of).collect();
    sources.join(" | ")
}

fn near(probability: f64, kernel: Kernel) -> Connect {
    Connect::Near {
        probability,
        kernel,
    }
}

/// A network of one projection from `in` to `e`, whose members and neurons stand at these places.
fn between(
    [from, to]: [(usize, Positions); 2],
    rule: Connect,
    seed: u32,
) -> Result<Network, NetworkError> {
    NetworkBuilder::new("x")
        .seed(seed)
        .input("in", from.0)
        .population(PopulationBuilder::new("e", to.0))
        .positions("in", from.1)
        .positions("e", to.1)
        .projection(ProjectionBuilder::new("in", "e").connect(rule, 1))
        .build()
}

/// A projection from a grid to itself.
fn recurrent(grid: Positions, size: usize, projection: ProjectionBuilder) -> Network {
    NetworkBuilder::new("x")
        .seed(7)
        .population(PopulationBuilder::new("e", size))
        .positions("e", grid)
        .projection(projection)
        .build()
        .unwrap()
}

#[test]
fn the_pairs_of_a_kernel_are_those_of_another_implementation() {
    // Computed in Python, with its `hashlib`, its `math.exp` and ChaCha8 written from its definition.
    let ends = || [(8, Positions::grid(2, 4)), (9, Positions::grid(3, 3))];
    let found = |rule| targets(&between(ends(), rule, 7).unwrap());
    let gaussian =
        "1 4 | 0 1 2 4 | 1 2 3 5 | 5 8 | 0 3 5 6 | 1 3 4 5 6 7 8 | 1 2 3 4 5 7 8 | 1 3 5";
    assert_eq!(found(near(0.9, Kernel::gaussian(1.2))), gaussian);
    let exponential = "4 | 0 1 2 | 2 |  | 3 | 3 4 5 6 8 | 5 7 8 | 1";
    assert_eq!(found(near(0.9, Kernel::exponential(0.8))), exponential);
    let disc = "0 1 3 | 0 1 2 4 | 1 2 5 | 2 | 0 3 4 6 | 1 3 4 5 7 | 2 4 5 8 | 5";
    assert_eq!(found(near(1.0, Kernel::constant().max(1.0))), disc);
    let cut = "1 4 | 0 1 2 4 | 1 2 5 | 5 | 0 3 6 | 1 3 4 5 6 7 8 | 1 2 4 5 7 8 | 5";
    assert_eq!(found(near(0.9, Kernel::gaussian(1.2).max(1.5))), cut);
}

#[test]
fn points_of_space_have_three_coordinates() {
    // Distances 1, 1.73, 2.45, 1.41, 3.04 and 4.03; the pairs as above.
    let from = vec![[0.0, 0.0, 0.0], [1.0, 2.0, 2.0], [-3.0, 0.5, 1.0]];
    let to = vec![[0.0, 0.0, 1.0], [1.0, 1.0, 1.0]];
    let ends = || {
        [
            (3, Positions::space(from.clone())),
            (2, Positions::space(to.clone())),
        ]
    };
    let found = |rule| targets(&between(ends(), rule, 7).unwrap());
    let expected = " | 0 1 | 0";
    assert_eq!(found(near(0.9, Kernel::exponential(3.0))), expected);
    let expected = "0 1 | 1";
    assert_eq!(found(near(1.0, Kernel::constant().max(1.8))), expected);
}

#[test]
fn grids_of_one_extent_cover_each_other() {
    let rule = near(1.0, Kernel::constant().max(1.6));
    let ends = |joined| {
        [
            (4, Positions::grid(2, 2).spacing(2.0).edge_wrap(joined)),
            (16, Positions::grid(4, 4).edge_wrap(joined)),
        ]
    };
    let near_to = |joined, pre| {
        let network = between(ends(joined), rule, 7).unwrap();
        let pairs = pairs(&network).into_iter().filter(|pair| pair.0 == pre);
        pairs.map(|pair| pair.1).collect::<Vec<_>>()
    };
    // Number 0 stands at (1, 1), in the midst of the neurons 0, 1, 4 and 5.
    assert_eq!(near_to(false, 0), [0, 1, 2, 4, 5, 6, 8, 9]);
    // On the torus, what is at the other edge is as near.
    assert_eq!(near_to(true, 0), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13]);
    assert_eq!(near_to(true, 3), [2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    // Computed in Python.
    let wrapped = "1 4 5 9 13 | 0 1 2 3 6 7 9 | 8 9 12 13 | 8 10";
    let network = between(ends(true), near(0.8, Kernel::gaussian(1.0)), 7).unwrap();
    assert_eq!(targets(&network), wrapped);
}

#[test]
fn a_kernel_leaves_neurons_themselves_out() {
    let projection = ProjectionBuilder::new("e", "e").connect(near(0.7, Kernel::gaussian(1.0)), 1);
    let network = recurrent(Positions::grid(3, 3), 9, projection.autapses(false));
    // Computed in Python.
    let expected = "3 4 | 0 3 | 5 | 0 5 8 | 2 6 | 1 2 4 | 4 7 | 0 4 5 6 8 | 4 7";
    assert_eq!(targets(&network), expected);
}

#[test]
fn roundings_of_a_spacing_exclude_no_pair() {
    // 3 * 0.1 is more than 0.3 in floating point.
    for (spacing, max, steps) in [(0.1, 0.3, 3), (0.1, 0.7, 7), (0.7, 2.1, 3), (1e-3, 9e-3, 9)] {
        let rule = near(1.0, Kernel::constant().max(max));
        let projection = ProjectionBuilder::new("e", "e").connect(rule, 1);
        let grid = Positions::grid(1, 40).spacing(spacing).edge_wrap(true);
        let network = recurrent(grid, 40, projection);
        let degrees = network.in_degrees(&network.projections()[0]);
        assert_eq!(
            (degrees.min, degrees.max),
            (2 * steps + 1, 2 * steps + 1),
            "{spacing}"
        );
    }
}

/// How many of the pairs at each distance of a grid's torus are connected: squared distance, pairs,
/// connections.
fn by_distance(side: usize, kernel: Kernel, probability: f64) -> Vec<(usize, usize, usize)> {
    let projection = ProjectionBuilder::new("e", "e").connect(near(probability, kernel), 1);
    let grid = Positions::grid(side, side).edge_wrap(true);
    let network = recurrent(grid, side * side, projection);
    let squared = |pre: usize, post: usize| {
        let apart = |a: usize, b: usize| a.abs_diff(b).min(side - a.abs_diff(b)).pow(2);
        apart(pre / side, post / side) + apart(pre % side, post % side)
    };
    let mut counts = vec![(0, 0); side * side];
    for pre in 0..side * side {
        for post in 0..side * side {
            counts[squared(pre, post)].0 += 1;
        }
    }
    for (pre, post) in pairs(&network) {
        counts[squared(pre as usize, post as usize)].1 += 1;
    }
    let counts = counts.into_iter().enumerate();
    let there = counts.filter(|(_, (all, _))| *all > 0);
    there.map(|(at, (all, found))| (at, all, found)).collect()
}

#[test]
fn a_kernel_is_met_within_the_bounds_of_chance() {
    type Factor = fn(f64) -> f64;
    let kernels: [(Kernel, Factor); 3] = [
        (Kernel::gaussian(3.0), |d| (-d * d / 18.0).exp()),
        (Kernel::exponential(4.0), |d| (-d / 4.0).exp()),
        (Kernel::gaussian(3.0).max(5.0), |d| match d <= 5.0 {
            true => (-d * d / 18.0).exp(),
            false => 0.0,
        }),
    ];
    for (at, (kernel, factor)) in kernels.into_iter().enumerate() {
        let (mut chi, mut bins) = (0.0_f64, 0.0_f64);
        for (squared, all, found) in by_distance(30, kernel, 0.8) {
            let probability = 0.8 * factor((squared as f64).sqrt());
            let expected = all as f64 * probability;
            if probability == 0.0 {
                assert_eq!(found, 0, "kernel {at}, {squared}");
            } else if expected > 20.0 {
                chi += (found as f64 - expected).powi(2) / (expected * (1.0 - probability));
                bins += 1.0;
            }
        }
        // Chi squared has a mean of `bins` and a variance of twice that.
        let off = (chi - bins) / (2.0 * bins).sqrt();
        assert!(
            bins > 10.0 && off.abs() < 3.3,
            "kernel {at}: {chi} of {bins}"
        );
    }
}

#[test]
fn delays_grow_with_distance() {
    let delays = |grid: Positions, delay: DistanceDelay| {
        let projection = ProjectionBuilder::new("e", "e").all_to_all(1).delay(delay);
        let network = recurrent(grid.spacing(0.5), 6, projection);
        let mut synapses = network.projections()[0].synapses.clone();
        synapses.sort_by_key(|it| (it.pre, it.post));
        synapses
            .iter()
            .take(12)
            .map(|it| it.delay)
            .collect::<Vec<_>>()
    };
    let grid = || Positions::grid(1, 6);
    let (base, per_unit, clip) = (1.0, 1.5, None);
    let delay = DistanceDelay {
        base,
        per_unit,
        clip,
    };
    // Computed in Python: 1, 1.75, 2.5, 3.25, 4 and 4.75.
    assert_eq!(delays(grid(), delay), [1, 2, 3, 3, 4, 5, 2, 1, 2, 3, 3, 4]);
    let torus = grid().edge_wrap(true);
    assert_eq!(delays(torus, delay), [1, 2, 3, 3, 3, 2, 2, 1, 2, 3, 3, 3]);
    let clip = Some([2, 4]);
    let delay = DistanceDelay { clip, ..delay };
    assert_eq!(delays(grid(), delay), [2, 2, 3, 3, 4, 4, 2, 2, 2, 3, 3, 4]);
    // A synapse's own delay comes first.
    let base = 2.0;
    let delay = DistanceDelay { base, ..delay };
    let listed = [
        SynapseSpec::from((0, 1, 1)),
        SynapseSpec::from((0, 2, 1, 9)),
    ];
    let projection = ProjectionBuilder::new("e", "e")
        .synapses(listed)
        .delay(delay);
    let network = recurrent(grid(), 6, projection);
    let found: Vec<_> = network.projections()[0]
        .synapses
        .iter()
        .map(|it| it.delay)
        .collect();
    assert_eq!(found, [4, 9]);
}

/// A network of an input of six and a population of six, with these lines in their sections and in
/// that of a projection.
fn text(top: &str, input: &str, population: &str, projection: &str) -> String {
    format!(
        "{HEAD}{top}\n[random]\nseed = 7\n[[input]]\nname = \"in\"\n{input}\n[[population]]\n\
         name = \"e\"\nthreshold = 0\n{population}\n[[projection]]\nsource = \"in\"\ntarget = \"e\"\n\
         weights = 1\n{projection}\n"
    )
}

#[test]
fn positions_of_the_file_are_those_of_the_builder() {
    let points = vec![[0.5, 1.5], [2.0, -3.0]];
    let listed = "positions = [[0.5, 1.5], [2, -3]]";
    for (lines, ends) in [
        (
            ["grid = [2, 4]", "size = 9\ngrid = [3, 3]"],
            [(8, Positions::grid(2, 4)), (9, Positions::grid(3, 3))],
        ),
        (
            [
                "grid = [2, 4]\nspacing = 0.5\nedge_wrap = true",
                "grid = [1, 2]\nspacing = 2.0\nedge_wrap = true",
            ],
            [
                (8, Positions::grid(2, 4).spacing(0.5).edge_wrap(true)),
                (2, Positions::grid(1, 2).spacing(2.0).edge_wrap(true)),
            ],
        ),
        (
            [listed, "positions = \"points.npy\""],
            [
                (2, Positions::plane(points.clone())),
                (
                    3,
                    Positions::plane(vec![[1.0, 2.0], [-1.0, 0.0], [5.0, 3.0]]),
                ),
            ],
        ),
        (
            ["positions = [[1, 2, 3]]", "positions = \"space.npy\""],
            [
                (1, Positions::space(vec![[1.0, 2.0, 3.0]])),
                (
                    2,
                    Positions::space(vec![[1.0, 2.0, -128.0], [127.0, -127.0, 0.0]]),
                ),
            ],
        ),
    ] {
        for (kernel, rule) in [
            ("{ gaussian = { std = 2 } }", Kernel::gaussian(2.0)),
            (
                "{ exponential = { beta = 2.5 }, max = 3 }",
                Kernel::exponential(2.5).max(3.0),
            ),
            ("{ max = 2.5 }", Kernel::constant().max(2.5)),
        ] {
            let projection = format!("connect = {{ probability = 0.9, distance = {kernel} }}");
            // A torus of another extent is refused in both.
            let text = text("", lines[0], lines[1], &projection);
            let built = between(ends.clone(), near(0.9, rule), 7);
            match (read_with(&text), built) {
                (Ok(read), Ok(built)) => assert_eq!(read, built, "{text}"),
                (Err(read), Err(built)) => assert_eq!(read.problem, built.problem, "{text}"),
                (read, built) => panic!("{text}: {read:?}, {built:?}"),
            }
        }
    }
}

/// A network with two files of positions beside it.
fn read_with(text: &str) -> Result<Network, NetworkError> {
    Network::from_toml(text, &mut |name| match name {
        "points.npy" => Ok(npy::encode(&[3, 2], &[1, 2, -1, 0, 5, 3]).unwrap()),
        "space.npy" => Ok(npy::encode(&[2, 3], &[1, 2, -128, 127, -127, 0]).unwrap()),
        name => super::manual::files(name),
    })
}

#[test]
fn positions_without_a_distance_have_no_effect() {
    let rule = "connect = { probability = 0.5 }\ndelay = { uniform = [1, 9] }";
    let plain = read(&text("", "size = 6", "size = 6", rule)).unwrap();
    let grid = read(&text(
        "",
        "grid = [2, 3]",
        "positions = [[0,0],[1,1],[2,2],[3,3],[4,4],[5,5]]",
        rule,
    ));
    assert_eq!(plain, grid.unwrap());
}

#[test]
fn delays_of_distances_may_be_times() {
    let grids = ["grid = [1, 6]", "grid = [1, 6]"];
    let of = |top, delay: &str| {
        read(&text(top, grids[0], grids[1], &format!("delay = {delay}"))).unwrap()
    };
    let times = "{ distance = { base = \"0.5 ms\", per_unit = \"0.25 ms\" }, clip = [\"0.5 ms\", \"1.5 ms\"] }";
    let ticks = "{ distance = { base = 5, per_unit = 2.5 }, clip = [5, 15] }";
    assert_eq!(of("tick = \"0.1 ms\"", times), of("", ticks));
    let zero = of("", "{ distance = { base = 0, per_unit = 1 } }");
    let found: Vec<_> = zero.projections()[0]
        .synapses
        .iter()
        .filter(|it| it.pre == 0)
        .map(|it| it.delay)
        .collect();
    assert_eq!(found, [0, 1, 2, 3, 4, 5]);
}

#[test]
fn settings_draw_distances_again() {
    let rule = "connect = { probability = 0.9, distance = { gaussian = { std = 1.5 } } }";
    let text = text("", "grid = [2, 3]", "grid = [2, 3]", rule);
    let with = |setting: &str| {
        let setting = [setting.parse().unwrap()];
        Network::from_toml_with(&text, &setting, &mut |_| Err(String::new()))
    };
    let ends = |spacing| {
        [
            (6, Positions::grid(2, 3)),
            (6, Positions::grid(2, 3).spacing(spacing)),
        ]
    };
    let expected =
        |spacing, seed| between(ends(spacing), near(0.9, Kernel::gaussian(1.5)), seed).unwrap();
    assert_eq!(with("random.seed=8").unwrap(), expected(1.0, 8));
    assert_eq!(with("in:e.seed=8").unwrap(), expected(1.0, 8));
    assert_ne!(expected(1.0, 7), expected(1.0, 8));
    assert_eq!(with("e.spacing=2").unwrap(), expected(2.0, 7));
    let points = with("e.positions=[[0.5,0.5],[1.5,0.5],[2.5,0.5],[0.5,1.5],[1.5,1.5],[2.5,1.5]]");
    assert_eq!(points.unwrap(), expected(1.0, 7));
    let answer = with("e.grid=[2, 4]");
    // The size is that of the grid.
    assert_eq!(answer.unwrap().neuron_count(), 8);
    let answer = with("in.size=5").unwrap_err().to_string();
    assert!(
        answer.ends_with("input \"in\", grid: [2, 3] has 6 places, must have 5, as `size` says"),
        "{answer}"
    );
}

#[test]
fn the_number_of_pairs_has_its_limit() {
    let rule = near(0.0, Kernel::constant());
    let wide = || (1 << 20, Positions::grid(1 << 10, 1 << 10));
    let answer = between([wide(), wide()], rule, 0).unwrap_err().to_string();
    let expected = "this makes 1099511627776 pairs to draw from, the limit is 1073741824";
    assert!(answer.ends_with(expected), "{answer}");
    // A certain pair in a small disc: the bound of a probability alone would refuse it.
    let size = 104 * 112;
    assert!(size * size > MAX_SYNAPSES);
    let grid = || (size, Positions::grid(104, 112).edge_wrap(true));
    let disc = near(1.0, Kernel::constant().max(1.0));
    let network = between([grid(), grid()], disc, 0).unwrap();
    assert_eq!(network.synapse_count(), 5 * size);
}
