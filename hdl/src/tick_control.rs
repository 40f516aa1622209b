//! The sequence control of the core: host access, stream words, and the phases of a tick.

use rust_hdl::prelude::*;

/// What the core does.
#[derive(Copy, Clone, PartialEq, Eq, Debug, LogicState)]
pub enum Phase {
    /// Between ticks: the next word of the stream is looked at.
    Idle,
    /// The host has the memories.
    Host,
    /// A tick begins.
    Begin,
    /// Due rows are delivered.
    Deliver,
    /// Neurons are updated, their spikes routed.
    Update,
    /// Synapses and thresholds learn.
    Learn,
    /// The tick ends.
    End,
    /// All state is set back.
    Reset,
    /// A current is looked up.
    InjectRead,
    /// The current arrives.
    InjectSettle,
    /// The value to add is awaited.
    InjectValue,
    /// The sum is on its way to the memory.
    InjectWrite,
}

/// 2^`NB` neurons, 2^`RB` rows, values of `S` bits.
#[derive(Clone, Debug, LogicBlock)]
pub struct TickControl<const NB: usize, const RB: usize, const S: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Back to idle; the state counts as active.
    pub reset: Signal<In, Bit>,

    /// The host wants the memories.
    pub bus_request: Signal<In, Bit>,
    /// The host has the memories.
    pub bus_grant: Signal<Out, Bit>,
    /// The host writes a memory.
    pub host_write: Signal<In, Bit>,
    /// The host writes the tick number.
    pub tick_write: Signal<In, Bit>,
    /// The tick number that the host writes.
    pub tick_data: Signal<In, Bits<32>>,
    /// Next word of the stream.
    pub in_word: Signal<In, Bits<16>>,
    /// `in_word` is valid.
    pub in_valid: Signal<In, Bit>,
    /// `in_word` is taken.
    pub in_ready: Signal<Out, Bit>,
    /// The words of the stream are being dropped.
    pub stop: Signal<In, Bit>,
    /// All state is to be set back after this tick.
    pub reset_state: Signal<In, Bit>,
    /// The stream out can take what a tick may send.
    pub out_room: Signal<In, Bit>,
    /// A tick may begin.
    pub tick_go: Signal<In, Bit>,

    /// The coming tick, or the one under way.
    pub tick: Signal<Out, Bits<32>>,
    /// Nothing to do.
    pub idle: Signal<Out, Bit>,
    /// A tick is to begin, but the stream out has no room.
    pub no_room: Signal<Out, Bit>,
    /// Some neuron may not be at rest.
    pub active: Signal<Out, Bit>,
    /// A tick begins with the next cycle.
    pub tick_begin: Signal<Out, Bit>,
    /// This is the last cycle of the tick.
    pub tick_done: Signal<Out, Bit>,
    /// A tick is under way.
    pub in_tick: Signal<Out, Bit>,

    /// This tick's slot may hold rows.
    pub due: Signal<In, Bit>,
    /// The router works.
    pub router_busy: Signal<In, Bit>,
    /// The streamer works.
    pub streamer_busy: Signal<In, Bit>,
    /// Order to the router: deliver.
    pub deliver: Signal<Out, Bit>,
    /// Order to the router: empty the wheel.
    pub sweep: Signal<Out, Bit>,
    /// Order to the router: route an input.
    pub route: Signal<Out, Bit>,
    /// The input's row.
    pub route_row: Signal<Out, Bits<RB>>,

    /// The sequencer has nothing to do.
    pub sequencer_idle: Signal<In, Bit>,
    /// Order to the sequencer: all neurons.
    pub start: Signal<Out, Bit>,
    /// Order to the sequencer: show the neuron named by the word.
    pub place: Signal<Out, Bit>,
    /// The number of the neuron to show.
    pub place_n: Signal<Out, Bits<NB>>,
    /// There are probes.
    pub probing: Signal<In, Bit>,
    /// Neurons are in the stages of the update.
    pub stages_busy: Signal<In, Bit>,
    /// A neuron is not at rest.
    pub awake: Signal<In, Bit>,
    /// Neurons in the update are set back.
    pub wipe: Signal<Out, Bit>,
    /// The current of the neuron that was placed will not be available in the next cycle.
    pub current_coming: Signal<In, Bit>,
    /// The update adds a current, nothing else.
    pub inject: Signal<Out, Bit>,
    /// The current is added in this cycle.
    pub inject_go: Signal<Out, Bit>,
    /// The current to add.
    pub inject_value: Signal<Out, Bits<S>>,

    /// The learning unit has work at the end of this tick.
    pub learn_wanted: Signal<In, Bit>,
    /// Order to the learning unit: do the work at the end of the tick.
    pub learn: Signal<Out, Bit>,
    /// The learning unit works.
    pub learning: Signal<In, Bit>,
    /// A threshold moves.
    pub moved: Signal<In, Bit>,

    /// The stamp is to be sent.
    pub stamp: Signal<Out, Bit>,
    /// The stamp has been sent.
    pub stamped: Signal<In, Bit>,

    two_words: Constant<Bit>,
    state: DFF<Phase>,
    tick_now: DFF<Bits<32>>,
    reset_pending: DFF<Bit>,
    is_active: DFF<Bit>,
    seen_awake: DFF<Bit>,
    low_half: DFF<Bits<16>>,
    low_known: DFF<Bit>,
    /// The phase is Host.
    granted: DFF<Bit>,
    kind: Signal<Local, Bits<2>>,
    payload: Signal<Local, Bits<14>>,
    tick_low: Signal<Local, Bits<14>>,
    reached: Signal<Local, Bit>,
    epoch: Signal<Local, Bit>,
    take: Signal<Local, Bit>,
    both_halves: Signal<Local, Bits<32>>,
    low_wide: Signal<Local, Bits<32>>,
}

impl<const NB: usize, const RB: usize, const S: usize> Default for TickControl<NB, RB, S> {
    fn default() -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            bus_request: Default::default(),
            bus_grant: Default::default(),
            host_write: Default::default(),
            tick_write: Default::default(),
            tick_data: Default::default(),
            in_word: Default::default(),
            in_valid: Default::default(),
            in_ready: Default::default(),
            stop: Default::default(),
            reset_state: Default::default(),
            out_room: Default::default(),
            tick_go: Default::default(),
            tick: Default::default(),
            idle: Default::default(),
            no_room: Default::default(),
            active: Default::default(),
            tick_begin: Default::default(),
            tick_done: Default::default(),
            in_tick: Default::default(),
            due: Default::default(),
            router_busy: Default::default(),
            streamer_busy: Default::default(),
            deliver: Default::default(),
            sweep: Default::default(),
            route: Default::default(),
            route_row: Default::default(),
            sequencer_idle: Default::default(),
            start: Default::default(),
            place: Default::default(),
            place_n: Default::default(),
            probing: Default::default(),
            stages_busy: Default::default(),
            awake: Default::default(),
            wipe: Default::default(),
            current_coming: Default::default(),
            inject: Default::default(),
            inject_go: Default::default(),
            inject_value: Default::default(),
            learn_wanted: Default::default(),
            learn: Default::default(),
            learning: Default::default(),
            moved: Default::default(),
            stamp: Default::default(),
            stamped: Default::default(),
            two_words: Constant::new(S > 16),
            state: Default::default(),
            tick_now: Default::default(),
            reset_pending: Default::default(),
            is_active: Default::default(),
            seen_awake: Default::default(),
            low_half: Default::default(),
            low_known: Default::default(),
            granted: Default::default(),
            kind: Default::default(),
            payload: Default::default(),
            tick_low: Default::default(),
            reached: Default::default(),
            epoch: Default::default(),
            take: Default::default(),
            both_halves: Default::default(),
            low_wide: Default::default(),
        }
    }
}

impl<const NB: usize, const RB: usize, const S: usize> Logic for TickControl<NB, RB, S> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            state,
            tick_now,
            reset_pending,
            is_active,
            seen_awake,
            low_half,
            low_known,
            granted
        );
        self.kind.next = self.in_word.val().get_bits::<2>(14);
        self.payload.next = self.in_word.val().get_bits::<14>(0);
        self.tick_low.next = self.tick_now.q.val().get_bits::<14>(0);
        self.reached.next = self.payload.val() == self.tick_low.val();
        self.epoch.next = self.tick_low.val() == 0;

        // Words are dropped in the cycle of `stop`: none may be taken in that cycle.
        self.take.next = self.in_valid.val() & !self.stop.val();
        self.in_ready.next = false;
        self.no_room.next = false;
        self.tick_begin.next = false;
        self.tick_done.next = false;
        self.deliver.next = false;
        self.sweep.next = false;
        self.route.next = false;
        self.start.next = false;
        self.place.next = false;
        self.wipe.next = false;
        self.inject.next = false;
        self.inject_go.next = false;
        self.stamp.next = false;
        self.learn.next = false;
        self.bus_grant.next = self.granted.q.val();
        self.in_tick.next = false;
        self.seen_awake.d.next = self.seen_awake.q.val() | self.awake.val();
        if self.reset_state.val() {
            self.reset_pending.d.next = true;
        }

        match self.state.q.val() {
            Phase::Idle => {
                if self.router_busy.val() {
                    // The router is still setting the rows of an input's spike.
                    self.state.d.next = Phase::Idle;
                } else if self.bus_request.val() {
                    self.granted.d.next = true;
                    self.state.d.next = Phase::Host;
                } else if self.reset_pending.q.val() {
                    self.reset_pending.d.next = false;
                    self.sweep.next = true;
                    self.start.next = true;
                    self.state.d.next = Phase::Reset;
                } else if self.take.val() {
                    if self.kind.val() == 0 {
                        self.route.next = true;
                        self.in_ready.next = true;
                    } else if self.kind.val() == 1 {
                        if self.reached.val() {
                            self.in_ready.next = true;
                        } else if !self.out_room.val() {
                            self.no_room.next = true;
                        } else if self.tick_go.val() {
                            self.tick_begin.next = true;
                            self.state.d.next = Phase::Begin;
                        }
                    } else if self.kind.val() == 2 {
                        self.place.next = true;
                        self.in_ready.next = true;
                        self.state.d.next = Phase::InjectRead;
                    } else {
                        self.reset_pending.d.next = true;
                        self.in_ready.next = true;
                    }
                }
            }
            Phase::Host => {
                if self.host_write.val() {
                    self.is_active.d.next = true;
                }
                if self.tick_write.val() {
                    self.tick_now.d.next = self.tick_data.val();
                }
                if !self.bus_request.val() {
                    self.granted.d.next = false;
                    self.state.d.next = Phase::Idle;
                }
            }
            Phase::Begin => {
                self.in_tick.next = true;
                self.seen_awake.d.next = false;
                if self.epoch.val() & !self.stamped.val() {
                    self.stamp.next = true;
                } else if self.due.val() {
                    self.deliver.next = true;
                    self.state.d.next = Phase::Deliver;
                } else if self.is_active.q.val() | self.probing.val() {
                    self.start.next = true;
                    self.state.d.next = Phase::Update;
                } else if self.learn_wanted.val() {
                    self.learn.next = true;
                    self.state.d.next = Phase::Learn;
                } else {
                    self.state.d.next = Phase::End;
                }
            }
            Phase::Deliver => {
                self.in_tick.next = true;
                if !self.router_busy.val() & !self.streamer_busy.val() {
                    self.start.next = true;
                    self.state.d.next = Phase::Update;
                }
            }
            Phase::Update => {
                self.in_tick.next = true;
                if self.sequencer_idle.val() {
                    self.is_active.d.next = self.seen_awake.q.val();
                    self.state.d.next = Phase::End;
                    if self.learn_wanted.val() {
                        self.learn.next = true;
                        self.state.d.next = Phase::Learn;
                    }
                }
            }
            Phase::Learn => {
                self.in_tick.next = true;
                // If a threshold decreases, a resting neuron may fire.
                if self.moved.val() {
                    self.is_active.d.next = true;
                }
                if !self.learning.val() {
                    self.state.d.next = Phase::End;
                }
            }
            Phase::End => {
                self.in_tick.next = true;
                self.tick_done.next = true;
                self.tick_now.d.next = self.tick_now.q.val() + 1;
                self.state.d.next = Phase::Idle;
            }
            Phase::Reset => {
                self.wipe.next = true;
                if self.sequencer_idle.val() & !self.router_busy.val() & !self.learning.val() {
                    self.is_active.d.next = true;
                    self.state.d.next = Phase::Idle;
                }
            }
            Phase::InjectRead => {
                self.low_known.d.next = !self.two_words.val();
                self.state.d.next = Phase::InjectSettle;
                if self.stop.val() {
                    self.state.d.next = Phase::Idle;
                }
            }
            Phase::InjectSettle => {
                if !self.current_coming.val() {
                    self.state.d.next = Phase::InjectValue;
                }
                if self.stop.val() {
                    self.state.d.next = Phase::Idle;
                }
            }
            Phase::InjectValue => {
                self.inject.next = true;
                if self.stop.val() {
                    self.state.d.next = Phase::Idle;
                }
                if self.take.val() {
                    self.in_ready.next = true;
                    self.low_known.d.next = true;
                    self.low_half.d.next = self.in_word.val();
                    if self.low_known.q.val() {
                        self.inject_go.next = true;
                        self.is_active.d.next = true;
                        self.state.d.next = Phase::InjectWrite;
                    }
                }
            }
            Phase::InjectWrite => {
                self.inject.next = true;
                if !self.stages_busy.val() {
                    self.state.d.next = Phase::Idle;
                }
            }
            _ => {
                self.state.d.next = Phase::Idle;
            }
        }
        if self.reset.val() {
            self.state.d.next = Phase::Idle;
            self.granted.d.next = false;
            self.reset_pending.d.next = false;
            self.is_active.d.next = true;
        }

        self.low_wide.next = bit_cast::<32, 16>(self.low_half.q.val());
        self.both_halves.next = bit_cast::<32, 16>(self.in_word.val());
        if self.two_words.val() {
            self.both_halves.next =
                (bit_cast::<32, 16>(self.in_word.val()) << 16) | self.low_wide.val();
        }
        self.inject_value.next = self.both_halves.val().get_bits::<S>(0);
        self.route_row.next = bit_cast::<RB, 14>(self.payload.val());
        self.place_n.next = self.payload.val().get_bits::<NB>(0);
        self.tick.next = self.tick_now.q.val();
        self.active.next = self.is_active.q.val();
        self.idle.next = false;
        if self.state.q.val() == Phase::Idle {
            self.idle.next =
                !self.in_valid.val() & !self.router_busy.val() & !self.reset_pending.q.val();
        }
    }
}
