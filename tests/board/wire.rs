//! A host connected to the Verilated device by a pseudo-terminal.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use driver::transport::{Memory, Serial};
use driver::{Device, LinkOptions};
use sim::pty::PtyServer;
use sim::{Model, PowerUp, UartDut};
use spec::CoreConfig;

/// Runs `work` on a host that is connected to the hardware.
pub(crate) fn with_hardware<'m, T>(
    model: impl Into<Model<'m>>,
    work: impl FnOnce(&mut Device) -> T,
) -> T {
    let model = model.into();
    with_port(model, |path| {
        let serial = Serial::open(path, model.config.platform.baud).unwrap();
        let mut device = Device::connect(Box::new(serial), LinkOptions::simulator()).unwrap();
        work(&mut device)
    })
}

/// Serves the hardware on a pseudo-terminal and runs `work` with its path.
pub(crate) fn with_port<'m, T>(model: impl Into<Model<'m>>, work: impl FnOnce(&str) -> T) -> T {
    let stop = Arc::new(AtomicBool::new(false));
    let mut server = PtyServer::new(UartDut::new(model, &PowerUp::default()).unwrap()).unwrap();
    let path = server.path().to_owned();
    let watch = Arc::clone(&stop);
    let board = thread::spawn(move || server.serve(&watch, u64::MAX).map_err(|e| e.to_string()));
    let outcome = work(&path);
    stop.store(true, Ordering::Relaxed);
    board.join().unwrap().unwrap();
    outcome
}

/// Runs `work` on a host that is connected to the model.
pub(crate) fn with_model<T>(config: &'static CoreConfig, work: impl FnOnce(&mut Device) -> T) -> T {
    let line = Box::new(Memory::new(config));
    work(&mut Device::connect(line, LinkOptions::memory()).unwrap())
}
