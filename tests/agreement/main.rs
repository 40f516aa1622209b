//! Model, oracle and hardware agree.

mod oracle;
