//! The faults of a session, drawn from its seed alone, so that they can be reproduced.

use std::fmt;
use std::time::Duration;

use super::cases::Case;
use super::dice::Dice;
use super::line::Damage;
use super::server::Stranger;

/// Kinds of faults. Consecutive seeds have different kinds, so that each is equally frequent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sound,
    PowerCycle,
    SecondProgram,
    ForeignReader,
    Unplugged,
    DeviceStopped,
    HostStopped,
    NotADevice,
    LineFaults,
    Killed,
    FullDisk,
}

impl Kind {
    pub(super) const ALL: [Kind; 11] = [
        Kind::Sound,
        Kind::PowerCycle,
        Kind::SecondProgram,
        Kind::ForeignReader,
        Kind::Unplugged,
        Kind::DeviceStopped,
        Kind::HostStopped,
        Kind::NotADevice,
        Kind::LineFaults,
        Kind::Killed,
        Kind::FullDisk,
    ];

    /// Its name in tables.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Kind::Sound => "nothing",
            Kind::PowerCycle => "power cycle",
            Kind::SecondProgram => "second program on the port",
            Kind::ForeignReader => "foreign reader of the port",
            Kind::Unplugged => "unplugged",
            Kind::DeviceStopped => "device stops for a while, or for good",
            Kind::HostStopped => "host stopped and continued",
            Kind::NotADevice => "something else at the port",
            Kind::LineFaults => "line faults, 1e-5 to 1e-2 a byte",
            Kind::Killed => "host killed",
            Kind::FullDisk => "disk full",
        }
    }
}

/// A fault, and after how many bytes from the host it occurs.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    Nothing,
    PowerCycle {
        at: u64,
        /// Time for which the device ignores all bytes.
        deaf: Duration,
        /// Whether the last answer is lost.
        mute: bool,
        /// Whether the device returns with another config.
        other: bool,
    },
    SecondProgram {
        at: u64,
        /// The case that the second program runs.
        case: usize,
        /// Whether the second program opens the port by another name.
        link: bool,
        /// Time for which the device then answers neither of them.
        pause: Duration,
    },
    ForeignReader {
        at: u64,
    },
    Unplugged {
        at: u64,
    },
    DeviceStopped {
        at: u64,
        /// Duration; `None` means forever.
        pause: Option<Duration>,
    },
    HostStopped {
        at: u64,
        pause: Duration,
    },
    NotADevice {
        at: u64,
        what: Stranger,
    },
    LineFaults {
        rate: f64,
        /// One kind of damage, or `None` for all kinds.
        only: Option<Damage>,
    },
    Killed {
        at: u64,
    },
    /// The host is killed after it begins to write its results.
    KilledWriting {
        after: Duration,
    },
    FullDisk {
        /// Largest file, in units of 512 bytes.
        blocks: u64,
    },
}

/// The plan of a session.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    pub(super) seed: u64,
    pub(super) kind: Kind,
    /// The case that the host runs.
    pub(super) case: usize,
    pub(super) trouble: Trouble,
}

impl Plan {
    /// The plan for a seed.
    pub(super) fn draw(seed: u64, cases: &[Case]) -> Plan {
        let kinds = Kind::ALL.len() as u64;
        let kind = Kind::ALL
            .into_iter()
            .nth((seed % kinds) as usize)
            .unwrap_or(Kind::Sound);
        let mut dice = Dice::new(seed);
        let fits = |case: &Case| match kind {
            Kind::FullDisk => !case.outputs.is_empty(),
            // A second program may change the contents of the device before they can be checked.
            Kind::SecondProgram => case.check.is_none(),
            _ => true,
        };
        let fitting: Vec<usize> = positions(cases, fits);
        let case = dice.pick(&fitting).copied().unwrap_or(0);
        let trouble = cases
            .get(case)
            .map_or(Trouble::Nothing, |own| trouble(&mut dice, kind, own, cases));
        Plan {
            seed,
            kind,
            case,
            trouble,
        }
    }
}

fn positions(cases: &[Case], fits: impl Fn(&Case) -> bool) -> Vec<usize> {
    let numbered = cases.iter().enumerate();
    numbered
        .filter(|(_, case)| fits(case))
        .map(|(at, _)| at)
        .collect()
}

/// Draws the fault of a session.
fn trouble(dice: &mut Dice, kind: Kind, own: &Case, cases: &[Case]) -> Trouble {
    // The host needs the device until the end of its last frame, so the fault occurs before.
    let at = dice.below(own.sent.saturating_sub(64));
    match kind {
        Kind::Sound => Trouble::Nothing,
        Kind::PowerCycle => {
            let other = dice.once_in(8);
            // Before the greeting, a command that does not know the expected contents may accept
            // the reset device.
            let first = match other || own.trusts_the_device() {
                true => own.greeting + 1,
                false => 0,
            };
            Trouble::PowerCycle {
                at: at.max(first),
                deaf: match dice.once_in(2) {
                    true => Duration::ZERO,
                    false => dice.millis(1, 400),
                },
                mute: dice.once_in(2),
                other,
            }
        }
        Kind::SecondProgram => {
            let fits = |case: &Case| case.config == own.config && case.is_complete;
            let fitting = positions(cases, fits);
            Trouble::SecondProgram {
                // Once the first program has sent a byte, it has the port.
                at: at.max(1),
                case: dice.pick(&fitting).copied().unwrap_or(0),
                link: dice.once_in(2),
                pause: dice.millis(0, 80),
            }
        }
        Kind::ForeignReader => Trouble::ForeignReader {
            at: if dice.once_in(3) { 0 } else { at },
        },
        Kind::Unplugged => Trouble::Unplugged { at },
        Kind::DeviceStopped => Trouble::DeviceStopped {
            at,
            pause: (!dice.once_in(4)).then(|| dice.millis(20, 1500)),
        },
        Kind::HostStopped => Trouble::HostStopped {
            at,
            pause: dice.millis(20, 1500),
        },
        Kind::NotADevice => {
            let all = [
                Stranger::Silence,
                Stranger::Echo,
                Stranger::Noise,
                Stranger::Modem,
            ];
            Trouble::NotADevice {
                at: if dice.once_in(2) { 0 } else { at },
                what: dice.pick(&all).copied().unwrap_or(Stranger::Silence),
            }
        }
        Kind::LineFaults => Trouble::LineFaults {
            // Uniform over powers of ten.
            rate: 10_f64.powf(-5.0 + 3.0 * dice.below(1001) as f64 / 1000.0),
            only: match dice.once_in(2) {
                true => None,
                false => dice.pick(&Damage::ALL).copied(),
            },
        },
        // In half of the cases the host is killed after it has its answers, while it writes its
        // files.
        Kind::Killed if own.outputs.is_empty() || dice.once_in(2) => Trouble::Killed { at },
        Kind::Killed => Trouble::KilledWriting {
            after: Duration::from_micros(dice.below(600)),
        },
        Kind::FullDisk => {
            let largest = own.outputs.iter().map(|output| output.bytes.len()).max();
            let blocks = largest.unwrap_or(0) as u64 / 512;
            Trouble::FullDisk {
                blocks: dice.below(blocks + 2),
            }
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Nothing => write!(f, "nothing happens"),
            Trouble::PowerCycle {
                at,
                deaf,
                mute,
                other,
            } => {
                write!(f, "power cycle at byte {at}, deaf for {deaf:?}")?;
                if *mute {
                    write!(f, ", last answer lost")?;
                }
                if *other {
                    write!(f, ", back with another config")?;
                }
                Ok(())
            }
            Trouble::SecondProgram {
                at, link, pause, ..
            } => {
                let by = if *link { ", by a link" } else { "" };
                write!(
                    f,
                    "second program at byte {at}{by}, no answer for {pause:?}"
                )
            }
            Trouble::ForeignReader { at } => write!(f, "foreign reader from byte {at} on"),
            Trouble::Unplugged { at } => write!(f, "unplugged at byte {at}"),
            Trouble::DeviceStopped { at, pause: None } => {
                write!(f, "device stops for good at byte {at}")
            }
            Trouble::DeviceStopped {
                at,
                pause: Some(pause),
            } => write!(f, "device stops at byte {at} for {pause:?}"),
            Trouble::HostStopped { at, pause } => {
                write!(f, "host stopped at byte {at} for {pause:?}")
            }
            Trouble::NotADevice { at, what } => write!(f, "{what:?} from byte {at} on"),
            Trouble::LineFaults { rate, only } => match only {
                Some(only) => write!(f, "line faults at {rate:.1e}, {only:?}"),
                None => write!(f, "line faults at {rate:.1e}"),
            },
            Trouble::Killed { at } => write!(f, "killed at byte {at}"),
            Trouble::KilledWriting { after } => {
                write!(f, "killed {after:?} after it has begun to write")
            }
            Trouble::FullDisk { blocks } => {
                write!(f, "disk full after {} bytes of a file", blocks * 512)
            }
        }
    }
}
