//! Loads a network onto a core, runs it and reads its state back. The core is the model in memory;
//! for a board, use `transport::Serial` instead of `transport::Memory` and leave the rest as it is.
//!
//! `cargo run -p synfire-driver --example device`
#![expect(clippy::print_stdout, reason = "an example shows what it does")]

use std::error::Error;

use driver::transport::Memory;
use driver::{Device, LinkOptions, Run};
use network::image::CoreImage;
use network::{NetworkBuilder, PopulationBuilder, ProjectionBuilder};
use spec::CoreConfig;
use spec::events::Spike;
use spec::regions::Region;

fn main() -> Result<(), Box<dyn Error>> {
    let network = NetworkBuilder::new("relay")
        .input("in", 4)
        .population(PopulationBuilder::new("cells", 4).threshold(100))
        .projection(ProjectionBuilder::new("in", "cells").one_to_one(60))
        .build()?;

    let line = Memory::new(CoreConfig::tiny());
    let mut device = Device::connect(Box::new(line), LinkOptions::memory())?;
    let image = CoreImage::map(&network, device.sizes())?;
    device.load(&image, &mut |_, _| {})?;

    let spikes: Vec<Spike> = (0..12).map(|tick| Spike { tick, id: tick / 3 }).collect();
    let run = Run {
        ticks: 20,
        spikes: &spikes,
        report: true,
        ..Run::default()
    };
    let recording = device.run(&run, &mut |_| {})?;
    for Spike { tick, id } in &recording.spikes {
        let name = network.neuron_name(*id as usize).unwrap_or_default();
        println!("tick {tick:>2}: {name} fires");
    }
    println!(
        "potentials after it: {:?}",
        device.read_signed(Region::Potential, 0, 4)?
    );
    Ok(())
}
