//! Runs the self test from the host library over a pseudo-terminal on a Verilated core.

use driver::transport::Serial;
use driver::{Device, LinkOptions};
use selftest::{Line, Part, SelfTest, SelftestReport, Verdict};
use spec::CoreConfig;

use crate::wire::with_port;

fn run(config: &'static CoreConfig) -> SelftestReport {
    let test = SelfTest {
        ticks: 40,
        line: Line::Simulated,
        baud: config.platform.baud,
        ..SelfTest::default()
    };
    with_port(config, |path| {
        let mut connect = |baud| {
            let serial = Serial::open(path, baud)?;
            Device::connect(Box::new(serial), LinkOptions::simulator())
        };
        test.run(&mut connect, &mut |_, _, _| (), &mut |_| ())
    })
}

#[test]
fn the_hardware_passes_the_self_test() {
    let report = run(CoreConfig::tiny_l());
    for part in &report.parts {
        let is_here = part.part != Part::Digits;
        match &part.verdict {
            Verdict::Passed if is_here => {}
            Verdict::NotHere(_) if !is_here => {}
            other => panic!("{:?}: {other:?}", part.part),
        }
    }
    assert!(report.passed());
}
