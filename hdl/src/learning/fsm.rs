//! The state machine of the learning unit.

use rust_hdl::prelude::*;

/// A step. [`Ways`](super::Ways) determines its memory reads and writes.
#[derive(Copy, Clone, PartialEq, Eq, Debug, LogicState)]
pub enum Step {
    /// No work, or the host has the memories.
    Idle,
    /// A plastic row is about to be delivered.
    Row,
    /// A plastic row is being delivered.
    Deliver,
    /// The delivered rows are recorded.
    Flush,
    /// The elements of a rule are read.
    Load,
    /// A block of neurons, of which some fired, is recorded.
    Block,
    /// The target words of the block's neurons are recorded.
    Touch,
    /// Words of bits are looked through.
    Scan,
    /// The next row or neuron of a word is selected, or the word is written back.
    Pick,
    /// The second half of the word is written back.
    Clear,
    /// The trace of the row or neuron is read.
    Fetch,
    /// The rule of the row or neuron is evaluated.
    Decide,
    /// The trace is multiplied with the amplitude.
    Amplify,
    /// Waits for the product: two cycles, or more where products are computed in parts.
    Amplified,
    /// The product, which is the change of the weights, is written.
    Change,
    /// The words of the row change.
    Potentiate,
    /// A spike is added to the trace.
    Bump,
    /// The trace decays; the random number is made.
    Decay,
    /// The trace has decayed.
    Decayed,
    /// The trace is written.
    Store,
    /// The neuron's adaptation is increased.
    Adapt,
    /// The adaptation decays; the random number is made.
    Relax,
    /// The adaptation has decayed.
    Relaxed,
    /// The adaptation is written.
    StoreAdaptation,
    /// The threshold is written.
    StoreThreshold,
    /// A wipe waits for the update.
    AwaitWipe,
    /// Traces are set to zero.
    Wipe,
}

/// The steps and the orders that go with them.
#[derive(Clone, Debug, LogicBlock)]
pub struct LearningFsm {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Back to idle.
    pub reset: Signal<In, Bit>,
    /// Order: set the traces to zero.
    pub wipe: Signal<In, Bit>,
    /// Order: bring rows and neurons up to date.
    pub sweep: Signal<In, Bit>,
    /// A row that learns waits for the streamer.
    pub row_learns: Signal<In, Bit>,
    /// Rule of the row that the table shows.
    pub row_rule: Signal<In, Bits<2>>,
    /// The row that the table shows learns.
    pub plastic: Signal<In, Bit>,
    /// The streamer works.
    pub streamer_busy: Signal<In, Bit>,
    /// Neurons are in the stages of the update.
    pub stages_busy: Signal<In, Bit>,
    /// The sequencer or the router works.
    pub others_busy: Signal<In, Bit>,
    /// A block of neurons of which one fired waits.
    pub block: Signal<In, Bit>,
    /// A neuron fired in this tick.
    pub fired: Signal<In, Bit>,
    /// A row that learns was delivered and is not yet recorded.
    pub arrived: Signal<In, Bit>,
    /// The delivered row is of another group than the row that waits.
    pub clash: Signal<In, Bit>,
    /// Words of a row are on their way.
    pub words_busy: Signal<In, Bit>,
    /// The elements of the wanted rule have been read.
    pub rule_known: Signal<In, Bit>,
    /// The wanted rule changes something.
    pub rule_enabled: Signal<In, Bit>,
    /// The sweep is at the neurons.
    pub neurons: Signal<In, Bit>,
    /// Rule of the neuron that was asked for three cycles ago; eight where reads are registered.
    pub neuron_rule: Signal<In, Bits<2>>,
    /// A group with something to do has been found.
    pub picks: Signal<In, Bit>,
    /// The group has no further row or neuron.
    pub none_left: Signal<In, Bit>,
    /// The group was the last one.
    pub over: Signal<In, Bit>,
    /// The item's trace is not zero.
    pub traced: Signal<In, Bit>,
    /// The item's adaptation is not zero.
    pub adapted: Signal<In, Bit>,
    /// The item was delivered, or fired.
    pub spike: Signal<In, Bit>,
    /// The product will be ready in the next cycle.
    pub scaled: Signal<In, Bit>,
    /// The trace decays by multiplication.
    pub decays: Signal<In, Bit>,
    /// The adaptation decays by multiplication.
    pub relaxes: Signal<In, Bit>,
    /// The adaptation is increased.
    pub rises: Signal<In, Bit>,
    /// That was the last trace to set to zero.
    pub wiped: Signal<In, Bit>,

    /// The step.
    pub step: Signal<Out, Step>,
    /// The cycle within it.
    pub count: Signal<Out, Bits<4>>,
    /// The rule that is needed.
    pub rule: Signal<Out, Bits<2>>,
    /// The rule that is needed in the next cycle.
    pub rule_coming: Signal<Out, Bits<2>>,
    /// Rows are being delivered: the sweep has not begun.
    pub delivering: Signal<Out, Bit>,
    /// Rows are delivered in the next cycle.
    pub delivering_coming: Signal<Out, Bit>,
    /// The row that waits is delivered by the streamer: it has nothing to learn.
    pub ordinary: Signal<Out, Bit>,
    /// The row that waits, which learns, begins to be delivered.
    pub arrives: Signal<Out, Bit>,
    /// The row that learns has been delivered.
    pub row_done: Signal<Out, Bit>,
    /// Begin with the words of a row.
    pub start: Signal<Out, Bit>,
    /// An element of a rule passes by.
    pub load: Signal<Out, Bit>,
    /// The number of this element.
    pub element: Signal<Out, Bits<3>>,
    /// The sweep begins.
    pub starts: Signal<Out, Bit>,
    /// What was read is the trace.
    pub take_trace: Signal<Out, Bit>,
    /// What was read is the adaptation.
    pub take_adaptation: Signal<Out, Bit>,
    /// A product is ready, for which a number is needed.
    pub draw: Signal<Out, Bit>,
    /// The item is done.
    pub done: Signal<Out, Bit>,
    /// The trace of the item is not zero.
    pub stays: Signal<Out, Bit>,

    registered: Constant<Bit>,
    state: DFF<Step>,
    /// The step that needed a rule or a list, to which the machine returns.
    back: DFF<Step>,
    counter: DFF<Bits<4>>,
    wanted_rule: DFF<Bits<2>>,
    in_delivery: DFF<Bit>,
    next_rule: Signal<Local, Bits<2>>,
    delivers: Signal<Local, Bit>,
    some: Signal<Local, Bit>,
    ends: Signal<Local, Bit>,
    item_rule: Signal<Local, Bits<2>>,
    /// Cycles from the place of an element to its value.
    until_found: Signal<Local, Bits<4>>,
    load_end: Signal<Local, Bits<4>>,
    until_second: Signal<Local, Bits<4>>,
    came: Signal<Local, Bit>,
    /// The product has passed the register after the multiplier.
    behind: Signal<Local, Bit>,
    since: Signal<Local, Bits<4>>,
}

impl LearningFsm {
    /// The steps of a config whose reads are `registered`, or not.
    #[must_use]
    pub fn new(registered: bool) -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            wipe: Default::default(),
            sweep: Default::default(),
            row_learns: Default::default(),
            row_rule: Default::default(),
            plastic: Default::default(),
            streamer_busy: Default::default(),
            stages_busy: Default::default(),
            others_busy: Default::default(),
            block: Default::default(),
            fired: Default::default(),
            arrived: Default::default(),
            clash: Default::default(),
            words_busy: Default::default(),
            rule_known: Default::default(),
            rule_enabled: Default::default(),
            neurons: Default::default(),
            neuron_rule: Default::default(),
            picks: Default::default(),
            none_left: Default::default(),
            over: Default::default(),
            traced: Default::default(),
            adapted: Default::default(),
            spike: Default::default(),
            scaled: Default::default(),
            decays: Default::default(),
            relaxes: Default::default(),
            rises: Default::default(),
            wiped: Default::default(),
            step: Default::default(),
            count: Default::default(),
            rule: Default::default(),
            rule_coming: Default::default(),
            delivering: Default::default(),
            delivering_coming: Default::default(),
            ordinary: Default::default(),
            arrives: Default::default(),
            row_done: Default::default(),
            start: Default::default(),
            load: Default::default(),
            element: Default::default(),
            starts: Default::default(),
            take_trace: Default::default(),
            take_adaptation: Default::default(),
            draw: Default::default(),
            done: Default::default(),
            stays: Default::default(),
            registered: Constant::new(registered),
            state: Default::default(),
            back: Default::default(),
            counter: Default::default(),
            wanted_rule: Default::default(),
            in_delivery: Default::default(),
            next_rule: Default::default(),
            delivers: Default::default(),
            some: Default::default(),
            ends: Default::default(),
            item_rule: Default::default(),
            until_found: Default::default(),
            load_end: Default::default(),
            until_second: Default::default(),
            came: Default::default(),
            behind: Default::default(),
            since: Default::default(),
        }
    }
}

impl Logic for LearningFsm {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, state, back, counter, wanted_rule, in_delivery);
        self.some.next = self.traced.val();
        self.item_rule.next = self.row_rule.val();
        if self.neurons.val() {
            self.some.next = self.traced.val() | self.adapted.val();
            self.item_rule.next = self.neuron_rule.val();
        }
        self.stays.next = self.some.val();
        self.next_rule.next = self.wanted_rule.q.val();
        self.delivers.next = self.in_delivery.q.val();
        self.ends.next = false;
        self.ordinary.next = false;
        self.arrives.next = false;
        self.row_done.next = false;
        self.start.next = false;
        self.load.next = false;
        self.starts.next = false;
        self.take_trace.next = false;
        self.take_adaptation.next = false;
        self.draw.next = false;
        self.counter.d.next = 0.into();
        self.until_found.next = 3.into();
        self.until_second.next = 4.into();
        self.load_end.next = 10.into();
        if self.registered.val() {
            self.until_found.next = 8.into();
            self.until_second.next = 9.into();
            self.load_end.next = 15.into();
        }
        self.behind.next = !self.registered.val() | self.counter.q.val().any();
        self.came.next = self.counter.q.val() >= self.until_found.val();

        match self.state.q.val() {
            Step::Idle => {
                if self.wipe.val() {
                    self.state.d.next = Step::AwaitWipe;
                } else if self.sweep.val() {
                    self.delivers.next = false;
                    self.starts.next = true;
                    self.back.d.next = Step::Scan;
                    self.state.d.next = Step::Scan;
                    if self.arrived.val() {
                        self.state.d.next = Step::Flush;
                    }
                } else if self.block.val() {
                    if !self.stages_busy.val() {
                        self.state.d.next = Step::Block;
                    }
                } else if self.row_learns.val() & !self.streamer_busy.val() {
                    self.delivers.next = true;
                    self.next_rule.next = self.row_rule.val();
                    self.state.d.next = Step::Row;
                }
            }
            Step::Row => {
                self.back.d.next = Step::Row;
                if !self.rule_known.val() {
                    self.state.d.next = Step::Load;
                } else if !self.rule_enabled.val() {
                    self.ordinary.next = true;
                    self.state.d.next = Step::Idle;
                } else if self.clash.val() {
                    self.state.d.next = Step::Flush;
                } else {
                    self.arrives.next = true;
                    self.start.next = true;
                    self.state.d.next = Step::Deliver;
                }
            }
            Step::Deliver => {
                if !self.words_busy.val() {
                    self.row_done.next = true;
                    self.state.d.next = Step::Idle;
                }
            }
            Step::Flush => {
                self.state.d.next = self.back.q.val();
            }
            Step::Load => {
                self.counter.d.next = self.counter.q.val() + 1;
                self.load.next = self.came.val();
                if self.counter.q.val() == self.load_end.val() {
                    self.counter.d.next = 0.into();
                    self.state.d.next = self.back.q.val();
                }
            }
            Step::Block => {
                self.state.d.next = Step::Touch;
            }
            Step::Touch => {
                if !self.block.val() {
                    self.state.d.next = Step::Idle;
                }
            }
            Step::Scan => {
                if self.picks.val() {
                    self.state.d.next = Step::Pick;
                }
                if self.over.val() {
                    self.state.d.next = Step::Idle;
                }
            }
            Step::Pick => {
                self.state.d.next = Step::Fetch;
                if self.none_left.val() {
                    self.state.d.next = Step::Clear;
                }
            }
            Step::Clear => {
                self.state.d.next = Step::Scan;
                if self.over.val() {
                    self.state.d.next = Step::Idle;
                }
            }
            Step::Fetch => {
                self.counter.d.next = self.counter.q.val() + 1;
                if self.counter.q.val() == self.until_found.val() {
                    self.take_trace.next = true;
                    self.next_rule.next = self.item_rule.val();
                    if !self.neurons.val() {
                        self.state.d.next = Step::Decide;
                    }
                }
                if self.counter.q.val() == self.until_second.val() {
                    self.take_adaptation.next = true;
                    self.state.d.next = Step::Decide;
                }
            }
            Step::Decide => {
                self.back.d.next = Step::Decide;
                if self.registered.val() {
                    // The threshold is needed sooner than its read would take from Decide.
                    self.back.d.next = Step::Fetch;
                }
                if !self.some.val() & !self.spike.val() {
                    // The item has no trace and no spike, so nothing changes.
                    self.ends.next = true;
                } else if !self.neurons.val() & !self.plastic.val() {
                    self.ends.next = true;
                } else if !self.rule_known.val() {
                    self.state.d.next = Step::Load;
                } else if !self.rule_enabled.val() {
                    self.ends.next = true;
                } else if !self.neurons.val() & self.traced.val() & self.fired.val() {
                    self.state.d.next = Step::Amplify;
                } else {
                    self.state.d.next = Step::Bump;
                }
            }
            Step::Amplify => {
                self.state.d.next = Step::Amplified;
            }
            Step::Amplified => {
                self.counter.d.next = self.counter.q.val() + 1;
                if self.scaled.val() & self.behind.val() {
                    self.state.d.next = Step::Change;
                }
            }
            Step::Change => {
                self.state.d.next = Step::Adapt;
                if !self.neurons.val() {
                    self.start.next = true;
                    self.state.d.next = Step::Potentiate;
                }
            }
            Step::Potentiate => {
                if !self.words_busy.val() {
                    self.state.d.next = Step::Bump;
                }
            }
            Step::Bump => {
                self.state.d.next = Step::Store;
                if self.decays.val() {
                    self.state.d.next = Step::Decay;
                }
            }
            Step::Decay => {
                if self.scaled.val() {
                    self.draw.next = true;
                    self.state.d.next = Step::Decayed;
                }
            }
            Step::Decayed => {
                self.counter.d.next = self.counter.q.val() + 1;
                if self.behind.val() {
                    self.state.d.next = Step::Store;
                }
            }
            Step::Store => {
                self.ends.next = !self.neurons.val();
                self.state.d.next = Step::Amplify;
            }
            Step::Adapt => {
                self.state.d.next = Step::StoreAdaptation;
                if self.relaxes.val() {
                    self.state.d.next = Step::Relax;
                } else {
                    self.ends.next = !self.rises.val();
                }
            }
            Step::Relax => {
                if self.scaled.val() {
                    self.draw.next = true;
                    self.state.d.next = Step::Relaxed;
                }
            }
            Step::Relaxed => {
                self.counter.d.next = self.counter.q.val() + 1;
                if self.behind.val() {
                    self.state.d.next = Step::StoreAdaptation;
                }
            }
            Step::StoreAdaptation => {
                self.state.d.next = Step::StoreThreshold;
            }
            Step::StoreThreshold => {
                self.ends.next = true;
            }
            Step::AwaitWipe => {
                if !self.stages_busy.val() & !self.others_busy.val() {
                    self.state.d.next = Step::Wipe;
                }
            }
            Step::Wipe => {
                if self.wiped.val() {
                    self.state.d.next = Step::Idle;
                }
            }
            _ => {
                self.state.d.next = Step::Idle;
            }
        }
        if self.ends.val() {
            self.state.d.next = Step::Pick;
        }
        if self.reset.val() {
            self.state.d.next = Step::Idle;
        }
        self.wanted_rule.d.next = self.next_rule.val();
        self.in_delivery.d.next = self.delivers.val();
        self.since.next = self.counter.q.val() - self.until_found.val();
        self.element.next = self.since.val().get_bits::<3>(0);
        self.step.next = self.state.q.val();
        self.count.next = self.counter.q.val();
        self.rule.next = self.wanted_rule.q.val();
        // In all other states the rule is not needed in the first cycle, so it is taken from a
        // register.
        self.rule_coming.next = self.next_rule.val();
        self.delivering_coming.next = self.in_delivery.q.val();
        if self.state.q.val() == Step::Idle {
            self.rule_coming.next = self.wanted_rule.q.val();
            if self.row_learns.val() {
                self.rule_coming.next = self.row_rule.val();
                self.delivering_coming.next = true;
            }
        }
        self.delivering.next = self.in_delivery.q.val();
        self.done.next = self.ends.val();
    }
}
