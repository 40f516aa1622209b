//! Synfire: sim.
