//! The device's end of the wire, from the UART's two lines to the core's ports.
//!
//! ```text
//!  rx -> UartRx -> Deframer -> (ring) -> Reader -> Dispatcher -> StreamIn  -> in_word
//!                                                  |  |   ^  `-> Operands <-> bus
//!  tx <- UartTx <- (ring) <- Framer <--------------'  |   `---- StreamOut <- out_word
//!                                                     `-> Registers -> settings, counters
//! ```
//!
//! All data that must wait, waits in RAM: requests in the deframer, responses in the framer, stream
//! words in their queues, registers and counters in the register file.

mod crc;
mod deframer;
mod dispatcher;
mod element_mover;
mod events;
mod framer;
mod operands;
mod payload_length;
mod reader;
mod refusal;
mod region_sizes;
mod register_ram;
mod registers;
mod responder;
mod session_guard;
mod settings;
mod stream_in;
mod stream_out;
mod word_check;

pub use crc::Crc16;
pub use deframer::Deframer;
pub use dispatcher::{Dispatcher, DispatcherState};
pub use element_mover::{ElementMover, MoverState};
pub use events::Events;
pub use framer::Framer;
pub use operands::Operands;
pub use payload_length::PayloadLength;
pub use reader::Reader;
pub use refusal::Refusal;
pub use region_sizes::RegionSizes;
pub use register_ram::RegisterRam;
pub use registers::Registers;
pub use responder::{Responder, ResponderState};
pub use session_guard::SessionGuard;
pub use settings::Settings;
pub use stream_in::StreamIn;
pub use stream_out::StreamOut;
pub use word_check::WordCheck;

use rust_hdl::prelude::*;
use spec::CoreConfig;
use spec::regions::Region;

use crate::uart::{UartRx, UartTx};

/// The link of a core whose queues hold 2^IB words to the core and 2^OB words from it; IP = IB + 1
/// and OP = OB + 1 are the widths of a number of words.
#[derive(Clone, Debug, LogicBlock)]
pub struct Link<const IB: usize, const IP: usize, const OB: usize, const OP: usize> {
    /// Clock of all of it.
    pub clock: Signal<In, Clock>,
    /// Puts everything as it is after power-up; active high.
    pub reset: Signal<In, Bit>,
    /// Level: the clock has no lock.
    pub unlocked: Signal<In, Bit>,
    /// Line from the host, asynchronous; rests high.
    pub rx: Signal<In, Bit>,
    /// Line to the host; rests high.
    pub tx: Signal<Out, Bit>,

    /// Level: wants the core's memories.
    pub bus_request: Signal<Out, Bit>,
    /// Level: has them.
    pub bus_grant: Signal<In, Bit>,
    /// Number of a region, while `bus_request`.
    pub bus_region: Signal<Out, Bits<5>>,
    /// Number of an element in it.
    pub bus_index: Signal<Out, Bits<24>>,
    /// What to write there, or the tick number to set.
    pub bus_wdata: Signal<Out, Bits<32>>,
    /// The element is to be read or written, until `bus_ready`.
    pub bus_valid: Signal<Out, Bit>,
    /// It is to be written.
    pub bus_write: Signal<Out, Bit>,
    /// Strobe: the element has been written, or is in `bus_rdata`.
    pub bus_ready: Signal<In, Bit>,
    /// What stands there; looked at 8 cycles after region and index came.
    pub bus_rdata: Signal<In, Bits<32>>,
    /// Strobe: sets the tick number; while granted.
    pub tick_write: Signal<Out, Bit>,

    /// Word for the core, while `in_valid`.
    pub in_word: Signal<Out, Bits<16>>,
    /// Level: there is a word.
    pub in_valid: Signal<Out, Bit>,
    /// Level: the core takes the word if there is one.
    pub in_ready: Signal<In, Bit>,
    /// Word from the core, while `out_valid`.
    pub out_word: Signal<In, Bits<16>>,
    /// Level: the core offers a word.
    pub out_valid: Signal<In, Bit>,
    /// Level: an offered word is taken.
    pub out_ready: Signal<Out, Bit>,
    /// Level: there is room for all the words of a tick without probes.
    pub out_room: Signal<Out, Bit>,

    /// Strobe: ends the advance with this tick; queued words are dropped.
    pub stop: Signal<Out, Bit>,
    /// Strobe: puts the state back after this tick.
    pub reset_state: Signal<Out, Bit>,
    /// Level: spikes are sent.
    pub report: Signal<Out, Bit>,
    /// First probed neuron.
    pub probe_first: Signal<Out, Bits<14>>,
    /// Number of probed neurons.
    pub probe_count: Signal<Out, Bits<15>>,
    /// Level: potentials are probed.
    pub probe_v: Signal<Out, Bit>,
    /// Level: currents are probed.
    pub probe_i: Signal<Out, Bit>,
    /// Level: the next tick may begin.
    pub tick_go: Signal<Out, Bit>,
    /// LEARNING.
    pub learn: Signal<Out, Bit>,
    /// Magnitude of REWARD.
    pub reward: Signal<Out, Bits<9>>,
    /// REWARD is negative.
    pub punish: Signal<Out, Bit>,
    /// Strobe: sets the seed of the random numbers to `bus_wdata`, under grant.
    pub random_write: Signal<Out, Bit>,
    /// The seed of the random numbers.
    pub random: Signal<In, Bits<32>>,

    /// Number of the next tick, or of the one that runs.
    pub tick: Signal<In, Bits<32>>,
    /// Level: the core has nothing to do.
    pub idle: Signal<In, Bit>,
    /// Level: the core waits for room in the queue from it.
    pub stalled: Signal<In, Bit>,
    /// Level: some neuron is not at rest.
    pub active: Signal<In, Bit>,
    /// Strobe: a tick begins.
    pub tick_begin: Signal<In, Bit>,
    /// Strobe: a tick is over.
    pub tick_done: Signal<In, Bit>,
    /// Level: a tick is running.
    pub in_tick: Signal<In, Bit>,
    /// Strobe: a neuron fired.
    pub spike_strobe: Signal<In, Bit>,
    /// Strobe: a synapse word was delivered.
    pub word_strobe: Signal<In, Bit>,
    /// Strobe: a row was made due.
    pub route_strobe: Signal<In, Bit>,
    /// A synapse word was delivered, or a current injected, for which a sum was clamped.
    pub clamp_strobe: Signal<In, Bit>,

    /// Level: a byte is coming in.
    pub rx_activity: Signal<Out, Bit>,
    /// Level: since reset, something came in that was no frame.
    pub error_sticky: Signal<Out, Bit>,

    receiver: UartRx,
    transmitter: UartTx,
    deframer: Deframer,
    reader: Reader,
    learns: Constant<Bit>,
    regions: Constant<Bits<32>>,
    dispatcher: Dispatcher,
    mover: ElementMover,
    responder: Responder,
    operands: Operands,
    word_check: WordCheck,
    framer: Framer,
    stream_in: StreamIn<IB, IP>,
    stream_out: StreamOut<OB, OP>,
    registers: Registers,
    failed: DFF<Bit>,
    received: DFF<Bit>,
    spoiled: DFF<Bit>,
    stopping: DFF<Bit>,
    line_error: Signal<Local, Bit>,
    all_idle: Signal<Local, Bit>,
    status: Signal<Local, Bits<4>>,
    stuck: Signal<Local, Bit>,
    in_registers: Signal<Local, Bit>,
    word_low: Signal<Local, Bits<8>>,
    index_low: Signal<Local, Bits<6>>,
}

/// One bit for each region of a core; set if the core has it.
fn regions(config: &CoreConfig) -> u64 {
    Region::of(config).fold(0, |bits, region| bits | 1 << region.number())
}

impl<const IB: usize, const IP: usize, const OB: usize, const OP: usize> Link<IB, IP, OB, OP> {
    /// The link of that core.
    ///
    /// # Panics
    /// If the widths are not those of `config`.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        assert_eq!(
            (IB, OB),
            (
                config.in_words_log2 as usize,
                config.out_words_log2 as usize
            )
        );
        Self {
            clock: Default::default(),
            reset: Default::default(),
            unlocked: Default::default(),
            rx: Default::default(),
            tx: Default::default(),
            bus_request: Default::default(),
            bus_grant: Default::default(),
            bus_region: Default::default(),
            bus_index: Default::default(),
            bus_wdata: Default::default(),
            bus_valid: Default::default(),
            bus_write: Default::default(),
            bus_ready: Default::default(),
            bus_rdata: Default::default(),
            tick_write: Default::default(),
            in_word: Default::default(),
            in_valid: Default::default(),
            in_ready: Default::default(),
            out_word: Default::default(),
            out_valid: Default::default(),
            out_ready: Default::default(),
            out_room: Default::default(),
            stop: Default::default(),
            reset_state: Default::default(),
            report: Default::default(),
            probe_first: Default::default(),
            probe_count: Default::default(),
            probe_v: Default::default(),
            probe_i: Default::default(),
            tick_go: Default::default(),
            learn: Default::default(),
            reward: Default::default(),
            punish: Default::default(),
            random_write: Default::default(),
            random: Default::default(),
            learns: Constant::new(config.learning),
            regions: Constant::new(regions(config).into()),
            tick: Default::default(),
            idle: Default::default(),
            stalled: Default::default(),
            active: Default::default(),
            tick_begin: Default::default(),
            tick_done: Default::default(),
            in_tick: Default::default(),
            spike_strobe: Default::default(),
            word_strobe: Default::default(),
            route_strobe: Default::default(),
            clamp_strobe: Default::default(),
            rx_activity: Default::default(),
            error_sticky: Default::default(),
            receiver: Default::default(),
            transmitter: Default::default(),
            deframer: Default::default(),
            reader: Reader::new(config.build.registered_reads),
            dispatcher: Default::default(),
            mover: Default::default(),
            responder: Default::default(),
            operands: Operands::new(config),
            word_check: WordCheck::new(config),
            framer: Default::default(),
            stream_in: Default::default(),
            stream_out: StreamOut::new(config.neurons_log2, config.build.registered_reads),
            registers: Registers::new(config),
            failed: Default::default(),
            received: Default::default(),
            spoiled: Default::default(),
            stopping: Default::default(),
            line_error: Default::default(),
            all_idle: Default::default(),
            status: Default::default(),
            stuck: Default::default(),
            in_registers: Default::default(),
            word_low: Default::default(),
            index_low: Default::default(),
        }
    }
}

impl<const IB: usize, const IP: usize, const OB: usize, const OP: usize> Logic
    for Link<IB, IP, OB, OP>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, failed, received, spoiled, stopping);
        clock!(
            self,
            clock,
            receiver,
            transmitter,
            deframer,
            reader,
            dispatcher,
            mover,
            responder,
            operands,
            framer,
            stream_in,
            stream_out,
            registers
        );
        self.receiver.reset.next = self.reset.val();
        self.transmitter.reset.next = self.reset.val();
        self.deframer.reset.next = self.reset.val();
        self.reader.reset.next = self.reset.val();
        self.dispatcher.reset.next = self.reset.val();
        self.mover.reset.next = self.reset.val();
        self.responder.reset.next = self.reset.val();
        self.framer.reset.next = self.reset.val();
        self.stream_in.reset.next = self.reset.val();
        self.stream_out.reset.next = self.reset.val();
        self.registers.reset.next = self.reset.val();

        // Common signals. With words in its queue, the core is about to have work.
        self.all_idle.next = self.idle.val() & self.stream_in.empty.val();
        self.status.next = bit_cast::<4, 1>(self.all_idle.val().into())
            | (bit_cast::<4, 1>(self.stalled.val().into()) << 1)
            | (bit_cast::<4, 1>(self.active.val().into()) << 2)
            | (bit_cast::<4, 1>(self.unlocked.val().into()) << 3);
        self.stuck.next = self.stalled.val() & self.in_tick.val();
        self.in_registers.next = self.dispatcher.hello.val() | (self.dispatcher.region.val() == 0);
        self.word_low.next = self.operands.word.val().get_bits::<8>(0);
        self.index_low.next = self.operands.index.val().get_bits::<6>(0);

        // Line to ring to dispatcher.
        self.receiver.rx.next = self.rx.val();
        self.receiver.divider.next = self.registers.divider.val();
        self.line_error.next = self.receiver.framing_error.val() | self.receiver.line_break.val();
        self.deframer.data.next = self.receiver.data.val();
        // The receiver holds a byte for longer than this cycle.
        self.received.d.next = self.receiver.valid.val();
        self.spoiled.d.next = self.line_error.val();
        self.deframer.data_valid.next = self.received.q.val();
        self.deframer.line_error.next = self.spoiled.q.val();
        self.deframer.freed.next = self.reader.freed.val();
        self.deframer.read_address.next = self.reader.address.val();
        self.deframer.read_enable.next = self.reader.fetch.val();
        self.reader.committed.next = self.deframer.committed.val();
        self.reader.fetched.next = self.deframer.read_data.val();
        self.reader.take.next = self.dispatcher.take.val() | self.mover.take.val();
        self.reader.is_length.next = self.dispatcher.is_length.val();
        self.reader.mark.next = self.dispatcher.mark.val();
        self.reader.back.next = self.dispatcher.back.val();
        self.dispatcher.available.next = self.reader.available.val();
        self.dispatcher.data.next = self.reader.data.val();
        self.dispatcher.left.next = self.reader.left.val();
        self.dispatcher.idle.next = self.all_idle.val();
        self.dispatcher.stalled.next = self.stalled.val();
        self.dispatcher.stored.next = self.mover.done.val();
        self.dispatcher.blocked.next = self.mover.blocked.val() | self.responder.blocked.val();
        self.dispatcher.opened.next = self.responder.opened.val();
        self.dispatcher.addressed.next = self.operands.word.val().get_bits::<24>(8);
        self.dispatcher.answered.next = self.responder.done.val();

        // Operands.
        self.operands.region.next = self.dispatcher.region.val();
        self.operands.data.next = self.reader.data.val();
        self.operands.shift.next =
            self.dispatcher.shift.val() | self.mover.shift.val() | self.responder.shift.val();
        self.operands.enter_zero.next =
            self.dispatcher.enter_zero.val() | self.mover.enter_zero.val();
        self.operands.enter_low.next = self.mover.enter_low.val();
        self.operands.load_element.next = self.mover.load_element.val();
        self.operands.element.next = self.bus_rdata.val();
        self.operands.load_tick.next = self.mover.load_tick.val() | self.responder.load_tick.val();
        self.operands.tick.next = self.tick.val();
        // A STREAM measures its waiting time with the index, which then is not the number of a
        // register.
        if self.mover.is_random.val() & self.mover.load_tick.val() {
            self.operands.tick.next = self.random.val();
        }
        self.operands.clear.next = self.dispatcher.range_clear.val();
        self.operands.check.next = self.dispatcher.range_check.val();
        self.operands.lane.next = self.dispatcher.lane.val();
        self.operands.accumulate.next = self.dispatcher.accumulate.val();
        self.operands.index_clear.next =
            self.dispatcher.index_clear.val() | self.responder.index_clear.val();
        self.operands.index_next.next =
            self.dispatcher.index_next.val() | self.mover.index_next.val();
        self.dispatcher.in_range.next = self.operands.in_range.val();
        self.dispatcher.last_byte.next = self.operands.last_byte.val();
        self.dispatcher.length.next = self.operands.length.val();
        self.dispatcher.elapsed.next = self.operands.elapsed.val();

        // Mover, and the core's memories.
        self.mover.store.next = self.dispatcher.store.val();
        self.mover.send.next = self.responder.send.val();
        self.mover.hello.next = self.dispatcher.hello.val();
        self.mover.fills.next = self.dispatcher.fills.val();
        self.mover.in_registers.next = self.in_registers.val();
        self.mover.word_low.next = self.word_low.val();
        self.mover.last_byte.next = self.operands.last_byte.val();
        self.mover.index.next = self.index_low.val();
        self.mover.at_bound.next = self.operands.at_bound.val();
        self.mover.bus_grant.next = self.bus_grant.val();
        self.mover.stuck.next = self.stuck.val();
        self.mover.status.next = self.status.val();
        self.bus_request.next = self.mover.bus_request.val() | self.responder.bus_request.val();
        self.bus_region.next = self.dispatcher.region.val();
        self.dispatcher.regions.next = self.regions.val();
        self.mover.learns.next = self.learns.val();
        self.random_write.next = self.mover.random_write.val();
        self.learn.next = self.registers.learn.val();
        self.reward.next = self.registers.reward.val();
        self.punish.next = self.registers.punish.val();
        self.bus_index.next = self.operands.index.val();
        self.bus_wdata.next = self.operands.word.val();
        self.bus_valid.next = self.mover.bus_valid.val();
        self.bus_write.next = self.mover.bus_write.val();
        self.mover.bus_ready.next = self.bus_ready.val();
        self.tick_write.next = self.mover.tick_write.val();

        // Words to the core.
        self.word_check.word.next = self.dispatcher.in_word.val();
        self.dispatcher.word_outside.next = self.word_check.outside.val();
        self.dispatcher.word_meaningless.next = self.word_check.meaningless.val();
        self.dispatcher.word_values.next = self.word_check.values.val();
        self.stream_in.word.next = self.dispatcher.in_word.val();
        self.stream_in.push.next = self.dispatcher.push.val();
        self.stream_in.wanted.next = self.dispatcher.wanted.val();
        self.stream_in.flush.next = self.stopping.q.val();
        self.stream_in.in_ready.next = self.in_ready.val();
        self.dispatcher.lacks.next = self.stream_in.lacks.val();
        self.in_word.next = self.stream_in.in_word.val();
        self.in_valid.next = self.stream_in.in_valid.val();

        // Words from the core.
        self.stream_out.out_word.next = self.out_word.val();
        self.stream_out.out_valid.next = self.out_valid.val();
        self.out_ready.next = self.stream_out.out_ready.val();
        self.out_room.next = self.stream_out.out_room.val();
        self.stream_out.acked.next = self.operands.word.val().get_bits::<16>(0);
        self.stream_out.acknowledge.next = self.dispatcher.acknowledge.val();
        self.stream_out.rewind.next = self.dispatcher.rewind.val();
        self.stream_out.max_words.next = self.operands.word.val().get_bits::<8>(16);
        self.stream_out.pop.next = self.responder.pop.val();
        self.dispatcher.out_plenty.next = self.stream_out.plenty.val();

        // Registers.
        self.registers.select.next = self.mover.register_select.val();
        self.registers.index.next = self.index_low.val();
        self.registers.upper.next = self.mover.register_upper.val();
        self.registers.write_data.next = self.operands.word.val().get_bits::<16>(0);
        self.registers.write.next = self.mover.register_write.val();
        self.mover.register_ready.next = self.registers.ready.val();
        self.mover.register_data.next = self.registers.read_data.val();
        self.registers.in_tick.next = self.in_tick.val();
        self.registers.spike_strobe.next = self.spike_strobe.val();
        self.registers.word_strobe.next = self.word_strobe.val();
        self.registers.route_strobe.next = self.route_strobe.val();
        self.registers.clamp_strobe.next = self.clamp_strobe.val();
        self.registers.tick_begin.next = self.tick_begin.val();
        self.registers.idle.next = self.all_idle.val();
        self.registers.bad_frame.next = self.deframer.bad_frame.val();
        self.registers.framing_error.next = self.receiver.framing_error.val();
        self.registers.line_break.next = self.receiver.line_break.val();
        self.registers.overrun.next = self.deframer.overrun.val();
        self.registers.quiet.next = self.dispatcher.between.val() & self.framer.quiet.val();
        self.dispatcher.divider_waits.next = self.registers.divider_waits.val();
        // The blocks to be stopped are far away, so the order passes a register.
        self.stopping.d.next = self.registers.stop.val();
        self.stop.next = self.stopping.q.val();
        self.reset_state.next = self.registers.reset_state.val();
        self.report.next = self.registers.report.val();
        self.probe_first.next = self.registers.probe_first.val();
        self.probe_count.next = self.registers.probe_count.val();
        self.probe_v.next = self.registers.probe_v.val();
        self.probe_i.next = self.registers.probe_i.val();
        self.tick_go.next = self.registers.tick_go.val();

        // Responder to ring to line.
        self.responder.answer.next = self.dispatcher.answer.val();
        self.responder.hello.next = self.dispatcher.hello.val();
        self.responder.reads.next = self.dispatcher.reads.val();
        self.responder.writes.next = self.dispatcher.writes.val();
        self.responder.fills.next = self.dispatcher.fills.val();
        self.responder.streams.next = self.dispatcher.streams.val();
        self.responder.number.next = self.dispatcher.number.val();
        self.responder.session.next = self.dispatcher.session.val();
        self.responder.not_expected.next = self.dispatcher.not_expected.val();
        self.responder.refusal.next = self.dispatcher.refusal.val();
        self.responder.in_registers.next = self.in_registers.val();
        self.responder.read_length.next = self.operands.length.val().get_bits::<8>(0);
        self.responder.bus_grant.next = self.bus_grant.val();
        self.responder.stuck.next = self.stuck.val();
        self.responder.sent.next = self.mover.done.val();
        self.responder.element.next = self.mover.data.val();
        self.responder.element_valid.next = self.mover.data_valid.val();
        self.responder.status.next = self.status.val();
        self.responder.in_free.next = self.stream_in.free.val();
        self.responder.out_count.next = self.stream_out.count.val();
        self.responder.out_position.next = self.stream_out.position.val();
        self.responder.out_word.next = self.stream_out.word.val();
        self.responder.frame_ready.next = self.framer.ready.val();
        self.framer.start.next = self.responder.frame_start.val();
        self.framer.data.next = self.responder.frame_data.val();
        self.framer.data_valid.next = self.responder.frame_data_valid.val();
        self.framer.finish.next = self.responder.frame_finish.val();
        self.framer.tx_busy.next = self.transmitter.busy.val();
        self.transmitter.divider.next = self.registers.divider.val();
        self.transmitter.data.next = self.framer.tx_data.val();
        self.transmitter.strobe.next = self.framer.tx_strobe.val();
        self.tx.next = self.transmitter.tx.val();

        self.rx_activity.next = self.receiver.busy.val();
        self.error_sticky.next = self.failed.q.val();
        if self.line_error.val() | self.deframer.bad_frame.val() | self.deframer.overrun.val() {
            self.failed.d.next = true;
        }
        if self.reset.val() {
            self.failed.d.next = false;
            self.received.d.next = false;
            self.spoiled.d.next = false;
            self.stopping.d.next = false;
        }
    }
}
