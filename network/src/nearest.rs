//! Finds the known name that is most similar to an unknown name, for "did you mean" messages.

/// Similarity, from 0 to 1, below which two names are considered unrelated.
const ALIKE: f64 = 0.85;

/// Minimum similarity of two names that differ in one letter.
const ONE_LETTER: f64 = 0.9;

/// The known name that is most similar to `name`, if one is similar enough to be what the user
/// meant.
///
/// The measure is the Jaro-Winkler similarity, from 0 to 1, which gives more weight to a common
/// beginning. In names of three letters or more, one missing, additional, wrong or swapped letter
/// always counts as similar. Of equally similar names, the first is returned.
#[must_use]
pub fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let name = name.to_lowercase();
    let mut best = (ALIKE, None);
    for it in known {
        let other = it.to_lowercase();
        let one_letter = name.chars().count() > 2 && strsim::osa_distance(&name, &other) == 1;
        let likeness = strsim::jaro_winkler(&name, &other);
        let likeness = if one_letter {
            likeness.max(ONE_LETTER)
        } else {
            likeness
        };
        if likeness > best.0 {
            best = (likeness, Some(it));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_mistyped_is_found_and_other_words_are_not() {
        let keys = [
            "name",
            "size",
            "threshold",
            "tau_mem",
            "tau_syn",
            "v_reset",
            "weights",
            "bias",
            "refractory_ticks",
        ];
        for (mistyped, meant) in [
            ("treshold", Some("threshold")),
            ("Threshold", Some("threshold")),
            ("thresholds", Some("threshold")),
            ("wieghts", Some("weights")),
            ("weight", Some("weights")),
            ("tau_m", Some("tau_mem")),
            ("vreset", Some("v_reset")),
            ("refractory", Some("refractory_ticks")),
            ("nmae", Some("name")),
            ("anme", Some("name")),
            ("colour", None),
            ("brains", None),
            ("delay", None),
            ("", None),
        ] {
            assert_eq!(nearest(mistyped, keys), meant, "{mistyped}");
        }
    }
}
