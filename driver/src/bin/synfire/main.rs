//! `synfire`: loads, runs and reads Synfire cores from the command line.
//!
//! Standard output carries data only; everything else goes to standard error.

mod bands;
mod cmd;
mod crew;
mod exit;
mod files;
mod flash;
mod help;
mod hint;
mod import;
mod labels;
mod neurons;
mod options;
mod progress;
mod quantities;
mod report;
mod samples;
mod saved;
mod settings;
mod spikes;
mod supermat;
mod target;
mod terminal;
mod trace;
mod trial;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

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
    Info(cmd::info::Cmd),
    Ports(cmd::ports::Cmd),
    Check(cmd::check::Cmd),
    Import(cmd::import::Cmd),
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
}

fn main() -> ExitCode {
    let program = help::brief(Arguments::command());
    let reader = help::with_negative_values(program.clone(), std::env::args_os());
    let matches = reader.try_get_matches();
    let matches = matches.unwrap_or_else(|error| help::suggesting(&program, error).exit());
    files::name_arguments(&program, &matches);
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let result = match arguments.command {
        Command::Init(command) => command.run(),
        Command::Run(command) => command.run(),
        Command::Load(command) => command.run(),
        Command::Read(command) => command.run(),
        Command::Info(command) => command.run(),
        Command::Ports(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Import(command) => command.run(),
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
    };
    exit::code(result)
}
