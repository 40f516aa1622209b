//! What becomes of the description on its way to a chip, at its pins: the emitted Verilog, the
//! netlist that synthesis makes of it, and the packed bitstream read back. The same bytes go into
//! each and into the emulator, and every byte that comes back must be the same.
//!
//! `cargo xtask ladder BOARD` makes the netlists and runs this. They are named `<kind>_<config>`. In
//! that with a fault one bit of one look-up table is flipped, and it must be found out.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed, helpers included"
)]

mod session;

use session::Session;
use sim::dut::configs;
use spec::CoreConfig;

/// Random cores that each rung is given.
const CORES: u32 = 3;

/// Ticks that each of them runs.
const TICKS: u32 = 24;

/// What the emitted Verilog becomes, step by step.
const RUNGS: [&str; 3] = ["rtl", "netlist", "bitstream"];

/// The netlist with a fault in a lane.
const FAULTS: [&str; 1] = ["faultlane"];

/// The devices of these kinds, with the config that each is of.
fn devices(kinds: &[&str]) -> Vec<(&'static str, &'static CoreConfig)> {
    let named = configs().into_iter().filter_map(|device| {
        let (kind, config) = device.split_once('_')?;
        let wanted = kinds.contains(&kind);
        wanted.then(|| (device, CoreConfig::named(config).unwrap()))
    });
    let devices: Vec<_> = named.collect();
    assert_eq!(devices.len(), kinds.len(), "{devices:?}");
    devices
}

#[test]
fn every_rung_answers_like_the_emulator() {
    for (device, config) in devices(&RUNGS) {
        let mut bytes = 0;
        let mut cycles = 0;
        for seed in 0..CORES {
            let mut session = Session::new(device, config).unwrap();
            session
                .random_core(seed, TICKS)
                .unwrap_or_else(|difference| {
                    panic!("{device}, seed {seed}: {difference}");
                });
            bytes += session.answered();
            cycles += session.cycles();
        }
        println!(
            "{device}: {CORES} random cores x {TICKS} ticks and every memory, {bytes} bytes of \
             answers equal, {cycles} cycles"
        );
    }
}

#[test]
fn a_flipped_bit_is_found() {
    for (device, config) in devices(&FAULTS) {
        let found = (0..CORES).find_map(|seed| {
            let run = || Session::new(device, config)?.random_core(seed, TICKS);
            run().err()
        });
        let difference = found.unwrap_or_else(|| panic!("{device} passes for sound"));
        println!("{device}: {difference}");
    }
}
