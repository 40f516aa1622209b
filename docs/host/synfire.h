/* Synfire: constants for hosts in C, made by `cargo xtask codegen`, not to be edited.
 *
 * docs/wire_protocol.md and docs/registers.md say what they mean. `s` is a pointer to the
 * struct synfire_sizes of a device, which synfire_sizes_of() makes of its greeting. A field of
 * an element stands in SYNFIRE_<element>_<field>_BITS bits from bit SYNFIRE_<element>_<field>_AT
 * up; synfire_get(), synfire_get_signed() and synfire_put() take both. */
#ifndef SYNFIRE_H
#define SYNFIRE_H

#include <stdint.h>

/* Protocol. */
#define SYNFIRE_PROTOCOL_VERSION 3u
#define SYNFIRE_ID_VALUE UINT32_C(0x464e5953) /* register ID */
#define SYNFIRE_DELAY_SLOTS 16u
#define SYNFIRE_BODY_MAX 252u /* longest body, in bytes */
#define SYNFIRE_DATA_MAX 236u /* bytes of elements in a READ or WRITE */
#define SYNFIRE_STREAM_IN_MAX 119u /* stream words in a request */
#define SYNFIRE_STREAM_OUT_MAX 117u /* stream words in a response */

/* Types of requests and responses. */
#define SYNFIRE_HELLO 0x01u /* who are you; begins a session */
#define SYNFIRE_READ 0x02u /* elements of a region, please */
#define SYNFIRE_WRITE 0x03u /* elements for a region */
#define SYNFIRE_FILL 0x04u /* one element for a range of a region */
#define SYNFIRE_STREAM 0x05u /* words for the core, and from it */
#define SYNFIRE_RESPONSE 0x80u /* set in every response */
#define SYNFIRE_NAK 0xffu /* the response that refuses */

/* Why a request is refused. */
#define SYNFIRE_NAK_BAD_FRAME 1u /* damaged frame */
#define SYNFIRE_NAK_OUT_OF_SEQUENCE 2u /* out of sequence */
#define SYNFIRE_NAK_UNKNOWN_KIND 3u /* unknown request */
#define SYNFIRE_NAK_RANGE 4u /* outside the device's memory */
#define SYNFIRE_NAK_MALFORMED 5u /* malformed request */
#define SYNFIRE_NAK_STREAM_FULL 6u /* stream towards the core is full */
#define SYNFIRE_NAK_OVERRUN 7u /* receive buffer overrun */

/* Kinds of stream words: kind << 14 | number. */
#define SYNFIRE_IN_SPIKE 0u /* input `number` spikes in the coming tick */
#define SYNFIRE_IN_ADVANCE 1u /* run ticks until tick mod 2^14 is `number` */
#define SYNFIRE_IN_INJECT 2u /* add the value that follows to the current of neuron `number` */
#define SYNFIRE_IN_RESET 3u /* put the state back; `number` is 0 */
#define SYNFIRE_OUT_SPIKE 0u /* neuron `number` fired in the stamped tick */
#define SYNFIRE_OUT_TICK 1u /* what follows belongs to tick `number`, mod 2^14 */
#define SYNFIRE_OUT_PROBE 2u /* the values of neuron `number` follow */

/* Registers. */
#define SYNFIRE_ID 0u /* RO: "SYNF" in ASCII */
#define SYNFIRE_PROTOCOL 1u /* RO: version of protocol and memory layout */
#define SYNFIRE_BUILD 2u /* RO: hash of sizes and protocol */
#define SYNFIRE_SIZES_A 3u /* RO: sizes */
#define SYNFIRE_SIZES_B 4u /* RO: sizes */
#define SYNFIRE_SIZES_C 5u /* RO: sizes */
#define SYNFIRE_CLOCK_HZ 6u /* RO: frequency of the clock, Hz */
#define SYNFIRE_NAME_LOW 7u /* RO: letters 1-4 of its name, ASCII */
#define SYNFIRE_NAME_HIGH 8u /* RO: letters 5-8, zero padded */
#define SYNFIRE_UNITS 9u /* RO: what else the core can do */
#define SYNFIRE_CORES 10u /* RO: cores that answer on this line */
#define SYNFIRE_RESERVED 11u /* RO: for later versions */
#define SYNFIRE_CTRL 16u /* RW: switches */
#define SYNFIRE_COMMAND 17u /* WO: 1 = stop: drop the queued words, end the advance with this tick; 2 = reset state after this tick; all else nothing */
#define SYNFIRE_STATUS 18u /* RO: what the core is doing */
#define SYNFIRE_TICK 19u /* RW: ticks run so far, modulo 2^32 */
#define SYNFIRE_PROBE 20u /* RW: neurons whose values are sent every tick */
#define SYNFIRE_TICK_PERIOD 21u /* RW: cycles per tick in real-time mode; 0 = as fast as possible */
#define SYNFIRE_OVERRUNS 22u /* RC: ticks that began late in real-time mode, saturating at 65,535 */
#define SYNFIRE_BAUD_DIV 23u /* RW: cycles per bit of the UART, 4..=65,535; holds from the end of the response on */
#define SYNFIRE_LEARNING 24u /* RW: 1 = synapses learn and thresholds adapt; only in configs with learning */
#define SYNFIRE_REWARD 25u /* RW: what every change of a weight is scaled by, in 1/256: ten bits, two's complement; -256..=256, what is beyond counts as the nearest; only in configs with learning */
#define SYNFIRE_RANDOM 26u /* RW: seed of the random numbers of learning; nothing but the host changes it; only in configs with learning */
#define SYNFIRE_CYCLES 32u /* RO: cycles spent in ticks, modulo 2^32 */
#define SYNFIRE_SPIKES 33u /* RO: spikes of neurons, modulo 2^32 */
#define SYNFIRE_WORDS 34u /* RO: synapse words delivered, modulo 2^32 */
#define SYNFIRE_ROUTED 35u /* RO: rows made due by spikes, modulo 2^32 */
#define SYNFIRE_CLAMPS 36u /* RC: synapse words delivered and currents injected of which an addition was clamped, saturating at 65,535 */
#define SYNFIRE_LINK_ERRORS 40u /* RO: what was damaged on the way, saturating */
#define SYNFIRE_LINK_EVENTS 41u /* RO: what else happened on the line, saturating */
#define SYNFIRE_NETWORK 62u /* RW: hash of the network that the memories hold, written by the host; 0 = no complete network */
#define SYNFIRE_SCRATCH 63u /* RW: free for the host */

/* Fields of registers. */
#define SYNFIRE_SIZES_A_NEURONS_AT 0u /* log2 of the number of neurons */
#define SYNFIRE_SIZES_A_NEURONS_BITS 5u
#define SYNFIRE_SIZES_A_INPUTS_AT 5u /* log2 of the number of inputs */
#define SYNFIRE_SIZES_A_INPUTS_BITS 5u
#define SYNFIRE_SIZES_A_LANES_AT 10u /* log2 of the number of lanes */
#define SYNFIRE_SIZES_A_LANES_BITS 5u
#define SYNFIRE_SIZES_A_ROWS_AT 15u /* log2 of the number of rows */
#define SYNFIRE_SIZES_A_ROWS_BITS 5u
#define SYNFIRE_SIZES_A_WHEEL_WORD_AT 20u /* log2 of the bits in a wheel word */
#define SYNFIRE_SIZES_A_WHEEL_WORD_BITS 4u
#define SYNFIRE_SIZES_B_SYNAPSE_WORDS_AT 0u /* synapse words */
#define SYNFIRE_SIZES_B_SYNAPSE_WORDS_BITS 20u
#define SYNFIRE_SIZES_B_STATE_BITS_AT 20u /* bits of v, threshold and bias, and of i between ticks */
#define SYNFIRE_SIZES_B_STATE_BITS_BITS 6u
#define SYNFIRE_SIZES_B_DELAY_SLOTS_AT 26u /* log2 of the slots of the delay wheel */
#define SYNFIRE_SIZES_B_DELAY_SLOTS_BITS 4u
#define SYNFIRE_SIZES_C_IN_WORDS_AT 0u /* log2 of the words that the stream towards the core queues */
#define SYNFIRE_SIZES_C_IN_WORDS_BITS 5u
#define SYNFIRE_SIZES_C_OUT_WORDS_AT 5u /* log2 of the words that the stream from the core queues */
#define SYNFIRE_SIZES_C_OUT_WORDS_BITS 5u
#define SYNFIRE_SIZES_C_WEIGHT_BITS_AT 10u /* bits of a weight */
#define SYNFIRE_SIZES_C_WEIGHT_BITS_BITS 4u
#define SYNFIRE_SIZES_C_SUM_BITS_AT 14u /* bits of i within a tick, and in its region */
#define SYNFIRE_SIZES_C_SUM_BITS_BITS 6u
#define SYNFIRE_UNITS_LEARNING_AT 0u /* synapses can learn */
#define SYNFIRE_UNITS_LEARNING_BITS 1u
#define SYNFIRE_UNITS_RULES_AT 1u /* rules of learning, 0 = none */
#define SYNFIRE_UNITS_RULES_BITS 4u
#define SYNFIRE_UNITS_DECAY_BITS_AT 5u /* bits after the point of decay_mem and decay_syn */
#define SYNFIRE_UNITS_DECAY_BITS_BITS 5u
#define SYNFIRE_UNITS_RESET_RULES_AT 10u /* neurons can subtract their threshold a tick late, or raise it */
#define SYNFIRE_UNITS_RESET_RULES_BITS 1u
#define SYNFIRE_UNITS_SECOND_STATE_AT 11u /* each neuron has a second state: a current, or what raises its threshold */
#define SYNFIRE_UNITS_SECOND_STATE_BITS 1u
#define SYNFIRE_CORES_CORES_AT 0u /* number of cores */
#define SYNFIRE_CORES_CORES_BITS 16u
#define SYNFIRE_CORES_CORE_AT 16u /* number of the core that answers */
#define SYNFIRE_CORES_CORE_BITS 8u
#define SYNFIRE_CTRL_REPORT_AT 0u /* spikes of reporting neurons are sent */
#define SYNFIRE_CTRL_REPORT_BITS 1u
#define SYNFIRE_STATUS_IDLE_AT 0u /* no word is queued, and no tick runs or is requested */
#define SYNFIRE_STATUS_IDLE_BITS 1u
#define SYNFIRE_STATUS_STALLED_AT 1u /* a tick waits for the host to take words */
#define SYNFIRE_STATUS_STALLED_BITS 1u
#define SYNFIRE_STATUS_ACTIVE_AT 2u /* some neuron is not at rest */
#define SYNFIRE_STATUS_ACTIVE_BITS 1u
#define SYNFIRE_STATUS_UNLOCKED_AT 3u /* the PLL of the clock has no lock */
#define SYNFIRE_STATUS_UNLOCKED_BITS 1u
#define SYNFIRE_PROBE_FIRST_AT 0u /* first probed neuron */
#define SYNFIRE_PROBE_FIRST_BITS 14u
#define SYNFIRE_PROBE_V_AT 14u /* send v after the tick */
#define SYNFIRE_PROBE_V_BITS 1u
#define SYNFIRE_PROBE_I_AT 15u /* send i as the tick integrated it */
#define SYNFIRE_PROBE_I_BITS 1u
#define SYNFIRE_PROBE_COUNT_AT 16u /* number of probed neurons, 0 = none */
#define SYNFIRE_PROBE_COUNT_BITS 15u
#define SYNFIRE_LINK_ERRORS_FRAMES_AT 0u /* frames refused for stuffing, length or checksum */
#define SYNFIRE_LINK_ERRORS_FRAMES_BITS 16u
#define SYNFIRE_LINK_ERRORS_FRAMING_AT 16u /* bytes without a stop bit */
#define SYNFIRE_LINK_ERRORS_FRAMING_BITS 16u
#define SYNFIRE_LINK_EVENTS_BREAKS_AT 0u /* breaks */
#define SYNFIRE_LINK_EVENTS_BREAKS_BITS 16u
#define SYNFIRE_LINK_EVENTS_OVERRUNS_AT 16u /* frames lost because requests were not answered yet */
#define SYNFIRE_LINK_EVENTS_OVERRUNS_BITS 16u

/* The sizes of a device. */
struct synfire_sizes {
    uint32_t neurons_log2;
    uint32_t inputs_log2;
    uint32_t lanes_log2;
    uint32_t rows_log2;
    uint32_t wheel_word_log2;
    uint32_t synapse_words;
    uint32_t state_bits;
    uint32_t sum_bits;
    uint32_t in_words_log2;
    uint32_t out_words_log2;
    uint32_t learning; /* 0 or 1 */
    uint32_t reset_rules; /* 0 or 1 */
    uint32_t second_state; /* 0 or 1 */
};

/* `bits` bits of `word` from bit `at` up. */
static inline uint32_t synfire_get(uint32_t word, uint32_t at, uint32_t bits)
{
    return bits == 0 ? 0 : (word >> at) & (UINT32_MAX >> (32 - bits));
}

/* The same as a two's complement number. */
static inline int32_t synfire_get_signed(uint32_t word, uint32_t at, uint32_t bits)
{
    uint32_t value = synfire_get(word, at, bits);
    uint32_t sign = bits == 0 ? 0 : UINT32_C(1) << (bits - 1);
    return (int32_t)((value ^ sign) - sign);
}

/* `value` in `bits` bits from bit `at` up, all other bits 0; what does not fit is cut. */
static inline uint32_t synfire_put(uint32_t value, uint32_t at, uint32_t bits)
{
    return bits == 0 ? 0 : (value & (UINT32_MAX >> (32 - bits))) << at;
}

/* The sizes in registers 0 to 11, which the response to HELLO carries. */
static inline struct synfire_sizes synfire_sizes_of(const uint32_t registers[12])
{
    struct synfire_sizes s;
    uint32_t a = registers[SYNFIRE_SIZES_A];
    uint32_t b = registers[SYNFIRE_SIZES_B];
    uint32_t c = registers[SYNFIRE_SIZES_C];
    s.neurons_log2 = synfire_get(a, SYNFIRE_SIZES_A_NEURONS_AT, SYNFIRE_SIZES_A_NEURONS_BITS);
    s.inputs_log2 = synfire_get(a, SYNFIRE_SIZES_A_INPUTS_AT, SYNFIRE_SIZES_A_INPUTS_BITS);
    s.lanes_log2 = synfire_get(a, SYNFIRE_SIZES_A_LANES_AT, SYNFIRE_SIZES_A_LANES_BITS);
    s.rows_log2 = synfire_get(a, SYNFIRE_SIZES_A_ROWS_AT, SYNFIRE_SIZES_A_ROWS_BITS);
    s.wheel_word_log2 =
        synfire_get(a, SYNFIRE_SIZES_A_WHEEL_WORD_AT, SYNFIRE_SIZES_A_WHEEL_WORD_BITS);
    s.synapse_words =
        synfire_get(b, SYNFIRE_SIZES_B_SYNAPSE_WORDS_AT, SYNFIRE_SIZES_B_SYNAPSE_WORDS_BITS);
    s.state_bits = synfire_get(b, SYNFIRE_SIZES_B_STATE_BITS_AT, SYNFIRE_SIZES_B_STATE_BITS_BITS);
    s.sum_bits = synfire_get(c, SYNFIRE_SIZES_C_SUM_BITS_AT, SYNFIRE_SIZES_C_SUM_BITS_BITS);
    s.in_words_log2 = synfire_get(c, SYNFIRE_SIZES_C_IN_WORDS_AT, SYNFIRE_SIZES_C_IN_WORDS_BITS);
    s.out_words_log2 = synfire_get(c, SYNFIRE_SIZES_C_OUT_WORDS_AT, SYNFIRE_SIZES_C_OUT_WORDS_BITS);
    s.learning = synfire_get(registers[SYNFIRE_UNITS], SYNFIRE_UNITS_LEARNING_AT,
                             SYNFIRE_UNITS_LEARNING_BITS);
    s.reset_rules = synfire_get(registers[SYNFIRE_UNITS], SYNFIRE_UNITS_RESET_RULES_AT,
                                SYNFIRE_UNITS_RESET_RULES_BITS);
    s.second_state = synfire_get(registers[SYNFIRE_UNITS], SYNFIRE_UNITS_SECOND_STATE_AT,
                                   SYNFIRE_UNITS_SECOND_STATE_BITS);
    return s;
}

/* What register BUILD holds in a device of this protocol with those registers. */
static inline uint32_t synfire_hash(const uint32_t registers[12])
{
    static const uint8_t words[4] = {SYNFIRE_SIZES_A, SYNFIRE_SIZES_B, SYNFIRE_SIZES_C,
                                     SYNFIRE_UNITS};
    uint32_t hash = (UINT32_C(0x811c9dc5) ^ SYNFIRE_PROTOCOL_VERSION) * UINT32_C(0x01000193);
    for (uint32_t byte = 0; byte < 16; byte++) {
        uint32_t value = (registers[words[byte / 4]] >> (8 * (byte % 4))) & 0xff;
        hash = (hash ^ value) * UINT32_C(0x01000193);
    }
    return hash;
}

/* Bits of a synapse word's address. */
static inline uint32_t synfire_word_address_bits(const struct synfire_sizes *s)
{
    uint32_t bits = 0;
    while ((s->synapse_words - 1) >> bits != 0)
        bits++;
    return bits;
}

/* An element of region synapses. */
#define SYNFIRE_SYNAPSE_WEIGHT_AT(s) (0u) /* -127..=127; the code -128 is no synapse; a spike adds weight * 2^exponent, two's complement */
#define SYNFIRE_SYNAPSE_WEIGHT_BITS(s) (8u)
#define SYNFIRE_SYNAPSE_ELEMENT_BITS(s) (SYNFIRE_SYNAPSE_WEIGHT_AT(s) + SYNFIRE_SYNAPSE_WEIGHT_BITS(s))

/* An element of region row_body. */
#define SYNFIRE_ROW_BODY_FIRST_WORD_AT(s) (0u) /* address of the first synapse word; synapse word */
#define SYNFIRE_ROW_BODY_FIRST_WORD_BITS(s) (synfire_word_address_bits(s))
#define SYNFIRE_ROW_BODY_EXPONENT_AT(s) (SYNFIRE_ROW_BODY_FIRST_WORD_AT(s) + SYNFIRE_ROW_BODY_FIRST_WORD_BITS(s)) /* a spike adds weight * 2^exponent; log2 */
#define SYNFIRE_ROW_BODY_EXPONENT_BITS(s) (3u)
#define SYNFIRE_ROW_BODY_DELAY_AT(s) (SYNFIRE_ROW_BODY_EXPONENT_AT(s) + SYNFIRE_ROW_BODY_EXPONENT_BITS(s)) /* from the spike to its delivery; of a neuron's row at least 1; ticks */
#define SYNFIRE_ROW_BODY_DELAY_BITS(s) (4u)
#define SYNFIRE_ROW_BODY_PLASTIC_AT(s) (SYNFIRE_ROW_BODY_DELAY_AT(s) + SYNFIRE_ROW_BODY_DELAY_BITS(s)) /* the synapses learn; flag */
#define SYNFIRE_ROW_BODY_PLASTIC_BITS(s) (1u)
#define SYNFIRE_ROW_BODY_ELEMENT_BITS(s) (SYNFIRE_ROW_BODY_PLASTIC_AT(s) + SYNFIRE_ROW_BODY_PLASTIC_BITS(s))

/* An element of region row_link. */
#define SYNFIRE_ROW_LINK_FIRST_TARGET_AT(s) (0u) /* first target word: neurons P * first_target and up; target word */
#define SYNFIRE_ROW_LINK_FIRST_TARGET_BITS(s) (((s)->neurons_log2 - (s)->lanes_log2 + (s)->second_state))
#define SYNFIRE_ROW_LINK_LAST_OFFSET_AT(s) (SYNFIRE_ROW_LINK_FIRST_TARGET_AT(s) + SYNFIRE_ROW_LINK_FIRST_TARGET_BITS(s)) /* number of words less one; synapse words */
#define SYNFIRE_ROW_LINK_LAST_OFFSET_BITS(s) (((s)->neurons_log2 - (s)->lanes_log2 + (s)->second_state))
#define SYNFIRE_ROW_LINK_ENABLED_AT(s) (SYNFIRE_ROW_LINK_LAST_OFFSET_AT(s) + SYNFIRE_ROW_LINK_LAST_OFFSET_BITS(s)) /* the row delivers something; if not it can still head a chain; flag */
#define SYNFIRE_ROW_LINK_ENABLED_BITS(s) (1u)
#define SYNFIRE_ROW_LINK_NEXT_AT(s) (SYNFIRE_ROW_LINK_ENABLED_AT(s) + SYNFIRE_ROW_LINK_ENABLED_BITS(s)) /* the next row of the same source; row */
#define SYNFIRE_ROW_LINK_NEXT_BITS(s) ((s)->rows_log2)
#define SYNFIRE_ROW_LINK_HAS_NEXT_AT(s) (SYNFIRE_ROW_LINK_NEXT_AT(s) + SYNFIRE_ROW_LINK_NEXT_BITS(s)) /* whether a next row exists; flag */
#define SYNFIRE_ROW_LINK_HAS_NEXT_BITS(s) (1u)
#define SYNFIRE_ROW_LINK_RULE_AT(s) (SYNFIRE_ROW_LINK_HAS_NEXT_AT(s) + SYNFIRE_ROW_LINK_HAS_NEXT_BITS(s)) /* how the synapses learn; rule */
#define SYNFIRE_ROW_LINK_RULE_BITS(s) ((2u * (s)->learning))
#define SYNFIRE_ROW_LINK_ELEMENT_BITS(s) (SYNFIRE_ROW_LINK_RULE_AT(s) + SYNFIRE_ROW_LINK_RULE_BITS(s))

/* An element of region wheel. */
#define SYNFIRE_WHEEL_DUE_AT(s) (0u) /* a bit a row: it is due in that slot; flags */
#define SYNFIRE_WHEEL_DUE_BITS(s) ((1u << (s)->wheel_word_log2))
#define SYNFIRE_WHEEL_ELEMENT_BITS(s) (SYNFIRE_WHEEL_DUE_AT(s) + SYNFIRE_WHEEL_DUE_BITS(s))

/* An element of region potential. */
#define SYNFIRE_POTENTIAL_V_AT(s) (0u) /* v as it stands after the tick; state, two's complement */
#define SYNFIRE_POTENTIAL_V_BITS(s) ((s)->state_bits)
#define SYNFIRE_POTENTIAL_ELEMENT_BITS(s) (SYNFIRE_POTENTIAL_V_AT(s) + SYNFIRE_POTENTIAL_V_BITS(s))

/* An element of region current. */
#define SYNFIRE_CURRENT_I_AT(s) (0u) /* i between ticks: already decayed for the coming tick, and injected; from N on the second states; state, two's complement */
#define SYNFIRE_CURRENT_I_BITS(s) ((s)->sum_bits)
#define SYNFIRE_CURRENT_ELEMENT_BITS(s) (SYNFIRE_CURRENT_I_AT(s) + SYNFIRE_CURRENT_I_BITS(s))

/* An element of region threshold. */
#define SYNFIRE_THRESHOLD_THRESHOLD_AT(s) (0u) /* a neuron fires above it; state, two's complement */
#define SYNFIRE_THRESHOLD_THRESHOLD_BITS(s) ((s)->state_bits)
#define SYNFIRE_THRESHOLD_ELEMENT_BITS(s) (SYNFIRE_THRESHOLD_THRESHOLD_AT(s) + SYNFIRE_THRESHOLD_THRESHOLD_BITS(s))

/* An element of region bias. */
#define SYNFIRE_BIAS_BIAS_AT(s) (0u) /* added to v every tick; state, two's complement */
#define SYNFIRE_BIAS_BIAS_BITS(s) ((s)->state_bits)
#define SYNFIRE_BIAS_ELEMENT_BITS(s) (SYNFIRE_BIAS_BIAS_AT(s) + SYNFIRE_BIAS_BIAS_BITS(s))

/* An element of region refractory. */
#define SYNFIRE_REFRACTORY_TICKS_LEFT_AT(s) (0u) /* refractory ticks left; ticks */
#define SYNFIRE_REFRACTORY_TICKS_LEFT_BITS(s) (8u)
#define SYNFIRE_REFRACTORY_ELEMENT_BITS(s) (SYNFIRE_REFRACTORY_TICKS_LEFT_AT(s) + SYNFIRE_REFRACTORY_TICKS_LEFT_BITS(s))

/* An element of region spike_count. */
#define SYNFIRE_SPIKE_COUNT_SPIKES_AT(s) (0u) /* spikes since the state was reset, saturating; spikes */
#define SYNFIRE_SPIKE_COUNT_SPIKES_BITS(s) (16u)
#define SYNFIRE_SPIKE_COUNT_ELEMENT_BITS(s) (SYNFIRE_SPIKE_COUNT_SPIKES_AT(s) + SYNFIRE_SPIKE_COUNT_SPIKES_BITS(s))

/* An element of region dynamics whose index is below the number of neurons. */
#define SYNFIRE_DYNAMICS_DECAY_MEM_AT(s) (0u) /* factor of v after a tick, at most 4096; if linear, the step of v toward v_reset, 8191 = the whole way; 1/4096; if linear, state a tick */
#define SYNFIRE_DYNAMICS_DECAY_MEM_BITS(s) (13u)
#define SYNFIRE_DYNAMICS_DECAY_SYN_AT(s) (SYNFIRE_DYNAMICS_DECAY_MEM_AT(s) + SYNFIRE_DYNAMICS_DECAY_MEM_BITS(s)) /* factor of i after a tick, at most 4096; 1/4096 */
#define SYNFIRE_DYNAMICS_DECAY_SYN_BITS(s) (13u)
#define SYNFIRE_DYNAMICS_LINEAR_AT(s) (SYNFIRE_DYNAMICS_DECAY_SYN_AT(s) + SYNFIRE_DYNAMICS_DECAY_SYN_BITS(s)) /* v leaks linearly; flag */
#define SYNFIRE_DYNAMICS_LINEAR_BITS(s) (1u)
#define SYNFIRE_DYNAMICS_SUBTRACT_AT(s) (SYNFIRE_DYNAMICS_LINEAR_AT(s) + SYNFIRE_DYNAMICS_LINEAR_BITS(s)) /* a spike subtracts the threshold from v; if not, v becomes v_reset; flag */
#define SYNFIRE_DYNAMICS_SUBTRACT_BITS(s) (1u)
#define SYNFIRE_DYNAMICS_MASK_AT(s) (SYNFIRE_DYNAMICS_SUBTRACT_AT(s) + SYNFIRE_DYNAMICS_SUBTRACT_BITS(s)) /* v is updated while the neuron is refractory; otherwise v stays at v_reset; flag */
#define SYNFIRE_DYNAMICS_MASK_BITS(s) (1u)
#define SYNFIRE_DYNAMICS_REPORT_AT(s) (SYNFIRE_DYNAMICS_MASK_AT(s) + SYNFIRE_DYNAMICS_MASK_BITS(s)) /* the spikes are sent to the host; flag */
#define SYNFIRE_DYNAMICS_REPORT_BITS(s) (1u)
#define SYNFIRE_DYNAMICS_RULE_AT(s) (SYNFIRE_DYNAMICS_REPORT_AT(s) + SYNFIRE_DYNAMICS_REPORT_BITS(s)) /* how the threshold adapts, and what its spikes take from weights; rule */
#define SYNFIRE_DYNAMICS_RULE_BITS(s) ((2u * (s)->learning))
#define SYNFIRE_DYNAMICS_LOOKS_BACK_AT(s) (SYNFIRE_DYNAMICS_RULE_AT(s) + SYNFIRE_DYNAMICS_RULE_BITS(s)) /* if v was above the threshold before the tick: with subtract, the neuron fires only above twice the threshold; without, the threshold is subtracted now, and not when the neuron fires; flag */
#define SYNFIRE_DYNAMICS_LOOKS_BACK_BITS(s) ((1u * (s)->reset_rules))
#define SYNFIRE_DYNAMICS_ADAPTS_AT(s) (SYNFIRE_DYNAMICS_LOOKS_BACK_AT(s) + SYNFIRE_DYNAMICS_LOOKS_BACK_BITS(s)) /* the second state raises the threshold; if not, it is added to v; flag */
#define SYNFIRE_DYNAMICS_ADAPTS_BITS(s) ((1u * (s)->second_state))
#define SYNFIRE_DYNAMICS_QUADRATIC_AT(s) (SYNFIRE_DYNAMICS_ADAPTS_AT(s) + SYNFIRE_DYNAMICS_ADAPTS_BITS(s)) /* v grows by its square, unless it leaks linearly; bit 0 of decay_mem divides by 2^16 instead of 2^12; flag */
#define SYNFIRE_DYNAMICS_QUADRATIC_BITS(s) ((1u * (s)->second_state))
#define SYNFIRE_DYNAMICS_ELEMENT_BITS(s) (SYNFIRE_DYNAMICS_QUADRATIC_AT(s) + SYNFIRE_DYNAMICS_QUADRATIC_BITS(s))

/* An element of region dynamics whose index is the number of neurons, or above. */
#define SYNFIRE_SECOND_DYNAMICS_COUPLING_AT(s) (0u) /* the part of v that is added to the second state, at most 4096; 1/4096 */
#define SYNFIRE_SECOND_DYNAMICS_COUPLING_BITS(s) (13u)
#define SYNFIRE_SECOND_DYNAMICS_DECAY_AT(s) (SYNFIRE_SECOND_DYNAMICS_COUPLING_AT(s) + SYNFIRE_SECOND_DYNAMICS_COUPLING_BITS(s)) /* factor of the second state after a tick, at most 4096; 1/4096 */
#define SYNFIRE_SECOND_DYNAMICS_DECAY_BITS(s) (13u)
#define SYNFIRE_SECOND_DYNAMICS_COUPLING_NEGATIVE_AT(s) (SYNFIRE_SECOND_DYNAMICS_DECAY_AT(s) + SYNFIRE_SECOND_DYNAMICS_DECAY_BITS(s)) /* the part of v is subtracted; if not, added; flag */
#define SYNFIRE_SECOND_DYNAMICS_COUPLING_NEGATIVE_BITS(s) (1u)
#define SYNFIRE_SECOND_DYNAMICS_COUPLING_SHIFT_AT(s) (SYNFIRE_SECOND_DYNAMICS_COUPLING_NEGATIVE_AT(s) + SYNFIRE_SECOND_DYNAMICS_COUPLING_NEGATIVE_BITS(s)) /* the part of v is divided by 2^coupling_shift; log2 */
#define SYNFIRE_SECOND_DYNAMICS_COUPLING_SHIFT_BITS(s) (3u)
#define SYNFIRE_SECOND_DYNAMICS_ELEMENT_BITS(s) (SYNFIRE_SECOND_DYNAMICS_COUPLING_SHIFT_AT(s) + SYNFIRE_SECOND_DYNAMICS_COUPLING_SHIFT_BITS(s))

/* An element of region reset. */
#define SYNFIRE_RESET_V_RESET_AT(s) (0u) /* reset potential; state, two's complement */
#define SYNFIRE_RESET_V_RESET_BITS(s) ((s)->state_bits)
#define SYNFIRE_RESET_REFRACTORY_TICKS_AT(s) (SYNFIRE_RESET_V_RESET_AT(s) + SYNFIRE_RESET_V_RESET_BITS(s)) /* ticks after a spike in which the neuron cannot fire; ticks */
#define SYNFIRE_RESET_REFRACTORY_TICKS_BITS(s) (8u)
#define SYNFIRE_RESET_ELEMENT_BITS(s) (SYNFIRE_RESET_REFRACTORY_TICKS_AT(s) + SYNFIRE_RESET_REFRACTORY_TICKS_BITS(s))

/* An element of region pre_trace. */
#define SYNFIRE_PRE_TRACE_TRACE_AT(s) (0u) /* spikes that the row delivered, decayed; 1/2048 spikes; of a rectangular window, ticks */
#define SYNFIRE_PRE_TRACE_TRACE_BITS(s) (15u)
#define SYNFIRE_PRE_TRACE_ELEMENT_BITS(s) (SYNFIRE_PRE_TRACE_TRACE_AT(s) + SYNFIRE_PRE_TRACE_TRACE_BITS(s))

/* An element of region post_trace. */
#define SYNFIRE_POST_TRACE_TRACE_AT(s) (0u) /* spikes of the neuron, decayed; 1/2048 spikes; of a rectangular window, ticks */
#define SYNFIRE_POST_TRACE_TRACE_BITS(s) (15u)
#define SYNFIRE_POST_TRACE_ELEMENT_BITS(s) (SYNFIRE_POST_TRACE_TRACE_AT(s) + SYNFIRE_POST_TRACE_TRACE_BITS(s))

/* An element of region ltd_amount. */
#define SYNFIRE_LTD_AMOUNT_CHANGE_AT(s) (0u) /* magnitude of the change of a weight when a spike is delivered; 1/1024 weights */
#define SYNFIRE_LTD_AMOUNT_CHANGE_BITS(s) (15u)
#define SYNFIRE_LTD_AMOUNT_ELEMENT_BITS(s) (SYNFIRE_LTD_AMOUNT_CHANGE_AT(s) + SYNFIRE_LTD_AMOUNT_CHANGE_BITS(s))

/* An element of region adaptation. */
#define SYNFIRE_ADAPTATION_STEPS_AT(s) (0u) /* what spikes have added to the threshold, decayed; state */
#define SYNFIRE_ADAPTATION_STEPS_BITS(s) (15u)
#define SYNFIRE_ADAPTATION_ELEMENT_BITS(s) (SYNFIRE_ADAPTATION_STEPS_AT(s) + SYNFIRE_ADAPTATION_STEPS_BITS(s))

/* An element of region rule whose index mod 8 is 0. */
#define SYNFIRE_RULE_PRE_FACTOR_AT(s) (0u) /* what the trace keeps each tick, 4096 at most; if rectangular, the length of the window; 1/4096; if rectangular, ticks */
#define SYNFIRE_RULE_PRE_FACTOR_BITS(s) (13u)
#define SYNFIRE_RULE_PRE_NEAREST_AT(s) (SYNFIRE_RULE_PRE_FACTOR_AT(s) + SYNFIRE_RULE_PRE_FACTOR_BITS(s)) /* only the last spike counts; flag */
#define SYNFIRE_RULE_PRE_NEAREST_BITS(s) (1u)
#define SYNFIRE_RULE_PRE_RECTANGULAR_AT(s) (SYNFIRE_RULE_PRE_NEAREST_AT(s) + SYNFIRE_RULE_PRE_NEAREST_BITS(s)) /* the window is rectangular; if not, exponential; flag */
#define SYNFIRE_RULE_PRE_RECTANGULAR_BITS(s) (1u)
#define SYNFIRE_RULE_PRE_ELEMENT_BITS(s) (SYNFIRE_RULE_PRE_RECTANGULAR_AT(s) + SYNFIRE_RULE_PRE_RECTANGULAR_BITS(s))

/* An element of region rule whose index mod 8 is 1. */
#define SYNFIRE_RULE_POST_FACTOR_AT(s) (0u) /* what the trace keeps each tick, 4096 at most; if rectangular, the length of the window; 1/4096; if rectangular, ticks */
#define SYNFIRE_RULE_POST_FACTOR_BITS(s) (13u)
#define SYNFIRE_RULE_POST_NEAREST_AT(s) (SYNFIRE_RULE_POST_FACTOR_AT(s) + SYNFIRE_RULE_POST_FACTOR_BITS(s)) /* only the last spike counts; flag */
#define SYNFIRE_RULE_POST_NEAREST_BITS(s) (1u)
#define SYNFIRE_RULE_POST_RECTANGULAR_AT(s) (SYNFIRE_RULE_POST_NEAREST_AT(s) + SYNFIRE_RULE_POST_NEAREST_BITS(s)) /* the window is rectangular; if not, exponential; flag */
#define SYNFIRE_RULE_POST_RECTANGULAR_BITS(s) (1u)
#define SYNFIRE_RULE_POST_ELEMENT_BITS(s) (SYNFIRE_RULE_POST_RECTANGULAR_AT(s) + SYNFIRE_RULE_POST_RECTANGULAR_BITS(s))

/* An element of region rule whose index mod 8 is 2. */
#define SYNFIRE_RULE_A_PLUS_A_PLUS_AT(s) (0u) /* what a spike of the neuron adds to a weight, for a trace of one spike; 1/1024 weights, two's complement */
#define SYNFIRE_RULE_A_PLUS_A_PLUS_BITS(s) (16u)
#define SYNFIRE_RULE_A_PLUS_ELEMENT_BITS(s) (SYNFIRE_RULE_A_PLUS_A_PLUS_AT(s) + SYNFIRE_RULE_A_PLUS_A_PLUS_BITS(s))

/* An element of region rule whose index mod 8 is 3. */
#define SYNFIRE_RULE_A_MINUS_A_MINUS_AT(s) (0u) /* what a delivered spike takes from a weight, for a trace of one spike; 1/1024 weights, two's complement */
#define SYNFIRE_RULE_A_MINUS_A_MINUS_BITS(s) (16u)
#define SYNFIRE_RULE_A_MINUS_ELEMENT_BITS(s) (SYNFIRE_RULE_A_MINUS_A_MINUS_AT(s) + SYNFIRE_RULE_A_MINUS_A_MINUS_BITS(s))

/* An element of region rule whose index mod 8 is 4. */
#define SYNFIRE_RULE_BOUNDS_WEIGHT_MIN_AT(s) (0u) /* the lower bound of changes; weight, two's complement */
#define SYNFIRE_RULE_BOUNDS_WEIGHT_MIN_BITS(s) (8u)
#define SYNFIRE_RULE_BOUNDS_WEIGHT_MAX_AT(s) (SYNFIRE_RULE_BOUNDS_WEIGHT_MIN_AT(s) + SYNFIRE_RULE_BOUNDS_WEIGHT_MIN_BITS(s)) /* the upper bound of changes; weight, two's complement */
#define SYNFIRE_RULE_BOUNDS_WEIGHT_MAX_BITS(s) (8u)
#define SYNFIRE_RULE_BOUNDS_ELEMENT_BITS(s) (SYNFIRE_RULE_BOUNDS_WEIGHT_MAX_AT(s) + SYNFIRE_RULE_BOUNDS_WEIGHT_MAX_BITS(s))

/* An element of region rule whose index mod 8 is 5. */
#define SYNFIRE_RULE_STEP_THRESHOLD_STEP_AT(s) (0u) /* what a spike adds to the neuron's threshold; state */
#define SYNFIRE_RULE_STEP_THRESHOLD_STEP_BITS(s) (15u)
#define SYNFIRE_RULE_STEP_ELEMENT_BITS(s) (SYNFIRE_RULE_STEP_THRESHOLD_STEP_AT(s) + SYNFIRE_RULE_STEP_THRESHOLD_STEP_BITS(s))

/* An element of region rule whose index mod 8 is 6. */
#define SYNFIRE_RULE_THRESHOLD_DECAY_THRESHOLD_DECAY_AT(s) (0u) /* what is left of the sum of those steps after a decay, 4096 at most; 1/4096 */
#define SYNFIRE_RULE_THRESHOLD_DECAY_THRESHOLD_DECAY_BITS(s) (13u)
#define SYNFIRE_RULE_THRESHOLD_DECAY_ELEMENT_BITS(s) (SYNFIRE_RULE_THRESHOLD_DECAY_THRESHOLD_DECAY_AT(s) + SYNFIRE_RULE_THRESHOLD_DECAY_THRESHOLD_DECAY_BITS(s))

/* An element of region rule whose index mod 8 is 7. */
#define SYNFIRE_RULE_FLAGS_ENABLED_AT(s) (0u) /* the rule is applied; flag */
#define SYNFIRE_RULE_FLAGS_ENABLED_BITS(s) (1u)
#define SYNFIRE_RULE_FLAGS_SOFT_AT(s) (SYNFIRE_RULE_FLAGS_ENABLED_AT(s) + SYNFIRE_RULE_FLAGS_ENABLED_BITS(s)) /* a change is made with a probability only: the distance to the bound ahead, over 256; flag */
#define SYNFIRE_RULE_FLAGS_SOFT_BITS(s) (1u)
#define SYNFIRE_RULE_FLAGS_THRESHOLD_EVERY_AT(s) (SYNFIRE_RULE_FLAGS_SOFT_AT(s) + SYNFIRE_RULE_FLAGS_SOFT_BITS(s)) /* from one decay of the threshold's steps to the next; log2 ticks */
#define SYNFIRE_RULE_FLAGS_THRESHOLD_EVERY_BITS(s) (4u)
#define SYNFIRE_RULE_FLAGS_ELEMENT_BITS(s) (SYNFIRE_RULE_FLAGS_THRESHOLD_EVERY_AT(s) + SYNFIRE_RULE_FLAGS_THRESHOLD_EVERY_BITS(s))

/* Regions. */
#define SYNFIRE_REGION_REGISTERS 0u /* the registers below */
#define SYNFIRE_REGION_SYNAPSES 1u /* weight of lane `e mod P` of word `e / P`, two's complement; -128 = no synapse */
#define SYNFIRE_REGION_ROW_BODY 2u /* first word, exponent, delay, plastic */
#define SYNFIRE_REGION_ROW_LINK 3u /* first target word, words - 1, enabled, next row, has next */
#define SYNFIRE_REGION_WHEEL 4u /* pending rows: word `slot * R / WW + row / WW`, bit `row mod WW` */
#define SYNFIRE_REGION_POTENTIAL 5u /* v, two's complement */
#define SYNFIRE_REGION_CURRENT 6u /* i between ticks: already decayed for the coming tick, and injected; from N on the second states */
#define SYNFIRE_REGION_THRESHOLD 7u /* threshold, two's complement; a neuron fires above it */
#define SYNFIRE_REGION_BIAS 8u /* added to v every tick, two's complement */
#define SYNFIRE_REGION_REFRACTORY 9u /* refractory ticks left */
#define SYNFIRE_REGION_SPIKE_COUNT 10u /* spikes since the state was reset, saturating */
#define SYNFIRE_REGION_DYNAMICS 11u /* decay_mem, decay_syn, linear, subtract, mask, report; from N on the second states */
#define SYNFIRE_REGION_RESET 12u /* v_reset, refractory period in ticks */
#define SYNFIRE_REGION_PRE_TRACE 13u /* spikes delivered by the row, in 1/2048, decayed */
#define SYNFIRE_REGION_POST_TRACE 14u /* spikes of the neuron, in 1/2048, decayed */
#define SYNFIRE_REGION_LTD_AMOUNT 15u /* what a delivered spike changes, in 1/1024 weights */
#define SYNFIRE_REGION_ADAPTATION 16u /* what spikes have added to the threshold, decayed */
#define SYNFIRE_REGION_RULE 17u /* element `e mod 8` of rule `e / 8` */

/* Elements of a region, 0 if the device does not have it. */
static inline uint32_t synfire_elements(uint32_t region, const struct synfire_sizes *s)
{
    switch (region) {
    case SYNFIRE_REGION_REGISTERS:
        return 64u;
    case SYNFIRE_REGION_SYNAPSES:
        return s->synapse_words << s->lanes_log2;
    case SYNFIRE_REGION_ROW_BODY:
        return 1u << s->rows_log2;
    case SYNFIRE_REGION_ROW_LINK:
        return 1u << s->rows_log2;
    case SYNFIRE_REGION_WHEEL:
        return SYNFIRE_DELAY_SLOTS << (s->rows_log2 - s->wheel_word_log2);
    case SYNFIRE_REGION_POTENTIAL:
        return 1u << s->neurons_log2;
    case SYNFIRE_REGION_CURRENT:
        return 1u << (s->neurons_log2 + s->second_state);
    case SYNFIRE_REGION_THRESHOLD:
        return 1u << s->neurons_log2;
    case SYNFIRE_REGION_BIAS:
        return 1u << s->neurons_log2;
    case SYNFIRE_REGION_REFRACTORY:
        return 1u << s->neurons_log2;
    case SYNFIRE_REGION_SPIKE_COUNT:
        return 1u << s->neurons_log2;
    case SYNFIRE_REGION_DYNAMICS:
        return 1u << (s->neurons_log2 + s->second_state);
    case SYNFIRE_REGION_RESET:
        return 1u << s->neurons_log2;
    case SYNFIRE_REGION_PRE_TRACE:
        return s->learning ? 1u << s->rows_log2 : 0u;
    case SYNFIRE_REGION_POST_TRACE:
        return s->learning ? 1u << s->neurons_log2 : 0u;
    case SYNFIRE_REGION_LTD_AMOUNT:
        return s->learning ? 1u << s->neurons_log2 : 0u;
    case SYNFIRE_REGION_ADAPTATION:
        return s->learning ? 1u << s->neurons_log2 : 0u;
    case SYNFIRE_REGION_RULE:
        return s->learning ? 32u : 0u;
    default:
        return 0;
    }
}

/* Bits of an element of a region; ceil(bits / 8) bytes of the wire. */
static inline uint32_t synfire_element_bits(uint32_t region, const struct synfire_sizes *s)
{
    switch (region) {
    case SYNFIRE_REGION_REGISTERS:
        return 32;
    case SYNFIRE_REGION_SYNAPSES:
        return SYNFIRE_SYNAPSE_ELEMENT_BITS(s);
    case SYNFIRE_REGION_ROW_BODY:
        return SYNFIRE_ROW_BODY_ELEMENT_BITS(s);
    case SYNFIRE_REGION_ROW_LINK:
        return SYNFIRE_ROW_LINK_ELEMENT_BITS(s);
    case SYNFIRE_REGION_WHEEL:
        return SYNFIRE_WHEEL_ELEMENT_BITS(s);
    case SYNFIRE_REGION_POTENTIAL:
        return SYNFIRE_POTENTIAL_ELEMENT_BITS(s);
    case SYNFIRE_REGION_CURRENT:
        return SYNFIRE_CURRENT_ELEMENT_BITS(s);
    case SYNFIRE_REGION_THRESHOLD:
        return SYNFIRE_THRESHOLD_ELEMENT_BITS(s);
    case SYNFIRE_REGION_BIAS:
        return SYNFIRE_BIAS_ELEMENT_BITS(s);
    case SYNFIRE_REGION_REFRACTORY:
        return SYNFIRE_REFRACTORY_ELEMENT_BITS(s);
    case SYNFIRE_REGION_SPIKE_COUNT:
        return SYNFIRE_SPIKE_COUNT_ELEMENT_BITS(s);
    case SYNFIRE_REGION_DYNAMICS:
        return SYNFIRE_DYNAMICS_ELEMENT_BITS(s);
    case SYNFIRE_REGION_RESET:
        return SYNFIRE_RESET_ELEMENT_BITS(s);
    case SYNFIRE_REGION_PRE_TRACE:
        return SYNFIRE_PRE_TRACE_ELEMENT_BITS(s);
    case SYNFIRE_REGION_POST_TRACE:
        return SYNFIRE_POST_TRACE_ELEMENT_BITS(s);
    case SYNFIRE_REGION_LTD_AMOUNT:
        return SYNFIRE_LTD_AMOUNT_ELEMENT_BITS(s);
    case SYNFIRE_REGION_ADAPTATION:
        return SYNFIRE_ADAPTATION_ELEMENT_BITS(s);
    case SYNFIRE_REGION_RULE:
        return SYNFIRE_RULE_A_PLUS_ELEMENT_BITS(s);
    default:
        return 0;
    }
}

#endif
