//! Sends the neurons through the update in order, and waits where necessary.

use rust_hdl::prelude::*;

use crate::pipeline_register::PipelineRegister;

/// What the sequencer does.
#[derive(Copy, Clone, PartialEq, Eq, Debug, LogicState)]
pub enum SequencerState {
    /// Nothing; the neuron's number is set from outside.
    Idle,
    /// A neuron a cycle.
    Run,
    /// A probed neuron is in the stages.
    Probe,
    /// The values of the probed neuron are being reported.
    Report,
    /// All neurons have been issued.
    Drain,
}

/// 2^`NB` neurons in blocks of 2^`WWB`.
///
/// At most two blocks can be on their way: one in the router, one in the stages or waiting for the
/// router. A probed neuron travels alone and stays selected until its values are reported; with
/// probes, a block does not begin before the spikes of the previous block have been sent.
///
/// Where neurons have a second state, each is sent twice: first for that state, then for all
/// the rest.
#[derive(Clone, Debug, LogicBlock)]
pub struct Sequencer<const NB: usize, const WWB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Back to idle.
    pub reset: Signal<In, Bit>,
    /// Order: update all neurons.
    pub start: Signal<In, Bit>,
    /// All neurons are updated and their spikes routed, or nothing was ordered.
    pub idle: Signal<Out, Bit>,
    /// Order: show neuron `place_n`, in this cycle and from now on.
    pub place: Signal<In, Bit>,
    /// The number of the neuron to show.
    pub place_n: Signal<In, Bits<NB>>,
    /// What is shown is its second state.
    pub place_second: Signal<In, Bit>,
    /// U0: the neuron.
    pub n: Signal<Out, Bits<NB>>,
    /// U0: it is sent for its second state.
    pub second: Signal<Out, Bit>,
    /// U0: update it.
    pub valid: Signal<Out, Bit>,
    /// A neuron is in the stages.
    pub stages_busy: Signal<In, Bit>,
    /// The current of the last neuron that was sent will not be available in the next cycle.
    pub current_coming: Signal<In, Bit>,
    /// A block waits for the router.
    pub block_waiting: Signal<In, Bit>,
    /// The router works.
    pub router_busy: Signal<In, Bit>,
    /// Issue no neuron, and do not end the pass.
    pub pause: Signal<In, Bit>,
    /// No probes in this pass.
    pub no_probes: Signal<In, Bit>,
    /// First neuron that is probed.
    pub probe_first: Signal<In, Bits<14>>,
    /// Neurons that are probed.
    pub probe_count: Signal<In, Bits<15>>,
    /// Keep the current of the probed neuron as it was integrated.
    pub hold_current: Signal<Out, Bit>,
    /// A probed neuron is being updated or reported: the spikes of its block come afterwards.
    pub busy_probing: Signal<Out, Bit>,
    /// Report neuron `n`.
    pub probe: Signal<Out, Bit>,
    /// The number of that neuron: `n`, which in other states may come from outside.
    pub probe_n: Signal<Out, Bits<NB>>,
    /// The probed neuron has been reported.
    pub probe_taken: Signal<In, Bit>,

    low_mask: Constant<Bits<NB>>,
    twice: Constant<Bit>,
    state: DFF<SequencerState>,
    next_n: DFF<Bits<NB>>,
    /// The next neuron has been sent for its second state.
    half: DFF<Bit>,
    reading: DFF<Bit>,
    /// The number after the last probed neuron.
    past_probes: DFF<Bits<16>>,
    /// The neuron before was probed.
    among_probes: DFF<Bit>,
    first_near: PipelineRegister<14>,
    any_near: PipelineRegister<1>,
    n_wide: Signal<Local, Bits<16>>,
    at_first: Signal<Local, Bit>,
    at_past: Signal<Local, Bit>,
    probing: Signal<Local, Bit>,
    probed: Signal<Local, Bit>,
    in_block: Signal<Local, Bits<NB>>,
    begins: Signal<Local, Bit>,
    full: Signal<Local, Bit>,
    unfinished: Signal<Local, Bit>,
    blocked: Signal<Local, Bit>,
    go: Signal<Local, Bit>,
    first_pass: Signal<Local, Bit>,
    in_probe: Signal<Local, Bit>,
    in_report: Signal<Local, Bit>,
}

impl<const NB: usize, const WWB: usize> Sequencer<NB, WWB> {
    /// A sequencer that stores the probed neurons in its own registers if `registered`, and sends each
    /// neuron `twice` or once.
    #[must_use]
    pub fn new(registered: bool, twice: bool) -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            start: Default::default(),
            idle: Default::default(),
            place: Default::default(),
            place_n: Default::default(),
            place_second: Default::default(),
            n: Default::default(),
            second: Default::default(),
            valid: Default::default(),
            stages_busy: Default::default(),
            current_coming: Default::default(),
            block_waiting: Default::default(),
            router_busy: Default::default(),
            pause: Default::default(),
            no_probes: Default::default(),
            probe_first: Default::default(),
            probe_count: Default::default(),
            hold_current: Default::default(),
            busy_probing: Default::default(),
            probe: Default::default(),
            probe_n: Default::default(),
            probe_taken: Default::default(),
            low_mask: Constant::new(((1_u64 << WWB) - 1).into()),
            twice: Constant::new(twice),
            state: Default::default(),
            next_n: Default::default(),
            half: Default::default(),
            reading: Default::default(),
            past_probes: Default::default(),
            among_probes: Default::default(),
            first_near: PipelineRegister::new(registered),
            any_near: PipelineRegister::new(registered),
            n_wide: Default::default(),
            at_first: Default::default(),
            at_past: Default::default(),
            probing: Default::default(),
            probed: Default::default(),
            in_block: Default::default(),
            begins: Default::default(),
            full: Default::default(),
            unfinished: Default::default(),
            blocked: Default::default(),
            go: Default::default(),
            first_pass: Default::default(),
            in_probe: Default::default(),
            in_report: Default::default(),
        }
    }
}

impl<const NB: usize, const WWB: usize> Logic for Sequencer<NB, WWB> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            state,
            next_n,
            half,
            reading,
            past_probes,
            among_probes
        );
        clock!(self, clock, first_near, any_near);
        self.first_near.given.next = self.probe_first.val();
        self.any_near.given.next = self.probe_count.val().any().into();
        self.probing.next = self.any_near.taken.val().any() & !self.no_probes.val();
        // Neurons come in order: two equalities tell whether one is probed.
        self.past_probes.d.next =
            bit_cast::<16, 14>(self.probe_first.val()) + bit_cast::<16, 15>(self.probe_count.val());
        self.n_wide.next = bit_cast::<16, NB>(self.next_n.q.val());
        self.at_first.next = self.n_wide.val() == bit_cast::<16, 14>(self.first_near.taken.val());
        self.at_past.next = self.n_wide.val() == self.past_probes.q.val();
        self.probed.next = (self.at_first.val() | self.among_probes.q.val()) & !self.at_past.val();
        self.among_probes.d.next = self.probed.val();

        self.in_block.next = self.next_n.q.val() & self.low_mask.val();
        self.begins.next = self.in_block.val() == 0;
        self.full.next =
            self.block_waiting.val() | (self.router_busy.val() & self.stages_busy.val());
        self.unfinished.next = self.block_waiting.val()
            | self.router_busy.val()
            | self.stages_busy.val()
            | self.pause.val();
        self.blocked.next = self.begins.val() & self.full.val();
        if self.probing.val() {
            self.blocked.next = (self.begins.val() & self.unfinished.val())
                | (self.probed.val() & self.stages_busy.val());
        }
        // Nothing comes between the two passes of a neuron.
        if self.half.q.val() {
            self.blocked.next = false;
        }
        if self.pause.val() {
            self.blocked.next = true;
        }
        self.go.next = false;
        self.first_pass.next = self.twice.val() & !self.half.q.val();
        self.second.next = false;
        self.reading.d.next = self.current_coming.val();

        match self.state.q.val() {
            SequencerState::Idle => {
                self.among_probes.d.next = false;
                self.half.d.next = false;
                if self.place.val() {
                    self.second.next = self.place_second.val();
                    self.next_n.d.next = self.place_n.val();
                }
                if self.start.val() {
                    self.next_n.d.next = 0.into();
                    self.state.d.next = SequencerState::Run;
                }
            }
            SequencerState::Run => {
                self.second.next = self.first_pass.val();
                if !self.blocked.val() {
                    self.go.next = true;
                    self.half.d.next = self.first_pass.val();
                    if self.first_pass.val() {
                        self.next_n.d.next = self.next_n.q.val();
                    } else if self.probing.val() & self.probed.val() {
                        self.state.d.next = SequencerState::Probe;
                    } else {
                        self.next_n.d.next = self.next_n.q.val() + 1;
                        if self.next_n.q.val().all() {
                            self.state.d.next = SequencerState::Drain;
                        }
                    }
                }
            }
            SequencerState::Probe => {
                // The memories contain the new state at most two cycles after it has left the
                // stages. The first word of the probe, its header, is sent in the cycle before.
                if !self.stages_busy.val() {
                    self.state.d.next = SequencerState::Report;
                }
            }
            SequencerState::Report => {
                if self.probe_taken.val() {
                    self.next_n.d.next = self.next_n.q.val() + 1;
                    self.state.d.next = SequencerState::Run;
                    if self.next_n.q.val().all() {
                        self.state.d.next = SequencerState::Drain;
                    }
                }
            }
            SequencerState::Drain => {
                if !self.unfinished.val() {
                    self.state.d.next = SequencerState::Idle;
                }
            }
            _ => {
                self.state.d.next = SequencerState::Idle;
            }
        }
        if self.reset.val() {
            self.state.d.next = SequencerState::Idle;
        }
        self.n.next = self.next_n.q.val();
        self.probe_n.next = self.next_n.q.val();
        if self.place.val() {
            self.n.next = self.place_n.val();
        }
        self.valid.next = self.go.val();
        self.in_probe.next = self.state.q.val() == SequencerState::Probe;
        self.in_report.next = self.state.q.val() == SequencerState::Report;
        self.probe.next = self.in_report.val();
        self.busy_probing.next = self.in_probe.val() | self.in_report.val();
        self.hold_current.next = self.in_report.val()
            | (self.in_probe.val() & !self.current_coming.val() & !self.reading.q.val());
        self.idle.next = self.state.q.val() == SequencerState::Idle;
    }
}
