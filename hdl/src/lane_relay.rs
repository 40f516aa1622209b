//! Pipeline registers between the core and its lanes.

use rust_hdl::prelude::*;

/// Lanes that share the first register.
pub const GROUP: usize = 8;

/// The part of one lane in a tree of registers that brings `given` to all of them.
///
/// The lanes of a wide core are spread over the whole chip, because its block RAM is: no signal
/// crosses the chip in one cycle. Where reads are registered, a value reaches a register of each
/// group of [`GROUP`] lanes in one cycle, and a register of each lane in the next cycle. Elsewhere
/// it arrives at once.
///
/// The first lane of a group has the group's register and passes its value on through `shared` and
/// `above`, from each lane to the previous one. Registers of different lanes are equal, and the
/// Verilog has an attribute that keeps synthesis from merging them.
#[derive(Clone, Debug, LogicBlock)]
pub struct LaneRelay<T: Synth> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// What the core gives to all lanes.
    pub given: Signal<In, T>,
    /// `shared` of the lane after this one.
    pub above: Signal<In, T>,
    /// The group's register.
    pub shared: Signal<Out, T>,
    /// What this lane takes: `given`, two cycles later or at once.
    pub taken: Signal<Out, T>,
    _place: Place,
    _near: T,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Direct,
    First,
    Other,
}

impl<T: Synth> LaneRelay<T> {
    /// The relay of lane `number` of `lanes`; with registers if `registered`.
    #[must_use]
    pub fn new(number: usize, lanes: usize, registered: bool) -> Self {
        let first = number % GROUP == GROUP - 1 || number + 1 == lanes;
        Self {
            clock: Default::default(),
            given: Default::default(),
            above: Default::default(),
            shared: Default::default(),
            taken: Default::default(),
            _place: match (registered, first) {
                (false, _) => Place::Direct,
                (true, true) => Place::First,
                (true, false) => Place::Other,
            },
            _near: T::default(),
        }
    }
}

impl<T: Synth> Logic for LaneRelay<T> {
    fn update(&mut self) {
        if self._place == Place::Direct {
            self.shared.next = self.given.val();
            self.taken.next = self.given.val();
            return;
        }
        if self.clock.pos_edge() {
            self.taken.next = self.shared.val();
            self._near = self.given.val();
        }
        self.shared.next = match self._place {
            Place::Other => self.above.val(),
            _ => self._near,
        };
    }

    fn connect(&mut self) {
        self.shared.connect();
        self.taken.connect();
    }

    fn hdl(&self) -> Verilog {
        if self._place == Place::Direct {
            let text = "always @(*) begin\n   shared = given;\n   taken = given;\nend\n";
            return Verilog::Custom(text.to_owned() + &unused(&["clock", "above"]));
        }
        let (shared, idle) = match self._place {
            Place::Other => ("always @(*) shared = above;\n", "given"),
            _ => (
                "initial shared = 0;\n(* keep *) always @(posedge clock) shared <= given;\n",
                "above",
            ),
        };
        let own = "initial taken = 0;\n(* keep *) always @(posedge clock) taken <= shared;\n";
        Verilog::Custom(format!("{shared}{own}{}", unused(&[idle])))
    }
}

/// Verilog that marks inputs as intentionally unused, so that lint reports only other unused
/// inputs.
pub(crate) fn unused(inputs: &[&str]) -> String {
    match inputs {
        [] => String::new(),
        _ => format!("wire unused = &{{1'b0, {}}};\n", inputs.join(", ")),
    }
}
