//! Short and long help: `-h` shows what most runs need, `--help` shows everything.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};
use network::nearest::nearest;

/// Headings of options for files of other tools.
const HEADINGS: [&str; 2] = [
    "Networks of other tools (.nir, .json, .real.toml)",
    "Spike files",
];

/// Options that many commands have and that are seldom changed.
const SELDOM: [&str; 13] = [
    "baud",
    "slow",
    "seed",
    "stimulus_format",
    "spikes_format",
    "inject",
    "currents",
    "batch",
    "tick_us",
    "no_load",
    "verify",
    "snapshot",
    "resume",
];

/// The command with a short help without seldom used options, and with examples of the parent
/// command if it has none.
pub(crate) fn brief(command: Command) -> Command {
    let above = command.clone();
    let below = |command: Command| {
        let command = match examples_for(&above, command.get_name()) {
            Some(examples) if command.get_after_help().is_none() => command.after_help(examples),
            _ => command,
        };
        brief(command)
    };
    command.mut_args(brief_argument).mut_subcommands(below)
}

/// The examples of a command that use this subcommand.
fn examples_for(above: &Command, below: &str) -> Option<String> {
    let beginning = format!("synfire {} {below} ", above.get_name());
    let help = above.get_after_help()?.to_string();
    let lines: Vec<&str> = help
        .lines()
        .filter(|line| line.trim_start().starts_with(&beginning))
        .collect();
    (!lines.is_empty()).then(|| format!("Example:\n{}", lines.join("\n")))
}

fn brief_argument(argument: Arg) -> Arg {
    let id = argument.get_id().as_str();
    let heading = argument.get_help_heading();
    let foreign = heading.is_some_and(|heading| HEADINGS.contains(&heading));
    let seldom = (foreign || SELDOM.contains(&id)) && !argument.is_required_set();
    argument.hide_short_help(seldom)
}

/// The command, whose options accept values such as `-1` or `-1ms` if such a word is present, so
/// that the options themselves can refuse them with a clear message. For other words, clap's
/// message that a value is missing is better.
pub(crate) fn with_negative_values(
    command: Command,
    words: impl Iterator<Item = OsString>,
) -> Command {
    let mut words = words.map(|word| word.to_string_lossy().into_owned());
    if words.any(|word| is_negative(&word)) {
        taking_negatives(command)
    } else {
        command
    }
}

fn taking_negatives(command: Command) -> Command {
    let take = |argument: Arg| {
        let takes = argument.get_action().takes_values() && !argument.is_positional();
        argument.allow_hyphen_values(takes)
    };
    command.mut_args(take).mut_subcommands(taking_negatives)
}

/// Whether a word is a negative number, perhaps with a unit. No option begins with a digit.
fn is_negative(word: &str) -> bool {
    let number = word.strip_prefix('-').unwrap_or_default();
    let number = number.strip_prefix('.').unwrap_or(number);
    number.starts_with(|first: char| first.is_ascii_digit())
}

/// A clear message for a negative integer, instead of Rust's "invalid digit".
fn negative(error: &Error) -> Option<Error> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text),
        _ => None,
    };
    let source = std::error::Error::source(error)?;
    let value = text(ContextKind::InvalidValue)?;
    if !source.is::<std::num::ParseIntError>() || !is_negative(value) {
        return None;
    }
    let option = text(ContextKind::InvalidArg)?;
    let message = format!(
        "invalid value '{value}' for '{option}': must be a whole number, 0 or more\n\n\
         For more information, try '--help'.\n"
    );
    Some(Error::raw(ErrorKind::ValueValidation, message))
}

/// The error; for an unknown command, with the most similar command.
pub(crate) fn suggesting(program: &Command, mut error: Error) -> Error {
    if let Some(error) = negative(&error) {
        return error;
    }
    let unknown = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) => name.clone(),
        _ => return error,
    };
    // The words before the unknown one lead to its parent command.
    let mut command = program;
    for word in std::env::args().skip(1) {
        match command.find_subcommand(&word) {
            Some(below) if word != unknown => command = below,
            _ => break,
        }
    }
    let names = command.get_subcommands().map(Command::get_name);
    if let Some(meant) = nearest(&unknown, names) {
        let meant = ContextValue::Strings(vec![meant.to_owned()]);
        error.insert(ContextKind::SuggestedSubcommand, meant);
    }
    error
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// Calls `see` with a command and all its subcommands.
    fn each(command: &Command, see: &mut dyn FnMut(&Command)) {
        see(command);
        command.get_subcommands().for_each(|it| each(it, see));
    }

    #[test]
    fn lists_name_options_and_headings_that_there_are() {
        let mut arguments = Vec::new();
        let mut headings = Vec::new();
        each(&crate::Arguments::command(), &mut |command| {
            for argument in command.get_arguments() {
                arguments.push(argument.get_id().as_str().to_owned());
                headings.extend(argument.get_help_heading().map(str::to_owned));
            }
        });
        for name in SELDOM {
            assert!(arguments.iter().any(|it| it == name), "{name}");
        }
        for name in HEADINGS {
            assert!(headings.iter().any(|it| it == name), "{name}");
        }
    }

    #[test]
    fn short_help_is_short_and_has_an_example() {
        let run = brief(crate::Arguments::command());
        let mut run = run.find_subcommand("run").unwrap().clone();
        let (short, long) = (run.render_help(), run.render_long_help());
        let (short, long) = (short.to_string(), long.to_string());
        assert!(short.lines().count() < 60, "{short}");
        assert!(short.contains("--stimulus <FILE>") && short.contains("--dt <TIME>"));
        assert!(!short.contains("--polarity") && long.contains("--polarity"));
        for text in [short, long] {
            assert!(text.contains("Example"), "{text}");
        }
    }

    #[test]
    fn the_option_that_sets_values_is_in_every_short_help() {
        for name in ["run", "eval", "sweep"] {
            let program = brief(crate::Arguments::command());
            let mut command = program.find_subcommand(name).unwrap().clone();
            let help = command.render_help().to_string();
            assert!(help.contains("--set <NAME.KEY=VALUE>"), "{help}");
        }
    }

    #[test]
    fn options_of_all_commands_stand_under_no_heading_of_others() {
        let mut wrong = Vec::new();
        each(&crate::Arguments::command(), &mut |command| {
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                if ["target", "config", "format"].contains(&id)
                    && argument.get_help_heading().is_some()
                {
                    wrong.push(format!("{} {id}", command.get_name()));
                }
            }
        });
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn every_command_has_an_example() {
        let mut without = Vec::new();
        each(&brief(crate::Arguments::command()), &mut |command| {
            let example = command.get_after_help().map(ToString::to_string);
            if !command.has_subcommands() && !example.is_some_and(|it| it.contains("Example")) {
                without.push(command.get_name().to_owned());
            }
        });
        assert!(without.is_empty(), "{without:?}");
    }
}
