//! Elaborates a router with the sizes of a core.

use rust_hdl::prelude::*;
use spec::CoreConfig;
use spec::elements::{RowBody, RowLink};
use spec::regs::Field;
use widths::widths;

use super::Router;
use crate::pipeline_register::PipelineRegister;
use crate::wheel::Wheel;

#[widths]
impl<RouterWidths> Router<RouterWidths> {
    /// The router of `config`: the rows of neuron n begin at row `inputs` + n.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let registered = config.build.registered_reads;
        let (body, link) = (RowBody::of(config), RowLink::of(config));
        let place = |field: Field| Constant::new(u64::from(field.at).into());
        Self {
            clock: Default::default(),
            reset: Default::default(),
            slot: Default::default(),
            due: Default::default(),
            busy: Default::default(),
            deliver: Default::default(),
            sweep: Default::default(),
            route: Default::default(),
            route_row: Default::default(),
            block: Default::default(),
            block_first: Default::default(),
            block_fired: Default::default(),
            block_report: Default::default(),
            row_valid: Default::default(),
            row_number: Default::default(),
            row_enabled: Default::default(),
            row_ready: Default::default(),
            first_word: Default::default(),
            exponent: Default::default(),
            first_target: Default::default(),
            last_offset: Default::default(),
            spike: Default::default(),
            spike_id: Default::default(),
            spike_taken: Default::default(),
            routed: Default::default(),
            host: Default::default(),
            host_index: Default::default(),
            host_data: Default::default(),
            write_body: Default::default(),
            write_link: Default::default(),
            write_wheel: Default::default(),
            body_shown: Default::default(),
            link_shown: Default::default(),
            wheel_shown: Default::default(),
            inputs: Constant::new((config.inputs() as u64).into()),
            word_bits: Constant::new((WWB as u64).into()),
            row_word_mask: Constant::new(((1_u64 << (XB - 4)) - 1).into()),
            slot_shift: Constant::new((XB as u64 - 4).into()),
            exponent_place: place(body.exponent),
            delay_place: place(body.delay),
            offset_place: place(link.last_offset),
            enabled_place: place(link.enabled),
            next_place: place(link.next),
            has_next_place: place(link.has_next),
            registered: Constant::new(registered),
            wheel: Wheel::new(registered),
            pending: Default::default(),
            bodies: Default::default(),
            links: Default::default(),
            state: Default::default(),
            scan: Default::default(),
            scanning: Default::default(),
            word_valid: Default::default(),
            origin: Default::default(),
            report: Default::default(),
            row: Default::default(),
            row_found: Default::default(),
            row_read: Default::default(),
            row_shown: Default::default(),
            reporting: Default::default(),
            picked: Default::default(),
            marking: Default::default(),
            mark_bit: Default::default(),
            enabled: Default::default(),
            has_next: Default::default(),
            is_scan: Default::default(),
            is_sweep: Default::default(),
            is_take: Default::default(),
            link_free: Default::default(),
            row_free: Default::default(),
            take: Default::default(),
            load_word: Default::default(),
            consume: Default::default(),
            step: Default::default(),
            scan_word: Default::default(),
            scan_end: Default::default(),
            chain_ends: Default::default(),
            is_place: Default::default(),
            found: Default::default(),
            shown_row: Default::default(),
            slot_word: Default::default(),
            body: Default::default(),
            row_slot: Default::default(),
            target: Default::default(),
            reported: Default::default(),
            target_slot: Default::default(),
            sets: Default::default(),
            goes_on: Default::default(),
            next_now: Default::default(),
            body_near: PipelineRegister::new(registered),
            link_near: PipelineRegister::new(registered),
            wheel_near: PipelineRegister::new(registered),
            next_read: Default::default(),
            next_row: Default::default(),
            row_word: Default::default(),
            place: Default::default(),
            id: Default::default(),
            drained: Default::default(),
        }
    }
}
