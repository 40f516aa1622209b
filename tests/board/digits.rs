//! Runs the digits demo from the host library over a pseudo-terminal on the Verilated `up5k`.

use demos::digits::Digits;
use driver::Device;
use spec::CoreConfig;

use crate::wire::{with_hardware, with_model};

/// Number of images; `synfire demo digits --target rtl` classifies all 594.
const IMAGES: usize = 60;

/// The predictions, spikes and cycles of the first images.
fn classify(device: &mut Device) -> (Vec<u8>, u64, u64) {
    let digits = Digits::embedded().unwrap();
    digits.load(device, &mut |_, _| ()).unwrap();
    let done = digits.classify(device, IMAGES, &mut |_| ()).unwrap();
    (done.predictions, done.spikes, done.cycles)
}

#[test]
fn hardware_reads_digits_like_the_model() {
    let config = CoreConfig::up5k();
    let (predictions, spikes, cycles) = with_hardware(config, classify);
    let model = with_model(config, classify);
    println!(
        "{IMAGES} images: {cycles} cycles on the hardware, {} estimated",
        model.2
    );
    assert_eq!((predictions, spikes), (model.0, model.1));
}
