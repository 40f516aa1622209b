//! The two halves of a UART, 8N1, whose rate is an input.
//!
//! Both count clock cycles per bit up to a divider, so a new rate needs no arithmetic, and both
//! start from registers that power up as zero with the line at rest.

pub mod rx;
pub mod tx;

pub use rx::UartRx;
pub use tx::UartTx;
