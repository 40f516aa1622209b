//! The reasons for refusing a request.

use rust_hdl::prelude::*;

/// Why a request is refused; the numbers are those of the wire.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum Refusal {
    /// The request is not refused.
    None,
    /// The frame was damaged.
    BadFrame,
    /// The number is neither the expected one nor a recent one.
    OutOfSequence,
    /// There is no such type.
    UnknownKind,
    /// Region, index, count or id is out of range.
    Range,
    /// The payload does not have its type's shape.
    Malformed,
    /// The queue to the core has no room, or the core cannot release its memories before the host
    /// takes words from it. Nothing was executed: the same request may be sent again.
    StreamFull,
    /// The receive ring had no room.
    Overrun,
}

#[cfg(test)]
mod tests {
    use super::*;
    use spec::wire::NakCode;

    #[test]
    fn numbers_are_those_of_the_wire() {
        let refusals = [
            (Refusal::BadFrame, NakCode::BadFrame),
            (Refusal::OutOfSequence, NakCode::OutOfSequence),
            (Refusal::UnknownKind, NakCode::UnknownKind),
            (Refusal::Range, NakCode::Range),
            (Refusal::Malformed, NakCode::Malformed),
            (Refusal::StreamFull, NakCode::StreamFull),
            (Refusal::Overrun, NakCode::Overrun),
        ];
        for (refusal, code) in refusals {
            assert_eq!(refusal as u8, code.number());
        }
    }
}
