//! Model, oracle and hardware agree.

mod lockstep;
mod oracle;
