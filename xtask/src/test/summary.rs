//! Reads the totals that test runners print.

/// The numbers of tests by result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Totals {
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) skipped: u32,
}

impl Totals {
    pub(super) fn add(&mut self, other: Totals) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Parses nextest's line `Summary [ 1.2s] 9 tests run: 8 passed (1 slow), 1 failed, 3 skipped`; an
/// interrupted run prints `5/9 tests run`.
pub(super) fn of_nextest(text: &str) -> Option<Totals> {
    let line = text
        .lines()
        .rfind(|line| line.trim_start().starts_with("Summary ["))?;
    let (_, counts) = line.split_once(']')?;
    let (run, results) = counts.split_once(" run:")?;
    let run = run
        .trim()
        .split([' ', '/'])
        .filter_map(|word| word.parse::<u32>().ok())
        .next_back()?;
    let passed = count(results, "passed");
    // Every other test has failed, timed out, leaked or never started.
    Some(Totals {
        passed,
        failed: run.saturating_sub(passed),
        skipped: count(results, "skipped"),
    })
}

/// Parses libtest's lines `test result: ok. 3 passed; 0 failed; 0 ignored; ..`, one per crate.
pub(super) fn of_libtest(text: &str) -> Option<Totals> {
    let results = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("test result:"));
    results.fold(None, |sum, line| {
        let mut sum: Totals = sum.unwrap_or_default();
        sum.add(Totals {
            passed: count(line, "passed"),
            failed: count(line, "failed"),
            skipped: count(line, "ignored") + count(line, "filtered"),
        });
        Some(sum)
    })
}

/// The number before the word.
fn count(text: &str, word: &str) -> u32 {
    let words: Vec<_> = text
        .split([' ', ',', ';', '(', ')'])
        .filter(|w| !w.is_empty())
        .collect();
    let at = words.windows(2).find(|pair| pair[1] == word);
    at.and_then(|pair| pair[0].parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn totals(passed: u32, failed: u32, skipped: u32) -> Option<Totals> {
        Some(Totals {
            passed,
            failed,
            skipped,
        })
    }

    #[test]
    fn nextest_summaries_are_read() {
        for (line, expected) in [
            (
                "   Summary [   0.026s] 4 tests run: 4 passed, 0 skipped",
                totals(4, 0, 0),
            ),
            (
                "     Summary [   1.2s] 9 tests run: 8 passed (1 slow), 1 failed, 3 skipped",
                totals(8, 1, 3),
            ),
            (
                "Summary [ 60.0s] 5/9 tests run: 3 passed, 1 failed, 1 timed out, 0 skipped",
                totals(3, 6, 0),
            ),
            (
                "Summary [ 0.1s] 1 test run: 1 passed, 0 skipped",
                totals(1, 0, 0),
            ),
            ("nothing", None),
        ] {
            assert_eq!(of_nextest(line), expected, "{line}");
        }
    }

    #[test]
    fn libtest_results_are_added() {
        let text = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n\
                    \n\
                    test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n";
        assert_eq!(of_libtest(text), totals(5, 1, 1));
        assert_eq!(of_libtest(""), None);
    }
}
