//! Prints the cycles of all configs, or of the named configs, as JSON; `cargo xtask bench` reads
//! this output.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a binary: data on one, talk on the other"
)]

use std::process::ExitCode;

use spec::CoreConfig;
use support::cycles;

fn main() -> ExitCode {
    let named: Vec<String> = std::env::args().skip(1).collect();
    // `tiny_lr` is measured only if it is named: no board uses it.
    let unasked = |it: &CoreConfig| named.is_empty() && it != CoreConfig::tiny_lr();
    let is_wanted = |it: &&CoreConfig| unasked(it) || named.iter().any(|name| it.name == **name);
    let configs = CoreConfig::ALL.into_iter().filter(is_wanted);
    let counted: Result<Vec<_>, _> = configs.map(cycles::count).collect();
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
