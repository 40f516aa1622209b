//! Tests of registers and memories from the host: every bit with both values, every address line.

use std::ops::Range;

use spec::regions::Region;
use spec::regs;
use spec::wire::{Request, Response};

use super::{Difference, Session, single_ones};

/// Number of register addresses.
pub(super) const REGISTERS: u32 = 64;

/// The registers that the emulator knows; only another device has the others: overruns, cycles,
/// line errors.
const KNOWN: [Range<u32>; 4] = [
    0..regs::OVERRUNS,
    regs::OVERRUNS + 1..regs::CYCLES,
    regs::CYCLES + 1..regs::LINK_ERRORS,
    regs::LINK_EVENTS + 1..REGISTERS,
];
const KNOWN_TO_DEVICES: [Range<u32>; 3] = [
    regs::OVERRUNS..regs::OVERRUNS + 1,
    regs::CYCLES..regs::CYCLES + 1,
    regs::LINK_ERRORS..regs::LINK_EVENTS + 1,
];

impl Session<'_> {
    /// Writes all registers, read-only ones included.
    pub(super) fn exercise_registers(&mut self) -> Result<(), Difference> {
        // All but the registers of commands and of the line rate.
        let ranges = [0..17, 18..23, 24..REGISTERS];
        for pattern in [u32::MAX, 0x5555_5555, 0xaaaa_aaaa, 0] {
            for range in ranges.clone() {
                let values = range.clone().map(|index| pattern.rotate_left(index & !1));
                let bytes: Vec<u8> = values.flat_map(u32::to_le_bytes).collect();
                self.write(Region::Registers, range.start, &bytes)?;
            }
            // Command bits that have no meaning.
            self.command(pattern & !(regs::COMMAND_STOP | regs::COMMAND_RESET_STATE))?;
            self.read_registers()?;
        }
        self.register(regs::CTRL, regs::CTRL_REPORT.put(1))
    }

    /// Fills all memories but the largest with ones, and writes a mark to each address with exactly
    /// one bit set.
    pub(super) fn exercise_memories(&mut self) -> Result<(), Difference> {
        for region in Region::memories(self.config) {
            let layout = region.layout(self.config);
            if region != Region::Synapses {
                self.fill(region, u32::MAX)?;
            }
            for (index, mark) in single_ones(layout.elements).zip(1_u32..) {
                let mark = mark.wrapping_mul(0x0c75_0a63);
                self.write(region, index, &mark.to_le_bytes()[..layout.bytes()])?;
            }
        }
        Ok(())
    }

    /// Reads every register.
    pub(super) fn read_registers(&mut self) -> Result<(), Difference> {
        for range in KNOWN {
            self.read(Region::Registers, range.start, range.end - range.start)?;
        }
        for range in KNOWN_TO_DEVICES {
            self.read_in_time(range)?;
        }
        Ok(())
    }

    /// Reads registers whose values depend on time.
    pub(super) fn read_in_time(&mut self, range: Range<u32>) -> Result<Vec<u32>, Difference> {
        let answer = self.ask_in_time(&Request::Read {
            region: Region::Registers.number(),
            index: range.start,
            // Lossless: at most 64.
            count: (range.end - range.start) as u8,
        })?;
        let Response::Read(bytes) = answer else {
            return Err(format!("registers {range:?} are {answer:?}"));
        };
        let value = |bytes: &[u8]| {
            bytes
                .iter()
                .rev()
                .fold(0, |value, &it| value << 8 | u32::from(it))
        };
        Ok(bytes.chunks(4).map(value).collect())
    }
}
