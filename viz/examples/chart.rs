//! Draws two exponential decays in one chart and writes the SVG to standard output.
//!
//! `cargo run -p synfire-viz --example chart > decays.svg`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use viz::chart::{Axis, Chart, ChartError, Series};

fn decay(name: &str, tau: f64) -> Series {
    let points = (0..=50).map(|tick| (f64::from(tick), 100.0 * (-f64::from(tick) / tau).exp()));
    Series::line(name, points.collect())
}

fn main() -> Result<(), ChartError> {
    let chart = Chart {
        title: "Decay of a potential".to_owned(),
        x: Axis::new("time (ticks)"),
        y: Axis::new("potential").from(0.0),
        series: vec![decay("tau 20", 20.0), decay("tau 5", 5.0)],
        ..Chart::default()
    };
    println!("{}", chart.svg()?);
    Ok(())
}
