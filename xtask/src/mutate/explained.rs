//! Why some mutants are not noticed.

/// What is known of survivors: how the name of their block begins, what their change contains, and why
/// no session can see it, or what does.
const EXPLAINED: &[(&str, &str, &str)] = &[
    (
        "core.neurons.integrate.mem_decay",
        "`core.neurons.integrate.mem_decay.high_product.q[6]`) always 0",
        "the fraction of a product that is not negative, and only that of a negative one is looked at: \
         with 16 bits of state nothing is added to it that could change the sign",
    ),
    (
        "core.learning.ways",
        "`and of line 10909` Y[5] inverted",
        "bit 5 of an entry in the list of touched target words: an entry has three bits of a word and \
         two of its lanes, its only reader takes these five, and the host has no region with the list",
    ),
    (
        "core.synapses.group$0",
        "`procmux` A[3] always 1",
        "an address that the Verilog leaves undefined, of a write that is not enabled: what selects it \
         is the write enable of the same byte",
    ),
    (
        "link.mover",
        "`link.mover.enter_zero[0]`) always 0",
        "what stands above a short element in the word: every memory takes only the bits of its own \
         elements, and three bytes are shifted into the word before it is looked at again",
    ),
    (
        "link.registers.events",
        "`add of line 25215` Y[5] always 0",
        "the rows that were made due since the last visit, from 32 up: a row takes three cycles of the \
         router, and a visit comes at least every 45 cycles",
    ),
    (
        "link.registers.events.routed",
        "`link.registers.events.routed.d[5]`) always 0",
        "the rows that were made due since the last visit, from 32 up: a row takes three cycles of the \
         router, and a visit comes at least every 45 cycles",
    ),
    (
        "power_on",
        "`add of line 28134` A[17] always 1",
        "counts while the PLL has no lock, which the session's has from the start; `bench_lock` of the \
         gate-level equivalence counts these 2^22 cycles",
    ),
];

/// Why a mutant with that change in that block survives, if it is known.
pub(super) fn why(block: &str, change: &str) -> Option<&'static str> {
    let known = EXPLAINED
        .iter()
        .find(|(begin, part, _)| block.starts_with(begin) && change.contains(part));
    known.map(|(_, _, why)| *why)
}
