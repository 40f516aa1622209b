//! Gives parallel access to all fields of a rule, for chips with more block RAM than flip-flops.

use rust_hdl::prelude::*;

use crate::memory::Ram;

/// Five copies of the rules' elements, one for each element that is needed at the same time. A
/// write of the host goes into all copies.
///
/// # Timing
/// The outputs belong to the rule and the part that were requested in the previous cycle.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct RuleMemory {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Write an element.
    pub write: Signal<In, Bit>,
    /// Its place: eight times the rule, and its number.
    pub place: Signal<In, Bits<5>>,
    /// The element.
    pub data: Signal<In, Bits<16>>,
    /// A rule.
    pub rule: Signal<In, Bits<2>>,
    /// The part of a row at the end of the tick.
    pub is_row: Signal<In, Bit>,
    /// The part of a neuron.
    pub is_neuron: Signal<In, Bit>,
    /// The decay of the trace is to be multiplied.
    pub decays_trace: Signal<In, Bit>,
    /// The decay of the steps is to be multiplied.
    pub decays_steps: Signal<In, Bit>,
    /// Element 0 of a row, 1 of a neuron.
    pub window: Signal<Out, Bits<16>>,
    /// The factor of the multiplier: element 2 for a row, otherwise element 3; if it is a decay
    /// factor, `window` or element 6.
    pub scale: Signal<Out, Bits<16>>,
    /// Element 4.
    pub bounds: Signal<Out, Bits<16>>,
    /// Element 5.
    pub steps: Signal<Out, Bits<16>>,
    /// Element 7.
    pub flags: Signal<Out, Bits<16>>,

    windows: Ram<16, 5>,
    scales: Ram<16, 5>,
    all_bounds: Ram<16, 5>,
    all_steps: Ram<16, 5>,
    all_flags: Ram<16, 5>,
    first: Signal<Local, Bits<5>>,
}

impl Logic for RuleMemory {
    #[hdl_gen]
    fn update(&mut self) {
        clock!(
            self, clock, windows, scales, all_bounds, all_steps, all_flags
        );
        self.first.next = bit_cast::<5, 2>(self.rule.val()) << 3;
        self.windows.read_address.next = self.first.val();
        if self.is_neuron.val() {
            self.windows.read_address.next = self.first.val() | 1;
        }
        self.scales.read_address.next = self.first.val() | 3;
        if self.is_row.val() {
            self.scales.read_address.next = self.first.val() | 2;
        }
        if self.decays_trace.val() {
            self.scales.read_address.next = self.first.val();
            if self.is_neuron.val() {
                self.scales.read_address.next = self.first.val() | 1;
            }
        }
        if self.decays_steps.val() {
            self.scales.read_address.next = self.first.val() | 6;
        }
        self.all_bounds.read_address.next = self.first.val() | 4;
        self.all_steps.read_address.next = self.first.val() | 5;
        self.all_flags.read_address.next = self.first.val() | 7;

        self.windows.read_enable.next = true;
        self.scales.read_enable.next = true;
        self.all_bounds.read_enable.next = true;
        self.all_steps.read_enable.next = true;
        self.all_flags.read_enable.next = true;
        self.windows.write_enable.next = self.write.val();
        self.scales.write_enable.next = self.write.val();
        self.all_bounds.write_enable.next = self.write.val();
        self.all_steps.write_enable.next = self.write.val();
        self.all_flags.write_enable.next = self.write.val();
        self.windows.write_address.next = self.place.val();
        self.scales.write_address.next = self.place.val();
        self.all_bounds.write_address.next = self.place.val();
        self.all_steps.write_address.next = self.place.val();
        self.all_flags.write_address.next = self.place.val();
        self.windows.write_data.next = self.data.val();
        self.scales.write_data.next = self.data.val();
        self.all_bounds.write_data.next = self.data.val();
        self.all_steps.write_data.next = self.data.val();
        self.all_flags.write_data.next = self.data.val();

        self.window.next = self.windows.read_data.val();
        self.scale.next = self.scales.read_data.val();
        self.bounds.next = self.all_bounds.read_data.val();
        self.steps.next = self.all_steps.read_data.val();
        self.flags.next = self.all_flags.read_data.val();
    }
}
