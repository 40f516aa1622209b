//! Tests of positions, kernels and delays that are impossible.

use super::super::manual::read;
use super::text;
use crate::*;

const GRID: &str = "grid = [2, 3]";
const RULE: &str = "connect = { probability = 0.5, distance = { gaussian = { std = 1.5 } } }";

/// Expects this in the answer to a file with these lines of its input, its population and its
/// projection.
fn expect([input, population, projection]: [&str; 3], expected: &str) {
    let answer = read(&text("", input, population, projection));
    let answer = answer.map_or_else(|error| error.to_string(), |_| "accepted".to_owned());
    assert!(
        answer.contains(expected),
        "{input}, {population}, {projection}: {answer:?} lacks {expected:?}"
    );
}

#[test]
fn positions_are_checked_key_by_key() {
    let cases = [
        (
            "grid = [2, 3]\nsize = 5",
            "line 8, column 1: input \"in\", grid: [2, 3] has 6 places, must have 5, as `size` says",
        ),
        (
            "grid = [2, 0]",
            "line 8, column 12: input \"in\", grid[1]: 0 is outside 1..=1048576",
        ),
        (
            "grid = [1024, 2000]",
            "input \"in\", grid: 2048000 is outside 1..=1048576",
        ),
        ("grid = [2, 3.5]", "grid[1]: 3.5 is not an integer"),
        (
            "grid = [6]",
            "grid: has 1 elements, must have 2, the numbers of rows and of columns: [10, 20]",
        ),
        (
            "grid = 6",
            "grid: is an integer, must be the numbers of rows and of columns: [10, 20]",
        ),
        (
            "grid = [2, 3]\npositions = [[1, 1]]",
            "positions: excludes `grid`, which is also given",
        ),
        (
            "grid = [2, 3]\nspacing = 0",
            "line 9, column 1: input \"in\", spacing: 0 is no distance of neighbours, must be a length from 1e-9 to 1e9",
        ),
        (
            "grid = [2, 3]\nspacing = -1.5",
            "spacing: -1.5 is no distance of neighbours",
        ),
        (
            "grid = [2, 3]\nspacing = nan",
            "spacing: NaN is no distance of neighbours",
        ),
        (
            "grid = [2, 3]\nspacing = \"1 mm\"",
            "spacing: is a string, must be a number",
        ),
        (
            "grid = [2, 3]\nedge_wrap = 1",
            "edge_wrap: is an integer, must be true or false",
        ),
        (
            "size = 6\nspacing = 2",
            "grid: missing, must be [rows, columns], as there is `spacing`",
        ),
        (
            "positions = [[1, 1]]\nedge_wrap = true",
            "grid: missing, must be [rows, columns], as there is `edge_wrap`",
        ),
        (
            "",
            "input \"in\", size: missing, must be an integer, or `grid` or `positions` instead",
        ),
        (
            "size = 3\npositions = [[1, 1]]",
            "line 9, column 1: input \"in\", positions: has 1 elements, must have 3, as `size` says",
        ),
        ("positions = []", "positions: 0 is outside 1..=1048576"),
        (
            "positions = [1, 2]",
            "positions[0]: is an integer, must be a point: [x, y] or [x, y, z]",
        ),
        (
            "positions = [[1], [2]]",
            "positions[0]: has 1 elements, must have 2 or 3: [x, y] or [x, y, z]",
        ),
        (
            "positions = [[1, 2], [2, 3, 4]]",
            "positions[1]: has 3 elements, must have 2 as the first point",
        ),
        (
            "positions = [[1, 2], [2, nan]]",
            "line 8, column 26: input \"in\", positions[1][1]: NaN is no coordinate, must be a number from -1e9 to 1e9",
        ),
        (
            "positions = [[1, 2], [-2e9, 1]]",
            "positions[1][0]: -2000000000 is no coordinate",
        ),
        (
            "positions = [[1, \"2\"]]",
            "positions[0][1]: is a string, must be a number",
        ),
        (
            "positions = 5",
            "positions: is an integer, must be a list of points [x, y] or the name of an .npy file",
        ),
        (
            "positions = \"values.npy\"",
            "positions: has shape [3], must have a row [x, y] or [x, y, z] for each position",
        ),
        (
            "positions = \"none.npy\"",
            "positions: cannot read \"none.npy\": no such file",
        ),
        (
            "size = 6",
            "line 17, column 32: projection 0 (in -> e), connect.distance: needs the positions of \"in\": `grid` or `positions` in its section",
        ),
        (
            "positions = [[1, 2, 3]]",
            "connect.distance: the source's positions have 3 coordinates and the target's 2, must have the same number",
        ),
        (
            "grid = [2, 3]\nedge_wrap = true",
            "connect.distance: the source wraps around after 3 by 2, the target has no `edge_wrap`: both must be grids with `edge_wrap` and of the same width and height, or neither",
        ),
    ];
    for (input, expected) in cases {
        expect([input, GRID, RULE], expected);
    }
}

#[test]
fn kernels_and_delays_are_checked_key_by_key() {
    let cases = [
        (
            "connect = { distance = { max = 1 } }",
            "connect.probability: missing, must be a number, as there is `distance`",
        ),
        (
            "connect = { probability = 2, distance = { max = 1 } }",
            "connect.probability: 2 is no probability",
        ),
        (
            "connect = { total = 2, distance = { max = 1 } }",
            "connect.total: excludes `distance`, which is also given",
        ),
        (
            "connect = { probability = 1, distance = {} }",
            "connect.distance: missing, must be `gaussian`, `exponential` or `max`",
        ),
        (
            "connect = { probability = 1, distance = 5 }",
            "connect.distance: is an integer, must be a table such as { gaussian = { std = 2.0 }, max = 6.0 }",
        ),
        (
            "connect = { probability = 1, distance = { gaussian = 5 } }",
            "connect.distance.gaussian: is an integer, must be a table: { std = 2.0 }",
        ),
        (
            "connect = { probability = 1, distance = { gaussian = {} } }",
            "connect.distance.gaussian.std: missing, must be a number",
        ),
        (
            "connect = { probability = 1, distance = { gaussian = { sd = 1 } } }",
            "connect.distance.gaussian.sd: no such key here, there are std",
        ),
        (
            "connect = { probability = 1, distance = { gaussian = { std = -1 } } }",
            "column 56: projection 0 (in -> e), connect.distance.gaussian.std: -1 is no standard deviation of a kernel, must be a length from 1e-9 to 1e9",
        ),
        (
            "connect = { probability = 1, distance = { exponential = { beta = 0 } } }",
            "connect.distance.exponential.beta: 0 is no length of a kernel, must be a length from 1e-9 to 1e9",
        ),
        (
            "connect = { probability = 1, distance = { exponential = { beta = 1 }, gaussian = { std = 1 } } }",
            "connect.distance.exponential: excludes `gaussian`, which is also given",
        ),
        (
            "connect = { probability = 1, distance = { max = -1 } }",
            "connect.distance.max: -1 is no largest distance, must be a finite number of 0 or more",
        ),
        (
            "connect = { probability = 1, distance = { max = inf } }",
            "connect.distance.max: inf is no largest distance",
        ),
        (
            "connect = { probability = 1, distance = { radius = 1 } }",
            "connect.distance.radius: no such key here, there are gaussian, exponential, max",
        ),
        (
            "delay = { distance = { base = 1 } }",
            "delay.distance.per_unit: missing, must be a number",
        ),
        (
            "delay = { distance = { base = -1, per_unit = 1 } }",
            "column 24: projection 0 (in -> e), delay.distance.base: -1 ticks is no delay at distance 0, must be a finite number of 0 or more",
        ),
        (
            "delay = { distance = { base = 1, per_unit = nan } }",
            "delay.distance.per_unit: NaN ticks is no delay per unit of length",
        ),
        (
            "delay = { distance = { base = \"1 ms\", per_unit = 1 } }",
            "delay.distance.base: \"1 ms\" needs the length of a tick",
        ),
        (
            "delay = { distance = { base = 1, per_unit = 254.6 } }",
            "line 17, column 1: projection 0 (in -> e), delay[0][1]: delay 256 of a spike from an input is outside 0..=255 ticks",
        ),
        (
            "delay = { distance = { base = 1, per_unit = 1 }, clip = [0, 256] }",
            "delay.clip[1]: delay 256 of a spike from an input is outside 0..=255 ticks",
        ),
        (
            "delay = { distance = { base = 1, per_unit = 1 }, clip = [9, 3] }",
            "delay.clip: [9, 3] ticks is empty",
        ),
        (
            "delay = { distance = { base = 1, per_unit = 1 }, redraw = [1, 3] }",
            "delay.redraw: excludes `distance`, which is also given",
        ),
        (
            "delay = { distance = 5 }",
            "delay.distance: is an integer, must be a table: { base = 1.0, per_unit = 0.5 }",
        ),
        (
            "delay = { clip = [1, 2] }",
            "delay: missing, must be `normal`, `lognormal`, `uniform` or `distance`",
        ),
        (
            "delay = { distanse = { base = 1, per_unit = 1 } }",
            "delay.distanse: no such key here, there are normal, lognormal, uniform, clip, redraw, distance; did you mean \"distance\"?",
        ),
    ];
    for (projection, expected) in cases {
        expect([GRID, GRID, projection], expected);
    }
}

#[test]
fn source_and_target_need_positions_that_fit() {
    expect(
        [GRID, "size = 6", RULE],
        "connect.distance: needs the positions of \"e\"",
    );
    expect(
        [
            "grid = [2, 3]\nedge_wrap = true",
            "grid = [2, 3]\nspacing = 0.5\nedge_wrap = true",
            RULE,
        ],
        "the source wraps around after 3 by 2, the target wraps around after 1.5 by 1: both must be",
    );
    expect(
        [
            GRID,
            "size = 6",
            "delay = { distance = { base = 1, per_unit = 1 } }",
        ],
        "delay.distance: needs the positions of \"e\"",
    );
    let unknown = NetworkBuilder::new("x")
        .population(PopulationBuilder::new("e", 1))
        .positions("f", Positions::grid(1, 1));
    let answer = unknown.build().unwrap_err().to_string();
    assert!(
        answer.contains("positions: \"f\" is unknown, there are \"e\""),
        "{answer}"
    );
}
