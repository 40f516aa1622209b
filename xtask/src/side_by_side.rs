//! Work on several things at the same time, one on each processor.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::{Result, ensure};

/// Does `work` with each item, and returns the results in the order of the items.
pub(crate) fn side_by_side<T: Sync, U: Send>(all: &[T], work: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let worker = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(it) = all.get(at) else { break };
            let result = work(it);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((at, result));
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers.min(all.len()) {
            scope.spawn(worker);
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does `work` with each item, and fails after all have ended if one failed; all errors are
/// reported.
pub(crate) fn all_side_by_side<T: Sync, U: Send>(
    all: &[T],
    work: impl Fn(&T) -> Result<U> + Sync,
) -> Result<Vec<U>> {
    let (done, failed): (Vec<_>, Vec<_>) =
        side_by_side(all, work).into_iter().partition(Result::is_ok);
    for error in failed.iter().filter_map(|it| it.as_ref().err()) {
        eprintln!("{error:#}");
    }
    ensure!(
        failed.is_empty(),
        "{} of {} failed",
        failed.len(),
        all.len()
    );
    done.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_what_was_given() {
        let all: Vec<u64> = (0..200).collect();
        let squares = side_by_side(&all, |it| it * it);
        assert_eq!(squares, all.iter().map(|it| it * it).collect::<Vec<_>>());
        assert!(side_by_side(&[0; 0], |it| *it).is_empty());
    }

    #[test]
    fn one_failure_is_a_failure_of_all() {
        let half = |it: &u32| match it % 2 {
            0 => Ok(it / 2),
            _ => Err(anyhow::anyhow!("odd")),
        };
        assert_eq!(all_side_by_side(&[2, 4], half).unwrap(), [1, 2]);
        let error = all_side_by_side(&[2, 3, 5], half).unwrap_err();
        assert_eq!(error.to_string(), "2 of 3 failed");
    }
}
