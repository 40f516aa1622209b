//! Tests `selftest` and `synfire selftest`: every part passes on the model of every config, and
//! each kind of fault is found by the part that checks for it.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed, helpers included"
)]

mod faulty;

use driver::transport::Memory;
use driver::{Device, LinkOptions};
use selftest::{Line, Part, PartReport, SelfTest, SelfTestError, SelftestReport, Value, Verdict};
use spec::CoreConfig;
use spec::regions::Region;

use faulty::{FIRST, Fault, board, wall};

/// A short test of a board at a serial port.
fn short() -> SelfTest {
    SelfTest {
        images: 3,
        ticks: 40,
        seconds: 1.0,
        baud: FIRST,
        line: Line::Serial { most: 12_000_000 },
        wall,
        ..SelfTest::default()
    }
}

fn run(test: &SelfTest, config: &'static CoreConfig, fault: Fault) -> SelftestReport {
    let mut connect = board(config, fault);
    let mut heard = Vec::new();
    let report = test.run(&mut *connect, &mut |_, _, _| (), &mut |it| {
        heard.push(it.part)
    });
    let parts: Vec<Part> = report.parts.iter().map(|it| it.part).collect();
    assert_eq!(heard, parts);
    report
}

/// Runs all parts on a board with this fault; exactly the parts in `failing` must fail. Returns the
/// message of the first one.
fn found(config: &'static CoreConfig, fault: Fault, failing: &[Part]) -> String {
    let report = run(&short(), config, fault);
    assert_eq!(report.parts.len(), Part::ALL.len());
    let failed = |it: &&PartReport| matches!(it.verdict, Verdict::Failed(_));
    let failed: Vec<&PartReport> = report.parts.iter().filter(failed).collect();
    let names: Vec<Part> = failed.iter().map(|it| it.part).collect();
    let messages: Vec<String> = failed.iter().map(|it| said(it)).collect();
    assert_eq!(names, failing, "{fault:?}: {messages:#?}");
    assert_eq!(report.passed(), failing.is_empty());
    messages.into_iter().next().unwrap_or_default()
}

fn said(part: &PartReport) -> String {
    match &part.verdict {
        Verdict::Failed(error) => error.to_string(),
        other => format!("{other:?}"),
    }
}

fn figure(report: &SelftestReport, part: Part, name: &str) -> Value {
    let part = report.parts.iter().find(|it| it.part == part).unwrap();
    let figure = part.figures.iter().find(|it| it.name == name);
    figure.unwrap_or_else(|| panic!("{part:?}")).value.clone()
}

#[test]
fn everything_passes_on_the_model_of_every_config() {
    for config in CoreConfig::ALL {
        let test = SelfTest {
            line: Line::Memory,
            ..short()
        };
        let mut connect = |_| Device::connect(Box::new(Memory::new(config)), LinkOptions::memory());
        let report = test.run(&mut connect, &mut |_, _, _| (), &mut |_| ());
        for part in &report.parts {
            let here = match part.part {
                Part::Learning => config.learning,
                Part::Rates => false,
                // The configs on which the digits network fits.
                Part::Digits => config.neurons() >= 128 && config.synapses() > 16_384,
                _ => true,
            };
            let name = config.name;
            match (&part.verdict, here) {
                (Verdict::Passed, true) => {}
                // The digits network needs more inputs or synapses than the learning UP5K has.
                (Verdict::NotHere(_), _) if part.part == Part::Digits => {}
                (Verdict::NotHere(_), false) => {}
                _ => panic!("{name}, {:?}: {}", part.part, said(part)),
            }
        }
        assert!(report.passed());
        assert_eq!(report.device.unwrap().sizes, config.sizes);
    }
}

#[test]
fn a_sound_board_passes_all_parts() {
    for config in [CoreConfig::up5k(), CoreConfig::ecp25_l()] {
        assert_eq!(found(config, Fault::None, &[]), "");
    }
}

#[test]
fn a_memory_that_is_broken_is_found_and_named() {
    let config = CoreConfig::tiny();
    let fault = Fault::Stuck(Region::Threshold, 3, 9);
    // A neuron of the random network needs the bit as well.
    let message = found(config, fault, &[Part::Memories, Part::Lockstep]);
    assert!(
        message.starts_with("threshold element 3 reads "),
        "{message}"
    );
    assert!(
        message.contains("of 4032 differ, in threshold"),
        "{message}"
    );
    let fault = Fault::Stuck(Region::Registers, 63, 31);
    let message = found(config, fault, &[Part::Greeting]);
    let expected = "register SCRATCH reads 0x7fffffff, expected 0xffffffff";
    assert_eq!(message, expected);
    // A stuck address line, which writes and reads at the same wrong element.
    let report = run(
        &short(),
        CoreConfig::up5k(),
        Fault::Address(Region::Synapses, 9),
    );
    let message = said(&report.parts[1]);
    assert!(message.starts_with("synapses element "), "{message}");
    assert!(message.ends_with("in synapses"), "{message}");
}

#[test]
fn a_clock_without_lock_is_named() {
    let message = found(CoreConfig::hx8k(), Fault::NoLock, &[Part::Greeting]);
    assert!(
        message.starts_with("the PLL of the clock has no lock"),
        "{message}"
    );
}

#[test]
fn wrong_weights_are_found_beside_the_model() {
    let test = SelfTest {
        parts: vec![Part::Digits, Part::Lockstep],
        ..short()
    };
    let report = run(&test, CoreConfig::up5k(), Fault::Weights(16));
    for part in &report.parts {
        let Verdict::Failed(error) = &part.verdict else {
            panic!("{part:?}")
        };
        let kind = matches!(
            error,
            SelfTestError::Image { .. }
                | SelfTestError::Number { .. }
                | SelfTestError::Value { .. }
                | SelfTestError::Spike { .. }
        );
        assert!(kind, "{error}");
    }
    // A single wrong weight is detected at the latest in the final comparison of the memories.
    let report = run(&test, CoreConfig::up5k(), Fault::Weights(100_000));
    let lockstep = &report.parts[1];
    assert!(
        matches!(lockstep.verdict, Verdict::Failed(_)),
        "{}",
        said(lockstep)
    );
}

#[test]
fn a_board_that_does_not_learn_is_found() {
    let message = found(CoreConfig::tiny_l(), Fault::Dull, &[Part::Learning]);
    assert!(
        message.contains("alone") || message.contains("model"),
        "{message}"
    );
}

#[test]
fn ticks_that_take_too_long_are_found() {
    let message = found(CoreConfig::up5k(), Fault::Slow(108), &[Part::Timing]);
    assert!(message.starts_with("busy ticks: "), "{message}");
    assert!(message.contains("more than 5 % off"), "{message}");
}

#[test]
fn a_clock_that_is_off_is_found_and_measured() {
    for (per_mille, off) in [(1050, "+5.0"), (950, "-5.0"), (500, "-50.0")] {
        let message = found(
            CoreConfig::up5k(),
            Fault::Clock(Some(per_mille)),
            &[Part::Timing],
        );
        let expected = format!("{off} % off the 28.125 MHz that the device states; 2 % is");
        assert!(message.contains(&expected), "{message}");
    }
    assert_eq!(found(CoreConfig::up5k(), Fault::Clock(Some(1010)), &[]), "");
    let report = run(&short(), CoreConfig::up5k(), Fault::Clock(Some(1010)));
    let Value::Measured(percent) = figure(&report, Part::Timing, "clock off by") else {
        panic!("no number")
    };
    assert!((percent - 1.0).abs() < 0.1, "{percent}");
    let message = found(CoreConfig::up5k(), Fault::Clock(None), &[Part::Timing]);
    assert!(
        message.starts_with("ticks are not paced: 1000 ticks of 28125 cycles"),
        "{message}"
    );
    let message = found(CoreConfig::up5k(), Fault::Late, &[Part::Timing]);
    assert!(message.starts_with("3 of 1000 silent ticks"), "{message}");
}

#[test]
fn the_fastest_clean_rate_is_found_and_the_first_one_is_restored() {
    let clean = |fault| {
        let report = run(&short(), CoreConfig::hx8k(), fault);
        let names: Vec<String> = report.parts.iter().map(said).collect();
        assert!(report.passed(), "{names:#?}");
        (figure(&report, Part::Rates, "fastest clean rate"), report)
    };
    assert_eq!(clean(Fault::None).0, Value::Count(12_000_000));
    let (rate, report) = clean(Fault::Noisy(3_000_000));
    assert_eq!(rate, Value::Count(3_000_000));
    let Value::Text(errors) = figure(&report, Part::Rates, "at 4000000") else {
        panic!("no text")
    };
    assert!(errors.contains("refused by the device"), "{errors}");
    let test = SelfTest {
        line: Line::Simulated,
        ..short()
    };
    let report = run(&test, CoreConfig::hx8k(), Fault::None);
    assert_eq!(
        figure(&report, Part::Rates, "fastest clean rate"),
        Value::Count(FIRST.into())
    );
}

#[test]
fn a_line_that_is_not_clean_at_the_first_rate_fails() {
    let message = found(CoreConfig::hx8k(), Fault::Noisy(0), &[Part::Rates]);
    assert!(
        message.starts_with("the line is not clean at 1000000 bits per second: "),
        "{message}"
    );
}

#[test]
fn a_device_that_is_lost_at_a_rate_is_told_of() {
    let message = found(CoreConfig::hx8k(), Fault::Deaf(2_000_000), &[Part::Rates]);
    assert!(
        message.starts_with("the device was set to 3000000 bits per second and"),
        "{message}"
    );
    assert!(message.contains("switch its power off and on"), "{message}");
}

#[test]
fn where_nobody_answers_no_part_is_tried_in_vain() {
    let mut tried = 0;
    let mut connect = |_| {
        tried += 1;
        let mut line = board(CoreConfig::tiny(), Fault::Deaf(0));
        line(FIRST)
    };
    let report = short().run(&mut connect, &mut |_, _, _| (), &mut |_| ());
    assert_eq!(tried, 1);
    assert!(report.device.is_none() && !report.passed());
    assert!(matches!(
        report.parts[0].verdict,
        Verdict::Failed(SelfTestError::Driver(_))
    ));
    let rest = &report.parts[1..];
    assert!(
        rest.iter()
            .all(|it| matches!(it.verdict, Verdict::NotHere("no device has answered")))
    );
}
