//! Enters spikes into the wheel and takes the due rows out of it.
//!
//! *Routing* walks the chain of rows of a source, three cycles per row, and sets their bits in the
//! wheel. *Delivering* scans one slot of the wheel, one cycle per word, and passes the rows found
//! to the [`SynapseFetch`](crate::synapse_fetch::SynapseFetch). The scan runs ahead of the fetch by
//! three registers (the bits of a word, a row number, the row table's output), so the fetch waits
//! only for the first row.

mod elaborate;
mod state;

use rust_hdl::prelude::*;
use widths::widths;

use crate::memory::Ram;
use crate::pending::Pending;
use crate::pipeline_register::PipelineRegister;
use crate::wheel::Wheel;

pub use state::RouterState;

/// 2^`RB` rows of `BODY` + `LINK` bits, 2^`XB` wheel words of `WW` bits, 2^`NB` neurons.
#[widths]
#[derive(Clone, Debug, LogicBlock)]
pub struct Router<RouterWidths> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Back to idle, the slots forgotten.
    pub reset: Signal<In, Bit>,
    /// Low bits of the tick.
    pub slot: Signal<In, Bits<4>>,
    /// This tick's slot may hold rows.
    pub due: Signal<Out, Bit>,
    /// Something is under way; the four orders below are taken when it is low.
    pub busy: Signal<Out, Bit>,

    /// Order: deliver this tick's rows.
    pub deliver: Signal<In, Bit>,
    /// Order: empty the wheel.
    pub sweep: Signal<In, Bit>,
    /// Order: route the chain from `route_row`.
    pub route: Signal<In, Bit>,
    /// The primary row of an input.
    pub route_row: Signal<In, Bits<RB>>,
    /// Order: report and route a block of neurons.
    pub block: Signal<In, Bit>,
    /// First neuron of the block, a multiple of `WW`.
    pub block_first: Signal<In, Bits<NB>>,
    /// The neurons of the block that fired.
    pub block_fired: Signal<In, Bits<WW>>,
    /// The neurons of the block whose spikes are reported.
    pub block_report: Signal<In, Bits<WW>>,

    /// A row waits for the streamer.
    pub row_valid: Signal<Out, Bit>,
    /// The number of this row.
    pub row_number: Signal<Out, Bits<RB>>,
    /// The row is to be delivered; else the streamer takes it and does nothing.
    pub row_enabled: Signal<Out, Bit>,
    /// The streamer takes the row.
    pub row_ready: Signal<In, Bit>,
    /// First word of the row.
    pub first_word: Signal<Out, Bits<WB>>,
    /// The exponent of the row.
    pub exponent: Signal<Out, Bits<3>>,
    /// The first target word of the row.
    pub first_target: Signal<Out, Bits<TB>>,
    /// The number of words of the row, less 1.
    pub last_offset: Signal<Out, Bits<TB>>,

    /// A spike is to be reported.
    pub spike: Signal<Out, Bit>,
    /// The neuron that spiked.
    pub spike_id: Signal<Out, Bits<NB>>,
    /// The spike was taken.
    pub spike_taken: Signal<In, Bit>,
    /// A bit is set in the wheel.
    pub routed: Signal<Out, Bit>,

    /// The host has the memories: show, and perhaps write, element `host_index`.
    pub host: Signal<In, Bit>,
    /// Row, or word of the wheel.
    pub host_index: Signal<In, Bits<24>>,
    /// What to write.
    pub host_data: Signal<In, Bits<32>>,
    /// Write it as a row's body.
    pub write_body: Signal<In, Bit>,
    /// Write it as a row's link.
    pub write_link: Signal<In, Bit>,
    /// Write it as a word of the wheel.
    pub write_wheel: Signal<In, Bit>,
    /// The row's body.
    pub body_shown: Signal<Out, Bits<BODY>>,
    /// The row's link.
    pub link_shown: Signal<Out, Bits<LINK>>,
    /// The word of the wheel.
    pub wheel_shown: Signal<Out, Bits<WW>>,

    inputs: Constant<Bits<RB>>,
    word_bits: Constant<Bits<RB>>,
    row_word_mask: Constant<Bits<XB>>,
    slot_shift: Constant<Bits<XB>>,
    exponent_place: Constant<Bits<8>>,
    delay_place: Constant<Bits<8>>,
    offset_place: Constant<Bits<8>>,
    enabled_place: Constant<Bits<8>>,
    next_place: Constant<Bits<8>>,
    has_next_place: Constant<Bits<8>>,

    registered: Constant<Bit>,
    wheel: Wheel<XB, WW, WWB>,
    pending: Pending<WW, WWB>,
    bodies: Ram<BODY, RB>,
    links: Ram<LINK, RB>,

    state: DFF<RouterState>,
    /// The next word of the wheel while scanning; the number of rows of the chain visited while
    /// routing.
    scan: DFF<Bits<SB>>,
    scanning: DFF<Bit>,
    word_valid: DFF<Bit>,
    origin: DFF<Bits<RB>>,
    report: DFF<Bits<WW>>,
    row: DFF<Bits<RB>>,
    row_found: DFF<Bit>,
    row_read: DFF<Bit>,
    row_shown: DFF<Bits<RB>>,
    reporting: DFF<Bit>,
    /// Where reads are registered: the selected neuron, if its spike is reported.
    picked: DFF<Bits<WW>>,
    marking: DFF<Bit>,
    mark_bit: DFF<Bits<WWB>>,
    target_slot: DFF<Bits<4>>,
    /// In Place: the row is to be set.
    sets: DFF<Bit>,
    /// In Place: its chain goes on.
    goes_on: DFF<Bit>,
    next_now: DFF<Bits<RB>>,
    body_near: PipelineRegister<BODY>,
    link_near: PipelineRegister<LINK>,
    wheel_near: PipelineRegister<WW>,

    enabled: Signal<Local, Bit>,
    has_next: Signal<Local, Bit>,
    is_scan: Signal<Local, Bit>,
    is_sweep: Signal<Local, Bit>,
    is_take: Signal<Local, Bit>,
    link_free: Signal<Local, Bit>,
    row_free: Signal<Local, Bit>,
    take: Signal<Local, Bit>,
    load_word: Signal<Local, Bit>,
    consume: Signal<Local, Bit>,
    step: Signal<Local, Bit>,
    scan_word: Signal<Local, Bits<XB>>,
    scan_end: Signal<Local, Bits<XB>>,
    chain_ends: Signal<Local, Bit>,
    is_place: Signal<Local, Bit>,
    found: Signal<Local, Bits<RB>>,
    shown_row: Signal<Local, Bits<RB>>,
    slot_word: Signal<Local, Bits<XB>>,
    body: Signal<Local, Bits<BODY>>,
    row_slot: Signal<Local, Bits<4>>,
    target: Signal<Local, Bits<4>>,
    reported: Signal<Local, Bit>,
    next_read: Signal<Local, Bits<RB>>,
    next_row: Signal<Local, Bits<RB>>,
    row_word: Signal<Local, Bits<RB>>,
    place: Signal<Local, Bits<XB>>,
    id: Signal<Local, Bits<RB>>,
    drained: Signal<Local, Bit>,
}

#[widths]
impl<RouterWidths> Logic for Router<RouterWidths> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            state,
            scan,
            scanning,
            word_valid,
            origin,
            report,
            row,
            row_found,
            row_read,
            row_shown,
            reporting,
            picked,
            marking,
            mark_bit,
            target_slot,
            sets,
            goes_on,
            next_now
        );
        clock!(
            self, clock, wheel, pending, bodies, links, body_near, link_near, wheel_near
        );
        self.wheel.reset.next = self.reset.val();
        self.pending.reset.next = self.reset.val();

        // The row table: both halves at the address in `row`.
        self.bodies.read_address.next = self.row.q.val();
        self.links.read_address.next = self.row.q.val();
        self.bodies.write_address.next = self.host_index.val().get_bits::<RB>(0);
        self.links.write_address.next = self.host_index.val().get_bits::<RB>(0);
        self.bodies.write_data.next = self.host_data.val().get_bits::<BODY>(0);
        self.links.write_data.next = self.host_data.val().get_bits::<LINK>(0);
        self.bodies.write_enable.next = self.write_body.val();
        self.links.write_enable.next = self.write_link.val();
        self.enabled.next = self
            .links
            .read_data
            .val()
            .get_bit(self.enabled_place.val().index());
        self.has_next.next = self
            .links
            .read_data
            .val()
            .get_bit(self.has_next_place.val().index());

        // Delivering, from the output backward: the streamer, the row table's output, the row
        // number.
        self.is_scan.next = self.state.q.val() == RouterState::Scan;
        self.is_sweep.next = self.state.q.val() == RouterState::Sweep;
        self.is_take.next = self.state.q.val() == RouterState::Take;
        self.is_place.next = self.state.q.val() == RouterState::Place;
        self.link_free.next = !self.row_read.q.val() | self.row_ready.val();
        self.row_free.next = !self.row_found.q.val() | self.link_free.val();
        self.bodies.read_enable.next = self.link_free.val() | !self.is_scan.val();
        self.links.read_enable.next = self.link_free.val() | !self.is_scan.val();
        self.take.next = self.is_scan.val() & self.pending.any.val() & self.row_free.val();

        // The word of the wheel is taken as soon as the last word is used up, even if it is empty:
        // a test for empty words would take longer than a cycle.
        self.load_word.next =
            self.is_scan.val() & self.word_valid.q.val() & !self.pending.any.val();
        self.consume.next = self.is_sweep.val() | !self.pending.any.val();
        self.step.next = self.scanning.q.val() & (!self.word_valid.q.val() | self.consume.val());
        self.scan_word.next = self.scan.q.val().get_bits::<XB>(0);
        self.scan_end.next = self.scan_word.val() | !self.row_word_mask.val();
        if self.is_sweep.val() {
            self.scan_end.next = self.scan_word.val();
        }
        if self.consume.val() {
            self.word_valid.d.next = false;
        }
        if self.step.val() {
            self.word_valid.d.next = true;
            if self.scan_end.val().all() {
                self.scanning.d.next = false;
            }
        }
        if self.step.val() | self.is_place.val() {
            self.scan.d.next = self.scan.q.val() + 1;
        }
        self.wheel.hold.next = self.is_scan.val() & self.word_valid.q.val() & !self.consume.val();
        self.wheel.clear.next =
            self.load_word.val() | (self.is_sweep.val() & self.word_valid.q.val());

        self.pending.load.next = self.load_word.val() | self.block.val();
        self.pending.bits.next = self.wheel.word.val();
        if self.block.val() {
            self.pending.bits.next = self.block_fired.val();
        }
        self.shown_row.next =
            bit_cast::<RB, XB>(self.wheel.word_address.val() & self.row_word_mask.val())
                << self.word_bits.val();
        if self.load_word.val() {
            self.origin.d.next = self.shown_row.val();
        }
        self.found.next = self.origin.q.val() | bit_cast::<RB, WWB>(self.pending.index.val());
        if self.is_scan.val() {
            if self.row_free.val() {
                self.row_found.d.next = self.take.val();
                self.row.d.next = self.found.val();
            }
            if self.link_free.val() {
                self.row_read.d.next = self.row_found.q.val();
            }
        }
        self.drained.next = !self.scanning.q.val()
            & !self.word_valid.q.val()
            & !self.pending.any.val()
            & !self.row_found.q.val()
            & !self.row_read.q.val();

        // Routing.
        self.slot_word.next = bit_cast::<XB, 4>(self.slot.val()) << self.slot_shift.val();
        // The register on the host's path is also used here: one cycle is too short from the memory
        // through the sum.
        self.body.next = self.bodies.read_data.val();
        if self.registered.val() {
            self.body.next = self.body_near.taken.val();
        }
        self.row_slot.next = self.slot.val()
            + self
                .body
                .val()
                .get_bits::<4>(self.delay_place.val().index());
        self.target_slot.d.next = self.row_slot.val();
        self.target.next = self.target_slot.q.val();
        if self.registered.val() {
            self.target.next = self.row_slot.val();
        }
        self.row_word.next = self.row.q.val() >> self.word_bits.val();
        // A chain may be cyclic. The walk ends when it could have visited every row.
        self.chain_ends.next = self.scan.q.val().all();
        self.sets.d.next = self.enabled.val();
        self.goes_on.d.next = self.has_next.val() & !self.chain_ends.val();
        self.next_read.next = self
            .links
            .read_data
            .val()
            .get_bits::<RB>(self.next_place.val().index());
        self.next_now.d.next = self.next_read.val();
        self.next_row.next = self.next_read.val();
        if self.registered.val() {
            self.next_row.next = self.next_now.q.val();
        }
        self.place.next = (bit_cast::<XB, 4>(self.target.val()) << self.slot_shift.val())
            | bit_cast::<XB, RB>(self.row_word.val());
        self.wheel.address.next = self.scan_word.val();
        self.wheel.mark.next = self.marking.q.val();
        self.wheel.mark_bit.next = self.mark_bit.q.val();
        self.marking.d.next = false;
        self.mark_bit.d.next = self.row.q.val().get_bits::<WWB>(0);
        self.pending.take.next = self.take.val() | self.is_take.val();
        self.reported.next = !self.reporting.q.val() | self.spike_taken.val();
        self.spike.next = false;
        self.routed.next = false;
        self.wheel.forget.next = false;
        self.wheel.slot.next = self.slot.val();

        match self.state.q.val() {
            RouterState::Idle => {
                if self.host.val() {
                    self.row.d.next = self.host_index.val().get_bits::<RB>(0);
                    self.scan.d.next = self.host_index.val().get_bits::<SB>(0);
                }
                if self.route.val() {
                    self.row.d.next = self.route_row.val();
                    self.scan.d.next = 0.into();
                    self.state.d.next = RouterState::Look;
                }
                if self.block.val() {
                    self.report.d.next = self.block_report.val();
                    self.origin.d.next =
                        self.inputs.val() + bit_cast::<RB, NB>(self.block_first.val());
                    self.state.d.next = RouterState::Take;
                }
                if self.deliver.val() {
                    self.scan.d.next = bit_cast::<SB, XB>(self.slot_word.val());
                    self.scanning.d.next = true;
                    self.wheel.forget.next = true;
                    self.state.d.next = RouterState::Scan;
                }
                if self.sweep.val() {
                    self.scan.d.next = 0.into();
                    self.scanning.d.next = true;
                    self.wheel.reset.next = true;
                    self.state.d.next = RouterState::Sweep;
                }
            }
            RouterState::Scan => {
                if self.drained.val() {
                    self.state.d.next = RouterState::Idle;
                }
            }
            RouterState::Sweep => {
                if !self.scanning.q.val() {
                    self.state.d.next = RouterState::Idle;
                }
            }
            RouterState::Take => {
                self.row.d.next = self.found.val();
                self.scan.d.next = 0.into();
                if !self.registered.val() {
                    self.reporting.d.next = self
                        .report
                        .q
                        .val()
                        .get_bit(self.pending.index.val().index());
                }
                self.picked.d.next = self.report.q.val() & self.pending.lowest.val();
                self.state.d.next = RouterState::Look;
            }
            RouterState::Look => {
                if self.registered.val() {
                    self.reporting.d.next = self.picked.q.val().any();
                    self.picked.d.next = 0.into();
                    self.state.d.next = RouterState::Due;
                } else {
                    self.spike.next = self.reporting.q.val();
                    if self.reported.val() {
                        self.reporting.d.next = false;
                        self.state.d.next = RouterState::Due;
                    }
                }
            }
            RouterState::Due => {
                if self.registered.val() {
                    self.spike.next = self.reporting.q.val();
                    if self.reported.val() {
                        self.reporting.d.next = false;
                        self.state.d.next = RouterState::Place;
                    }
                } else {
                    self.state.d.next = RouterState::Place;
                }
            }
            RouterState::Place => {
                self.wheel.address.next = self.place.val();
                self.marking.d.next = self.sets.q.val();
                self.routed.next = self.sets.q.val();
                if self.goes_on.q.val() {
                    self.row.d.next = self.next_row.val();
                    self.state.d.next = RouterState::Look;
                } else if self.pending.any.val() {
                    self.state.d.next = RouterState::Take;
                } else {
                    self.state.d.next = RouterState::Idle;
                }
            }
            _ => {
                self.state.d.next = RouterState::Idle;
            }
        }
        if self.reset.val() {
            self.state.d.next = RouterState::Idle;
            self.scanning.d.next = false;
            self.word_valid.d.next = false;
            self.row_found.d.next = false;
            self.row_read.d.next = false;
            self.reporting.d.next = false;
            self.picked.d.next = 0.into();
            self.marking.d.next = false;
        }

        self.wheel.write.next = self.write_wheel.val();
        self.wheel.write_address.next = self.host_index.val().get_bits::<XB>(0);
        self.wheel.write_data.next = self.host_data.val().get_bits::<WW>(0);

        self.id.next = self.row.q.val() - self.inputs.val();
        self.spike_id.next = self.id.val().get_bits::<NB>(0);
        if self.link_free.val() {
            self.row_shown.d.next = self.row.q.val();
        }
        self.row_number.next = self.row_shown.q.val();
        self.row_valid.next = self.row_read.q.val();
        self.row_enabled.next = self.enabled.val();
        self.first_word.next = self.bodies.read_data.val().get_bits::<WB>(0);
        self.exponent.next = self
            .bodies
            .read_data
            .val()
            .get_bits::<3>(self.exponent_place.val().index());
        self.first_target.next = self.links.read_data.val().get_bits::<TB>(0);
        self.last_offset.next = self
            .links
            .read_data
            .val()
            .get_bits::<TB>(self.offset_place.val().index());
        self.due.next = self.wheel.due.val();
        self.busy.next = self.state.q.val() != RouterState::Idle;
        self.body_near.given.next = self.bodies.read_data.val();
        self.link_near.given.next = self.links.read_data.val();
        self.wheel_near.given.next = self.wheel.word.val();
        self.body_shown.next = self.body_near.taken.val();
        self.link_shown.next = self.link_near.taken.val();
        self.wheel_shown.next = self.wheel_near.taken.val();
    }
}
