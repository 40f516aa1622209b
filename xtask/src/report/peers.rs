//! Published designs of other projects that do the same work on the same chips.

/// A core that was measured, or whose project publishes figures.
pub(super) struct Peer {
    /// Its name and its variant.
    pub(super) name: &'static str,
    /// The chip, and the unit of its logic.
    pub(super) chip: &'static str,
    /// Cells of logic.
    pub(super) cells: u64,
    /// Maximum frequency of the routed design, if it was routed.
    pub(super) fmax_mhz: Option<f64>,
    /// Synaptic operations a second, in millions.
    pub(super) msops: f64,
    /// The source of the figures.
    pub(super) source: &'static str,
}

/// The figures measured here come from yosys and nextpnr on the public RTL, with one or two seeds
/// and unconstrained pins, so each frequency is accurate to about 5 %.
const MEASURED: &str = "routed by us with yosys 0.70 and nextpnr 0.11.1; cycles counted in its RTL";

/// Designs with a known rate. RANC is left out: a tick of its core takes 66,051 cycles whatever
/// spikes, so it has no comparable rate of synaptic operations.
pub(super) const PEERS: [Peer; 5] = [
    Peer {
        name: "tinyODIN, 256 neurons",
        chip: "iCE40UP5K (LC)",
        cells: 3_855,
        fmax_mhz: Some(11.7),
        msops: 5.9,
        source: MEASURED,
    },
    Peer {
        name: "tinyODIN, 256 neurons",
        chip: "LFE5U-85F (LUT4)",
        cells: 2_981,
        fmax_mhz: Some(39.4),
        msops: 19.7,
        source: MEASURED,
    },
    Peer {
        name: "ODIN, 256 neurons, with learning",
        chip: "LFE5U-85F (LUT4)",
        cells: 12_512,
        fmax_mhz: Some(19.8),
        msops: 9.9,
        source: MEASURED,
    },
    Peer {
        name: "Catalyst N1, 256 neurons a core, with learning",
        chip: "LFE5U-85F (LUT4)",
        cells: 27_340,
        fmax_mhz: None,
        msops: 16.7,
        source: "area and cycles measured by us; at the 100 MHz of its documents, on another chip",
    },
    Peer {
        name: "NeuroCoreX, 90 neurons, with learning",
        chip: "XC7A35T (LUT6)",
        cells: 6_981,
        fmax_mhz: None,
        msops: 4.2,
        source: "area from its build report; rate of recurrent synapses from cycles counted in its RTL",
    },
];
