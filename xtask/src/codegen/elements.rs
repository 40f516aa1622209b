//! Generates the tables of the fields of every memory element.

use anyhow::Result;
use spec::elements::{ELEMENTS, Element, ElementField, Which, Width};

use crate::markdown::{code, table};

pub(super) fn render() -> Result<String> {
    Ok(table(
        &[
            "region",
            "element",
            "bits from",
            "number of bits",
            "field",
            "unit",
            "after a reset of the state",
            "meaning",
        ],
        ELEMENTS.iter().flat_map(fields),
    ))
}

fn fields(element: &Element) -> Vec<Vec<String>> {
    let which = match element.which {
        Which::Each => "each".to_owned(),
        Which::Eighth(number) => format!("`e mod 8` = {number}"),
        Which::Neurons => "below N".to_owned(),
        Which::Seconds => "N and above".to_owned(),
    };
    let mut before: Vec<Width> = Vec::new();
    let mut rows = Vec::new();
    for field in element.fields {
        rows.push(vec![
            code(element.region.name()),
            which.clone(),
            sum(&before, field.width),
            field.width.symbol(),
            code(field.name),
            unit(field),
            field.reset.word().to_owned(),
            field.doc.to_owned(),
        ]);
        before.push(field.width);
    }
    rows
}

fn unit(field: &ElementField) -> String {
    let sign = if field.signed {
        ", two's complement"
    } else {
        ""
    };
    format!("{}{sign}", field.unit)
}

/// The position of a field of some width: the widths of the fields before it, as a sum of symbols and
/// one number.
fn sum(widths: &[Width], own: Width) -> String {
    let mut fixed = 0;
    let mut terms: Vec<(String, u32)> = Vec::new();
    for width in widths {
        match *width {
            Width::Fixed(bits) => fixed += bits,
            // What only some cores have is last, and no core has fields of two such kinds.
            Width::SecondState(bits) if matches!(own, Width::SecondState(_)) => fixed += bits,
            Width::Learning(_) | Width::ResetRules(_) | Width::SecondState(_) => {}
            other => {
                let symbol = other.symbol();
                match terms.iter_mut().find(|(known, _)| *known == symbol) {
                    Some((_, count)) => *count += 1,
                    None => terms.push((symbol, 1)),
                }
            }
        }
    }
    let mut terms: Vec<String> = terms
        .into_iter()
        .map(|(symbol, count)| match count {
            1 => symbol,
            count => format!("{count} {symbol}"),
        })
        .collect();
    if fixed > 0 || terms.is_empty() {
        terms.push(fixed.to_string());
    }
    terms.join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_sums_of_the_widths_before() {
        let widths = [
            Width::TargetWord,
            Width::TargetWord,
            Width::Fixed(1),
            Width::Row,
            Width::Fixed(1),
        ];
        assert_eq!(sum(&widths, Width::Fixed(1)), "2 TB + RB + 2");
        assert_eq!(sum(&[], Width::Fixed(1)), "0");
    }

    #[test]
    fn what_only_some_cores_have_stands_last() {
        for element in ELEMENTS {
            let optional = |it: &ElementField| {
                let width = it.width;
                matches!(
                    width,
                    Width::Learning(_) | Width::ResetRules(_) | Width::SecondState(_)
                )
            };
            let first = element.fields.iter().position(optional);
            let behind = &element.fields[first.unwrap_or(element.fields.len())..];
            assert!(behind.iter().all(optional), "{}", element.name);
        }
    }
}
