//! Tests one thread that drives eight sessions byte by byte, over lines of which some damage bytes.

use std::collections::VecDeque;
use std::time::Duration;

use model::emulator::Emulator;
use spec::CoreConfig;
use spec::regions::Region;

use crate::script::{TICKS, User};

/// One user with a device and a line.
struct Place {
    user: User,
    device: Emulator,
    to_device: VecDeque<u8>,
    to_host: VecDeque<u8>,
    /// One byte in this number is damaged; 0 = none.
    spoils: usize,
    carried: usize,
}

impl Place {
    fn new(number: u16, spoils: usize) -> Place {
        Place {
            user: User::new(number),
            device: Emulator::new(CoreConfig::tiny()),
            to_device: VecDeque::new(),
            to_host: VecDeque::new(),
            spoils,
            carried: 0,
        }
    }

    fn carry(&mut self, byte: u8) -> u8 {
        self.carried += 1;
        let spoilt = self.spoils > 0 && self.carried.is_multiple_of(self.spoils);
        byte ^ if spoilt { 0x24 } else { 0 }
    }

    /// Moves one byte in each direction.
    fn step(&mut self, now: Duration) {
        self.to_device.extend(self.user.turn(now));
        if let Some(byte) = self.to_device.pop_front() {
            let byte = self.carry(byte);
            self.to_host.extend(self.device.receive(&[byte]));
        }
        if let Some(byte) = self.to_host.pop_front() {
            let byte = self.carry(byte);
            self.user.session.receive(&[byte], now);
        } else {
            self.user.session.timeout(now);
        }
    }
}

fn memories(device: &Emulator) -> Vec<u32> {
    let config = CoreConfig::tiny();
    Region::memories(config)
        .flat_map(|region| (0..region.layout(config).elements).map(move |at| (region, at)))
        .map(|(region, at)| device.core().read(region, at))
        .collect()
}

#[test]
fn eight_devices_in_one_thread_do_what_each_does_alone() {
    let alone = |number| {
        let mut place = Place::new(number, 0);
        let mut now = Duration::ZERO;
        while !place.user.is_done() {
            now += Duration::from_micros(10);
            place.step(now);
        }
        place
    };
    // Three of the lines damage about one byte in a thousand.
    let spoils = [0, 701, 0, 0, 997, 0, 1009, 0];
    let mut places: Vec<Place> = (0..8).zip(spoils).map(|(n, s)| Place::new(n, s)).collect();
    let mut now = Duration::ZERO;
    while !places.iter().all(|place| place.user.is_done()) {
        now += Duration::from_micros(10);
        for place in places.iter_mut().filter(|place| !place.user.is_done()) {
            place.step(now);
        }
    }
    for (number, place) in (0..).zip(&places) {
        let alone = alone(number);
        assert_eq!(place.user.heard, alone.user.heard, "device {number}");
        assert_eq!(memories(&place.device), memories(&alone.device));
        assert_eq!(place.device.core().tick_number(), TICKS);
        let statistics = place.user.session.statistics();
        assert_eq!(statistics.repeated > 0, place.spoils > 0, "{statistics:?}");
    }
    assert_ne!(places[0].user.heard, places[2].user.heard);
}
