//! Records which plastic rows were delivered in this tick, in words of one bit per row.

use rust_hdl::prelude::*;

/// 2^`RB` rows in groups of `WW` = 2^`WWB`; 2^`GB` groups. Rows come in ascending order, and a
/// group is written when a row of another group comes.
#[derive(Clone, Debug, LogicBlock)]
pub struct Arrivals<const RB: usize, const GB: usize, const WW: usize, const WWB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Forget everything.
    pub reset: Signal<In, Bit>,
    /// The row that is delivered.
    pub row: Signal<In, Bits<RB>>,
    /// Remember `row`.
    pub add: Signal<In, Bit>,
    /// Rows of another group than that of `row` have to be written first.
    pub clash: Signal<Out, Bit>,
    /// Rows are remembered.
    pub any: Signal<Out, Bit>,
    /// The group of these rows.
    pub group: Signal<Out, Bits<GB>>,
    /// One bit for each row of the group: it was delivered.
    pub bits: Signal<Out, Bits<WW>>,
    /// These rows have been recorded.
    pub written: Signal<In, Bit>,

    one: Constant<Bits<WW>>,
    group_shift: Constant<Bits<RB>>,
    number: DFF<Bits<GB>>,
    set: DFF<Bits<WW>>,
    /// At least one bit of the set is 1.
    some: DFF<Bit>,
    row_group: Signal<Local, Bits<GB>>,
    same: Signal<Local, Bit>,
    hot: Signal<Local, Bits<WW>>,
    place: Signal<Local, Bits<WWB>>,
}

impl<const RB: usize, const GB: usize, const WW: usize, const WWB: usize> Default
    for Arrivals<RB, GB, WW, WWB>
{
    fn default() -> Self {
        Self {
            clock: Default::default(),
            reset: Default::default(),
            row: Default::default(),
            add: Default::default(),
            clash: Default::default(),
            any: Default::default(),
            group: Default::default(),
            bits: Default::default(),
            written: Default::default(),
            one: Constant::new(1.into()),
            group_shift: Constant::new((WWB as u64).into()),
            number: Default::default(),
            set: Default::default(),
            row_group: Default::default(),
            same: Default::default(),
            some: Default::default(),
            hot: Default::default(),
            place: Default::default(),
        }
    }
}

impl<const RB: usize, const GB: usize, const WW: usize, const WWB: usize> Logic
    for Arrivals<RB, GB, WW, WWB>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, number, set, some);
        self.row_group.next = bit_cast::<GB, RB>(self.row.val() >> self.group_shift.val());
        self.place.next = self.row.val().get_bits::<WWB>(0);
        self.hot.next = self.one.val() << bit_cast::<WW, WWB>(self.place.val());
        self.same.next = self.row_group.val() == self.number.q.val();
        self.clash.next = self.some.q.val() & !self.same.val();
        if self.written.val() {
            self.set.d.next = 0.into();
            self.some.d.next = false;
        }
        if self.add.val() {
            self.number.d.next = self.row_group.val();
            self.set.d.next = self.set.q.val() | self.hot.val();
            self.some.d.next = true;
        }
        if self.reset.val() {
            self.set.d.next = 0.into();
            self.some.d.next = false;
        }
        self.any.next = self.some.q.val();
        self.group.next = self.number.q.val();
        self.bits.next = self.set.q.val();
    }
}
