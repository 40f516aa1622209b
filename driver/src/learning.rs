//! Networks that learn while they run on a core: what the demos of learning do.
//!
//! A demo is a network, a way to show things to it, and a way to ask what it learned. Whatever it
//! does goes through a [`Device`](crate::Device): the model, the simulated hardware and a board do
//! the same to the bit.

mod error;
mod fields;
mod images;
mod prototypes;
mod session;
mod shuffle;
mod taught;
mod work;

pub use error::LearningError;
pub use fields::{Field, fields};
pub use images::{Images, ImagesError};
pub use prototypes::{Labels, Prototypes, PrototypesOutcome};
pub use taught::{Taught, TaughtOutcome};
pub use work::Work;
