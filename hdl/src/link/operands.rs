//! The operands of a request: region, index and count, and the element that is being moved.
//!
//! Bytes of the request move through one 32-bit word, the lowest first, so that four consecutive
//! bytes are in the right order. Index and count are added and checked one byte at a time on their
//! way through the word:
//!
//! ```text
//!           word: top ... low            then
//! step 0    count0 index2 index1 index0  bound0 = count0 + index0 <= elements0 ?
//! step 1    count1 count0 index2 index1  bound1 = ...
//! step 2    count2 count1 count0 index2
//! after     0      count2 count1 count0
//! ```
//!
//! Later the same word carries an element to the core, or an element from the core to the response.
//! STREAM has no index and uses the index register to measure its waiting time.

use rust_hdl::prelude::*;
use spec::CoreConfig;
use spec::regions::Region;

use super::region_sizes::RegionSizes;

/// Registers of a request and the arithmetic on them.
#[derive(Clone, Debug, LogicBlock)]
pub struct Operands {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Region of the request.
    pub region: Signal<In, Bits<5>>,

    /// A byte of the request.
    pub data: Signal<In, Bits<8>>,
    /// Strobe: shifts the word down by one byte; the byte of the request enters at the top.
    pub shift: Signal<In, Bit>,
    /// Level: a zero enters instead.
    pub enter_zero: Signal<In, Bit>,
    /// Level: the byte that leaves enters instead.
    pub enter_low: Signal<In, Bit>,
    /// Strobe: takes an element from the core into the word.
    pub load_element: Signal<In, Bit>,
    /// The element from the core.
    pub element: Signal<In, Bits<32>>,
    /// Strobe: takes the tick number into the word.
    pub load_tick: Signal<In, Bit>,
    /// The tick number.
    pub tick: Signal<In, Bits<32>>,
    /// The word.
    pub word: Signal<Out, Bits<32>>,

    /// Strobe: begins a range check.
    pub clear: Signal<In, Bit>,
    /// Strobe: adds and checks a byte, together with `shift`.
    pub check: Signal<In, Bit>,
    /// Which byte, 0..=2.
    pub lane: Signal<In, Bits<2>>,
    /// Level: index and count are within the region; after the last `check`.
    pub in_range: Signal<Out, Bit>,
    /// Bytes of an element, less 1.
    pub last_byte: Signal<Out, Bits<2>>,
    /// Strobe: adds the word's lowest byte to `length`.
    pub accumulate: Signal<In, Bit>,
    /// 8 + what was accumulated since `clear`; holds up to 1028.
    pub length: Signal<Out, Bits<11>>,

    /// Strobe: sets the index to 0.
    pub index_clear: Signal<In, Bit>,
    /// Strobe: steps to the next index.
    pub index_next: Signal<In, Bit>,
    /// Index of the element; the number of cycles since `index_clear` if stepped in every cycle.
    pub index: Signal<Out, Bits<24>>,
    /// Level: the index is past the last element of the request.
    pub at_bound: Signal<Out, Bit>,
    /// Level: the time in the word's highest byte, in units of 2^14 cycles, has passed.
    pub elapsed: Signal<Out, Bit>,

    layout: RegionSizes,
    word_now: DFF<Bits<32>>,
    index_now: DFF<Bits<24>>,
    /// Complement of the index after the last, a byte each.
    not_bound0: DFF<Bits<8>>,
    not_bound1: DFF<Bits<8>>,
    not_bound2: DFF<Bits<8>>,
    not_bound: Signal<Local, Bits<24>>,
    /// Bits that no index of the config has.
    beyond: Constant<Bits<24>>,
    total: DFF<Bits<11>>,
    carry: DFF<Bit>,
    fits: DFF<Bit>,
    some: DFF<Bit>,
    low: Signal<Local, Bits<8>>,
    entering: Signal<Local, Bits<8>>,
    moved: Signal<Local, Bits<32>>,
    stride: Signal<Local, Bits<24>>,
    high: Signal<Local, Bits<8>>,
    sum_left: Signal<Local, Bits<10>>,
    sum_right: Signal<Local, Bits<10>>,
    sum: Signal<Local, Bits<10>>,
    sum_byte: Signal<Local, Bits<8>>,
    over_left: Signal<Local, Bits<10>>,
    over_right: Signal<Local, Bits<10>>,
    over: Signal<Local, Bits<10>>,
    inverted: Signal<Local, Bits<8>>,
    patience: Signal<Local, Bits<8>>,
}

impl Operands {
    /// The operands of requests to a core.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let most = Region::of(config).map(|region| region.layout(config).elements);
        let indices = u64::MAX >> u64::from(most.max().unwrap_or_default()).leading_zeros();
        Self {
            clock: Default::default(),
            region: Default::default(),
            data: Default::default(),
            shift: Default::default(),
            enter_zero: Default::default(),
            enter_low: Default::default(),
            load_element: Default::default(),
            element: Default::default(),
            load_tick: Default::default(),
            tick: Default::default(),
            word: Default::default(),
            clear: Default::default(),
            check: Default::default(),
            lane: Default::default(),
            in_range: Default::default(),
            last_byte: Default::default(),
            accumulate: Default::default(),
            length: Default::default(),
            index_clear: Default::default(),
            index_next: Default::default(),
            index: Default::default(),
            at_bound: Default::default(),
            elapsed: Default::default(),
            layout: RegionSizes::new(config),
            word_now: Default::default(),
            index_now: Default::default(),
            not_bound0: Default::default(),
            not_bound1: Default::default(),
            not_bound2: Default::default(),
            not_bound: Default::default(),
            beyond: Constant::new((!indices & 0xff_ffff).into()),
            total: Default::default(),
            carry: Default::default(),
            fits: Default::default(),
            some: Default::default(),
            low: Default::default(),
            entering: Default::default(),
            moved: Default::default(),
            stride: Default::default(),
            high: Default::default(),
            sum_left: Default::default(),
            sum_right: Default::default(),
            sum: Default::default(),
            sum_byte: Default::default(),
            over_left: Default::default(),
            over_right: Default::default(),
            over: Default::default(),
            inverted: Default::default(),
            patience: Default::default(),
        }
    }
}

impl Default for Operands {
    fn default() -> Self {
        Self::new(CoreConfig::tiny())
    }
}

impl Logic for Operands {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self, clock, word_now, index_now, not_bound0, not_bound1, not_bound2, total, carry,
            fits, some
        );
        self.layout.region.next = self.region.val();
        self.layout.lane.next = self.lane.val();
        self.last_byte.next = self.layout.last_byte.val();

        self.word.next = self.word_now.q.val();
        self.low.next = self.word_now.q.val().get_bits::<8>(0);
        self.high.next = self.word_now.q.val().get_bits::<8>(24);
        self.entering.next = self.data.val();
        if self.enter_zero.val() {
            self.entering.next = 0.into();
        }
        if self.enter_low.val() {
            self.entering.next = self.low.val();
        }
        self.moved.next =
            (self.word_now.q.val() >> 8) | (bit_cast::<32, 8>(self.entering.val()) << 24);
        if self.shift.val() {
            self.word_now.d.next = self.moved.val();
        }
        if self.load_element.val() {
            self.word_now.d.next = self.element.val();
        }
        if self.load_tick.val() {
            self.word_now.d.next = self.tick.val();
        }

        // A carry enters through an additional bit at the bottom: 1 + carry overflows if the carry
        // is set.
        self.sum_left.next = (bit_cast::<10, 8>(self.high.val()) << 1) | 1;
        self.sum_right.next =
            (bit_cast::<10, 8>(self.low.val()) << 1) | bit_cast::<10, 1>(self.carry.q.val().into());
        self.sum.next = self.sum_left.val() + self.sum_right.val();
        self.sum_byte.next = self.sum.val().get_bits::<8>(1);
        // elements - sum has no borrow as long as the sum fits.
        self.inverted.next = self.sum_byte.val() ^ 0xff;
        self.over_left.next = (bit_cast::<10, 8>(self.layout.elements.val()) << 1) | 1;
        self.over_right.next = (bit_cast::<10, 8>(self.inverted.val()) << 1)
            | bit_cast::<10, 1>(self.fits.q.val().into());
        self.over.next = self.over_left.val() + self.over_right.val();
        if self.check.val() {
            if self.lane.val() == 0 {
                self.not_bound0.d.next = self.inverted.val();
            } else if self.lane.val() == 1 {
                self.not_bound1.d.next = self.inverted.val();
            } else {
                self.not_bound2.d.next = self.inverted.val();
            }
            self.carry.d.next = self.sum.val().get_bit(9);
            self.fits.d.next = self.over.val().get_bit(9);
            self.some.d.next = self.some.q.val() | self.high.val().any();
        }
        self.in_range.next = self.some.q.val() & self.fits.q.val() & !self.carry.q.val();

        self.length.next = self.total.q.val();
        if self.accumulate.val() {
            self.total.d.next = self.total.q.val() + bit_cast::<11, 8>(self.low.val());
        }
        if self.clear.val() {
            self.carry.d.next = false;
            self.fits.d.next = true;
            self.some.d.next = false;
            self.total.d.next = 8.into();
        }

        self.index.next = self.index_now.q.val();
        // Stepping by minus (minus one), and by zero while bytes move in, lets the synthesiser put
        // sum and selection into one cell.
        self.stride.next = 0xff_ffff.into();
        if self.check.val() {
            self.stride.next = 0.into();
        }
        if self.index_next.val() | self.check.val() {
            self.index_now.d.next = self.index_now.q.val() - self.stride.val();
            if self.check.val() {
                self.index_now.d.next =
                    (self.index_now.q.val() >> 8) | (bit_cast::<24, 8>(self.low.val()) << 16);
            }
        }
        if self.index_clear.val() {
            self.index_now.d.next = 0.into();
        }
        self.not_bound.next = bit_cast::<24, 8>(self.not_bound0.q.val())
            | (bit_cast::<24, 8>(self.not_bound1.q.val()) << 8)
            | (bit_cast::<24, 8>(self.not_bound2.q.val()) << 16);
        self.at_bound.next =
            ((self.index_now.q.val() ^ self.not_bound.val()) | self.beyond.val()).all();
        self.patience.next = self.index_now.q.val().get_bits::<8>(14);
        self.elapsed.next = self.patience.val() == self.high.val();
    }
}
