//! Synfire: hdl.
