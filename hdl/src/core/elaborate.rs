//! Elaborates a core with the sizes of a config.

use rust_hdl::prelude::*;
use spec::config::CoreConfig;
use spec::elements::{Dynamics, Element, Reset, RowBody, RowLink};
use widths::widths;

use super::Core;
use crate::event_out::EventOut;
use crate::lane_relay::GROUP;
use crate::lanes::Lanes;
use crate::learning::{LearningUnit, NOISE_BITS, Places};
use crate::neuron_update::NeuronUpdate;
use crate::optional::Optional;
use crate::pipeline_register::PipelineRegister;
use crate::router::Router;
use crate::sequencer::Sequencer;
use crate::synapse_fetch::SynapseFetch;
use crate::synapse_memory::SynapseMemory;

#[widths]
impl<Widths> Core<Widths> {
    /// The core of `config`, with which the parameters must agree.
    ///
    /// # Panics
    /// If they do not match: the parameters are written in one place, [`crate::emit`].
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let log2 = |bits: u32| bits as usize;
        assert_eq!(NB, log2(config.neurons_log2), "NB");
        assert_eq!(LB, log2(config.lanes_log2), "LB");
        assert_eq!(CB, config.currents().ilog2() as usize, "CB");
        assert_eq!(TB, CB - LB, "TB");
        assert_eq!(RB, log2(config.rows_log2), "RB");
        assert_eq!(WWB, log2(config.wheel_word_log2), "WWB");
        assert_eq!(WB, log2(config.word_address_bits()), "WB");
        assert_eq!(P, config.lanes(), "P");
        assert_eq!(WW, 1 << WWB, "WW");
        assert_eq!(S, log2(config.state_bits), "S");
        assert_eq!([B, B1], [log2(config.sum_bits), B + 1], "B, B1");
        assert_eq!(PW, P * 8, "PW");
        assert_eq!([S1, S2, S3], [S + 1, S + 2, S + 3], "S1 to S3");
        assert_eq!(XB, 4 + RB - WWB, "XB");
        assert_eq!(SB, log2(config.scan_log2()), "SB");
        let bits = |element: Element| log2(element.bits(config));
        assert_eq!(BODY, bits(RowBody::ELEMENT), "BODY");
        assert_eq!(LINK, bits(RowLink::ELEMENT), "LINK");
        assert_eq!(DW, bits(Dynamics::ELEMENT), "DW");
        assert_eq!(LA, log2(Places::rows_log2(config)), "LA");
        assert_eq!([LI, TC], [LA + LB, TB + 1], "LI, TC");
        assert_eq!([GB, GC], [RB - WWB, RB - WWB + 1], "GB, GC");
        assert_eq!(PN, P * NOISE_BITS, "PN");
        assert_eq!(RW, bits(Reset::ELEMENT), "RW");
        assert_eq!(G, P.div_ceil(GROUP), "G");
        assert!(
            !config.learning || (WW <= S && P + TB <= S),
            "learning keeps words of bits and a list of lanes in elements of S bits"
        );
        assert!(
            !(config.learning && config.build.registered_reads && config.build.serial_products),
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
            bus_valid: Default::default(),
            bus_write: Default::default(),
            bus_ready: Default::default(),
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
            clamp_strobe: Default::default(),
            one_lane: Constant::new(1.into()),
            lane_bits: Constant::new((LB as u64).into()),
            registered: Constant::new(config.build.registered_reads),
            control: Default::default(),
            sequencer: Sequencer::new(config.build.registered_reads, config.second_state),
            neurons: NeuronUpdate::new(config),
            block: Default::default(),
            router: Router::new(config),
            streamer: SynapseFetch::new(config.build.registered_reads),
            synapses: SynapseMemory::new(
                config.synapse_words as usize,
                config.build.synapse_memory,
                config.build.registered_reads,
            ),
            lanes: Lanes::new(config),
            learning: Optional::new(LearningUnit::new(config), config.learning),
            learns: Constant::new(config.learning),
            twice: Constant::new(config.second_state),
            second_place: Constant::new((NB as u64).into()),
            lends: Default::default(),
            is_learnt: Default::default(),
            found: Default::default(),
            events: EventOut::new(config.build.registered_reads),
            byte_near: PipelineRegister::new(config.build.registered_reads),
            broadcast: Default::default(),
            host: Default::default(),
            host_write: Default::default(),
            host_word: Default::default(),
            host_lane: Default::default(),
            port: Default::default(),
            word_wanted: Default::default(),
            stored_word: Default::default(),
            neuron_word: Default::default(),
            lane_shift: Constant::new((LB as u64).into()),
            second_word: Constant::new(match config.second_state {
                true => (1_u64 << (NB - LB)).into(),
                false => 0.into(),
            }),
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
