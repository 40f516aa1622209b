//! Chains of stage registers.

use rust_hdl::prelude::*;

/// A value and `N` stages: hands on what it was given `N` steps ago.
///
/// A value that is used in some stages of a pipeline has one `Delay` from each use to the next, named
/// after the stage in which its output is valid. RustHDL can neither index a bus of `N` values, whose
/// width it would have to compute, nor reset a value of any type; for the bits that say which stages
/// hold something there is [`Valid`].
#[derive(Clone, Debug, LogicBlock)]
pub struct Delay<T: Synth, const N: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// The stages move on in this cycle.
    pub step: Signal<In, Bit>,
    /// What enters.
    pub given: Signal<In, T>,
    /// What has passed all stages.
    pub taken: Signal<Out, T>,
    /// The last stage is the first of them.
    stage: [DFF<T>; N],
}

impl<T: Synth, const N: usize> Default for Delay<T, N> {
    fn default() -> Self {
        const { assert!(N > 0, "wires need no block") };
        Self {
            clock: Default::default(),
            step: Default::default(),
            given: Default::default(),
            taken: Default::default(),
            stage: std::array::from_fn(|_| DFF::default()),
        }
    }
}

impl<T: Synth, const N: usize> Logic for Delay<T, N> {
    #[hdl_gen]
    fn update(&mut self) {
        for i in 0..N {
            self.stage[i].clock.next = self.clock.val();
            self.stage[i].d.next = self.stage[i].q.val();
        }
        if self.step.val() {
            // All but the one that enters take from the stage before them.
            for i in 0..N {
                self.stage[i].d.next = self.given.val();
            }
            for i in 1..N {
                self.stage[i - 1].d.next = self.stage[i].q.val();
            }
        }
        self.taken.next = self.stage[0].q.val();
    }
}

/// Which of `N` stages hold something.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Valid<const N: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// No stage holds anything from the next cycle on.
    pub reset: Signal<In, Bit>,
    /// The stages move on in this cycle.
    pub step: Signal<In, Bit>,
    /// Something enters the first stage.
    pub enters: Signal<In, Bit>,
    /// A bit for each stage, the first one lowest.
    pub stages: Signal<Out, Bits<N>>,
    held: DFF<Bits<N>>,
}

impl<const N: usize> Logic for Valid<N> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, held);
        if self.step.val() {
            self.held.d.next = self.held.q.val() << 1;
            if self.enters.val() {
                self.held.d.next = (self.held.q.val() << 1) | 1;
            }
        }
        if self.reset.val() {
            self.held.d.next = 0.into();
        }
        self.stages.next = self.held.q.val();
    }
}
