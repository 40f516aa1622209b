//! Formats Markdown tables.

/// A table with this header and these rows; vertical bars in cells are escaped.
pub(crate) fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = row(head.iter().map(|cell| (*cell).to_owned()));
    text += &row(head.iter().map(|_| "---".to_owned()));
    for cells in rows {
        text += &row(cells.into_iter().map(|cell| cell.replace('|', "\\|")));
    }
    text
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<_> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

/// A number with its thousands separated.
pub(crate) fn grouped(number: impl Into<u64>) -> String {
    let digits = number.into().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Text as inline code.
pub(super) fn code(text: impl std::fmt::Display) -> String {
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_a_head_and_escaped_cells() {
        let text = table(&["a", "b"], [vec!["1".to_owned(), "x | y".to_owned()]]);
        assert_eq!(text, "| a | b |\n| --- | --- |\n| 1 | x \\| y |\n");
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            [7, 512, 1024, 393_216, 12_000_000_u64]
                .map(grouped)
                .join(" "),
            "7 512 1,024 393,216 12,000,000"
        );
    }
}
