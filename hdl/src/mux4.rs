//! A multiplexer that selects one of four words.

use rust_hdl::prelude::*;

/// Chooses among words of `W` bits; without a clock.
///
/// Synthesis tools use three functions of four inputs per bit, one for each of the three two-way
/// selections. Two suffice: the first selects between `zero` and `one`, or, if neither is wanted,
/// passes the lower bit of the number on; the second takes this result, or uses it to select
/// between `two` and `three`.
#[derive(Clone, Debug, LogicBlock)]
pub struct Mux4<const W: usize> {
    /// The number of a word.
    pub number: Signal<In, Bits<2>>,
    /// Word 0.
    pub zero: Signal<In, Bits<W>>,
    /// Word 1.
    pub one: Signal<In, Bits<W>>,
    /// Word 2.
    pub two: Signal<In, Bits<W>>,
    /// Word 3.
    pub three: Signal<In, Bits<W>>,
    /// The word of that number.
    pub word: Signal<Out, Bits<W>>,

    none: Constant<Bits<W>>,
    first: Signal<Local, Bits<W>>,
}

impl<const W: usize> Default for Mux4<W> {
    fn default() -> Self {
        Self {
            number: Default::default(),
            zero: Default::default(),
            one: Default::default(),
            two: Default::default(),
            three: Default::default(),
            word: Default::default(),
            none: Constant::new(0.into()),
            first: Default::default(),
        }
    }
}

impl<const W: usize> Logic for Mux4<W> {
    #[hdl_gen]
    fn update(&mut self) {
        self.first.next = self.zero.val();
        if self.number.val().get_bit(0) {
            self.first.next = self.one.val();
        }
        if self.number.val().get_bit(1) {
            self.first.next = self.none.val();
            if self.number.val().get_bit(0) {
                self.first.next = !self.none.val();
            }
        }
        self.word.next = self.first.val();
        if self.number.val().get_bit(1) {
            self.word.next =
                (self.three.val() & self.first.val()) | (self.two.val() & !self.first.val());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_its_word() {
        let mut block = Mux4::<4>::default();
        block.connect_all();
        for words in 0..1_u64 << 16 {
            let word = |number: u64| (words >> (4 * number)) & 0xf;
            block.zero.next = word(0).into();
            block.one.next = word(1).into();
            block.two.next = word(2).into();
            block.three.next = word(3).into();
            let number = words % 3 + words % 2;
            block.number.next = number.into();
            simulate(&mut block, 10);
            assert_eq!(block.word.val().to_u64(), word(number));
        }
    }
}
