//! The demos of learning: networks that learn while they run on a core.
//!
//! A demo consists of a network, a way to present data to it, and a way to test what it has
//! learned. All its operations go through a [`Device`](driver::Device), so the model, the simulated
//! hardware and a board give bit-identical results.

mod choice;
mod curve;
mod error;
mod fields;
mod images;
mod memory;
mod patterns;
mod prototypes;
mod session;
mod shuffle;
mod side_by_side;
mod taught;
mod work;

pub use choice::{Choice, ChoiceOutcome, Teacher};
pub use curve::{Curve, CurveOutcome, CurvePoint};
pub use error::LearningError;
pub use fields::{Field, fields, signed_fields};
pub use images::{Images, ImagesError};
pub use memory::{ContentMemory, MemoryOutcome, Recall};
pub use patterns::{Detection, Patterns, PatternsOutcome};
pub use prototypes::{Labels, Prototypes, PrototypesOutcome};
pub use side_by_side::Progress;
pub use taught::{Taught, TaughtOutcome};
pub use work::Work;

mod drawn {
    pub use super::choice::draw_choices;
    pub use super::curve::draw_curves;
    pub use super::memory::{draw_forgetting, draw_fragments, draw_load};
    pub use super::patterns::{draw_likeness, draw_number};
}
pub use drawn::*;
