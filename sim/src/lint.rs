//! Runs Verilator's lint over the emitted Verilog.

use spec::CoreConfig;

use crate::verilator::{Verilator, VerilatorError, verilog_of};

/// Lints the Verilog of `config` with all of Verilator's warnings; `lint/waiver.vlt` says which are
/// of no consequence, and why.
///
/// # Errors
/// There is no Verilator or no Verilog, or a warning is left.
pub fn lint(config: &CoreConfig) -> Result<(), VerilatorError> {
    let verilator = Verilator::find()?;
    let verilog = verilog_of(config.name.as_str())?;
    for module in ["top", "sim_core"] {
        verilator.run(&verilog, module, &["--lint-only", "-Wall"])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_configs_pass_with_every_warning_on() {
        for config in CoreConfig::ALL {
            if let Err(error) = lint(config) {
                panic!("{error}");
            }
        }
    }
}
