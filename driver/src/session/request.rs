//! The maximum cost of a request in cycles, and its description in messages.

use spec::regions::Region;
use spec::wire::{Request, WAIT_UNIT_LOG2};

/// Maximum number of cycles that a device needs for a request.
pub(super) fn cycles_of(request: &Request) -> u64 {
    /// For a memory access, which waits for the end of the tick.
    const ACCESS: u64 = 200_000;
    match request {
        Request::Hello { .. } => 0,
        Request::Read { count, .. } | Request::Write { count, .. } => {
            ACCESS + 16 * u64::from(*count)
        }
        Request::Fill { count, .. } => ACCESS + 16 * u64::from(*count),
        Request::Stream(stream) => ACCESS + (u64::from(stream.wait) << WAIT_UNIT_LOG2),
    }
}

/// A description of the request for messages.
pub(crate) fn describe(request: &Request) -> String {
    let elements = |verb: &str, region: u8, index: u32, count: u32| {
        let name = Region::from_number(region).map_or("unknown memory", Region::name);
        format!("{verb} of {name} {index}..{}", index.saturating_add(count))
    };
    match request {
        Request::Hello { .. } => "greeting".to_owned(),
        Request::Read {
            region,
            index,
            count,
        } => elements("read", *region, *index, u32::from(*count)),
        Request::Write {
            region,
            index,
            count,
            ..
        } => elements("write", *region, *index, u32::from(*count)),
        Request::Fill {
            region,
            index,
            count,
            ..
        } => elements("fill", *region, *index, *count),
        Request::Stream(stream) => format!("exchange of {} stream words", stream.words.len()),
    }
}
