//! Finds and replaces the generated spans of a document.

use anyhow::{Result, bail, ensure};

/// The generator of a span.
pub(super) struct Generator {
    /// The name in the markers.
    pub(super) name: &'static str,
    /// The Markdown between them.
    pub(super) render: fn() -> Result<String>,
}

const BEGIN: &str = "<!-- BEGIN generated: ";
const END: &str = "<!-- END generated: ";
const CLOSE: &str = " -->";

/// `text` with all its spans generated again.
pub(super) fn renew(text: &str, generators: &[Generator]) -> Result<String> {
    let mut renewed = String::with_capacity(text.len());
    let mut open: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        match (open, marker(line, BEGIN), marker(line, END)) {
            (None, Some(name), _) => {
                let Some(generator) = generators.iter().find(|it| it.name == name) else {
                    let known: Vec<_> = generators.iter().map(|it| it.name).collect();
                    bail!("no span is named {name:?}; there are {}", known.join(", "));
                };
                renewed.push_str(line);
                renewed.push_str((generator.render)()?.trim_end());
                renewed.push('\n');
                open = Some(name);
            }
            (Some(name), Some(inner), _) => bail!("span {inner:?} begins inside {name:?}"),
            (Some(name), _, Some(ended)) => {
                ensure!(name == ended, "span {name:?} is ended as {ended:?}");
                renewed.push_str(line);
                open = None;
            }
            (None, _, Some(ended)) => bail!("span {ended:?} ends but never begins"),
            (Some(_), None, None) => {}
            (None, None, None) => renewed.push_str(line),
        }
    }
    if let Some(name) = open {
        bail!("span {name:?} never ends");
    }
    Ok(renewed)
}

/// The name in a marker, which must be alone on its line.
fn marker<'a>(line: &'a str, begin: &str) -> Option<&'a str> {
    line.trim().strip_prefix(begin)?.strip_suffix(CLOSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GENERATORS: &[Generator] = &[
        Generator {
            name: "one",
            render: || Ok("| 1 |\n".to_owned()),
        },
        Generator {
            name: "two",
            render: || Ok("| 2 |".to_owned()),
        },
    ];

    fn span(name: &str, content: &str) -> String {
        format!("{BEGIN}{name}{CLOSE}\n{content}{END}{name}{CLOSE}\n")
    }

    #[test]
    fn spans_are_replaced_and_prose_is_kept() {
        let old = format!("a\n{}b\n{}c", span("one", "old\nolder\n"), span("two", ""));
        let new = format!(
            "a\n{}b\n{}c",
            span("one", "| 1 |\n"),
            span("two", "| 2 |\n")
        );
        assert_eq!(renew(&old, GENERATORS).unwrap(), new);
        assert_eq!(renew(&new, GENERATORS).unwrap(), new);
    }

    #[test]
    fn unknown_and_unbalanced_spans_are_refused() {
        let begin = |name: &str| format!("{BEGIN}{name}{CLOSE}\n");
        let end = |name: &str| format!("{END}{name}{CLOSE}\n");
        for (text, problem) in [
            (
                span("three", ""),
                "no span is named \"three\"; there are one, two",
            ),
            (begin("one"), "\"one\" never ends"),
            (end("one"), "\"one\" ends but never begins"),
            (begin("one") + &end("two"), "\"one\" is ended as \"two\""),
            (
                begin("one") + &begin("two"),
                "\"two\" begins inside \"one\"",
            ),
        ] {
            let error = renew(&text, GENERATORS).unwrap_err().to_string();
            assert!(error.contains(problem), "{error}");
        }
    }
}
