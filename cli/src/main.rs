//! `synfire`: loads, runs and reads Synfire cores from the command line.
//!
//! Standard output carries data only; all other text goes to standard error.

mod bands;
mod cmd;
mod crew;
mod described;
mod exit;
mod failure;
mod files;
mod flash;
mod help;
mod hint;
mod import;
mod labels;
mod neurons;
mod options;
mod place;
mod progress;
mod quantities;
mod report;
mod rtl;
mod samples;
mod saved;
mod settings;
mod snapshots;
mod spikes;
mod stimulus;
mod superneuromat;
mod talk;
mod target;
mod terminal;
mod trace;
mod trial;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

/// Talks to a Synfire neuron core: in memory, in a simulation of its hardware, or on a board.
#[derive(Debug, Parser)]
#[command(name = "synfire", version, after_help = exit::EXAMPLES, after_long_help = exit::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(cmd::init::Cmd),
    Run(Box<cmd::run::Cmd>),
    Load(cmd::load::Cmd),
    Read(cmd::read::Cmd),
    Snapshot(cmd::snapshot::Cmd),
    Info(cmd::info::Cmd),
    Ports(cmd::ports::Cmd),
    Check(cmd::check::Cmd),
    Import(cmd::import::Cmd),
    Upgrade(cmd::upgrade::Cmd),
    #[cfg(feature = "nir")]
    Export(cmd::export::Cmd),
    Spikes(cmd::spikes::Cmd),
    Precision(Box<cmd::precision::Cmd>),
    Eval(Box<cmd::eval::Cmd>),
    Sweep(Box<cmd::sweep::Cmd>),
    Plot(cmd::plot::Cmd),
    Metrics(cmd::metrics::Cmd),
    Demo(cmd::demo::Cmd),
    Sim(cmd::sim::Cmd),
    Flash(cmd::flash::Cmd),
    Selftest(cmd::selftest::Cmd),
    Completions(cmd::completions::Cmd),
    Man(cmd::man::Cmd),
    Schema(cmd::schema::Cmd),
}

/// Whether the arguments request JSON. This is determined before they are parsed, so that errors in
/// them are reported as JSON too.
fn wants_json(words: impl Iterator<Item = OsString>) -> bool {
    let words: Vec<OsString> = words.take_while(|word| word != "--").collect();
    let pair = |pair: &[OsString]| pair[0] == "--format" && pair[1] == "json";
    words.iter().any(|word| word == "--format=json") || words.windows(2).any(pair)
}

/// The words of the command and its subcommands.
fn path(mut matches: &ArgMatches) -> String {
    let mut words = Vec::new();
    while let Some((word, below)) = matches.subcommand() {
        words.push(word);
        matches = below;
    }
    words.join(".")
}

fn main() -> ExitCode {
    if wants_json(std::env::args_os()) {
        talk::to_program();
    }
    let program = help::brief(Arguments::command());
    let reader = help::with_negative_values(program.clone(), std::env::args_os());
    let matches = match reader.try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return failure::end(&help::suggesting(&program, error)),
    };
    files::name_arguments(&program, &matches);
    report::begin(path(&matches));
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => return failure::end(&error),
    };
    let result = match arguments.command {
        Command::Init(command) => command.run(),
        Command::Run(command) => command.run(),
        Command::Load(command) => command.run(),
        Command::Read(command) => command.run(),
        Command::Snapshot(command) => command.run(),
        Command::Info(command) => command.run(),
        Command::Ports(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Import(command) => command.run(),
        Command::Upgrade(command) => command.run(),
        #[cfg(feature = "nir")]
        Command::Export(command) => command.run(),
        Command::Spikes(command) => command.run(),
        Command::Precision(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Sweep(command) => command.run(),
        Command::Plot(command) => command.run(),
        Command::Metrics(command) => command.run(),
        Command::Demo(command) => command.run(),
        Command::Sim(command) => command.run(),
        Command::Flash(command) => command.run(),
        Command::Selftest(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
        Command::Schema(command) => command.run(),
    };
    exit::code(result)
}
