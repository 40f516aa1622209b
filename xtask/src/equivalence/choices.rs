//! Reads the expressions that icebox_vlog makes of look-up tables: nested choices between names,
//! their inverses and constants, such as `(a ? !b : (c ? b : 1'b0))`.

use anyhow::{Context, Result, bail, ensure};

/// The table of each input alone, from the lowest bit of the address up.
pub(super) const INPUTS: [u16; 4] = [0xaaaa, 0xcccc, 0xf0f0, 0xff00];

/// The table of `expression`, and its inputs from the lowest bit of the address up, empty where it
/// has fewer than four.
pub(super) fn table(expression: &str) -> Result<(u16, [&str; 4])> {
    let mut reader = Reader {
        rest: expression,
        inputs: [""; 4],
    };
    let table = reader.table()?;
    ensure!(reader.rest.is_empty(), "{} is left", reader.rest);
    Ok((table, reader.inputs))
}

struct Reader<'a> {
    rest: &'a str,
    inputs: [&'a str; 4],
}

impl<'a> Reader<'a> {
    fn table(&mut self) -> Result<u16> {
        if self.skip("(").is_ok() {
            let which = self.table()?;
            self.skip(" ? ")?;
            let high = self.table()?;
            self.skip(" : ")?;
            let low = self.table()?;
            self.skip(")")?;
            return Ok(which & high | !which & low);
        }
        if self.skip("!").is_ok() {
            return Ok(!self.table()?);
        }
        let end = self.rest.find([' ', ')', '(']).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        match name {
            "1'b0" => Ok(0),
            "1'b1" => Ok(u16::MAX),
            "" => bail!("a name is missing before {rest}"),
            _ => Ok(INPUTS[self.place(name)?]),
        }
    }

    /// Which input that name is; a new name is the next.
    fn place(&mut self, name: &'a str) -> Result<usize> {
        let known = |it: &&str| *it == name || it.is_empty();
        let place = self.inputs.iter().position(known);
        let place = place.with_context(|| format!("{name} is a fifth input"))?;
        self.inputs[place] = name;
        Ok(place)
    }

    fn skip(&mut self, text: &str) -> Result<()> {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.with_context(|| format!("{text} is missing before {}", self.rest))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read() {
        for (expression, wanted, inputs) in [
            ("n1", 0xaaaa, ["n1", "", "", ""]),
            ("!n1", 0x5555, ["n1", "", "", ""]),
            ("1'b0", 0, [""; 4]),
            ("(a ? b : 1'b0)", 0x8888, ["a", "b", "", ""]),
            (
                "(a ? (b ? 1'b1 : !c) : (c ? a : d))",
                0x8f8a,
                ["a", "b", "c", "d"],
            ),
        ] {
            assert_eq!(table(expression).unwrap(), (wanted, inputs), "{expression}");
        }
        for wrong in ["", "(a ? b)", "a b", "(a ? b : c", "(a ? (b ? c : d) : e)"] {
            assert!(table(wrong).is_err(), "{wrong}");
        }
    }
}
