//! Generates the Verilog of a config.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;
use spec::elements::{Dynamics, Reset, RowBody, RowLink};
use spec::sizes::UncheckedSizes;
use spec::with_every_config;
use thiserror::Error;
use widths::arguments;

use crate::core::Core;
use crate::lane_relay::GROUP;
use crate::learning::{NOISE_BITS, Places};
use crate::top::Top;

/// Why there is no Verilog.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EmitError {
    /// The description is elaborated for the named configs only.
    #[error("config {name:?} is not one of those that are elaborated: {known}")]
    NotElaborated {
        /// The requested name.
        name: String,
        /// All known names, separated by commas.
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

/// A block of a config: its parameters, computed from the config's sizes.
macro_rules! block_of {
    ($block:ident, $config:expr, $($extra:ident $(+ $more:literal)?),*) => {{
        const C: &CoreConfig = $config;
        const F: &UncheckedSizes = C.sizes.fields();
        const NB: usize = F.neurons_log2 as usize;
        const TB: usize = C.sizes.target_words_log2() as usize;
        const RB: usize = F.rows_log2 as usize;
        const WWB: usize = F.wheel_word_log2 as usize;
        const WB: usize = C.sizes.word_address_bits() as usize;
        const P: usize = C.sizes.lanes();
        const S: usize = F.state_bits as usize;
        const LA: usize = Places::rows_log2(&C.sizes) as usize;
        const LB: usize = F.lanes_log2 as usize;
        const WW: usize = 1 << WWB;
        const PW: usize = P * 8;
        const S1: usize = S + 1;
        const S2: usize = S + 2;
        const S3: usize = S + 3;
        const XB: usize = 4 + RB - WWB;
        const BODY: usize = RowBody::ELEMENT.bits(&C.sizes) as usize;
        const LINK: usize = RowLink::ELEMENT.bits(&C.sizes) as usize;
        const RW: usize = Reset::ELEMENT.bits(&C.sizes) as usize;
        const DW: usize = Dynamics::ELEMENT.bits(&C.sizes) as usize;
        const LI: usize = LA + LB;
        const TC: usize = TB + 1;
        const GB: usize = RB - WWB;
        const GC: usize = GB + 1;
        const PN: usize = P * NOISE_BITS;
        const G: usize = P.div_ceil(GROUP);
        const SB: usize = C.sizes.scan_log2() as usize;
        const B: usize = F.sum_bits as usize;
        const B1: usize = B + 1;
        const CB: usize = C.sizes.currents().ilog2() as usize;
        arguments!($block::<Widths, $({ F.$extra as usize $(+ $more)? }),*>::new(C))
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
            in_words_log2,
            in_words_log2 + 1,
            out_words_log2,
            out_words_log2 + 1
        )
    };
}

/// Passes the block of a named config, made by `$make`, to `$emit`.
macro_rules! for_named {
    ([$($name:ident)*] $config:expr, $emit:ident, $make:ident) => {{
        let config: &CoreConfig = $config;
        $(
            if config == CoreConfig::$name() {
                return $emit(config, $make!(CoreConfig::$name()));
            }
        )*
        Err(EmitError::NotElaborated {
            name: config.name.to_string(),
            known: CoreConfig::names(),
        })
    }};
}

/// The Verilog of the neuron core alone, a module named `core`.
///
/// # Errors
/// If `config` is not one of the named configs.
pub fn emit_core(config: &CoreConfig) -> Result<String, EmitError> {
    with_every_config!(for_named, config, core_text, core_of)
}

/// The Verilog of the whole device, a module named `top`.
///
/// # Errors
/// If `config` is not one of the named configs.
pub fn emit(config: &CoreConfig) -> Result<String, EmitError> {
    with_every_config!(for_named, config, top_text, top_of)
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
        name: config.name.to_string(),
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
