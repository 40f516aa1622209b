//! Compares dividers with those of other tools, and checks many frequencies against the vendor's
//! tables.

use super::*;

const MHZ: u32 = 1_000_000;

/// icepll gives these dividers for the same frequencies.
#[test]
fn ice40_dividers_are_those_of_icepll() {
    for (input, output, divf, divq) in [(12, 60, 79, 4), (12, 24, 63, 5), (12, 30, 79, 5)] {
        let pll = Pll::new(Family::Ice40, input * MHZ, output * MHZ).unwrap();
        let dividers = Dividers::Ice40 {
            divr: 0,
            divf,
            divq,
            filter_range: 1,
        };
        assert_eq!(pll.dividers, dividers, "{output} MHz");
    }
}

#[test]
fn the_ecp5_feeds_another_output_back_where_its_own_would_need_a_slow_phase_detector() {
    let dividers = |output: u32| {
        Pll::new(Family::Ecp5, 25 * MHZ, output * MHZ)
            .unwrap()
            .dividers
    };
    // 25 MHz at the phase detector, times 32, divided by 10: 80 MHz is not a multiple of 25 MHz.
    let eighty = Dividers::Ecp5 {
        input: 1,
        feedback: 4,
        output: 10,
        fed_back: Some(8),
    };
    assert_eq!(dividers(80), eighty);
    // The output itself is fed back, times two.
    let fifty = Dividers::Ecp5 {
        input: 1,
        feedback: 2,
        output: 12,
        fed_back: None,
    };
    assert_eq!(dividers(50), fifty);
}

#[test]
fn a_frequency_that_cannot_be_made_is_refused_with_the_nearest() {
    let error = Pll::new(Family::Ice40, 12 * MHZ, 28 * MHZ).unwrap_err();
    let message = error.to_string();
    assert!(message.contains("nearest is 28125000 Hz"), "{message}");
    for (family, input) in [(Family::Ice40, 5), (Family::Ice40, 150), (Family::Ecp5, 7)] {
        let error = Pll::new(family, input * MHZ, 24 * MHZ).unwrap_err();
        assert!(error.to_string().contains("the PLL runs from"), "{error}");
    }
}

/// Checks Lattice's limits in MHz, written again as they are in the tables.
fn check_legal(pll: &Pll, family: Family) {
    let input = f64::from(pll.input_hz) / 1e6;
    let (detector, oscillator, output, fed_back) = match pll.dividers {
        Dividers::Ice40 {
            divr, divf, divq, ..
        } => {
            let detector = input / (f64::from(divr) + 1.0);
            let oscillator = detector * (f64::from(divf) + 1.0);
            let output = oscillator / f64::from(1 << divq);
            (detector, oscillator, output, output)
        }
        Dividers::Ecp5 {
            input: divider,
            feedback,
            output,
            fed_back,
        } => {
            let detector = input / f64::from(divider);
            let fed_back = f64::from(fed_back.unwrap_or(output));
            let oscillator = detector * f64::from(feedback) * fed_back;
            (
                detector,
                oscillator,
                oscillator / f64::from(output),
                oscillator / fed_back,
            )
        }
    };
    let legal = match family {
        Family::Ice40 => {
            (10.0..=133.0).contains(&detector)
                && (533.0..=1066.0).contains(&oscillator)
                && (16.0..=275.0).contains(&output)
        }
        Family::Ecp5 => {
            (10.0..=400.0).contains(&detector)
                && (400.0..=800.0).contains(&oscillator)
                && (3.125..=400.0).contains(&output)
                && (8.0..=400.0).contains(&fed_back)
        }
    };
    assert!(
        legal,
        "{pll:?}: {detector} MHz, {oscillator} MHz, {output} MHz"
    );
    assert!(
        (output * 1e6 - f64::from(pll.output_hz)).abs() < 1e-3,
        "{pll:?}"
    );
}

#[test]
fn what_is_granted_is_exact_and_in_the_vendors_limits() {
    for family in [Family::Ice40, Family::Ecp5] {
        let mut granted = 0;
        // Tests every fourth frequency, a different quarter for each input: all of them would take
        // minutes.
        for (nth, input) in [10, 12, 16, 20, 25, 27, 48, 50, 100]
            .into_iter()
            .enumerate()
        {
            for output in (4 + nth as u32 % 4..=150).step_by(4) {
                if let Ok(pll) = Pll::new(family, input * MHZ, output * MHZ) {
                    check_legal(&pll, family);
                    granted += 1;
                }
            }
        }
        assert!(granted > 25, "{family:?}: {granted}");
    }
}

#[test]
fn the_plls_of_all_boards_are_in_the_vendors_limits() {
    for board in crate::boards::Board::all().unwrap() {
        check_legal(&board.pll, board.chip.family);
    }
}

#[test]
#[should_panic(expected = "5 MHz")]
fn a_phase_detector_that_is_too_slow_would_be_found() {
    let dividers = Dividers::Ecp5 {
        input: 5,
        feedback: 16,
        output: 7,
        fed_back: None,
    };
    let (input_hz, output_hz) = (25 * MHZ, 80 * MHZ);
    let pll = Pll {
        input_hz,
        output_hz,
        dividers,
    };
    check_legal(&pll, Family::Ecp5);
}
