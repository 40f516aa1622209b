//! Decides whether a stream word to the core must be refused, and how many value words follow it;
//! purely combinational.

use rust_hdl::prelude::*;
use spec::CoreConfig;

/// Looks at one word that is not a value.
#[derive(Clone, Debug, LogicBlock)]
pub struct WordCheck {
    /// The word.
    pub word: Signal<In, Bits<16>>,
    /// Level: it names an input or a neuron that there is not.
    pub outside: Signal<Out, Bit>,
    /// Level: it means nothing.
    pub meaningless: Signal<Out, Bit>,
    /// How many value words have to follow it.
    pub values: Signal<Out, Bits<2>>,

    beyond_inputs: Constant<Bits<14>>,
    beyond_neurons: Constant<Bits<14>>,
    value_words: Constant<Bits<2>>,
    tag: Signal<Local, Bits<2>>,
    id: Signal<Local, Bits<14>>,
    excess: Signal<Local, Bits<14>>,
}

impl WordCheck {
    /// The words for a core.
    #[must_use]
    pub fn new(config: &CoreConfig) -> Self {
        let beyond = |count: usize| Constant::new((0x3fff & !(count as u64 - 1)).into());
        Self {
            word: Default::default(),
            outside: Default::default(),
            meaningless: Default::default(),
            values: Default::default(),
            beyond_inputs: beyond(config.inputs()),
            beyond_neurons: beyond(config.neurons()),
            value_words: Constant::new((config.value_words() as u64).into()),
            tag: Default::default(),
            id: Default::default(),
            excess: Default::default(),
        }
    }
}

impl Default for WordCheck {
    fn default() -> Self {
        Self::new(CoreConfig::tiny())
    }
}

impl Logic for WordCheck {
    #[hdl_gen]
    fn update(&mut self) {
        self.tag.next = self.word.val().get_bits::<2>(14);
        self.id.next = self.word.val().get_bits::<14>(0);
        self.excess.next = 0.into();
        self.values.next = 0.into();
        self.meaningless.next = false;
        // 0, SPIKE
        if self.tag.val() == 0 {
            self.excess.next = self.id.val() & self.beyond_inputs.val();
        }
        // 2, INJECT
        if self.tag.val() == 2 {
            self.excess.next = self.id.val() & self.beyond_neurons.val();
            self.values.next = self.value_words.val();
        }
        // 3, RESET and what is reserved
        if self.tag.val() == 3 {
            self.meaningless.next = self.id.val().any();
        }
        self.outside.next = self.excess.val().any();
    }
}
