//! The Verilog of every config.

use std::path::PathBuf;
use std::thread;

use anyhow::{Context, Result, anyhow};
use spec::config::CoreConfig;

use super::Generated;

/// Elaborating walks deep trees of blocks: more stack than a thread has unasked.
pub(crate) const STACK: usize = 256 << 20;

/// `hdl/verilog/<config>.v`, for every named config.
pub(super) fn render_all() -> Result<Vec<Generated>> {
    // Side by side: the largest takes as long as all the others together.
    let threads = CoreConfig::ALL.map(|config| {
        let emit = move || hdl::emit(config);
        (
            config.name,
            thread::Builder::new().stack_size(STACK).spawn(emit),
        )
    });
    let mut generated = Vec::new();
    for (name, thread) in threads {
        let emitted = thread.context("cannot start a thread")?.join();
        let text = emitted.map_err(|_| anyhow!("the emitter panicked for config {name}"))??;
        let file = PathBuf::from(format!("hdl/verilog/{name}.v"));
        generated.push(Generated { file, text });
    }
    Ok(generated)
}
