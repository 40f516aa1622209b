//! The blocks of code in a page of Markdown.

/// A block between fences.
#[derive(Debug)]
pub(crate) struct Block {
    /// The first word after the fence: the language.
    pub(crate) language: String,
    /// The second word: the name of the file.
    pub(crate) file: Option<String>,
    pub(crate) text: String,
    /// Line number of the block's first line.
    pub(crate) line: usize,
}

/// The blocks of a page, in order.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in page.lines().enumerate() {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (None, None) => {}
            (None, Some(info)) => {
                let mut words = info.split_whitespace().map(str::to_owned);
                open = Some(Block {
                    language: words.next().unwrap_or_default(),
                    file: words.next(),
                    text: String::new(),
                    line: at + 2,
                });
            }
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
        }
    }
    assert!(open.is_none(), "a block does not end");
    blocks
}

/// The shell commands of a block: continued lines are joined, comments removed.
pub(crate) fn commands(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ");
    let bare = |line: &str| {
        let line = line.split_once(" #").map_or(line, |(command, _)| command);
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let lines = joined.lines().filter(|line| !line.starts_with('#'));
    lines.map(bare).filter(|line| !line.is_empty()).collect()
}

/// The inline code in the prose of a page, with line numbers.
pub(crate) fn inline(page: &str) -> Vec<(usize, String)> {
    let mut in_block = false;
    let mut found = Vec::new();
    for (at, line) in page.lines().enumerate() {
        let is_fence = line.trim_start().starts_with("```");
        in_block ^= is_fence;
        if !in_block && !is_fence {
            let codes = line.split('`').skip(1).step_by(2);
            found.extend(codes.map(|code| (at + 1, code.to_owned())));
        }
    }
    found
}

/// Whether the text matches the page: `[..]` matches anything in a line, a line `...` matches any
/// lines, and the host's time may differ.
pub(crate) fn shows(page: &str, text: &str) -> bool {
    let page: Vec<&str> = page.lines().map(str::trim_end).collect();
    let text: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    lines_match(&page, &text)
}

fn lines_match(page: &[&str], text: &[&str]) -> bool {
    match (page, text) {
        ([], []) => true,
        (["...", rest @ ..], _) => (0..=text.len()).any(|at| lines_match(rest, &text[at..])),
        ([shown, page @ ..], [line, text @ ..]) => {
            let took = |line: &str| line.starts_with("host time");
            (line_matches(shown, line) || took(shown) && took(line)) && lines_match(page, text)
        }
        _ => false,
    }
}

fn line_matches(shown: &str, line: &str) -> bool {
    let Some((first, rest)) = shown.split_once("[..]") else {
        return shown == line;
    };
    let Some(line) = line.strip_prefix(first) else {
        return false;
    };
    let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    ends.into_iter().any(|at| line_matches(rest, &line[at..]))
}

#[test]
fn blocks_commands_and_outputs_are_told_apart() {
    let page = "Say `synfire x`:\n\n```toml net.toml\na = 1\n```\n```sh\nsynfire a \\\n  b # why\n\
                # so\nsynfire c\n```\n";
    let blocks = blocks(page);
    assert_eq!(blocks[0].file.as_deref(), Some("net.toml"));
    assert_eq!((&blocks[0].text[..], blocks[0].line), ("a = 1\n", 4));
    assert_eq!(commands(&blocks[1].text), ["synfire a b", "synfire c"]);
    assert_eq!(inline(page), [(1, "synfire x".to_owned())]);
    assert!(shows(
        "a\n...\nhost time 1 s\nc [..] d",
        "a\nb\nb\nhost time 2 s\nc x d\n"
    ));
    assert!(!shows("a\nb", "a\nc") && !shows("a", "a\nb") && !shows("a [..] b", "a b"));
}
