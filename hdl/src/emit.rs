//! From a config to Verilog.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;
use thiserror::Error;

use crate::core::Core;
use crate::learning::{NOISE_BITS, Places};
use crate::relay::GROUP;
use crate::top::Top;

/// Why there is no Verilog.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EmitError {
    /// The description is elaborated for the named configs only.
    #[error("config {name:?} is not one of those that are elaborated: {known}")]
    NotElaborated {
        /// What was asked for.
        name: String,
        /// All that there are, separated by commas.
        known: String,
    },
    /// RustHDL refuses the description.
    #[error("config {name:?} does not elaborate: {reason}")]
    Refused {
        /// The config.
        name: String,
        /// RustHDL's words.
        reason: String,
    },
}

/// A block of a config: its parameters, computed from the config's fields.
macro_rules! block_of {
    ($block:ident, $config:expr, $($extra:expr),*) => {{
        const C: &CoreConfig = $config;
        const NB: usize = C.neurons_log2 as usize;
        const TB: usize = C.target_words_log2() as usize;
        const RB: usize = C.rows_log2 as usize;
        const WWB: usize = C.wheel_word_log2 as usize;
        const WB: usize = C.word_address_bits() as usize;
        const P: usize = C.lanes();
        const S: usize = C.state_bits as usize;
        const L: usize = C.learning as usize;
        const LA: usize = Places::rows_log2(C) as usize;
        $block::<
            NB,
            { C.lanes_log2 as usize },
            TB,
            RB,
            WWB,
            WB,
            P,
            { 1 << WWB },
            S,
            { P * 8 },
            { S + 1 },
            { S + 2 },
            { S + 3 },
            { 4 + RB - WWB },
            { WB + 8 },
            { 2 * TB + RB + 2 + 2 * L },
            { S + 8 },
            { 30 + 2 * L },
            LA,
            { LA + C.lanes_log2 as usize },
            { TB + 1 },
            { RB - WWB },
            { RB - WWB + 1 },
            { P * NOISE_BITS },
            { P.div_ceil(GROUP) },
            { C.scan_log2() as usize },
            $({ $extra }),*
        >::new(C)
    }};
}

macro_rules! core_of {
    ($config:expr) => {
        block_of!(Core, $config,)
    };
}

macro_rules! top_of {
    ($config:expr) => {
        block_of!(
            Top,
            $config,
            $config.in_words_log2 as usize,
            $config.in_words_log2 as usize + 1,
            $config.out_words_log2 as usize,
            $config.out_words_log2 as usize + 1
        )
    };
}

/// Hands the block of a named config, made by `$make`, to `$emit`.
macro_rules! for_named {
    ($config:expr, $emit:ident, $make:ident) => {{
        let config: &CoreConfig = $config;
        match CoreConfig::ALL.iter().position(|named| *named == config) {
            Some(0) => $emit(config, $make!(CoreConfig::ALL[0])),
            Some(1) => $emit(config, $make!(CoreConfig::ALL[1])),
            Some(2) => $emit(config, $make!(CoreConfig::ALL[2])),
            Some(3) => $emit(config, $make!(CoreConfig::ALL[3])),
            Some(4) => $emit(config, $make!(CoreConfig::ALL[4])),
            Some(5) => $emit(config, $make!(CoreConfig::ALL[5])),
            Some(6) => $emit(config, $make!(CoreConfig::ALL[6])),
            Some(7) => $emit(config, $make!(CoreConfig::ALL[7])),
            Some(8) => $emit(config, $make!(CoreConfig::ALL[8])),
            Some(9) => $emit(config, $make!(CoreConfig::ALL[9])),
            Some(10) => $emit(config, $make!(CoreConfig::ALL[10])),
            _ => Err(EmitError::NotElaborated {
                name: config.name.to_owned(),
                known: CoreConfig::ALL.map(|named| named.name).join(", "),
            }),
        }
    }};
}

/// The Verilog of the neuron core alone, a module named `core`.
///
/// # Errors
/// When `config` is not one of the named ones.
pub fn emit_core(config: &CoreConfig) -> Result<String, EmitError> {
    for_named!(config, core_text, core_of)
}

/// The Verilog of the whole device, a module named `top`.
///
/// # Errors
/// When `config` is not one of the named ones.
pub fn emit(config: &CoreConfig) -> Result<String, EmitError> {
    for_named!(config, top_text, top_of)
}

fn top_text(config: &CoreConfig, top: impl Block) -> Result<String, EmitError> {
    text(config, top, "top")
}

fn core_text(config: &CoreConfig, core: impl Block) -> Result<String, EmitError> {
    text(config, core, "core")
}

fn text(config: &CoreConfig, mut block: impl Block, name: &str) -> Result<String, EmitError> {
    block.connect_all();
    check_all(&block).map_err(|error| EmitError::Refused {
        name: config.name.to_owned(),
        reason: format!("{error:?}"),
    })?;
    let mut modules = ModuleDefines::default();
    block.accept(name, &mut modules);
    Ok(format!(
        "// Synfire, config {config}: emitted from the RustHDL description, not to be edited.\n\
         {text}",
        config = config.name,
        text = modules.defines().trim_start(),
    ))
}
