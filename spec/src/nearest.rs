//! Which of the names that there are was meant by one that there is not.

/// Likeness from 0 to 1 below which two names have nothing to do with each other.
const ALIKE: f64 = 0.85;

/// Likeness that a difference of one letter has at least.
const ONE_LETTER: f64 = 0.9;

/// The name that is most like `name`, if any is: what somebody meant who mistyped it.
///
/// Likeness is that of Jaro and Winkler, from 0 to 1, which counts a common beginning for more; one
/// letter too many, too few, wrong or exchanged is like enough in any name of three letters or more.
/// Of equals the first is taken.
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
