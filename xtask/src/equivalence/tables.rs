//! Replaces the look-up tables of a netlist with expressions, because Verilator simulates them
//! several times as fast as the family's model of the table.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};

use super::choices::{self, INPUTS};
use super::fault::Cell;

/// A function of the inputs of a look-up table.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Function {
    Constant(bool),
    Input(usize),
    Not(Box<Function>),
    /// Two functions and the operator between them.
    Two(Box<Function>, Operator, Box<Function>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    And,
    Or,
    Xor,
}

impl Operator {
    const ALL: [Operator; 3] = [Operator::And, Operator::Or, Operator::Xor];

    const fn sign(self) -> char {
        match self {
            Operator::And => '&',
            Operator::Or => '|',
            Operator::Xor => '^',
        }
    }

    const fn of(self, left: u16, right: u16) -> u16 {
        match self {
            Operator::And => left & right,
            Operator::Or => left | right,
            Operator::Xor => left ^ right,
        }
    }
}

impl Function {
    /// Its text with these texts of the inputs.
    fn text(&self, inputs: &[&str; 4]) -> String {
        match self {
            Function::Constant(bit) => format!("1'h{}", u8::from(*bit)),
            Function::Input(input) => inputs[*input].to_owned(),
            Function::Not(of) => format!("~{}", of.text(inputs)),
            Function::Two(left, operator, right) => {
                let (left, right) = (left.text(inputs), right.text(inputs));
                format!("({left} {} {right})", operator.sign())
            }
        }
    }

    /// Number of operators.
    fn cost(&self) -> usize {
        match self {
            Function::Constant(_) | Function::Input(_) => 0,
            Function::Not(of) => 1 + of.cost(),
            Function::Two(left, _, right) => 1 + left.cost() + right.cost(),
        }
    }
}

/// `table` where the inputs in `which`, a bit each, have the values in `value`.
fn with(table: u16, which: usize, value: usize) -> u16 {
    (0..16_usize)
        .filter(|address| table >> (address & !which | value & which) & 1 == 1)
        .fold(0, |all, address| all | 1 << address)
}

/// Functions of tables, with few operators, as they were found.
#[derive(Default)]
struct Functions(BTreeMap<u16, Function>);

impl Functions {
    fn of(&mut self, table: u16) -> Function {
        if let Some(known) = self.0.get(&table) {
            return known.clone();
        }
        let found = self.find(table);
        self.0.insert(table, found.clone());
        found
    }

    fn find(&mut self, table: u16) -> Function {
        if table == 0 || table == u16::MAX {
            return Function::Constant(table != 0);
        }
        for (input, alone) in INPUTS.into_iter().enumerate() {
            if table == alone {
                return Function::Input(input);
            }
            if table == !alone {
                return Function::Not(Box::new(Function::Input(input)));
            }
        }
        if let Some(split) = self.split(table) {
            return split;
        }
        let choices = (0..4).filter_map(|input| self.choice(table, input));
        // No table of one input or none gets here, so there is a choice by one of its inputs.
        choices
            .min_by_key(Function::cost)
            .unwrap_or(Function::Constant(false))
    }

    fn two(&mut self, left: u16, operator: Operator, right: u16) -> Function {
        let (left, right) = (self.of(left), self.of(right));
        Function::Two(Box::new(left), operator, Box::new(right))
    }

    /// Two functions of different inputs and an operator, if they make `table`.
    fn split(&mut self, table: u16) -> Option<Function> {
        for left in 1..8_usize {
            let right = 15 & !left;
            for operator in Operator::ALL {
                let parts = parts(table, left, right, operator);
                let constant = [0, u16::MAX];
                let divides = !constant.contains(&parts.0) && !constant.contains(&parts.1);
                if divides && operator.of(parts.0, parts.1) == table {
                    return Some(self.two(parts.0, operator, parts.1));
                }
            }
        }
        None
    }

    /// `table` as a choice between two functions by an input; `None` if it does not depend on it.
    fn choice(&mut self, table: u16, input: usize) -> Option<Function> {
        let alone = INPUTS[input];
        let (low, high) = (
            with(table, 1 << input, 0),
            with(table, 1 << input, 1 << input),
        );
        if low == high {
            return None;
        }
        let mut all = vec![self.two_of_two((low, Operator::Xor), (alone, low ^ high))];
        let part = |it: u16, whole: u16| it & !whole == 0;
        match () {
            () if part(low, high) => all.push(self.two_of_two((low, Operator::Or), (alone, high))),
            () if part(high, low) => all.push(self.two_of_two((high, Operator::Or), (!alone, low))),
            () => {
                let left = self.two(alone, Operator::And, high);
                let right = self.two(!alone, Operator::And, low);
                all.push(Function::Two(Box::new(left), Operator::Or, Box::new(right)));
            }
        }
        all.into_iter().min_by_key(Function::cost)
    }

    /// `first operator (second.0 & second.1)`.
    fn two_of_two(&mut self, first: (u16, Operator), second: (u16, u16)) -> Function {
        let right = self.two(second.0, Operator::And, second.1);
        Function::Two(Box::new(self.of(first.0)), first.1, Box::new(right))
    }
}

/// The functions of the inputs `left` and of the inputs `right` that make `table` with `operator`,
/// if any do.
fn parts(table: u16, left: usize, right: usize, operator: Operator) -> (u16, u16) {
    let over = |which: usize| {
        let values = (0..16_usize).filter(move |value| value & !which == 0);
        values.map(move |value| with(table, which, value))
    };
    match operator {
        Operator::And => (
            over(right).fold(0, |all, it| all | it),
            over(left).fold(0, |all, it| all | it),
        ),
        Operator::Or => (
            over(right).fold(u16::MAX, |all, it| all & it),
            over(left).fold(u16::MAX, |all, it| all & it),
        ),
        Operator::Xor => {
            let first = with(table, right, 0);
            (first, with(table ^ first, left, 0))
        }
    }
}

/// The netlist with an expression in the place of each look-up table `cell`.
pub(super) fn replaced(netlist: &str, cell: &Cell) -> Result<String> {
    let begin = format!("  {} #(\n", cell.name);
    let mut functions = Functions::default();
    let mut text = String::with_capacity(netlist.len());
    let mut rest = netlist;
    while let Some((before, after)) = rest.split_once(&begin) {
        let (table, after) = after
            .split_once(");\n")
            .context("a look-up table without an end")?;
        let contents = after_of(table, &format!(".{}(16'h", cell.contents))?;
        let contents = u16::from_str_radix(contents, 16).context("the contents of a table")?;
        let mut inputs = [""; 4];
        for (input, name) in inputs.iter_mut().zip(cell.inputs) {
            *input = after_of(table, &format!("    .{name}("))?;
        }
        let output = after_of(table, &format!("    .{}(", cell.output))?;
        let contents = with_constants(contents, &inputs);
        let function = functions.of(contents).text(&inputs);
        text.push_str(before);
        writeln!(text, "  assign {output} = {function};")?;
        rest = after;
    }
    text.push_str(rest);
    ensure!(
        !text.contains(&format!("  {} ", cell.name)),
        "a {} is left that is written in another way",
        cell.name
    );
    Ok(text)
}

/// The Verilog of icebox_vlog with expressions of few operators in the place of those that it makes
/// of look-up tables.
pub(super) fn shortened(verilog: &str) -> Result<String> {
    let mut functions = Functions::default();
    let mut text = String::with_capacity(verilog.len());
    for line in verilog.lines() {
        let parts = line.split_once("/* LUT").and_then(|(before, rest)| {
            let (_, expression) = rest.split_once("*/ ")?;
            Some((before, expression.strip_suffix(';')?))
        });
        match parts {
            None => text.push_str(line),
            Some((before, expression)) => {
                let (table, inputs) =
                    choices::table(expression).with_context(|| line.to_owned())?;
                write!(text, "{before}{};", functions.of(table).text(&inputs))?;
            }
        }
        text.push('\n');
    }
    Ok(text)
}

/// What is between `begin` and the end of its parentheses; names in them may contain parentheses.
fn after_of<'a>(table: &'a str, begin: &str) -> Result<&'a str> {
    let line = table
        .split_once(begin)
        .and_then(|(_, after)| after.lines().next())
        .with_context(|| format!("a look-up table without {begin}"))?;
    let end = line.rfind(')').context("no end of parentheses")?;
    Ok(&line[..end])
}

/// The table with the inputs applied that are constant.
fn with_constants(table: u16, inputs: &[&str; 4]) -> u16 {
    inputs
        .iter()
        .enumerate()
        .fold(table, |table, (input, text)| match *text {
            "1'h0" => with(table, 1 << input, 0),
            "1'h1" => with(table, 1 << input, 1 << input),
            _ => table,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boards::Family;

    fn table_of(function: &Function) -> u16 {
        match function {
            Function::Constant(bit) => u16::from(*bit).wrapping_neg(),
            Function::Input(input) => INPUTS[*input],
            Function::Not(of) => !table_of(of),
            Function::Two(left, operator, right) => operator.of(table_of(left), table_of(right)),
        }
    }

    #[test]
    fn every_function_has_its_table() {
        let mut functions = Functions::default();
        let mut cost = 0;
        for table in 0..=u16::MAX {
            let function = functions.of(table);
            assert_eq!(table_of(&function), table, "{function:?}");
            cost += function.cost();
        }
        // Found by this test: a change must not make the simulation slower.
        assert!(cost <= 65_536 * 14, "{cost} operators");
    }

    #[test]
    fn a_table_becomes_an_expression() {
        let table = |contents: &str, last: &str| {
            format!(
                "  SB_LUT4 #(\n    .LUT_INIT(16'h{contents})\n  ) \\a.first  (\n    .I0(\\x[0] ),\n    \
                 .I1(y),\n    .I2(1'h0),\n    .I3({last}),\n    .O(o)\n  );\n"
            )
        };
        let cell = Cell::of(Family::Ice40);
        let text = |netlist: &str| replaced(netlist, &cell).unwrap();
        assert_eq!(text(&table("8888", "z")), "  assign o = (\\x[0]  & y);\n");
        // With I3 = 1 the upper half of the table.
        assert_eq!(
            text(&table("6600", "1'h1")),
            "  assign o = (\\x[0]  ^ y);\n"
        );
        assert_eq!(text(&table("6600", "1'h0")), "  assign o = 1'h0;\n");
        let both = format!("wire a;\n{}wire b;\n", table("aaaa", "z"));
        assert_eq!(text(&both), "wire a;\n  assign o = \\x[0] ;\nwire b;\n");
        assert!(replaced(&table("8888", "z").replace(".I1(y)", ".J(y)"), &cell).is_err());
    }

    #[test]
    fn choices_become_expressions() {
        let text = "wire a;\nassign n1  = /* LUT   23 10  2 */ (n5 ? !n6 : n6);\n/* FF */ n2;\n";
        assert_eq!(
            shortened(text).unwrap(),
            "wire a;\nassign n1  = (n5 ^ n6);\n/* FF */ n2;\n"
        );
    }
}
