//! Converts names to names that a network file allows.

use std::collections::BTreeSet;

use network::MAX_NAME;

/// The names in use.
#[derive(Debug, Clone, Default)]
pub struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// The most similar allowed name that is not in use.
    pub fn legal(&mut self, name: &str) -> String {
        let fit = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        let mut name: String = name
            .chars()
            .map(|c| if fit(c) { c } else { '_' })
            .take(MAX_NAME)
            .collect();
        if name.is_empty() {
            "unnamed".clone_into(&mut name);
        }
        let mut found = name.clone();
        let mut number = 2;
        while !self.given.insert(found.clone()) {
            let suffix = format!("_{number}");
            found = name.chars().take(MAX_NAME - suffix.len()).collect();
            found.push_str(&suffix);
            number += 1;
        }
        found
    }
}
