//! Builds a network in Rust and prints how much of each config it uses.
//!
//! `cargo run -p synfire-network --example build`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use network::image::CoreImage;
use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};
use spec::CoreConfig;

fn main() -> Result<(), Box<dyn Error>> {
    let excite = ProjectionBuilder::new("retina", "cells").one_to_one(70);
    let inhibit = ProjectionBuilder::new("cells", "cells")
        .all_to_all(-10)
        .delay(2);
    let network = NetworkBuilder::new("rivals")
        .input("retina", 8)
        .population(
            PopulationBuilder::new("cells", 8)
                .threshold(100)
                .refractory_ticks(3),
        )
        .projection(excite)
        .projection(inhibit)
        .build()?;
    println!(
        "{}: {} neurons, {} synapses",
        network.name(),
        network.neuron_count(),
        network.synapse_count()
    );

    for config in CoreConfig::ALL {
        match CoreImage::map(&network, &config.sizes) {
            Ok(image) => {
                let entries = image.usage().entries();
                let used: Vec<String> = entries
                    .iter()
                    .map(|(what, used)| format!("{what} {}/{}", used.used, used.limit))
                    .collect();
                println!("{:<10} {}", config.name.as_str(), used.join(", "));
            }
            Err(error) => println!("{:<10} {error}", config.name.as_str()),
        }
    }
    Ok(())
}
