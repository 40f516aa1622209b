//! Checks the identity of the device and a register that must hold test words, and measures the
//! round-trip time.

use std::time::{Duration, Instant};

use spec::identification::identification;
use spec::regs;

use super::{Bench, Possible, SelfTestError};

/// Number of measured round trips.
const ROUND_TRIPS: usize = 200;

/// Words that the register for tests must hold, one after the other.
const WORDS: [u32; 6] = [
    0,
    u32::MAX,
    0x5555_5555,
    0xaaaa_aaaa,
    0x0123_4567,
    0x89ab_cdef,
];

pub(super) fn run(bench: &mut Bench<'_>) -> Result<Possible, SelfTestError> {
    let device = bench.device()?;
    let info = device.info();
    let identification = identification(info.name, &info.sizes, info.clock_hz);
    for word in WORDS {
        device.set_register(regs::SCRATCH, word)?;
        let found = device.register(regs::SCRATCH)?;
        check("SCRATCH", word, found)?;
    }
    for (index, expected) in (0..).zip(identification) {
        let name = regs::REGISTERS
            .iter()
            .find(|it| it.index == index)
            .map_or("of identification", |it| it.name);
        check(name, expected, device.register(index)?)?;
    }
    if !info.is_locked {
        return Err(SelfTestError::NoLock);
    }
    let mut times = Vec::with_capacity(ROUND_TRIPS);
    for _ in 0..ROUND_TRIPS {
        let since = Instant::now();
        device.state()?;
        times.push(since.elapsed());
    }
    times.sort();
    let milliseconds = |at: usize| {
        let time = times.get(at).copied().unwrap_or(Duration::ZERO);
        time.as_secs_f64() * 1e3
    };
    let (median, late) = (
        milliseconds(ROUND_TRIPS / 2),
        milliseconds(ROUND_TRIPS * 99 / 100),
    );
    bench.tell("config", info.name.as_str());
    bench.tell("sizes", format!("{:08x}", info.sizes.hash()));
    bench.count("protocol", info.protocol.into(), "");
    bench.measure("clock", f64::from(info.clock_hz) / 1e6, "MHz");
    bench.measure("round trip, median", median, "ms");
    bench.measure("round trip, 99 %", late, "ms");
    Ok(Possible::Done)
}

fn check(name: &'static str, expected: u32, found: u32) -> Result<(), SelfTestError> {
    if found == expected {
        return Ok(());
    }
    Err(SelfTestError::Register {
        name,
        expected,
        found,
    })
}
