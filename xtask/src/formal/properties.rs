//! The properties to prove, and the faults that must refute them.

use spec::CoreConfig;

use super::design::Fault;

/// One proof.
#[derive(Debug)]
pub(crate) struct Property {
    /// Of the harness in `formal`.
    pub(crate) name: &'static str,
    /// The proved statement.
    pub(crate) shows: &'static str,
    /// The config whose Verilog has them.
    pub(super) config: fn() -> &'static CoreConfig,
    /// The modules that the proof covers.
    pub(super) blocks: &'static [&'static str],
    /// Number of cycles that the induction step assumes.
    pub(crate) k: u32,
    /// The faults that must refute it.
    pub(crate) faults: &'static [Fault],
}

/// All properties.
pub(crate) const PROPERTIES: &[&Property] = &[
    &UART_TX,
    &UART_LINE,
    &UART_RX,
    &CRC,
    &FRAME_CHECK,
    &REFUSAL,
    &CREDIT,
    &STREAM_IN,
    &STREAM_OUT,
    &HOST_PORT,
    &SYNAPSE_FETCH,
    &LANE,
    &LANE_WIDE,
    &NARROW,
    &INJECTED,
    &CHANGE,
    &DECAY,
    &LEAK,
    &INTEGRATE,
    &LOOKS_BACK,
    &SQUARE,
    &COUPLING,
    &SECOND_STATE,
    &OUTCOME,
];

const UART_TX: Property = Property {
    name: "uart_tx",
    shows: "a byte leaves as a start bit, its bits and a stop bit, each as long as the divider says \
            (any from 4); between frames the line rests",
    config: CoreConfig::tiny,
    blocks: &["top$link$transmitter"],
    k: 1,
    faults: &[Fault {
        what: "bits a cycle too short",
        module: "top$link$transmitter",
        edit: (
            "at_bit = count$q == divider;",
            "at_bit = count$q == divider - 1;",
        ),
        cycles: 12,
    }],
};

const UART_LINE: Property = Property {
    name: "uart_line",
    shows: "the receiver sees the line of three cycles ago, less glitches of one cycle",
    config: CoreConfig::tiny,
    blocks: &["top$link$receiver"],
    k: 1,
    faults: &[Fault {
        what: "glitches pass",
        module: "top$link$receiver",
        edit: (
            "low = (second$q & third$q) | (third$q & fourth$q) | (second$q & fourth$q);",
            "low = third$q;",
        ),
        cycles: 8,
    }],
};

const UART_RX: Property = Property {
    name: "uart_rx",
    shows: "every byte sent is received once and as it was sent, at dividers of 4 to 15, with bits up \
            to 2.5 % longer or shorter than that, in steps of a fortieth of a cycle, starting at any \
            such step, back to back or not; a frame without a stop bit is reported and gives no byte",
    config: CoreConfig::tiny,
    blocks: &["top$link$receiver"],
    k: 1,
    faults: &[
        Fault {
            what: "bits sampled a cycle too late each",
            module: "top$link$receiver",
            edit: ("count$d = 32'h1;", "count$d = 32'h0;"),
            cycles: 50,
        },
        Fault {
            what: "a byte without a stop bit",
            module: "top$link$receiver",
            edit: ("framing_error = 1'b1;", "valid = 1'b1;"),
            cycles: 50,
        },
    ],
};

const CRC: Property = Property {
    name: "crc",
    shows: "the checksum after one more byte equals the definition",
    config: CoreConfig::tiny,
    blocks: &["top$link$deframer$checksum"],
    k: 1,
    faults: &[Fault {
        what: "a term of the polynomial moved",
        module: "top$link$deframer$checksum",
        edit: ("by_5 = folded << 32'h5;", "by_5 = folded << 32'h4;"),
        cycles: 1,
    }],
};

const FRAME_CHECK: Property = Property {
    name: "frame_check",
    shows: "a frame reaches the requests only if its length and checksum are right, and then byte by \
            byte; any other leaves one byte, which refuses it",
    config: CoreConfig::tiny,
    blocks: &["top$link$deframer"],
    k: 1,
    faults: &[
        Fault {
            what: "the checksum's low byte not compared",
            module: "top$link$deframer",
            edit: (
                "low_wrong = value != crc$q[(32'h0)+:(8)];",
                "low_wrong = 1'b0;",
            ),
            cycles: 52,
        },
        Fault {
            what: "the checksum's high byte not compared",
            module: "top$link$deframer",
            edit: (
                "high_wrong = value != crc$q[(32'h8)+:(8)];",
                "high_wrong = 1'b0;",
            ),
            cycles: 52,
        },
    ],
};

const REFUSAL: Property = Property {
    name: "refusal",
    shows: "a refused or repeated request queues no word and writes no element; what is for another \
            core or of another session than the last HELLO's, or comes before one, does nothing and \
            is refused; of a damaged frame nothing is read, queued, written or acknowledged",
    config: CoreConfig::tiny,
    blocks: &["top$link$dispatcher"],
    k: 1,
    faults: &[
        Fault {
            what: "a damaged frame taken for a request",
            module: "top$link$dispatcher",
            edit: ("if (data[32'h0]) begin", "if (1'b0) begin"),
            cycles: 24,
        },
        Fault {
            what: "a request before any greeting",
            module: "top$link$dispatcher",
            edit: ("(~keeper$greeted & ~is_hello$q)", "1'b0"),
            cycles: 22,
        },
        Fault {
            what: "a request of any session, for any core",
            module: "top$link$dispatcher",
            edit: (
                "if (keeper$foreign | (~keeper$greeted & ~is_hello$q)) begin",
                "if (1'b0) begin",
            ),
            cycles: 22,
        },
    ],
};

const CREDIT: Property = Property {
    name: "credit",
    shows: "words are queued towards the core only while there is room, whatever a request says and \
            whenever the core takes words",
    config: CoreConfig::tiny,
    blocks: &["top$link$dispatcher"],
    k: 1,
    faults: &[
        Fault {
            what: "lack of room overlooked",
            module: "top$link$dispatcher",
            edit: ("if (lacks) begin", "if (1'b0) begin"),
            cycles: 34,
        },
        Fault {
            what: "one word too little room requested",
            module: "top$link$dispatcher",
            edit: (
                "wanted = words_and_rest - 32'h4;",
                "wanted = words_and_rest - 32'h5;",
            ),
            cycles: 34,
        },
    ],
};

const STREAM_OUT: Property = Property {
    name: "stream_out",
    shows: "the queue from the core neither loses, duplicates nor reorders words, even if words are sent \
            again; each stays until it is acknowledged; no more are promised than there are",
    config: CoreConfig::tiny,
    blocks: &["top$link$stream_out"],
    k: 1,
    faults: &[
        Fault {
            what: "words acknowledged that were not sent",
            module: "top$link$stream_out",
            edit: (
                "plausible = ~|newly_high & ~remaining[lap_bit];",
                "plausible = ~|newly_high;",
            ),
            cycles: 12,
        },
        Fault {
            what: "a word promised in the cycle that it comes",
            module: "top$link$stream_out",
            edit: (
                "waiting$d = write$q - sent_low;",
                "waiting$d = write$d - sent_low;",
            ),
            cycles: 12,
        },
    ],
};

const STREAM_IN: Property = Property {
    name: "stream_in",
    shows: "the queue towards the core neither loses, duplicates nor reorders words, counts its room correctly, and \
            has the next word out within three cycles",
    config: CoreConfig::tiny,
    blocks: &["top$link$stream_in"],
    k: 1,
    faults: &[
        Fault {
            what: "a word doubled",
            module: "top$link$stream_in",
            edit: ("more = ~vacant & ~(front$q & last);", "more = ~vacant;"),
            cycles: 12,
        },
        Fault {
            what: "room lost when a word comes and one goes",
            module: "top$link$stream_in",
            edit: ("if (~pops) begin", "if (1'b1) begin"),
            cycles: 12,
        },
    ],
};

const LANE: Property = Property {
    name: "lane",
    shows: "a lane writes current + weight * 2^exponent, clamped, and nothing for an absent synapse, \
            and tells each time that a sum was clamped (16-bit sums)",
    config: CoreConfig::tiny,
    blocks: &["top$core$lanes$lane$0"],
    k: 6,
    faults: &LANE_FAULTS,
};

const LANE_WIDE: Property = Property {
    name: "lane_wide",
    shows: "the same with 28-bit sums",
    config: CoreConfig::tiny_lr,
    blocks: &["top$core$lanes$lane$0"],
    k: 6,
    faults: &LANE_FAULTS,
};

const LANE_FAULTS: [Fault; 3] = [
    Fault {
        what: "a sum that wraps",
        module: "top$core$lanes$lane$0",
        edit: ("above = sum_top == 32'h1;", "above = 1'b0;"),
        cycles: 8,
    },
    Fault {
        what: "the smallest value not clamped",
        module: "top$core$lanes$lane$0",
        edit: ("below = at_minimum;", "below = 1'b0;"),
        cycles: 8,
    },
    Fault {
        what: "a clamp that is not reported",
        module: "top$core$lanes$lane$0",
        edit: ("(sum_top[32'h0] & at_minimum)", "1'b0"),
        cycles: 8,
    },
];

const NARROW: Property = Property {
    name: "narrow",
    shows: "a neuron integrates the number of 24 bits that is nearest to the sum of 28 bits",
    config: CoreConfig::tiny_lr,
    blocks: &["top$core$neurons$narrow"],
    k: 1,
    faults: &[Fault {
        what: "a large sum that wraps",
        module: "top$core$neurons$narrow",
        edit: ("if (|upper_bits) begin", "if (1'b0) begin"),
        cycles: 1,
    }],
};

const INJECTED: Property = Property {
    name: "injected",
    shows: "an injected current is added to the sum, clamped, and each clamp told (28-bit sums)",
    config: CoreConfig::tiny_lr,
    blocks: &["top$core$neurons$injected"],
    k: 1,
    faults: &[
        Fault {
            what: "a sum that wraps",
            module: "top$core$neurons$injected",
            edit: ("above = sum_top == 32'h1;", "above = 1'b0;"),
            cycles: 4,
        },
        Fault {
            what: "the sum of cycles in which none was ordered",
            module: "top$core$neurons$injected",
            edit: ("if (go) begin", "if (1'b1) begin"),
            cycles: 4,
        },
    ],
};

const CHANGE: Property = Property {
    name: "change",
    shows: "a weight that learns moves by the amount, rounded by chance, if it is allowed to, and is \
            clamped to its bounds; it keeps its sign where they have one, and does not become absent",
    config: CoreConfig::tiny_l,
    blocks: &["top$core$lanes$lane$0$change"],
    k: 7,
    faults: &[
        Fault {
            what: "a weight that wraps",
            module: "top$core$lanes$lane$0$change",
            edit: ("over = ~short;", "over = 1'b0;"),
            cycles: 12,
        },
        Fault {
            what: "soft bounds a weight too wide",
            module: "top$core$lanes$lane$0$change",
            edit: (
                "room = limit_wide - held_wide;",
                "room = limit_wide - held_wide + 1;",
            ),
            cycles: 12,
        },
    ],
};

const DECAY: Property = Property {
    name: "decay",
    shows: "a decayed value is sign(x) * ((|x| * decay) >> 12), given the product (16-bit state)",
    config: CoreConfig::tiny,
    blocks: &["top$core$neurons$integrate$mem_decay"],
    k: 3,
    faults: &[Fault {
        what: "rounded down, not toward zero",
        module: "top$core$neurons$integrate$mem_decay",
        edit: (
            "round_up = product[32'h2f] & |fraction;",
            "round_up = 1'b0;",
        ),
        cycles: 5,
    }],
};

const LEAK: Property = Property {
    name: "leak",
    shows: "the linear leak steps toward the reset potential and never beyond it (16-bit state)",
    config: CoreConfig::tiny,
    blocks: &["top$core$neurons$integrate$leak"],
    k: 3,
    faults: &[Fault {
        what: "a step beyond the reset potential",
        module: "top$core$neurons$integrate$leak",
        edit: (
            "passed$d = (was_below ^ is_below) | &step;",
            "passed$d = &step;",
        ),
        cycles: 5,
    }],
};

const INTEGRATE: Property = Property {
    name: "integrate",
    shows: "potential after its leak + current + bias is summed exactly; the current written is the \
            decayed one; a neuron said to rest does not move (16-bit state, `decay` and `leak` given)",
    config: CoreConfig::tiny,
    blocks: &["top$core$neurons$integrate"],
    k: 5,
    faults: &[Fault {
        what: "the decayed potential lost",
        module: "top$core$neurons$integrate",
        edit: ("kept = wide_quotient;", "kept = 32'h0;"),
        cycles: 6,
    }],
};

const HOST_PORT: Property = Property {
    name: "host_port",
    shows: "each request of the host for an element is answered exactly once, after the memory has \
            taken it once, however long that takes",
    config: CoreConfig::tiny,
    blocks: &["top$core$port"],
    k: 1,
    faults: &[
        Fault {
            what: "a write that is answered before it is done",
            module: "top$core$port",
            edit: ("done = written$q & taken;", "done = valid & write;"),
            cycles: 6,
        },
        Fault {
            what: "an address that is given twice",
            module: "top$core$port",
            edit: (
                "asking = waited$q == 32'h1;",
                "asking = (waited$q == 32'h1) | (waited$q == 32'h2);",
            ),
            cycles: 8,
        },
    ],
};

const SYNAPSE_FETCH: Property = Property {
    name: "synapse_fetch",
    shows: "each word of a row is fetched exactly once and in order, with its target word, whenever \
            the memory takes the address",
    config: CoreConfig::tiny,
    blocks: &["top$core$streamer"],
    k: 1,
    faults: &[
        Fault {
            what: "a word that is not waited for",
            module: "top$core$streamer",
            edit: ("issuing = asking & taken;", "issuing = asking;"),
            cycles: 6,
        },
        Fault {
            what: "words that are not counted",
            module: "top$core$streamer",
            edit: ("left$d = left$q + target_stride;", "left$d = left$q;"),
            cycles: 10,
        },
    ],
};

const LOOKS_BACK: Property = Property {
    name: "looks_back",
    shows: "a threshold is subtracted late only from a potential that was above it, and a neuron is \
            silent only below twice its threshold (24-bit state)",
    config: CoreConfig::tiny_n,
    blocks: &["top$core$neurons$looks_back"],
    k: 5,
    faults: &[
        Fault {
            what: "above where the potential meets the threshold",
            module: "top$core$neurons$looks_back",
            edit: (
                "distance = wide_threshold - wide_v;",
                "distance = wide_threshold + ~wide_v;",
            ),
            cycles: 4,
        },
        Fault {
            what: "a negative threshold that is doubled",
            module: "top$core$neurons$looks_back",
            edit: ("if (threshold_again[top]) begin", "if (1'b0) begin"),
            cycles: 8,
        },
    ],
};

const SQUARE: Property = Property {
    name: "square",
    shows: "a quadratic neuron's square has two factors that are small enough for the sum, or the \
            potential becomes the largest one (24-bit state)",
    config: CoreConfig::tiny_m,
    blocks: &["top$core$neurons$square"],
    k: 1,
    faults: &[
        Fault {
            what: "a square that is never too large",
            module: "top$core$neurons$square",
            edit: ("full = wanted & |beyond;", "full = 1'b0;"),
            cycles: 2,
        },
        Fault {
            what: "the magnitude of a negative potential less one",
            module: "top$core$neurons$square",
            edit: ("absolute = ~v + 32'h1;", "absolute = ~v;"),
            cycles: 2,
        },
    ],
};

const COUPLING: Property = Property {
    name: "coupling",
    shows: "the second state follows the potential by the part that its shift and sign say, and \
            saturates (24-bit state)",
    config: CoreConfig::tiny_m,
    blocks: &["top$core$neurons$second_state$coupling"],
    k: 4,
    faults: &[
        Fault {
            what: "a negative part shifted without its sign",
            module: "top$core$neurons$second_state$coupling",
            edit: ("(part >> 32'h1) | fill_one;", "part >> 32'h1;"),
            cycles: 8,
        },
        Fault {
            what: "a sum that wraps",
            module: "top$core$neurons$second_state$coupling",
            edit: ("if (sum_top == 32'h1) begin", "if (1'b0) begin"),
            cycles: 8,
        },
    ],
};

const SECOND_STATE: Property = Property {
    name: "second_state",
    shows: "what the pass of a second state keeps is added to the sum or raises the threshold, \
            clamped, and keeps the neuron from rest (24-bit state)",
    config: CoreConfig::tiny_m,
    blocks: &["top$core$neurons$second_state"],
    k: 4,
    faults: &[
        Fault {
            what: "a threshold raised beyond its range",
            module: "top$core$neurons$second_state",
            edit: ("if (height_top == 32'h1) begin", "if (1'b0) begin"),
            cycles: 14,
        },
        Fault {
            what: "an adaptation that is added to the sum as well",
            module: "top$core$neurons$second_state",
            edit: ("if (~adapts) begin", "if (1'b1) begin"),
            cycles: 14,
        },
    ],
};

const OUTCOME: Property = Property {
    name: "outcome",
    shows: "a neuron fires above its threshold only, and its new potential is the definition's, \
            clamped; a clamped sum is reported (16-bit state)",
    config: CoreConfig::tiny,
    blocks: &["top$core$neurons$outcome"],
    k: 2,
    faults: &[
        Fault {
            what: "fires while it is held at v_reset",
            module: "top$core$neurons$outcome",
            edit: (
                "fire = over & ready & ~force_reset & ~silent;",
                "fire = over & ready & ~silent;",
            ),
            cycles: 4,
        },
        Fault {
            what: "a sum that wraps",
            module: "top$core$neurons$outcome",
            edit: ("above = beyond & ~sum_top[32'h2];", "above = 1'b0;"),
            cycles: 4,
        },
    ],
};
