//! Exponential decay: a value times a 12-bit fraction, rounded toward zero.

use rust_hdl::prelude::*;

/// A value of `S` bits, 16 to 24.
///
/// `value * decay / 4096` rounded toward zero equals the product rounded down, plus one if the value
/// is negative and the product has a fraction. So neither a magnitude nor a negated product is
/// needed. `quotient` and `round_up` are the two summands; an adder that adds `quotient` can use
/// its carry input for `round_up`.
///
/// The multiplier has operands of 16 bits. The value is aligned to the left of 32 bits and
/// multiplied in halves; the lower half is zero if `S` is 16, and synthesis removes it.
///
/// # Timing
/// Registers before and after the multiplier: the outputs belong to the inputs of two cycles
/// before.
#[derive(Clone, Debug, LogicBlock)]
pub struct Decay<const S: usize> {
    /// Clock.
    pub clock: Signal<In, Clock>,
    /// Two's complement.
    pub value: Signal<In, Bits<S>>,
    /// 4096ths that are kept; 4096 and above keep all.
    pub decay: Signal<In, Bits<13>>,
    /// `decay` stands for something else, and is handed on as it is.
    pub other: Signal<In, Bit>,
    /// A cycle later: `decay` if `other`.
    pub handed_on: Signal<Out, Bits<13>>,
    /// The product's integer part, rounded down.
    pub quotient: Signal<Out, Bits<S>>,
    /// 1 has to be added to `quotient`.
    pub round_up: Signal<Out, Bit>,

    align: Constant<Bits<32>>,
    one: Constant<Bits<16>>,
    whole_place: Constant<Bits<8>>,
    fraction_mask: Constant<Bits<48>>,
    high_sign: Constant<Bits<48>>,
    aligned: Signal<Local, Bits<32>>,
    factor: DFF<Bits<16>>,
    high_half: DFF<Bits<16>>,
    low_half: DFF<Bits<16>>,
    high_signed: Signal<Local, Signed<16>>,
    factor_signed: Signal<Local, Signed<16>>,
    high_exact: Signal<Local, Signed<32>>,
    high_product: DFF<Bits<32>>,
    low_product: DFF<Bits<32>>,
    high_wide: Signal<Local, Bits<48>>,
    low_wide: Signal<Local, Bits<48>>,
    product: Signal<Local, Bits<48>>,
    fraction: Signal<Local, Bits<48>>,
}

impl<const S: usize> Default for Decay<S> {
    fn default() -> Self {
        let whole_place = 12 + 32 - S as u64;
        Self {
            clock: Default::default(),
            value: Default::default(),
            decay: Default::default(),
            other: Default::default(),
            handed_on: Default::default(),
            quotient: Default::default(),
            round_up: Default::default(),
            align: Constant::new((32 - S as u64).into()),
            one: Constant::new(0x1000.into()),
            whole_place: Constant::new(whole_place.into()),
            fraction_mask: Constant::new(((1_u64 << whole_place) - 1).into()),
            high_sign: Constant::new(0xffff_0000_0000_u64.into()),
            aligned: Default::default(),
            factor: Default::default(),
            high_half: Default::default(),
            low_half: Default::default(),
            high_signed: Default::default(),
            factor_signed: Default::default(),
            high_exact: Default::default(),
            high_product: Default::default(),
            low_product: Default::default(),
            high_wide: Default::default(),
            low_wide: Default::default(),
            product: Default::default(),
            fraction: Default::default(),
        }
    }
}

impl<const S: usize> Logic for Decay<S> {
    #[hdl_gen]
    fn update(&mut self) {
        dff_setup!(
            self,
            clock,
            factor,
            high_half,
            low_half,
            high_product,
            low_product
        );
        self.aligned.next = bit_cast::<32, S>(self.value.val()) << self.align.val();
        self.high_half.d.next = self.aligned.val().get_bits::<16>(16);
        self.low_half.d.next = self.aligned.val().get_bits::<16>(0);
        self.factor.d.next = bit_cast::<16, 13>(self.decay.val());
        if self.decay.val().get_bit(12) & !self.other.val() {
            self.factor.d.next = self.one.val();
        }
        self.handed_on.next = self.factor.q.val().get_bits::<13>(0);

        self.high_signed.next = signed_cast(self.high_half.q.val());
        self.factor_signed.next = signed_cast(self.factor.q.val());
        self.high_exact.next = self.high_signed.val() * self.factor_signed.val();
        self.high_product.d.next = unsigned_cast(self.high_exact.val());
        self.low_product.d.next = self.low_half.q.val() * self.factor.q.val();

        self.high_wide.next = bit_cast::<48, 32>(self.high_product.q.val());
        if self.high_product.q.val().get_bit(31) {
            self.high_wide.next =
                bit_cast::<48, 32>(self.high_product.q.val()) | self.high_sign.val();
        }
        self.low_wide.next = bit_cast::<48, 32>(self.low_product.q.val());
        self.product.next = (self.high_wide.val() << 16) + self.low_wide.val();
        self.fraction.next = self.product.val() & self.fraction_mask.val();
        self.quotient.next = self
            .product
            .val()
            .get_bits::<S>(self.whole_place.val().index());
        self.round_up.next = self.product.val().get_bit(47) & self.fraction.val().any();
    }
}
