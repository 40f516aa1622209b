//! The random numbers: which key and which place they are made from, and when.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;
use spec::keyed::GROUP;

use super::noise::NUMBERS;
use super::{Noise, RandomNumber, Step};
use crate::optional::Optional;

/// `P` lanes, 2^`RB` rows, 2^`TB` target words; `PN` = 18 * `P`. What the numbers are stands in
/// `docs/model.md`.
///
/// The key is that of the tick when an item begins, and becomes the item's. Then numbers are made under
/// it: of the words of a row, of a trace, of an adaptation. All of it is done in cycles in which the
/// row or neuron is looked at anyway.
///
/// # Timing
/// | cycle | what happens |
/// |---|---|
/// | the end of `Deliver`, `Idle`; `Fetch` 0 | the key becomes the tick's |
/// | before `Row`; `Fetch` 1 | the item's place is entered |
/// | `Row`; `Fetch` 2 | first pass |
/// | the first of `Deliver`; `Fetch` 3 | second pass; the key becomes the item's |
/// | before T0 of a word; `Decide` or the end of `Potentiate`; `Change` | a number's place is entered |
/// | T0; `Bump`; `Adapt` | first pass |
/// | T1; the last cycle of `Decay`; of `Relax` | second pass |
/// | T2; `Decayed`; `Relaxed` | the number is there |
#[derive(Clone, Debug, LogicBlock)]
pub struct Generator<const P: usize, const PN: usize, const RB: usize, const TB: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Set the seed.
    pub write: Signal<In, Bit>,
    /// The new seed.
    pub write_data: Signal<In, Bits<32>>,
    /// The seed.
    pub seed: Signal<Out, Bits<32>>,
    /// The tick under way.
    pub tick: Signal<In, Bits<32>>,
    /// What the unit does.
    pub step: Signal<In, Step>,
    /// The cycle within it.
    pub count: Signal<In, Bits<4>>,
    /// The row that waits begins to be delivered.
    pub arrives: Signal<In, Bit>,
    /// A product is ready, for which a number is needed.
    pub draw: Signal<In, Bit>,
    /// The cycle is a word's second.
    pub odd: Signal<In, Bit>,
    /// The row that waits.
    pub row: Signal<In, Bits<RB>>,
    /// The row or neuron of the sweep.
    pub item: Signal<In, Bits<RB>>,
    /// The item is a neuron.
    pub neuron: Signal<In, Bit>,
    /// Words of a row are on their way.
    pub words_busy: Signal<In, Bit>,
    /// The cycle before T0: the target word.
    pub target: Signal<In, Bits<TB>>,
    /// T1: the target word.
    pub changed: Signal<In, Bits<TB>>,
    /// Magnitude of the reward.
    pub reward: Signal<In, Bits<9>>,
    /// T2: random bits of each lane.
    pub noise: Signal<Out, Bits<PN>>,
    /// T2: the lanes whose weights may change.
    pub pass: Signal<Out, Bits<P>>,
    /// Random bits to round a trace by.
    pub fraction: Signal<Out, Bits<12>>,

    offset: Constant<Bits<32>>,
    lanes_up: Constant<Bits<6>>,
    words_down: Constant<Bits<6>>,
    seed_now: DFF<Bits<32>>,
    key: DFF<Bits<32>>,
    quarters: Constant<Bit>,
    halves: Constant<Bit>,
    /// The second pass of an item is next.
    item_second: DFF<Bit>,
    number: [Optional<RandomNumber>; 4],
    lanes: Noise<P, PN>,
    tick_0: Signal<Local, Bits<32>>,
    tick_1: Signal<Local, Bits<32>>,
    tick_2: Signal<Local, Bits<32>>,
    tick_3: Signal<Local, Bits<32>>,
    tick_4: Signal<Local, Bits<32>>,
    index: Signal<Local, Bits<32>>,
    kind: Signal<Local, Bits<32>>,
    lowest: Signal<Local, Bits<8>>,
    second_byte: Signal<Local, Bits<8>>,
    place: Signal<Local, Bits<32>>,
    first: Signal<Local, Bit>,
    run: Signal<Local, Bit>,
    take: Signal<Local, Bit>,
    of_tick: Signal<Local, Bit>,
    item_first: Signal<Local, Bit>,
    in_words: Signal<Local, Bit>,
    of_word: Signal<Local, Bits<32>>,
}

impl<const P: usize, const PN: usize, const RB: usize, const TB: usize> Generator<P, PN, RB, TB> {
    /// That of a config.
    ///
    /// # Panics
    /// When a word has more lanes than there are numbers for.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let group_log2 = GROUP.ilog2();
        let used = P.div_ceil(GROUP as usize);
        assert!(!config.learning || used <= NUMBERS, "lanes that learn");
        Self {
            clock: Default::default(),
            write: Default::default(),
            write_data: Default::default(),
            seed: Default::default(),
            tick: Default::default(),
            step: Default::default(),
            count: Default::default(),
            arrives: Default::default(),
            draw: Default::default(),
            odd: Default::default(),
            row: Default::default(),
            item: Default::default(),
            neuron: Default::default(),
            words_busy: Default::default(),
            target: Default::default(),
            changed: Default::default(),
            reward: Default::default(),
            noise: Default::default(),
            pass: Default::default(),
            fraction: Default::default(),
            offset: Constant::new(u64::from(spec::keyed::OFFSET).into()),
            lanes_up: Constant::new(u64::from(config.lanes_log2.saturating_sub(group_log2)).into()),
            words_down: Constant::new(
                u64::from(group_log2.saturating_sub(config.lanes_log2)).into(),
            ),
            seed_now: Default::default(),
            key: Default::default(),
            quarters: Constant::new(P == 1),
            halves: Constant::new(P == 2),
            item_second: Default::default(),
            number: std::array::from_fn(|at| Optional::new(RandomNumber::new(at), at < used)),
            lanes: Default::default(),
            tick_0: Default::default(),
            tick_1: Default::default(),
            tick_2: Default::default(),
            tick_3: Default::default(),
            tick_4: Default::default(),
            index: Default::default(),
            kind: Default::default(),
            lowest: Default::default(),
            second_byte: Default::default(),
            place: Default::default(),
            first: Default::default(),
            run: Default::default(),
            take: Default::default(),
            of_tick: Default::default(),
            item_first: Default::default(),
            in_words: Default::default(),
            of_word: Default::default(),
        }
    }
}

impl<const P: usize, const PN: usize, const RB: usize, const TB: usize> Logic
    for Generator<P, PN, RB, TB>
{
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(self, clock, seed_now, key, item_second);
        if self.write.val() {
            self.seed_now.d.next = self.write_data.val();
        }
        self.seed.next = self.seed_now.q.val();

        // The inputs of the random numbers. No number is computed unless a step requests it.
        self.of_word.next =
            (bit_cast::<32, TB>(self.target.val()) << self.lanes_up.val()) >> self.words_down.val();
        self.index.next = 0.into();
        self.kind.next = 0.into();
        self.of_tick.next = false;
        self.item_first.next = false;
        self.in_words.next = false;
        self.first.next = false;
        self.run.next = true;
        self.take.next = false;
        match self.step.val() {
            Step::Idle => {
                self.of_tick.next = true;
                self.first.next = true;
                self.index.next = bit_cast::<32, RB>(self.row.val());
            }
            Step::Load => {
                self.first.next = true;
                self.index.next = bit_cast::<32, RB>(self.row.val());
            }
            Step::Flush => {
                self.first.next = true;
                self.index.next = bit_cast::<32, RB>(self.row.val());
            }
            Step::Row => {
                self.item_first.next = self.arrives.val();
            }
            Step::Deliver => {
                self.of_tick.next = !self.words_busy.val();
                self.in_words.next = true;
                self.first.next = self.odd.val() & !self.item_second.q.val();
                self.take.next = self.odd.val();
                self.index.next = self.of_word.val();
            }
            Step::Fetch => {
                self.of_tick.next = self.count.val() == 0;
                self.first.next = self.count.val() == 1;
                self.item_first.next = self.count.val() == 2;
                self.index.next = bit_cast::<32, RB>(self.item.val());
                self.kind.next = 0x40.into();
                if self.neuron.val() {
                    self.kind.next = 0x80.into();
                }
            }
            Step::Decide => {
                self.first.next = true;
                self.kind.next = 0x40.into();
            }
            Step::Change => {
                self.first.next = true;
                self.kind.next = 0x80.into();
            }
            Step::Potentiate => {
                self.in_words.next = true;
                self.first.next = self.odd.val();
                self.take.next = self.odd.val();
                self.index.next = self.of_word.val();
                if !self.words_busy.val() {
                    self.first.next = true;
                    self.index.next = 0.into();
                    self.kind.next = 0x40.into();
                }
            }
            Step::Decay => {
                self.run.next = false;
                self.take.next = self.draw.val();
            }
            Step::Relax => {
                self.run.next = false;
                self.take.next = self.draw.val();
            }
            _ => {
                self.first.next = false;
            }
        }
        self.item_second.d.next = self.item_first.val();

        // The lowest byte, which differs between neighbours, is xored into two bytes.
        self.lowest.next = self.index.val().get_bits::<8>(0);
        self.second_byte.next =
            self.index.val().get_bits::<8>(8) ^ (self.lowest.val() << 3) ^ (self.lowest.val() >> 5);
        self.place.next = bit_cast::<32, 8>(self.index.val().get_bits::<8>(16))
            ^ self.kind.val()
            ^ (bit_cast::<32, 8>(self.lowest.val()) << 8)
            ^ (bit_cast::<32, 8>(self.index.val().get_bits::<8>(24)) << 16)
            ^ (bit_cast::<32, 8>(self.second_byte.val()) << 24);

        // The bits of the tick number in reverse order: neighbouring bits are swapped, then pairs,
        // and so on.
        self.tick_0.next =
            ((self.tick.val() >> 1) & 0x55555555) | ((self.tick.val() & 0x55555555) << 1);
        self.tick_1.next =
            ((self.tick_0.val() >> 2) & 0x33333333) | ((self.tick_0.val() & 0x33333333) << 2);
        self.tick_2.next =
            ((self.tick_1.val() >> 4) & 0x0f0f0f0f) | ((self.tick_1.val() & 0x0f0f0f0f) << 4);
        self.tick_3.next =
            ((self.tick_2.val() >> 8) & 0x00ff00ff) | ((self.tick_2.val() & 0x00ff00ff) << 8);
        self.tick_4.next = (self.tick_3.val() >> 16) | (self.tick_3.val() << 16);
        if self.of_tick.val() {
            self.key.d.next = self.seed_now.q.val() ^ self.tick_4.val() ^ self.offset.val();
        } else if self.item_second.q.val() {
            self.key.d.next = self.number[0].hash.val() ^ self.seed_now.q.val();
        }

        for i in 0..4 {
            self.number[i].clock.next = self.clock.val();
            self.number[i].run.next = self.run.val();
            self.number[i].first.next = self.first.val();
            self.number[i].key.next = self.key.q.val();
            self.number[i].place.next = self.place.val();
            self.number[i].take.next = self.take.val();
            self.number[i].quarter.next =
                self.quarters.val() & self.in_words.val() & self.changed.val().get_bit(0);
            self.number[i].half.next = self.in_words.val()
                & ((self.halves.val() & self.changed.val().get_bit(0))
                    | (self.quarters.val() & self.changed.val().get_bit(1)));
            self.number[i].reward.next = self.reward.val();
        }
        self.lanes.numbers.next = bit_cast::<128, 32>(self.number[0].number.val())
            | (bit_cast::<128, 32>(self.number[1].number.val()) << 32)
            | (bit_cast::<128, 32>(self.number[2].number.val()) << 64)
            | (bit_cast::<128, 32>(self.number[3].number.val()) << 96);
        self.lanes.passes.next = bit_cast::<4, 1>(self.number[0].passes.val())
            | (bit_cast::<4, 1>(self.number[1].passes.val()) << 1)
            | (bit_cast::<4, 1>(self.number[2].passes.val()) << 2)
            | (bit_cast::<4, 1>(self.number[3].passes.val()) << 3);
        self.noise.next = self.lanes.noise.val();
        self.pass.next = self.lanes.pass.val();
        self.fraction.next = self.number[0].number.val().get_bits::<12>(0);
    }
}
