//! Elaborates the neuron update with the sizes of a core.

use rust_hdl::prelude::*;
use spec::CoreConfig;
use spec::elements::{Dynamics, Reset};
use spec::regs::Field;
use widths::widths;

use super::NeuronUpdate;
use crate::memory::{LateRam, SplitRam};
use crate::optional::Optional;
use crate::second_state::SecondState;

#[widths]
impl<NeuronWidths> NeuronUpdate<NeuronWidths> {
    /// The update of `config`: memories have output registers where its reads are registered, and
    /// spare block RAM saves registers.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let registered = config.build.registered_reads;
        let spare = config.build.spare_block_ram;
        let (dynamics, reset) = (Dynamics::of(config), Reset::of(config));
        let place = |field: Field| Constant::new(u64::from(field.at).into());
        // Without the field any bit, which nothing reads.
        let second_place = |field: Field| {
            place(match config.second_state {
                true => field,
                false => dynamics.subtract,
            })
        };
        Self {
            clock: Default::default(),
            reset: Default::default(),
            n: Default::default(),
            second: Default::default(),
            valid: Default::default(),
            look: Default::default(),
            current_coming: Default::default(),
            wipe: Default::default(),
            inject: Default::default(),
            inject_go: Default::default(),
            inject_value: Default::default(),
            current: Default::default(),
            select: Default::default(),
            hold_current: Default::default(),
            busy: Default::default(),
            store: Default::default(),
            store_n: Default::default(),
            store_second: Default::default(),
            store_data: Default::default(),
            clamped: Default::default(),
            updated: Default::default(),
            updated_n: Default::default(),
            fired: Default::default(),
            report: Default::default(),
            awake: Default::default(),
            host: Default::default(),
            host_index: Default::default(),
            host_data: Default::default(),
            write_v: Default::default(),
            write_current: Default::default(),
            write_threshold: Default::default(),
            write_bias: Default::default(),
            write_refractory: Default::default(),
            write_count: Default::default(),
            write_dynamics: Default::default(),
            write_reset: Default::default(),
            v: Default::default(),
            current_shown: Default::default(),
            sum_shown: Default::default(),
            threshold: Default::default(),
            bias: Default::default(),
            refractory: Default::default(),
            count: Default::default(),
            dynamics_word: Default::default(),
            reset_word: Default::default(),
            period_place: place(reset.refractory_ticks),
            decay_syn_place: place(dynamics.decay_syn),
            linear_place: place(dynamics.linear),
            modes_place: place(dynamics.subtract),
            // Without the field any bit, which nothing reads.
            looks_back_place: place(match config.reset_rules {
                true => dynamics.looks_back,
                false => dynamics.subtract,
            }),
            adapts_place: second_place(dynamics.adapts),
            quadratic_place: second_place(dynamics.quadratic),
            s_shift: Constant::new((S as u64).into()),
            potentials: LateRam::new(registered),
            biases: LateRam::new(registered),
            thresholds: LateRam::new(registered),
            thresholds_early: Optional::new(
                LateRam::new(registered),
                config.reset_rules || config.second_state,
            ),
            counts: LateRam::new(registered),
            dynamics: LateRam::new(registered),
            resets: LateRam::new(registered),
            resets_again: Optional::new(LateRam::new(registered), spare),
            waits: SplitRam::new(registered),
            narrow: Default::default(),
            injected: Optional::new(Default::default(), B > S),
            integrate: Default::default(),
            looks_back: Optional::new(Default::default(), config.reset_rules),
            second_state: Optional::new(SecondState::new(registered), config.second_state),
            square: Optional::new(Default::default(), config.second_state),
            second_element: Constant::new(match config.second_state {
                true => (1_u64 << NB).into(),
                false => 0.into(),
            }),
            outcome: Default::default(),
            wide: Constant::new(B > S),
            registered: Constant::new(registered),
            reads_again: Constant::new(spare),
            nb: Default::default(),
            nd: Default::default(),
            far_valid: Default::default(),
            far_look: Default::default(),
            look1: Default::default(),
            n1: Default::default(),
            n2: Default::default(),
            n4: Default::default(),
            n5: Default::default(),
            n6: Default::default(),
            n7: Default::default(),
            valid_looking: Default::default(),
            valid_changing: Default::default(),
            current3: Default::default(),
            sum3: Default::default(),
            clamped7: Default::default(),
            reset6: Default::default(),
            reset7: Default::default(),
            modes7: Default::default(),
            widened: Default::default(),
            wanted: Default::default(),
            far_busy: Default::default(),
            valid6: Default::default(),
            valid7: Default::default(),
            near_changing: Default::default(),
            left: Default::default(),
            period: Default::default(),
            ready: Default::default(),
            ready_wide: Default::default(),
            fewer: Default::default(),
            next_left: Default::default(),
            next_period: Default::default(),
            fire: Default::default(),
            host_now: Default::default(),
            wipe_now: Default::default(),
            put: Default::default(),
            counts_up: Default::default(),
            next_count: Default::default(),
            writing: Default::default(),
            coming: Default::default(),
        }
    }
}
