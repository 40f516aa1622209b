//! A core of a config's sizes.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;

use super::Core;
use crate::event_out::EventOut;
use crate::lanes::Lanes;
use crate::learning::{Learning, NOISE_BITS, Places};
use crate::near::Near;
use crate::neuron_update::NeuronUpdate;
use crate::optional::Optional;
use crate::relay::GROUP;
use crate::router::Router;
use crate::sequencer::Sequencer;
use crate::streamer::Streamer;
use crate::synapse_memory::SynapseMemory;

impl<
    const NB: usize,
    const LB: usize,
    const TB: usize,
    const RB: usize,
    const WWB: usize,
    const WB: usize,
    const P: usize,
    const WW: usize,
    const S: usize,
    const PW: usize,
    const S1: usize,
    const S2: usize,
    const S3: usize,
    const XB: usize,
    const BODY: usize,
    const LINK: usize,
    const RW: usize,
    const DW: usize,
    const LA: usize,
    const LI: usize,
    const TC: usize,
    const GB: usize,
    const GC: usize,
    const PN: usize,
    const G: usize,
    const SB: usize,
>
    Core<
        NB,
        LB,
        TB,
        RB,
        WWB,
        WB,
        P,
        WW,
        S,
        PW,
        S1,
        S2,
        S3,
        XB,
        BODY,
        LINK,
        RW,
        DW,
        LA,
        LI,
        TC,
        GB,
        GC,
        PN,
        G,
        SB,
    >
{
    /// The core of `config`, with which the parameters must agree.
    ///
    /// # Panics
    /// When they do not: the parameters are written in one place, [`crate::emit`].
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let log2 = |bits: u32| bits as usize;
        assert_eq!(NB, log2(config.neurons_log2), "NB");
        assert_eq!(LB, log2(config.lanes_log2), "LB");
        assert_eq!(TB, NB - LB, "TB");
        assert_eq!(RB, log2(config.rows_log2), "RB");
        assert_eq!(WWB, log2(config.wheel_word_log2), "WWB");
        assert_eq!(WB, log2(config.word_address_bits()), "WB");
        assert_eq!(P, config.lanes(), "P");
        assert_eq!(WW, 1 << WWB, "WW");
        assert_eq!(S, log2(config.state_bits), "S");
        assert_eq!(PW, P * 8, "PW");
        assert_eq!([S1, S2, S3], [S + 1, S + 2, S + 3], "S1 to S3");
        assert_eq!(XB, 4 + RB - WWB, "XB");
        assert_eq!(SB, log2(config.scan_log2()), "SB");
        assert_eq!(BODY, WB + 8, "BODY");
        let rule = if config.learning { 2 } else { 0 };
        assert_eq!(LINK, 2 * TB + 1 + RB + 1 + rule, "LINK");
        assert_eq!(DW, 30 + rule, "DW");
        assert_eq!(LA, log2(Places::rows_log2(config)), "LA");
        assert_eq!([LI, TC], [LA + LB, TB + 1], "LI, TC");
        assert_eq!([GB, GC], [RB - WWB, RB - WWB + 1], "GB, GC");
        assert_eq!(PN, P * NOISE_BITS, "PN");
        assert_eq!(RW, S + 8, "RW");
        assert_eq!(G, P.div_ceil(GROUP), "G");
        assert!(
            !config.learning || (WW <= S && P + TB <= S),
            "learning keeps words of bits and a list of lanes in elements of S bits"
        );
        assert!(
            !(config.learning && config.registered_reads && config.serial_products),
            "a product that is made in parts has no register behind it"
        );
        assert!(NB >= WWB, "a block of neurons is a word of the wheel");
        assert_eq!(
            config.inputs() % WW,
            0,
            "the neurons' rows begin with a word of the wheel"
        );
        Self {
            clock: Default::default(),
            reset: Default::default(),
            bus_request: Default::default(),
            bus_grant: Default::default(),
            bus_region: Default::default(),
            bus_index: Default::default(),
            bus_wdata: Default::default(),
            bus_write: Default::default(),
            bus_rdata: Default::default(),
            in_word: Default::default(),
            in_valid: Default::default(),
            in_ready: Default::default(),
            out_word: Default::default(),
            out_valid: Default::default(),
            out_ready: Default::default(),
            out_room: Default::default(),
            stop: Default::default(),
            reset_state: Default::default(),
            report: Default::default(),
            probe_first: Default::default(),
            probe_count: Default::default(),
            probe_v: Default::default(),
            probe_i: Default::default(),
            tick_go: Default::default(),
            tick_write: Default::default(),
            learn: Default::default(),
            reward: Default::default(),
            punish: Default::default(),
            random_write: Default::default(),
            random: Default::default(),
            tick: Default::default(),
            idle: Default::default(),
            stalled: Default::default(),
            active: Default::default(),
            tick_begin: Default::default(),
            tick_done: Default::default(),
            in_tick: Default::default(),
            spike_strobe: Default::default(),
            word_strobe: Default::default(),
            route_strobe: Default::default(),
            one_lane: Constant::new(1.into()),
            lane_bits: Constant::new((LB as u64).into()),
            registered: Constant::new(config.registered_reads),
            control: Default::default(),
            sequencer: Sequencer::new(config.registered_reads),
            neurons: NeuronUpdate::new(config.registered_reads, config.spare_block_ram),
            block: Default::default(),
            router: Router::new(config.inputs(), config.registered_reads),
            streamer: Streamer::new(config.registered_reads),
            synapses: SynapseMemory::new(
                config.synapse_words as usize,
                config.synapse_memory,
                config.registered_reads,
            ),
            lanes: Lanes::new(config),
            learning: Optional::new(Learning::new(config), config.learning),
            learns: Constant::new(config.learning),
            lends: Default::default(),
            is_learnt: Default::default(),
            events: EventOut::new(config.registered_reads),
            byte_near: Near::new(config.registered_reads),
            broadcast: Default::default(),
            host: Default::default(),
            host_write: Default::default(),
            host_word: Default::default(),
            host_lane: Default::default(),
            written: Default::default(),
            stored_word: Default::default(),
            neuron_word: Default::default(),
            lane_shift: Constant::new((LB as u64).into()),
            hand_over: Default::default(),
            weight_shown: Default::default(),
            group: Default::default(),
            first_group: Default::default(),
            second_group: Default::default(),
            third_group: Default::default(),
            first_shown: Default::default(),
            second_shown: Default::default(),
            third_shown: Default::default(),
            shown: Default::default(),
            was_idle: Default::default(),
            was_stalled: Default::default(),
        }
    }
}
