//! Prints the cycles of every config, as JSON; `cargo xtask bench` reads it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a binary: data on one, talk on the other"
)]

use std::process::ExitCode;

use spec::CoreConfig;
use support::cycles;

fn main() -> ExitCode {
    let counted: Result<Vec<_>, _> = CoreConfig::ALL.into_iter().map(cycles::count).collect();
    let text = counted
        .map_err(|error| error.to_string())
        .and_then(|all| serde_json::to_string_pretty(&all).map_err(|error| error.to_string()));
    match text {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
