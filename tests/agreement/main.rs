//! Tests that model, oracle and hardware agree.

mod cycles;
mod faults;
mod lockstep;
mod oracle;
mod slow;
