//! Loops compiled twice: for the vector instructions that every processor of its kind has, and for the
//! wider ones that most have (AVX2 on x86-64). Which of the two runs is decided when the program runs.
//! Both compute the same.

use std::sync::LazyLock;

use pulp::{Arch, Simd, WithSimd};

/// A loop of which the compiler makes vector instructions. `run` must be `#[inline(always)]`, and so
/// must be what it calls: nothing else is compiled for wider vectors.
pub(super) trait Loop {
    type Output;
    fn run(self) -> Self::Output;
}

struct Run<L>(L);

impl<L: Loop> WithSimd for Run<L> {
    type Output = L::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> L::Output {
        self.0.run()
    }
}

#[cfg(test)]
thread_local! {
    /// Whether loops of this thread run as on a processor without wide vectors.
    static NARROW: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Runs something as on a processor without wide vectors.
#[cfg(test)]
pub(crate) fn narrow<R>(what: impl FnOnce() -> R) -> R {
    NARROW.set(true);
    let result = what();
    NARROW.set(false);
    result
}

/// Runs a loop with the widest vectors of this processor.
#[inline]
pub(super) fn run<L: Loop>(it: L) -> L::Output {
    static ARCH: LazyLock<Arch> = LazyLock::new(Arch::new);
    #[cfg(test)]
    if NARROW.get() {
        return Arch::Scalar.dispatch(Run(it));
    }
    ARCH.dispatch(Run(it))
}
