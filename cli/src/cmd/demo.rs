//! `synfire demo`: runs the built-in demos, which need no files.

mod brunel;
mod choice;
pub(super) mod curve;
mod digits;
#[cfg(feature = "nir")]
mod exported;
mod izhikevich;
mod learned;
mod list;
mod memory;
mod mnist;
mod patterns;
mod scored;
mod stdp;
mod taught;

use clap::{Args, Subcommand};

use crate::described::{Described, of};
use crate::exit::Result;

const EXAMPLE: &str = "\
Examples:
  synfire demo list
  synfire demo digits
  synfire demo digits --target rtl --images 60 --format json
  synfire demo digits-stdp
  synfire demo snntorch --weight-bits 4
  synfire demo nmnist --data FOLDER";

/// Shows a core at work on data that comes with the program
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Cmd {
    #[command(subcommand)]
    demo: Demo,
}

#[derive(Debug, Subcommand)]
enum Demo {
    List(list::Cmd),
    Digits(digits::Cmd),
    DigitsStdp(stdp::Cmd),
    DigitsTaught(taught::Cmd),
    Mnist(mnist::Cmd),
    StdpCurve(curve::Cmd),
    Choice(choice::Cmd),
    Memory(memory::Cmd),
    Patterns(patterns::Cmd),
    Brunel(brunel::Cmd),
    Izhikevich(izhikevich::Cmd),
    #[cfg(feature = "nir")]
    Snntorch(exported::SnntorchCmd),
    #[cfg(feature = "nir")]
    Nmnist(exported::NmnistCmd),
}

/// The schema of each demo's output.
pub(super) fn described() -> Vec<Described> {
    use demos::learning::{Choice, ContentMemory, Curve, Patterns};

    let mut all = vec![
        of::<list::Demos>("demo.list"),
        of::<digits::Summary>("demo.digits"),
        of::<learned::Summary<stdp::Parameters>>("demo.digits-stdp"),
        of::<learned::Summary<taught::Parameters>>("demo.digits-taught"),
        of::<learned::Summary<stdp::Parameters>>("demo.mnist"),
        of::<scored::Summary<Curve, curve::Results>>("demo.stdp-curve"),
        of::<scored::Summary<Choice, choice::Results>>("demo.choice"),
        of::<scored::Summary<ContentMemory, memory::Results>>("demo.memory"),
        of::<scored::Summary<Patterns, patterns::Results>>("demo.patterns"),
        of::<brunel::Summary>("demo.brunel"),
        of::<izhikevich::Summary>("demo.izhikevich"),
    ];
    #[cfg(feature = "nir")]
    all.extend(["demo.snntorch", "demo.nmnist"].map(of::<exported::Summary>));
    all
}

impl Cmd {
    pub(crate) fn run(self) -> Result {
        match self.demo {
            Demo::List(command) => command.run(),
            Demo::Digits(command) => command.run(),
            Demo::DigitsStdp(command) => command.run(),
            Demo::DigitsTaught(command) => command.run(),
            Demo::Mnist(command) => command.run(),
            Demo::StdpCurve(command) => command.run(),
            Demo::Choice(command) => command.run(),
            Demo::Memory(command) => command.run(),
            Demo::Patterns(command) => command.run(),
            Demo::Brunel(command) => command.run(),
            Demo::Izhikevich(command) => command.run(),
            #[cfg(feature = "nir")]
            Demo::Snntorch(command) => command.run(),
            #[cfg(feature = "nir")]
            Demo::Nmnist(command) => command.run(),
        }
    }
}
