//! The Verilog of a config, as the description emits it.

use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, anyhow};
use spec::config::CoreConfig;

/// Stack size in bytes: elaborating deep trees of blocks needs more than the default.
const STACK: usize = 256 << 20;

/// Emits the Verilog of these configs in parallel; the results are in their order.
pub(crate) fn verilog_of(configs: &[&'static CoreConfig]) -> Result<Vec<String>> {
    let threads: Vec<_> = configs.iter().map(|&config| start(config)).collect();
    let texts = configs.iter().zip(threads).map(|(config, thread)| {
        let emitted = thread.context("cannot start a thread")?.join();
        let emitted = emitted.map_err(|_| anyhow!("the emitter panicked for {}", config.name))?;
        Ok(emitted?)
    });
    texts.collect()
}

type Emitted = Result<String, hdl::EmitError>;

fn start(config: &'static CoreConfig) -> std::io::Result<JoinHandle<Emitted>> {
    let thread = thread::Builder::new().stack_size(STACK);
    thread.spawn(move || hdl::emit(config))
}
