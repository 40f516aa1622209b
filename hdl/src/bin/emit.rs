//! Writes the Verilog of a config to standard output.
//!
//! `emit CONFIG` writes the whole device, `emit CONFIG --core` the neuron core alone.

use std::io::Write as _;
use std::process::ExitCode;

use spec::config::CoreConfig;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let known = CoreConfig::names().replace(", ", "|");
    let (name, core_only) = match arguments.as_slice() {
        [name] => (name, false),
        [name, flag] if flag == "--core" => (name, true),
        _ => {
            let _ = writeln!(std::io::stderr(), "usage: emit {known} [--core]");
            return ExitCode::from(2);
        }
    };
    match verilog(name, core_only) {
        Ok(text) => match std::io::stdout().write_all(text.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&error),
        },
        Err(error) => fail(error.as_ref()),
    }
}

fn verilog(name: &str, core_only: bool) -> Result<String, Box<dyn std::error::Error>> {
    let config = CoreConfig::named(name)?;
    let text = if core_only {
        hdl::emit_core(config)
    } else {
        hdl::emit(config)
    }?;
    Ok(text)
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "error: {error}");
    ExitCode::from(1)
}
