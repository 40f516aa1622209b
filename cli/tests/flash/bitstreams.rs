//! Empty bitstreams in the formats of the tools.

/// A 16-bit checksum, computed from the highest bit on.
fn checksum(start: u16, polynomial: u16, bytes: &[u8]) -> [u8; 2] {
    let mut sum = start;
    for byte in bytes {
        sum ^= u16::from(*byte) << 8;
        for _ in 0..8 {
            let top = sum & 0x8000 != 0;
            sum <<= 1;
            if top {
                sum ^= polynomial;
            }
        }
    }
    sum.to_be_bytes()
}

/// A bitstream for an iCE40 whose banks have this many columns and rows.
pub(crate) fn ice40(columns: u16, rows: u16) -> Vec<u8> {
    let mut counted = vec![0x92, 0, 0x20];
    counted.push(0x62);
    counted.extend((columns - 1).to_be_bytes());
    counted.push(0x72);
    counted.extend(rows.to_be_bytes());
    counted.extend([0x82, 0, 0]);
    for bank in 0..4 {
        counted.extend([0x11, bank, 0x01, 0x01]);
        let bytes = usize::from(columns) * usize::from(rows) / 8;
        counted.extend((0..bytes).map(|at| at as u8));
        counted.extend([0, 0]);
    }
    counted.push(0x22);
    let sum = checksum(0xffff, 0x1021, &counted);
    let head = [
        &[0xff, 0x00][..],
        b"a comment\0\0\xff",
        &[0x7e, 0xaa, 0x99, 0x7e],
        &[0x51, 0x00, 0x01, 0x05],
    ];
    [&head.concat()[..], &counted, &sum, &[0x01, 0x06, 0x00]].concat()
}

/// The UP5K.
pub(crate) fn up5k() -> Vec<u8> {
    ice40(692, 336)
}

/// The HX8K.
pub(crate) fn hx8k() -> Vec<u8> {
    ice40(872, 272)
}

/// An ECP5: the number of the chip, the number of its frames, and the bytes per frame.
pub(crate) struct Ecp5(pub(crate) u32, pub(crate) u16, pub(crate) usize);

/// The LFE5U-12F, which has the die of the LFE5U-25F.
pub(crate) const LFE5U_12F: Ecp5 = Ecp5(0x2111_1043, 7562, 74);
/// The LFE5U-25F.
pub(crate) const LFE5U_25F: Ecp5 = Ecp5(0x4111_1043, 7562, 74);
/// The LFE5U-85F.
pub(crate) const LFE5U_85F: Ecp5 = Ecp5(0x4111_3043, 13294, 142);

impl Ecp5 {
    /// A bitstream whose frames are `compressed` or not.
    pub(crate) fn bitstream(&self, compressed: bool) -> Vec<u8> {
        let sum = |bytes: &[u8]| checksum(0, 0x8005, bytes);
        let mut text = b"\xff\x00Part: some\0\xff\xff\xff\xbd\xb3\xff\xff\xff\xff".to_vec();
        text.extend([0x3b, 0, 0, 0]);
        // The bytes covered by the next checksum.
        let mut counted = vec![0xe2, 0, 0, 0];
        counted.extend(self.0.to_be_bytes());
        counted.extend([0x22, 0, 0, 0, 0x40, 0, 0, 0, 0x46, 0, 0, 0]);
        if compressed {
            counted.extend([0x02, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1]);
        }
        counted.extend([if compressed { 0xb8 } else { 0x82 }, 0x91]);
        counted.extend(self.1.to_be_bytes());
        for _ in 0..self.1 {
            match compressed {
                true => counted.extend(self.frame()),
                false => counted.extend(vec![0x5a; self.2]),
            }
            let end = sum(&counted);
            text.append(&mut counted);
            text.extend(end);
            counted.push(0xff);
        }
        text.append(&mut counted);
        // Padding, which is not part of a checksum, and the byte after the last frame, which is.
        text.extend([0xff; 12]);
        let code = [0xc2, 0x80, 0, 0, 0, 0, 0, 0];
        text.extend(code);
        text.extend(sum(&[&[0xff][..], &code].concat()));
        // A block RAM.
        let address = [0xf6, 0, 0, 0, 0, 0, 0, 0];
        let mut ram = vec![0xb2, 0x90, 0, 2];
        ram.extend([0xa5; 18]);
        text.extend(address);
        text.extend(&ram);
        text.extend(sum(&[&address[..], &ram].concat()));
        text.extend([0x5e, 0, 0, 0, 0xff, 0xff, 0xff, 0xff]);
        text
    }

    /// A frame that uses each of the four codes: any byte, a byte with one bit, a dictionary entry,
    /// and zeros.
    fn frame(&self) -> Vec<u8> {
        let zeros = self.2.next_multiple_of(8) - 3;
        let bits = format!("1101011010{}{}{}", "100101", "101011", "0".repeat(zeros));
        let whole = format!("{bits:0<width$}", width = bits.len().next_multiple_of(8));
        let byte = |at: usize| u8::from_str_radix(&whole[at..at + 8], 2).unwrap();
        (0..whole.len()).step_by(8).map(byte).collect()
    }
}
