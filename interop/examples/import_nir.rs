//! Imports a network that Norse has exported as NIR, quantises it, and prints the cost of
//! quantisation.
//!
//! `cargo run -p synfire-interop --example import_nir`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;
use std::fs;

use interop::nir::{self, Exporter, Import};
use interop::quantise::{QuantiseOptions, quantise};

/// One neuron behind a weight and a bias.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/nir/lif_norse.nir");

fn main() -> Result<(), Box<dyn Error>> {
    let model = nir::read(fs::read(FILE)?)?;
    // The file states neither its exporter nor the length of a tick.
    let import = Import {
        exporter: Some(Exporter::Norse),
        dt: Some(1e-4),
        ..Import::default()
    };
    let graph = import.graph("lif", model)?;
    let made = quantise(&graph, &QuantiseOptions::default())?;

    println!("the import is {}", made.report.faithful.word);
    for why in &made.report.faithful.why {
        println!("  {why}");
    }
    for population in made.network.populations() {
        println!(
            "{}: thresholds {:?}",
            population.name, population.thresholds
        );
    }
    Ok(())
}
