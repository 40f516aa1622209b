//! CRC-16/IBM-3740 (polynomial 0x1021, not reflected), one byte per step, purely combinational.
//!
//! The eight steps of the shift register fold into three shifted copies of one byte, because the
//! polynomial has only three terms below x^16: x^12, x^5 and 1.

use rust_hdl::prelude::*;

/// The checksum after one more byte.
#[derive(Clone, Debug, Default, LogicBlock)]
pub struct Crc16 {
    /// Checksum of the bytes before; 0xffff before the first.
    pub crc: Signal<In, Bits<16>>,
    /// The byte.
    pub data: Signal<In, Bits<8>>,
    /// Checksum with the byte; follows the inputs at once.
    pub result: Signal<Out, Bits<16>>,

    mixed: Signal<Local, Bits<8>>,
    upper: Signal<Local, Bits<8>>,
    folded: Signal<Local, Bits<16>>,
    by_0: Signal<Local, Bits<16>>,
    by_5: Signal<Local, Bits<16>>,
    by_12: Signal<Local, Bits<16>>,
}

impl Logic for Crc16 {
    #[hdl_gen]
    fn update(&mut self) {
        self.mixed.next = self.crc.val().get_bits::<8>(8) ^ self.data.val();
        self.upper.next = self.mixed.val() >> 4;
        self.folded.next = bit_cast::<16, 8>(self.mixed.val() ^ self.upper.val());
        self.by_0.next = (self.crc.val() << 8) ^ self.folded.val();
        self.by_5.next = self.folded.val() << 5;
        self.by_12.next = self.folded.val() << 12;
        self.result.next = self.by_0.val() ^ self.by_5.val() ^ self.by_12.val();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_value_of_the_catalogue() {
        let mut block = Crc16::default();
        block.connect_all();
        let mut crc = 0xffff;
        for byte in b"123456789" {
            block.crc.next = crc.into();
            block.data.next = u64::from(*byte).into();
            simulate(&mut block, 10);
            crc = block.result.val().to_u64();
        }
        assert_eq!(crc, 0x29b1);
    }
}
