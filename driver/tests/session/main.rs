//! Tests of sessions without a line: the result does not depend on how bytes are split, how late
//! they arrive, or how many sessions share a thread.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bounds;
mod chunks;
mod damage;
mod exchanges;
mod live;
mod many;
mod script;
