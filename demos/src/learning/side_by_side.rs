//! Runs independent networks in parallel, each on its own core.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::LearningError;
use driver::device::Device;

/// Called with the present activity, the amount done and the total.
pub type Progress<'p> = dyn FnMut(&'static str, u64, u64) + Send + 'p;

/// Sums the progress of several cores and reports the sum.
pub(super) struct Tally<'p, 'a> {
    label: &'static str,
    all: u64,
    done: Mutex<(u64, &'p mut Progress<'a>)>,
}

impl<'p, 'a> Tally<'p, 'a> {
    pub(super) fn new(label: &'static str, all: u64, progress: &'p mut Progress<'a>) -> Self {
        Tally {
            label,
            all,
            done: Mutex::new((0, progress)),
        }
    }

    pub(super) fn add(&self, more: u64) {
        // The lock may be poisoned by a panic in `progress`; the count is valid anyway.
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let (sum, progress) = &mut *done;
        *sum += more;
        progress(self.label, *sum, self.all);
    }
}

/// The first device.
pub(super) fn first(devices: &mut [Device]) -> Result<&mut Device, LearningError> {
    devices.first_mut().ok_or(LearningError::NoDevice)
}

/// Does `work` for every item, each on the next free device. The results are in the order of the
/// items and do not depend on the number of devices.
pub(super) fn side_by_side<I: Sync, T: Send>(
    devices: &mut [Device],
    items: &[I],
    work: impl Fn(&mut Device, &I) -> Result<T, LearningError> + Sync,
) -> Result<Vec<T>, LearningError> {
    first(devices)?;
    let next = AtomicUsize::new(0);
    let of_each = devices.par_iter_mut().map(|device| {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return Ok(done);
            };
            done.push((at, work(device, item)?));
        }
    });
    let of_each: Vec<Vec<(usize, T)>> = of_each.collect::<Result<_, LearningError>>()?;
    let mut done: Vec<_> = of_each.into_iter().flatten().collect();
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, found)| found).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::{Choice, ContentMemory, Patterns, Teacher};
    use driver::link::LinkOptions;
    use driver::transport::Memory;
    use spec::CoreConfig;

    fn devices(count: usize) -> Vec<Device> {
        let one = |_| {
            let line = Memory::new(CoreConfig::ecp85_l());
            Device::connect(Box::new(line), LinkOptions::memory()).unwrap()
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn the_number_of_devices_changes_nothing() {
        let patterns = Patterns {
            counts: vec![1, 2, 4],
            shared: vec![0, 8],
            epochs: 4,
            tests: 2,
            ..Patterns::default()
        };
        let memory = ContentMemory {
            sets: 3,
            loads: vec![2, 4],
            ..ContentMemory::default()
        };
        let choice = Choice {
            networks: 3,
            trials: 20,
            reversal: 10,
            block: 5,
            ..Choice::default()
        };
        let found = |count: usize| {
            let mut devices = devices(count);
            (
                patterns.run(&mut devices, &mut |_, _, _| ()).unwrap(),
                memory.run(&mut devices, &mut |_, _, _| ()).unwrap(),
                choice
                    .run(&mut devices, Teacher::Reward, &mut |_, _, _| ())
                    .unwrap(),
            )
        };
        let alone = found(1);
        for count in [2, 3, 8] {
            assert_eq!(found(count), alone, "{count} devices");
        }
    }

    #[test]
    fn progress_goes_up_to_all_there_is() {
        let mut heard = Vec::new();
        let mut progress = |_: &'static str, done, of| heard.push((done, of));
        let tally = Tally::new("counting", 6, &mut progress);
        side_by_side(&mut devices(2), &[1, 2, 3], |_, &more| {
            tally.add(more);
            Ok(())
        })
        .unwrap();
        assert_eq!(heard.len(), 3);
        assert!(
            heard.is_sorted() && heard.last() == Some(&(6, 6)),
            "{heard:?}"
        );
    }

    #[test]
    fn without_a_device_nothing_is_done() {
        let none = side_by_side(&mut [], &[1], |_, _| Ok(()));
        assert!(matches!(none, Err(LearningError::NoDevice)), "{none:?}");
    }
}
