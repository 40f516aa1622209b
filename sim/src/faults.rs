//! Planted faults: they show that the comparisons can fail.
//!
//! Each fault is a change to one module of the emitted Verilog of a config for tests;
//! the device still works, with one wrong block. With the feature `faults`, a device is built for
//! each fault under the name of the fault, and the tests require that every fault is detected.

use std::fmt;

/// One planted bug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Name of the device that has it.
    pub name: &'static str,
    /// The module that is changed.
    pub module: &'static str,
    /// Lines of it, and what stands in their place.
    pub edits: &'static [(&'static str, &'static str)],
}

/// One fault for every block that computes or checks.
pub const FAULTS: [Fault; 13] = [
    Fault {
        name: "fault_decay_rounds_down",
        module: "top$core$neurons$integrate$mem_decay",
        edits: &[(
            "round_up = product[32'h2f] & |fraction;",
            "round_up = 1'b0;",
        )],
    },
    Fault {
        name: "fault_lost_row",
        module: "top$core$router$pending",
        edits: &[("set$d = bits;", "set$d = bits & ~32'h20;")],
    },
    Fault {
        name: "fault_late_delay",
        module: "top$core$router",
        edits: &[(
            "row_slot = slot + body[(delay_place)+:(4)];",
            "row_slot = slot + body[(delay_place)+:(4)] + 32'h1;",
        )],
    },
    Fault {
        name: "fault_wrapped_sum",
        module: "top$core$lanes$lane$1",
        edits: &[("above = sum_top == 32'h1;", "above = 1'b0;")],
    },
    Fault {
        name: "fault_uncounted_clamp",
        module: "top$core$lanes$lane$1",
        edits: &[("inexact$d = (deliver4$taken & (", "inexact$d = (1'b0 & (")],
    },
    Fault {
        name: "fault_uncounted_injection",
        module: "top$core$neurons",
        edits: &[(
            "clamped7$d = valid6 & inject & outcome$clamps;",
            "clamped7$d = 1'b0;",
        )],
    },
    Fault {
        name: "fault_swapped_lanes",
        module: "top$core$lanes",
        edits: &[
            (
                "lane$0$weight = weights[(0 * 32'h8)+:(8)];",
                "lane$0$weight = weights[8+:8];",
            ),
            (
                "lane$1$weight = weights[(1 * 32'h8)+:(8)];",
                "lane$1$weight = weights[0+:8];",
            ),
        ],
    },
    Fault {
        name: "fault_learned_absence",
        module: "top$core$lanes$lane$0",
        edits: &[("deliver4$given = go & ~absent$q;", "deliver4$given = go;")],
    },
    Fault {
        name: "fault_forgotten_slot",
        module: "top$core$router$pending",
        edits: &[("any = |set$q;", "any = |set$q & ~set$q[0];")],
    },
    Fault {
        name: "fault_endless_chain",
        module: "top$core$router",
        edits: &[("chain_ends = &scan$q;", "chain_ends = 1'b0;")],
    },
    Fault {
        name: "fault_any_session",
        module: "top$link$dispatcher$keeper",
        edits: &[(
            "other_session = addressed[(32'h0)+:(16)] != session_now$q;",
            "other_session = 1'b0;",
        )],
    },
    Fault {
        name: "fault_unchecked_crc",
        module: "top$link$deframer",
        edits: &[
            (
                "low_wrong = value != crc$q[(32'h0)+:(8)];",
                "low_wrong = 1'b0;",
            ),
            (
                "high_wrong = value != crc$q[(32'h8)+:(8)];",
                "high_wrong = 1'b0;",
            ),
        ],
    },
    Fault {
        name: "fault_half_checked_crc",
        module: "top$link$deframer",
        edits: &[(
            "high_wrong = value != crc$q[(32'h8)+:(8)];",
            "high_wrong = 1'b0;",
        )],
    },
];

/// A fault of counting, in `tiny`: a clamp is lost that happens in the very cycle in which those
/// before it are added to the register.
pub const COUNTER_FAULTS: [Fault; 1] = [Fault {
    name: "fault_missed_clamp",
    module: "top$link$registers$events",
    edits: &[("clamps$d = ((was_clamped$q) & 6'h3f);", "clamps$d = 32'h0;")],
}];

/// Faults of sums that are wider than potentials, in `tiny_lr`.
pub const SUM_FAULTS: [Fault; 3] = [
    Fault {
        // Clamps as if sums were as narrow as potentials.
        name: "fault_early_clamp",
        module: "top$core$lanes$lane$1",
        edits: &[
            (
                "above = sum_top == 32'h1;",
                "above = $signed(sum$q) > 29'sd8388607;",
            ),
            (
                "localparam  maximum = 28'h7ffffff;",
                "localparam  maximum = 28'h07fffff;",
            ),
        ],
    },
    Fault {
        name: "fault_unnarrowed",
        module: "top$core$neurons$narrow",
        edits: &[("if (|upper_bits) begin", "if (1'b0) begin")],
    },
    Fault {
        name: "fault_wrapped_injection",
        module: "top$core$neurons$injected",
        edits: &[("above = sum_top == 32'h1;", "above = 1'b0;")],
    },
];

/// Faults of the rules that look at the potential before the tick, in `tiny_n`.
pub const NEURON_FAULTS: [Fault; 3] = [
    Fault {
        name: "fault_unraised_threshold",
        module: "top$core$neurons$looks_back",
        edits: &[("silent = flags7$q[32'h0] & ~over;", "silent = 1'b0;")],
    },
    Fault {
        name: "fault_subtracted_twice",
        module: "top$core$neurons$looks_back",
        edits: &[("keeps = flags7$q[32'h1];", "keeps = 1'b0;")],
    },
    Fault {
        // A potential that meets the threshold is not above it.
        name: "fault_above_at_threshold",
        module: "top$core$neurons$looks_back",
        edits: &[(
            "distance = wide_threshold - wide_v;",
            "distance = wide_threshold + ~wide_v;",
        )],
    },
];

/// Faults of second states, in `tiny_m`: those of all neurons, of adaptive and of quadratic ones.
pub const SECOND_FAULTS: [Fault; 6] = [
    Fault {
        name: "fault_one_decay_for_both",
        module: "top$core$neurons",
        edits: &[(
            "dynamics$read_address = ((n1$q) & 5'h1f) | second_element;",
            "dynamics$read_address = (n1$q) & 5'h1f;",
        )],
    },
    Fault {
        // The negative without the one: the current counts as one more.
        name: "fault_second_state_and_one",
        module: "top$core$neurons$second_state",
        edits: &[("taken4$d = ~wide + 32'h1;", "taken4$d = ~wide;")],
    },
    Fault {
        name: "fault_rest_with_a_second_state",
        module: "top$core$neurons$second_state",
        edits: &[("takes4$d = |kept$q | coupled$q;", "takes4$d = coupled$q;")],
    },
    Fault {
        name: "fault_threshold_raised_beyond_its_range",
        module: "top$core$neurons$second_state",
        edits: &[("if (height_top == 32'h1) begin", "if (1'b0) begin")],
    },
    Fault {
        name: "fault_square_beyond_its_range",
        module: "top$core$neurons$square",
        edits: &[("full = wanted & |beyond;", "full = 1'b0;")],
    },
    Fault {
        name: "fault_part_without_its_sign",
        module: "top$core$neurons$second_state$coupling",
        edits: &[("(part >> 32'h1) | fill_one;", "part >> 32'h1;")],
    },
];

/// Faults of learning, in `tiny_l`.
pub const LEARNING_FAULTS: [Fault; 8] = [
    Fault {
        name: "fault_swapped_amplitudes",
        module: "top$core$learning$rules",
        edits: &[
            ("\n                2:\n", "\n                33:\n"),
            ("\n                3:\n", "\n                2:\n"),
            ("\n                33:\n", "\n                3:\n"),
        ],
    },
    Fault {
        name: "fault_transposed_address",
        module: "top$core$learning$words",
        edits: &[(
            "written = target_c$q;",
            "written = {target_c$q[0], target_c$q[1], target_c$q[2]};",
        )],
    },
    Fault {
        name: "fault_wrapped_weight",
        module: "top$core$lanes$lane$1$change",
        edits: &[("over = ~short;", "over = 1'b0;")],
    },
    Fault {
        name: "fault_bumped_too_early",
        module: "top$core$learning$trace",
        edits: &[("scale$value = trace$q;", "scale$value = bounded;")],
    },
    Fault {
        name: "fault_wrapped_threshold",
        module: "top$core$learning$trace",
        edits: &[("if (lowered[top]) begin", "if (1'b0) begin")],
    },
    Fault {
        // After firing they are refractory, unless their refractory time is 0.
        name: "fault_learns_after_firing",
        module: "top$core$learning",
        edits: &[("touched$clear = ~in_tick;", "touched$clear = 1'b0;")],
    },
    Fault {
        // The targets of a group's second word use the random bits of the first.
        name: "fault_random_bits_by_lane",
        module: "top$core$learning$generator$number$0",
        edits: &[("if (half) begin", "if (1'b0) begin")],
    },
    Fault {
        // A row that waits for another row begins with the key of that row.
        name: "fault_key_of_the_row_before",
        module: "top$core$learning$generator",
        edits: &[("of_tick = ~words_busy;", "of_tick = 1'b0;")],
    },
];

/// `tiny` with the synapse memory that a slow chip would be: it takes an address, or a word to write,
/// after some cycles of `valid`, and shows the word before until then. The last one is a fault: it
/// claims to have taken both at once.
pub const SLOW_MEMORIES: [Fault; 3] = [
    Fault {
        name: "slow_by_3",
        module: "top$core$synapses",
        edits: &[
            SLOW_REGISTERS,
            (
                "ready = valid;",
                "takes = valid & (waited == 5'd3); ready = takes;",
            ),
            SLOW_WRITE,
            SLOW_READ,
        ],
    },
    Fault {
        name: "slow_by_20",
        module: "top$core$synapses",
        edits: &[
            SLOW_REGISTERS,
            (
                "ready = valid;",
                "takes = valid & (waited == 5'd20); ready = takes;",
            ),
            SLOW_WRITE,
            SLOW_READ,
        ],
    },
    Fault {
        name: "fault_not_waited_for",
        module: "top$core$synapses",
        edits: &[
            SLOW_REGISTERS,
            (
                "ready = valid;",
                "takes = valid & (waited == 5'd3); ready = valid;",
            ),
            SLOW_WRITE,
            SLOW_READ,
        ],
    },
];

const SLOW_REGISTERS: (&str, &str) = (
    "// Update code",
    "reg takes;
    reg shows = 0;
    reg [4:0] waited = 0;
    reg [15:0] kept = 0;
    always @(posedge clock) begin
        waited <= valid & !takes ? waited + 5'd1 : 5'd0;
        shows <= takes;
        kept <= read_data;
    end
",
);

const SLOW_WRITE: (&str, &str) = (
    "group$0$write_mask = write_mask;",
    "group$0$write_mask = takes ? write_mask : 2'd0;",
);

const SLOW_READ: (&str, &str) = (
    "read_data = group$0$read_data;",
    "read_data = shows ? group$0$read_data : kept;",
);

/// A fault whose text is not in the Verilog exactly once: the hardware has changed, and the fault
/// has to be written anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// Name of the fault.
    pub fault: &'static str,
    /// What was looked for.
    pub text: String,
    /// How often it was found.
    pub found: usize,
}

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {:?} stands {} times in the Verilog",
            self.fault, self.text, self.found
        )
    }
}

impl std::error::Error for Misplaced {}

impl Fault {
    /// `verilog` with the fault.
    ///
    /// # Errors
    /// [`Misplaced`].
    pub fn plant(&self, verilog: &str) -> Result<String, Misplaced> {
        let misplaced = |text: String, found| Misplaced {
            fault: self.name,
            text,
            found,
        };
        let head = format!("module {}(", self.module);
        let foot = format!("endmodule // {}\n", self.module);
        let (before, rest) = verilog
            .split_once(&head)
            .ok_or_else(|| misplaced(head.clone(), 0))?;
        let (body, after) = rest
            .split_once(&foot)
            .ok_or_else(|| misplaced(foot.clone(), 0))?;
        let mut body = body.to_owned();
        for (from, to) in self.edits {
            let found = body.matches(from).count();
            if found != 1 {
                return Err(misplaced((*from).to_owned(), found));
            }
            body = body.replace(from, to);
        }
        Ok([before, &head, &body, &foot, after].concat())
    }
}
