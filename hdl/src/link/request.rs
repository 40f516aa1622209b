//! What a request is, and the states it passes through; see [`Dispatcher`](super::Dispatcher).

use rust_hdl::prelude::*;

/// Type of a request; the numbers are those of the wire.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum RequestKind {
    /// None that there is.
    Unknown,
    /// HELLO.
    Hello,
    /// READ.
    Read,
    /// WRITE.
    Write,
    /// FILL.
    Fill,
    /// STREAM.
    Stream,
}

/// Why a request is refused; the numbers are those of the wire.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum Refusal {
    /// It is not.
    None,
    /// The frame was damaged.
    BadFrame,
    /// Neither the expected number nor a recent one.
    OutOfSequence,
    /// No such type.
    UnknownKind,
    /// Region, index, count or id is outside what there is.
    Range,
    /// The payload does not have its type's shape.
    Malformed,
    /// The stream towards the core has no room, or the core cannot let go of its memories before
    /// the host takes words from it. Nothing was done: the same request may come again.
    StreamFull,
    /// The receive ring had no room.
    Overrun,
}

/// What the dispatcher is at.
#[derive(Copy, Clone, PartialEq, Debug, LogicState)]
pub enum DispatcherState {
    /// Waits for a request.
    Idle,
    /// Takes the type.
    Kind,
    /// Takes the sequence number.
    Sequence,
    /// Takes the length of the body.
    Length,
    /// Looks at sequence number, type and length.
    Judge,
    /// Takes the region.
    Region,
    /// Takes index and count into the word.
    Gather,
    /// Adds and checks them, a byte at a time.
    Range,
    /// Multiplies the count by the bytes of an element.
    Product,
    /// Judges range and length.
    Check,
    /// Takes an element into the word.
    Element,
    /// Decides where it goes.
    Apply,
    /// Writes it to a register, by halves, turning the word once around.
    StoreRegister,
    /// Waits for the core's memories.
    Reserve,
    /// Holds index and word still while the core looks the element up or takes it.
    Dwell,
    /// Steps to the next element.
    Next,
    /// Looks whether there is one.
    Bound,
    /// Takes what stands before the words of a STREAM.
    Header,
    /// Takes the low byte of a word, if there is another word.
    WordLow,
    /// Takes the high byte; checks the word, or queues it.
    WordHigh,
    /// Applies the position, and looks whether the words find room.
    Push,
    /// Steps over the rest of the request.
    Skip,
    /// Frees its place in the ring.
    Settle,
    /// Waits for the core, as a STREAM asks.
    Await,
    /// Waits for room in the transmit ring.
    Room,
    /// Begins the response.
    Open,
    /// Sends the type.
    SendKind,
    /// Sends the sequence number.
    SendSequence,
    /// Sends the length.
    SendLength,
    /// Sends why the request is refused, which number is expected, and a 0.
    SendRefusal,
    /// Sends the protocol version.
    SendProtocol,
    /// Decides where the next element comes from.
    Fetch,
    /// Reads a register and sends it.
    SendRegister,
    /// Sends the element in the word.
    SendElement,
    /// Sends the status.
    SendStatus,
    /// Sends the tick number in the word.
    SendTick,
    /// Sends the words that are free, and the position.
    SendPlace,
    /// Sends a stream word, if there is another.
    SendWord,
    /// Ends the response.
    Finish,
}

#[cfg(test)]
mod tests {
    use super::*;
    use spec::wire::{kind, NakCode};

    #[test]
    fn numbers_are_those_of_the_wire() {
        let kinds = [
            RequestKind::Hello,
            RequestKind::Read,
            RequestKind::Write,
            RequestKind::Fill,
            RequestKind::Stream,
        ];
        let on_the_wire = [kind::HELLO, kind::READ, kind::WRITE, kind::FILL, kind::STREAM];
        assert_eq!(kinds.map(|kind| kind as u8), on_the_wire);
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
