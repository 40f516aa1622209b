//! Tests of the device at its serial pins, over good and bad lines.

mod session;

use std::error::Error;

use session::Session;
use sim::BitTime;
use spec::{
    CoreConfig,
    config::PROTOCOL_VERSION,
    regs,
    wire::{Request, Response},
};

type Outcome = Result<(), Box<dyn Error>>;

/// Greets the device and checks its answer.
fn assert_greets(session: &mut Session, config: &CoreConfig) -> Outcome {
    match session.hello()? {
        Response::Hello(greeting) => {
            assert_eq!(
                greeting.registers,
                config.identification(),
                "{}",
                config.name
            );
            Ok(())
        }
        other => Err(format!("{}: {other:?}", config.name).into()),
    }
}

/// The two halves of a register.
fn halves(word: u32) -> (u32, u32) {
    (word & 0xffff, word >> 16)
}

#[test]
fn every_config_greets() -> Outcome {
    for config in CoreConfig::ALL {
        assert_greets(&mut Session::new(config)?, config)?;
    }
    Ok(())
}

#[test]
fn rates_off_by_a_fortieth_with_jitter_pass() -> Outcome {
    for config in CoreConfig::ALL {
        let time = BitTime::of_divider(config.platform.baud_divider());
        for per_mille in [-25, 25] {
            let mut session = Session::new(config)?;
            session.uart.set_send_time(time.detuned(per_mille));
            session.uart.set_jitter(config.platform.baud_divider() / 16);
            for _ in 0..4 {
                assert_greets(&mut session, config)?;
            }
            let errors = session.register(regs::LINK_ERRORS)?;
            assert_eq!(errors, 0, "{} at {per_mille} per mille", config.name);
        }
    }
    Ok(())
}

#[test]
fn what_the_device_sends_keeps_its_rate() -> Outcome {
    let config = CoreConfig::up5k();
    let time = BitTime::of_divider(config.platform.baud_divider());
    for per_mille in [-40, 40] {
        let mut session = Session::new(config)?;
        session.uart.set_bit_time(time.detuned(per_mille));
        session.uart.set_send_time(time);
        assert_greets(&mut session, config)?;
        assert_eq!(session.uart.framing_errors(), 0);
    }
    Ok(())
}

#[test]
fn a_rate_off_by_a_tenth_is_counted_and_not_obeyed() -> Outcome {
    let config = CoreConfig::up5k();
    let mut session = Session::new(config)?;
    let time = BitTime::of_divider(config.platform.baud_divider());
    session.uart.set_send_time(time.detuned(-120));
    session.send(&Request::Hello {
        protocol: PROTOCOL_VERSION,
    })?;
    let frame = session.receive()?;
    assert!(!matches!(
        frame.map(|frame| Response::decode(&frame)),
        Some(Ok(Response::Hello(_)))
    ));
    session.uart.set_send_time(time);
    session.uart.send(&[0]);
    while session.receive()?.is_some() {}
    assert_greets(&mut session, config)?;
    assert_ne!(session.register(regs::LINK_ERRORS)?, 0);
    Ok(())
}

#[test]
fn glitches_are_not_bytes() -> Outcome {
    let config = CoreConfig::up5k();
    let mut session = Session::new(config)?;
    for cycles in 1..config.platform.baud_divider() / 3 {
        session.uart.send_glitch(cycles);
    }
    assert_greets(&mut session, config)?;
    assert_eq!(session.register(regs::LINK_ERRORS)?, 0);
    assert_eq!(session.register(regs::LINK_EVENTS)?, 0);
    Ok(())
}

#[test]
fn breaks_are_counted_and_end_a_frame() -> Outcome {
    let config = CoreConfig::up5k();
    let mut session = Session::new(config)?;
    // Sends an incomplete frame, as if the cable was unplugged.
    session.uart.send(&[5, 1, 2]);
    session.uart.send_break(40);
    session.uart.send_rest(20);
    session.uart.send(&[0]);
    while session.receive()?.is_some() {}
    assert_greets(&mut session, config)?;
    let (breaks, overruns) = halves(session.register(regs::LINK_EVENTS)?);
    assert_eq!((breaks, overruns), (1, 0));
    Ok(())
}

#[test]
fn bytes_without_a_stop_bit_are_counted() -> Outcome {
    let config = CoreConfig::up5k();
    let mut session = Session::new(config)?;
    session.uart.send_without_stop_bit(0x5a);
    session.uart.send_rest(12);
    session.uart.send(&[0]);
    while session.receive()?.is_some() {}
    assert_greets(&mut session, config)?;
    let (_, framing) = halves(session.register(regs::LINK_ERRORS)?);
    assert_eq!(framing, 1);
    Ok(())
}

#[test]
fn requests_back_to_back_are_all_answered_in_order() -> Outcome {
    let config = CoreConfig::up5k();
    let mut session = Session::new(config)?;
    assert_greets(&mut session, config)?;
    let first = session.sequence;
    for index in 0..40 {
        session.send(&Request::Read {
            region: 0,
            index: index % 9,
            count: 1,
        })?;
    }
    let expected = config.identification();
    for index in 0..40u8 {
        let frame = session.receive()?.ok_or("no response")?;
        assert_eq!(frame.tag.sequence, first.wrapping_add(index));
        let word = expected[usize::from(index) % 9];
        assert_eq!(
            Response::decode(&frame)?,
            Response::Read(word.to_le_bytes().to_vec())
        );
    }
    Ok(())
}
