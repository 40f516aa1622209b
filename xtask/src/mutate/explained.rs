//! Why some mutants are not noticed.

/// What is known of survivors: how the name of their block begins, what their change contains, and why
/// no session can see it, or what does.
const EXPLAINED: &[(&str, &str, &str)] = &[(
    "core.neurons.integrate.mem_decay",
    "`core.neurons.integrate.mem_decay.high_product.q[6]`) always 0",
    "the fraction of a product that is not negative, and only that of a negative one is looked at: \
         with 16 bits of state nothing is added to it that could change the sign",
)];

/// Why a mutant with that change in that block survives, if it is known.
pub(super) fn why(block: &str, change: &str) -> Option<&'static str> {
    let known = EXPLAINED
        .iter()
        .find(|(begin, part, _)| block.starts_with(begin) && change.contains(part));
    known.map(|(_, _, why)| *why)
}
