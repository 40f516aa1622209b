//! Generates the tables of the registers and of their fields.

use anyhow::Result;
use spec::regs::{REGISTERS, Register};

use crate::markdown::{code, table};

pub(super) fn render() -> Result<String> {
    let rows = REGISTERS.iter().map(|register| {
        vec![
            register.index.to_string(),
            code(register.name),
            register.access.code().to_owned(),
            register.reset.to_owned(),
            register.doc.to_owned(),
        ]
    });
    let registers = table(&["index", "register", "access", "reset", "meaning"], rows);
    let fields = table(
        &["register", "bits", "field", "meaning"],
        REGISTERS.iter().flat_map(fields),
    );
    Ok(format!("{registers}\n{fields}"))
}

fn fields(register: &Register) -> Vec<Vec<String>> {
    let row = |field: &spec::regs::Field| {
        let last = field.at + field.bits - 1;
        let bits = match field.bits {
            1 => field.at.to_string(),
            _ => format!("{last}:{}", field.at),
        };
        vec![
            code(register.name),
            bits,
            code(field.name),
            field.doc.to_owned(),
        ]
    };
    register.fields.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registers_are_in_order_and_fields_do_not_overlap() {
        assert!(REGISTERS.is_sorted_by_key(|register| register.index));
        for register in REGISTERS {
            let mut taken = 0_u64;
            for field in register.fields {
                assert!(
                    field.at + field.bits <= 32,
                    "{} {}",
                    register.name,
                    field.name
                );
                let mask = ((1_u64 << field.bits) - 1) << field.at;
                assert_eq!(taken & mask, 0, "{} {}", register.name, field.name);
                taken |= mask;
            }
        }
    }
}
