//! The whole device at its pins: the Verilated hardware against the emulator, byte for byte, and
//! the digits over a pseudo-terminal.

mod digits;
mod sessions;
