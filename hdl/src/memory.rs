//! The memories of the core: block RAM of one clock, described so that the synthesisers of both
//! families infer it without a gate beside it.
//!
//! RustHDL's own RAM says nothing about a read and a write of one address in one cycle, and yosys
//! then builds a bypass of some forty cells around each. These say that the outcome is of no
//! interest (`no_rw_check`); the core never looks at it. Define `SYNFIRE_COLLISIONS` in a
//! simulation to make every such read return the inverted word, which shows whether that is true.

mod ram;
mod split_ram;

pub use ram::Ram;
pub use split_ram::SplitRam;
