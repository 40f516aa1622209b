//! Tests of the bench around the Verilated core: memories, words, ticks.

use sim::{CoreBench, Model, PowerUp, SimError};
use spec::{CoreConfig, regions::Region, stream::InWord};

/// Number of elements that are tested in a large memory.
const SAMPLES: u32 = 97;

fn bench(config: &CoreConfig) -> Result<CoreBench, SimError> {
    CoreBench::new(config, &PowerUp::default())
}

/// A value that differs between regions, and between indices that differ in one bit.
fn pattern(region: Region, index: u32) -> u32 {
    (index + 1)
        .wrapping_mul(0x9e37_79b9)
        .rotate_left(region.number().into())
}

/// Some indices of the region, including the first and the last.
fn samples(region: Region, config: &CoreConfig) -> Vec<u32> {
    let elements = region.layout(config).elements;
    let step = elements.div_ceil(SAMPLES);
    (0..elements)
        .step_by(step as usize)
        .chain([elements - 1])
        .collect()
}

#[test]
fn what_is_read_at_once_is_what_is_read_one_by_one() -> Result<(), SimError> {
    for config in CoreConfig::ALL {
        let mut bench = bench(config)?;
        for region in Region::memories(config) {
            let elements = samples(region, config);
            let values = elements.iter().map(|&e| (region, e, pattern(region, e)));
            bench.write_all(values)?;
            let at_once = bench.read_all(region)?;
            for index in elements {
                let value = bench.read(region, index)?;
                let what = format!("{}[{index}] of {}", region.name(), config.name);
                assert_eq!(at_once[index as usize], value, "{what}");
            }
        }
    }
    Ok(())
}

#[test]
fn every_memory_holds_what_is_written() -> Result<(), SimError> {
    for config in CoreConfig::ALL {
        let mut bench = bench(config)?;
        for region in Region::memories(config) {
            let elements = samples(region, config);
            let values = elements.iter().map(|&e| (region, e, pattern(region, e)));
            bench.write_all(values)?;
        }
        // Read after all writes, so that a write to a wrong element or memory is detected.
        for region in Region::memories(config) {
            for index in samples(region, config) {
                let expected = pattern(region, index) & region.layout(config).mask();
                let value = bench.read(region, index)?;
                assert_eq!(
                    value,
                    expected,
                    "{} {}[{index}]",
                    config.name,
                    region.name()
                );
            }
        }
    }
    Ok(())
}

#[test]
fn unused_bits_of_a_write_are_ignored() -> Result<(), SimError> {
    let config = CoreConfig::up5k();
    let mut bench = bench(config)?;
    for region in Region::memories(config) {
        bench.write(region, 1, u32::MAX)?;
        let value = bench.read(region, 1)?;
        assert_eq!(value, region.layout(config).mask(), "{}", region.name());
    }
    Ok(())
}

#[test]
fn elements_beyond_a_region_are_refused_before_the_bus() -> Result<(), SimError> {
    let mut bench = bench(CoreConfig::tiny())?;
    let error = bench.read(Region::Potential, 16).expect_err("there are 16");
    assert!(
        matches!(
            error,
            SimError::NoElement {
                index: 16,
                elements: 16,
                ..
            }
        ),
        "{error}"
    );
    assert!(bench.write(Region::Registers, 0, 0).is_err());
    Ok(())
}

#[test]
fn an_advance_runs_to_its_tick_and_the_core_is_idle() -> Result<(), SimError> {
    for config in CoreConfig::ALL {
        let mut bench = bench(config)?;
        bench.push(&[InWord::Advance(5).encode()]);
        bench.run_until_idle(1_000_000)?;
        assert_eq!(bench.tick_number(), 5, "{}", config.name);
        assert_eq!(bench.ticks(), 5, "{}", config.name);
    }
    Ok(())
}

#[test]
fn the_gate_lets_one_tick_through_at_a_time() -> Result<(), SimError> {
    let mut bench = bench(CoreConfig::tiny())?;
    bench.dut().inputs.tick_go = false;
    bench.push(&[InWord::Advance(2).encode()]);
    for _ in 0..10_000 {
        bench.step();
    }
    assert_eq!(bench.ticks(), 0);
    let cycles = bench.run_tick(100_000)?;
    assert!(cycles > 0);
    assert_eq!((bench.ticks(), bench.tick_number()), (1, 1));
    // The memories can be accessed between two ticks of one advance.
    bench.write(Region::Bias, 0, 7)?;
    assert_eq!(bench.read(Region::Bias, 0)?, 7);
    bench.run_tick(100_000)?;
    assert_eq!(bench.tick_number(), 2);
    let stuck = bench.run_tick(1_000).expect_err("the advance has ended");
    assert!(
        matches!(stuck, SimError::Timeout { cycles: 1_000, .. }),
        "{stuck}"
    );
    Ok(())
}

#[test]
fn the_tick_number_can_be_set() -> Result<(), SimError> {
    let mut bench = bench(CoreConfig::tiny())?;
    bench.set_tick_number(u32::MAX)?;
    bench.push(&[InWord::Advance(0).encode()]);
    bench.run_until_idle(100_000)?;
    assert_eq!(bench.tick_number(), 0);
    Ok(())
}

#[test]
fn a_config_without_a_model_is_told_with_those_there_are() -> Result<(), SimError> {
    let model = Model {
        name: "mine",
        config: CoreConfig::tiny(),
    };
    let error = CoreBench::new(model, &PowerUp::default()).expect_err("not Verilated");
    assert!(error.to_string().contains("tiny"), "{error}");
    Ok(())
}
