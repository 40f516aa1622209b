//! Generates the Verilog of every config.

use std::path::PathBuf;

use anyhow::Result;
use spec::config::CoreConfig;

use super::Generated;
use crate::elaborate;

/// `hdl/verilog/<config>.v`, for every named config.
pub(super) fn render_all() -> Result<Vec<Generated>> {
    let texts = elaborate::verilog_of(&CoreConfig::ALL)?;
    let generated = CoreConfig::ALL.iter().zip(texts).map(|(config, text)| {
        let file = PathBuf::from(format!("hdl/verilog/{}.v", config.name));
        Generated { file, text }
    });
    Ok(generated.collect())
}
