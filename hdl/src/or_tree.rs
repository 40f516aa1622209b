//! Combines the outputs of the lanes on their way back to the core.

use rust_hdl::prelude::*;

use crate::lane_relay::{GROUP, unused};

/// The part of one lane in the OR of what all lanes show: all but one show zero.
///
/// Each lane passes its OR to the previous lane through `near`; lane 0 has the OR of all lanes in
/// `far`. Where reads are registered, the lanes of a group of [`GROUP`] are combined in a register,
/// and `far` is the OR of these registers, one cycle later.
#[derive(Clone, Debug, LogicBlock)]
pub struct OrTree<const W: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// What this lane shows, or zero.
    pub own: Signal<In, Bits<W>>,
    /// `near` of the lane after this one.
    pub near_above: Signal<In, Bits<W>>,
    /// The OR of this lane and the lanes after it within the same group.
    pub near: Signal<Out, Bits<W>>,
    /// `far` of the lane after this one.
    pub far_above: Signal<In, Bits<W>>,
    /// The OR of the registers of this lane's group and of those after it.
    pub far: Signal<Out, Bits<W>>,
    _number: usize,
    _registered: bool,
    _kept: Bits<W>,
}

impl<const W: usize> OrTree<W> {
    /// The part of lane `number`; with one register per group if `registered`.
    #[must_use]
    pub fn new(number: usize, registered: bool) -> Self {
        Self {
            clock: Default::default(),
            own: Default::default(),
            near_above: Default::default(),
            near: Default::default(),
            far_above: Default::default(),
            far: Default::default(),
            _number: number,
            _registered: registered,
            _kept: Default::default(),
        }
    }

    fn ends_group(&self) -> bool {
        self._number.is_multiple_of(GROUP)
    }

    fn begins_group(&self) -> bool {
        self._number % GROUP == GROUP - 1
    }
}

impl<const W: usize> Logic for OrTree<W> {
    fn update(&mut self) {
        let above = match self._registered && self.begins_group() {
            true => Bits::default(),
            false => self.near_above.val(),
        };
        let near = above | self.own.val();
        self.near.next = near;
        if self.clock.pos_edge() {
            self._kept = near;
        }
        self.far.next = match (self._registered, self.ends_group()) {
            (false, _) => near,
            (true, true) => self.far_above.val() | self._kept,
            (true, false) => self.far_above.val(),
        };
    }

    fn connect(&mut self) {
        self.near.connect();
        self.far.connect();
    }

    fn hdl(&self) -> Verilog {
        let mut idle = Vec::new();
        let near = match self._registered && self.begins_group() {
            true => {
                idle.push("near_above");
                "always @(*) near = own;\n"
            }
            false => "always @(*) near = near_above | own;\n",
        };
        let far = match (self._registered, self.ends_group()) {
            (false, _) => {
                idle.extend(["clock", "far_above"]);
                "always @(*) far = near;\n".to_owned()
            }
            (true, true) => format!(
                "reg [{}:0] kept;\ninitial kept = 0;\n\
                 always @(posedge clock) kept <= near;\n\
                 always @(*) far = far_above | kept;\n",
                W - 1
            ),
            (true, false) => {
                idle.push("clock");
                "always @(*) far = far_above;\n".to_owned()
            }
        };
        Verilog::Custom(format!("{near}{far}{}", unused(&idle)))
    }
}
