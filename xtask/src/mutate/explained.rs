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
        "core.first_group",
        "`procmux` A[28] inverted",
        "bit 28 of what is read of the synapses or of the wheel, whose elements have 8 and 16 bits: only \
         these are sent, and three bytes are shifted into the word before it is looked at again",
    ),
    (
        "core.learning.items",
        "`procmux` A[11] inverted while A[9] is 0",
        "the bits of delivered rows while they are asked for: the word that comes replaces them in the \
         cycle that ends the search, before an item of them is picked",
    ),
    (
        "core.router",
        "`core.router.origin.d[3]`) always 0",
        "the lowest bits of the number of the first row of a word of 16 rows, or of the first neuron of \
         a block of 16: they are 0 in any case",
    ),
    (
        "core.router",
        "`procmux` S[0] always 1",
        "the row that is looked up after the last row of a chain: the next spike, delivery or access of \
         the host sets it before anything is done with what was found",
    ),
    (
        "link.registers.settings",
        "`or of line 26159` A[1] inverted while A[3] is 0",
        "the lower bits of a first neuron or a number of neurons to probe that is too large: bit 4 is \
         set beside them, so the first neuron or the end is beyond the 16 neurons in any case",
    ),
    (
        "top",
        "`auto` A[4] always 1",
        "selects that a request has not been answered in 15 of the responder's 16 states; in the other \
         one, the selector of that state stands before it",
    ),
    (
        "link",
        "`power_on.unlocked[0]`) always 0",
        "STATUS tells that the PLL has no lock, which the session's always has; `bench_lock` of the \
         gate-level equivalence tests it",
    ),
    (
        "power_on",
        "`add of line 28134` A[17] always 1",
        "counts while the PLL has no lock, which the session's always has; only a device that waits \
         2^22 cycles for it shows the difference",
    ),
    (
        "power_on",
        "`procmux` B[5] inverted",
        "where the count of cycles without a lock begins, 32 later; the PLL of the session always has \
         its lock",
    ),
];

/// Why a mutant with that change in that block survives, if it is known.
pub(super) fn why(block: &str, change: &str) -> Option<&'static str> {
    let known = EXPLAINED
        .iter()
        .find(|(begin, part, _)| block.starts_with(begin) && change.contains(part));
    known.map(|(_, _, why)| *why)
}
