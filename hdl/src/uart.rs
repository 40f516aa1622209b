//! The receiver and the transmitter of a UART, 8N1, whose rate is an input.
//!
//! Both count the clock cycles of a bit up to a divider, so a new rate needs no arithmetic, and
//! both start correctly with all registers at zero and the line idle.

pub mod rx;
pub mod tx;

pub use rx::UartRx;
pub use tx::UartTx;
