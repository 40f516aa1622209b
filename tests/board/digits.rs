//! The digits, from the host library over a pseudo-terminal to the Verilated `up5k`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use driver::digits::Digits;
use driver::transport::{Memory, Serial, Transport};
use driver::{Device, LinkOptions};
use sim::pty::PtyServer;
use sim::{PowerUp, UartDut};
use spec::CoreConfig;

/// Images here; `synfire demo digits --target rtl` does all 594.
const IMAGES: usize = 60;

/// Predictions, spikes and ticks of the first images on that line.
fn classify(line: Box<dyn Transport>, options: LinkOptions) -> (Vec<u8>, u64, u64) {
    let mut device = Device::connect(line, options).unwrap();
    let digits = Digits::embedded().unwrap();
    digits.load(&mut device, &mut |_, _| ()).unwrap();
    let done = digits.classify(&mut device, IMAGES, &mut |_| ()).unwrap();
    (done.predictions, done.spikes, done.cycles)
}

#[test]
fn hardware_reads_digits_like_the_model() {
    let config = CoreConfig::up5k();
    let stop = Arc::new(AtomicBool::new(false));
    let mut server = PtyServer::new(UartDut::new(config, &PowerUp::default()).unwrap()).unwrap();
    let path = server.path().to_owned();
    let watch = Arc::clone(&stop);
    let board = thread::spawn(move || server.serve(&watch, u64::MAX).map_err(|e| e.to_string()));

    let serial = Serial::open(&path, config.baud).unwrap();
    let (predictions, spikes, cycles) = classify(Box::new(serial), LinkOptions::simulator());
    stop.store(true, Ordering::Relaxed);
    board.join().unwrap().unwrap();

    let model = classify(Box::new(Memory::new(config)), LinkOptions::memory());
    println!(
        "{IMAGES} images: {cycles} cycles on the hardware, {} estimated",
        model.2
    );
    assert_eq!((predictions, spikes), (model.0, model.1));
}
