//! Model, oracle and hardware agree.

mod faults;
mod lockstep;
mod oracle;
