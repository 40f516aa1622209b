"""Synfire: constants for hosts in Python, made by `cargo xtask codegen`, not to be edited.

docs/wire_protocol.md and docs/registers.md say what they mean. Needs nothing but Python 3.7.

>>> sizes = Sizes.of(registers)      # registers 0 to 11, from the response to HELLO
>>> body = ELEMENTS["row_body"].encode(sizes, first_word=3, exponent=0, delay=1, plastic=0)
>>> ELEMENTS["row_body"].decode(sizes, body)["delay"]
1
"""

from collections import namedtuple


class Field(namedtuple("Field", "name width signed unit reset doc")):
    """Some consecutive bits of an element; `width` tells how many, of sizes."""


class Element(namedtuple("Element", "region which fields")):
    """What an element of a region holds, from bit 0 up. `which` tells the elements: None for all, a
    number for those with this index modulo 8, "neurons" for the first and "seconds" for the others."""

    def encode(self, sizes, **values):
        """The element with those values; every field that the device has must be given."""
        word, at = 0, 0
        for field in self.fields:
            bits = field.width(sizes)
            value = values.pop(field.name, 0) if bits == 0 else values.pop(field.name)
            low = -(1 << bits >> 1) if field.signed else 0
            high = ((1 << bits >> 1) if field.signed else (1 << bits)) - 1
            if not low <= value <= high:
                raise ValueError(f"{field.name} is {value}, must be {low}..={high}")
            word |= (value & ((1 << bits) - 1)) << at
            at += bits
        if values:
            raise ValueError(f"no field is named {', '.join(values)}")
        return word

    def decode(self, sizes, word):
        """The values of its fields, by name."""
        values, at = {}, 0
        for field in self.fields:
            bits = field.width(sizes)
            value = word >> at & ((1 << bits) - 1)
            if field.signed and value >> (bits - 1):
                value -= 1 << bits
            values[field.name] = value
            at += bits
        return values

    def bits(self, sizes):
        """Bits of all fields."""
        return sum(field.width(sizes) for field in self.fields)


class Region(namedtuple("Region", "number extent learning doc")):
    """A memory of a device; `extent` tells its number of elements, of sizes."""

    def elements(self, sizes):
        """Its number of elements, 0 if the device does not have it."""
        return self.extent(sizes) if sizes.learning or not self.learning else 0

    def bits(self, sizes):
        """Bits of an element; ceil(bits / 8) bytes on the wire."""
        kinds = [it for it in ELEMENTS.values() if REGIONS[it.region].number == self.number]
        return max((it.bits(sizes) for it in kinds), default=32)


class Register(namedtuple("Register", "index access reset doc fields")):
    """A register; `fields` are pairs of first bit and number of bits, by name."""

    def get(self, name, word):
        """The value of a field."""
        at, bits = self.fields[name]
        return word >> at & ((1 << bits) - 1)


class Sizes(
    namedtuple(
        "Sizes",
        "neurons_log2 inputs_log2 lanes_log2 rows_log2 wheel_word_log2 synapse_words"
        " state_bits sum_bits in_words_log2 out_words_log2 learning reset_rules second_state",
    )
):
    """The sizes of a device."""

    @classmethod
    def of(cls, registers):
        """The sizes in registers 0 to 11, which the response to HELLO carries."""

        def get(register, field):
            return REGISTERS[register].get(field, registers[REGISTERS[register].index])

        return cls(
            neurons_log2=get("SIZES_A", "neurons"),
            inputs_log2=get("SIZES_A", "inputs"),
            lanes_log2=get("SIZES_A", "lanes"),
            rows_log2=get("SIZES_A", "rows"),
            wheel_word_log2=get("SIZES_A", "wheel_word"),
            synapse_words=get("SIZES_B", "synapse_words"),
            state_bits=get("SIZES_B", "state_bits"),
            sum_bits=get("SIZES_C", "sum_bits"),
            in_words_log2=get("SIZES_C", "in_words"),
            out_words_log2=get("SIZES_C", "out_words"),
            learning=get("UNITS", "learning"),
            reset_rules=get("UNITS", "reset_rules"),
            second_state=get("UNITS", "second_state"),
        )

    @property
    def word_address_bits(self):
        """Bits of a synapse word's address."""
        return (self.synapse_words - 1).bit_length()


def size_hash(registers):
    """What register BUILD holds in a device of this protocol with those registers."""
    data = bytes([PROTOCOL_VERSION])
    for name in ["SIZES_A", "SIZES_B", "SIZES_C", "UNITS"]:
        data += registers[REGISTERS[name].index].to_bytes(4, "little")
    value = 0x811C9DC5
    for byte in data:
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


# Protocol.
PROTOCOL_VERSION = 3
ID_VALUE = 0x464e5953
DELAY_SLOTS = 16
BODY_MAX = 252
DATA_MAX = 236
STREAM_IN_MAX = 119
STREAM_OUT_MAX = 117

# Types of requests and responses.
HELLO = 0x01  # who are you; begins a session
READ = 0x02  # elements of a region, please
WRITE = 0x03  # elements for a region
FILL = 0x04  # one element for a range of a region
STREAM = 0x05  # words for the core, and from it
RESPONSE = 0x80  # set in every response
NAK = 0xff  # the response that refuses

# Why a request is refused.
NAK_BAD_FRAME = 1  # damaged frame
NAK_OUT_OF_SEQUENCE = 2  # out of sequence
NAK_UNKNOWN_KIND = 3  # unknown request
NAK_RANGE = 4  # outside the device's memory
NAK_MALFORMED = 5  # malformed request
NAK_STREAM_FULL = 6  # stream towards the core is full
NAK_OVERRUN = 7  # receive buffer overrun

# Kinds of stream words: kind << 14 | number.
IN_SPIKE = 0  # input `number` spikes in the coming tick
IN_ADVANCE = 1  # run ticks until tick mod 2^14 is `number`
IN_INJECT = 2  # add the value that follows to the current of neuron `number`
IN_RESET = 3  # put the state back; `number` is 0
OUT_SPIKE = 0  # neuron `number` fired in the stamped tick
OUT_TICK = 1  # what follows belongs to tick `number`, mod 2^14
OUT_PROBE = 2  # the values of neuron `number` follow

REGISTERS = {
    "ID": Register(
        0, "RO", "0x464e5953",
        "\"SYNF\" in ASCII",
        {},
    ),
    "PROTOCOL": Register(
        1, "RO", "3",
        "version of protocol and memory layout",
        {},
    ),
    "BUILD": Register(
        2, "RO", "of the config",
        "hash of sizes and protocol",
        {},
    ),
    "SIZES_A": Register(
        3, "RO", "of the config",
        "sizes",
        {"neurons": (0, 5), "inputs": (5, 5), "lanes": (10, 5), "rows": (15, 5), "wheel_word": (20, 4)},
    ),
    "SIZES_B": Register(
        4, "RO", "of the config",
        "sizes",
        {"synapse_words": (0, 20), "state_bits": (20, 6), "delay_slots": (26, 4)},
    ),
    "SIZES_C": Register(
        5, "RO", "of the config",
        "sizes",
        {"in_words": (0, 5), "out_words": (5, 5), "weight_bits": (10, 4), "sum_bits": (14, 6)},
    ),
    "CLOCK_HZ": Register(
        6, "RO", "of the config",
        "frequency of the clock, Hz",
        {},
    ),
    "NAME_LOW": Register(
        7, "RO", "of the config",
        "letters 1-4 of its name, ASCII",
        {},
    ),
    "NAME_HIGH": Register(
        8, "RO", "of the config",
        "letters 5-8, zero padded",
        {},
    ),
    "UNITS": Register(
        9, "RO", "of the config",
        "what else the core can do",
        {"learning": (0, 1), "rules": (1, 4), "decay_bits": (5, 5), "reset_rules": (10, 1), "second_state": (11, 1)},
    ),
    "CORES": Register(
        10, "RO", "1",
        "cores that answer on this line",
        {"cores": (0, 16), "core": (16, 8)},
    ),
    "RESERVED": Register(
        11, "RO", "0",
        "for later versions",
        {},
    ),
    "CTRL": Register(
        16, "RW", "1",
        "switches",
        {"report": (0, 1)},
    ),
    "COMMAND": Register(
        17, "WO", "-",
        "1 = stop: drop the queued words, end the advance with this tick; 2 = reset state after this tick; all else nothing",
        {},
    ),
    "STATUS": Register(
        18, "RO", "5",
        "what the core is doing",
        {"idle": (0, 1), "stalled": (1, 1), "active": (2, 1), "unlocked": (3, 1)},
    ),
    "TICK": Register(
        19, "RW", "0",
        "ticks run so far, modulo 2^32",
        {},
    ),
    "PROBE": Register(
        20, "RW", "0",
        "neurons whose values are sent every tick",
        {"first": (0, 14), "v": (14, 1), "i": (15, 1), "count": (16, 15)},
    ),
    "TICK_PERIOD": Register(
        21, "RW", "0",
        "cycles per tick in real-time mode; 0 = as fast as possible",
        {},
    ),
    "OVERRUNS": Register(
        22, "RC", "0",
        "ticks that began late in real-time mode, saturating at 65,535",
        {},
    ),
    "BAUD_DIV": Register(
        23, "RW", "clock / baud",
        "cycles per bit of the UART, 4..=65,535; holds from the end of the response on",
        {},
    ),
    "LEARNING": Register(
        24, "RW", "0",
        "1 = synapses learn and thresholds adapt; only in configs with learning",
        {},
    ),
    "REWARD": Register(
        25, "RW", "0",
        "what every change of a weight is scaled by, in 1/256: ten bits, two's complement; -256..=256, what is beyond counts as the nearest; only in configs with learning",
        {},
    ),
    "RANDOM": Register(
        26, "RW", "0",
        "seed of the random numbers of learning; nothing but the host changes it; only in configs with learning",
        {},
    ),
    "CYCLES": Register(
        32, "RO", "0",
        "cycles spent in ticks, modulo 2^32",
        {},
    ),
    "SPIKES": Register(
        33, "RO", "0",
        "spikes of neurons, modulo 2^32",
        {},
    ),
    "WORDS": Register(
        34, "RO", "0",
        "synapse words delivered, modulo 2^32",
        {},
    ),
    "ROUTED": Register(
        35, "RO", "0",
        "rows made due by spikes, modulo 2^32",
        {},
    ),
    "CLAMPS": Register(
        36, "RC", "0",
        "synapse words delivered and currents injected of which an addition was clamped, saturating at 65,535",
        {},
    ),
    "LINK_ERRORS": Register(
        40, "RO", "0",
        "what was damaged on the way, saturating",
        {"frames": (0, 16), "framing": (16, 16)},
    ),
    "LINK_EVENTS": Register(
        41, "RO", "0",
        "what else happened on the line, saturating",
        {"breaks": (0, 16), "overruns": (16, 16)},
    ),
    "NETWORK": Register(
        62, "RW", "0",
        "hash of the network that the memories hold, written by the host; 0 = no complete network",
        {},
    ),
    "SCRATCH": Register(
        63, "RW", "0",
        "free for the host",
        {},
    ),
}

REGIONS = {
    "registers": Region(
        0, lambda s: 64, False,
        "the registers below",
    ),
    "synapses": Region(
        1, lambda s: s.synapse_words << s.lanes_log2, False,
        "weight of lane `e mod P` of word `e / P`, two's complement; -128 = no synapse",
    ),
    "row_body": Region(
        2, lambda s: 1 << s.rows_log2, False,
        "first word, exponent, delay, plastic",
    ),
    "row_link": Region(
        3, lambda s: 1 << s.rows_log2, False,
        "first target word, words - 1, enabled, next row, has next",
    ),
    "wheel": Region(
        4, lambda s: DELAY_SLOTS << (s.rows_log2 - s.wheel_word_log2), False,
        "pending rows: word `slot * R / WW + row / WW`, bit `row mod WW`",
    ),
    "potential": Region(
        5, lambda s: 1 << s.neurons_log2, False,
        "v, two's complement",
    ),
    "current": Region(
        6, lambda s: 1 << s.neurons_log2 + s.second_state, False,
        "i between ticks: already decayed for the coming tick, and injected; from N on the second states",
    ),
    "threshold": Region(
        7, lambda s: 1 << s.neurons_log2, False,
        "threshold, two's complement; a neuron fires above it",
    ),
    "bias": Region(
        8, lambda s: 1 << s.neurons_log2, False,
        "added to v every tick, two's complement",
    ),
    "refractory": Region(
        9, lambda s: 1 << s.neurons_log2, False,
        "refractory ticks left",
    ),
    "spike_count": Region(
        10, lambda s: 1 << s.neurons_log2, False,
        "spikes since the state was reset, saturating",
    ),
    "dynamics": Region(
        11, lambda s: 1 << s.neurons_log2 + s.second_state, False,
        "decay_mem, decay_syn, linear, subtract, mask, report; from N on the second states",
    ),
    "reset": Region(
        12, lambda s: 1 << s.neurons_log2, False,
        "v_reset, refractory period in ticks",
    ),
    "pre_trace": Region(
        13, lambda s: 1 << s.rows_log2, True,
        "spikes delivered by the row, in 1/2048, decayed",
    ),
    "post_trace": Region(
        14, lambda s: 1 << s.neurons_log2, True,
        "spikes of the neuron, in 1/2048, decayed",
    ),
    "ltd_amount": Region(
        15, lambda s: 1 << s.neurons_log2, True,
        "what a delivered spike changes, in 1/1024 weights",
    ),
    "adaptation": Region(
        16, lambda s: 1 << s.neurons_log2, True,
        "what spikes have added to the threshold, decayed",
    ),
    "rule": Region(
        17, lambda s: 32, True,
        "element `e mod 8` of rule `e / 8`",
    ),
}

ELEMENTS = {
    "synapse": Element("synapses", None, [
        Field("weight", lambda s: 8, True, "a spike adds weight * 2^exponent", "kept",
              "-127..=127; the code -128 is no synapse"),
    ]),
    "row_body": Element("row_body", None, [
        Field("first_word", lambda s: s.word_address_bits, False, "synapse word", "kept",
              "address of the first synapse word"),
        Field("exponent", lambda s: 3, False, "log2", "kept",
              "a spike adds weight * 2^exponent"),
        Field("delay", lambda s: 4, False, "ticks", "kept",
              "from the spike to its delivery; of a neuron's row at least 1"),
        Field("plastic", lambda s: 1, False, "flag", "kept",
              "the synapses learn"),
    ]),
    "row_link": Element("row_link", None, [
        Field("first_target", lambda s: s.neurons_log2 - s.lanes_log2 + s.second_state, False, "target word", "kept",
              "first target word: neurons P * first_target and up"),
        Field("last_offset", lambda s: s.neurons_log2 - s.lanes_log2 + s.second_state, False, "synapse words", "kept",
              "number of words less one"),
        Field("enabled", lambda s: 1, False, "flag", "kept",
              "the row delivers something; if not it can still head a chain"),
        Field("next", lambda s: s.rows_log2, False, "row", "kept",
              "the next row of the same source"),
        Field("has_next", lambda s: 1, False, "flag", "kept",
              "whether a next row exists"),
        Field("rule", lambda s: 2 * s.learning, False, "rule", "kept",
              "how the synapses learn"),
    ]),
    "wheel": Element("wheel", None, [
        Field("due", lambda s: 1 << s.wheel_word_log2, False, "flags", "0",
              "a bit a row: it is due in that slot"),
    ]),
    "potential": Element("potential", None, [
        Field("v", lambda s: s.state_bits, True, "state", "v_reset",
              "v as it stands after the tick"),
    ]),
    "current": Element("current", None, [
        Field("i", lambda s: s.sum_bits, True, "state", "0",
              "i between ticks: already decayed for the coming tick, and injected; from N on the second states"),
    ]),
    "threshold": Element("threshold", None, [
        Field("threshold", lambda s: s.state_bits, True, "state", "kept",
              "a neuron fires above it"),
    ]),
    "bias": Element("bias", None, [
        Field("bias", lambda s: s.state_bits, True, "state", "kept",
              "added to v every tick"),
    ]),
    "refractory": Element("refractory", None, [
        Field("ticks_left", lambda s: 8, False, "ticks", "0",
              "refractory ticks left"),
    ]),
    "spike_count": Element("spike_count", None, [
        Field("spikes", lambda s: 16, False, "spikes", "0",
              "spikes since the state was reset, saturating"),
    ]),
    "dynamics": Element("dynamics", "neurons", [
        Field("decay_mem", lambda s: 13, False, "1/4096; if linear, state a tick", "kept",
              "factor of v after a tick, at most 4096; if linear, the step of v toward v_reset, 8191 = the whole way"),
        Field("decay_syn", lambda s: 13, False, "1/4096", "kept",
              "factor of i after a tick, at most 4096"),
        Field("linear", lambda s: 1, False, "flag", "kept",
              "v leaks linearly"),
        Field("subtract", lambda s: 1, False, "flag", "kept",
              "a spike subtracts the threshold from v; if not, v becomes v_reset"),
        Field("mask", lambda s: 1, False, "flag", "kept",
              "v is updated while the neuron is refractory; otherwise v stays at v_reset"),
        Field("report", lambda s: 1, False, "flag", "kept",
              "the spikes are sent to the host"),
        Field("rule", lambda s: 2 * s.learning, False, "rule", "kept",
              "how the threshold adapts, and what its spikes take from weights"),
        Field("looks_back", lambda s: 1 * s.reset_rules, False, "flag", "kept",
              "if v was above the threshold before the tick: with subtract, the neuron fires only above twice the threshold; without, the threshold is subtracted now, and not when the neuron fires"),
        Field("adapts", lambda s: 1 * s.second_state, False, "flag", "kept",
              "the second state raises the threshold; if not, it is added to v"),
        Field("quadratic", lambda s: 1 * s.second_state, False, "flag", "kept",
              "v grows by its square, unless it leaks linearly; bit 0 of decay_mem divides by 2^16 instead of 2^12"),
    ]),
    "second_dynamics": Element("dynamics", "seconds", [
        Field("coupling", lambda s: 13, False, "1/4096", "kept",
              "the part of v that is added to the second state, at most 4096"),
        Field("decay", lambda s: 13, False, "1/4096", "kept",
              "factor of the second state after a tick, at most 4096"),
        Field("coupling_negative", lambda s: 1, False, "flag", "kept",
              "the part of v is subtracted; if not, added"),
        Field("coupling_shift", lambda s: 3, False, "log2", "kept",
              "the part of v is divided by 2^coupling_shift"),
    ]),
    "reset": Element("reset", None, [
        Field("v_reset", lambda s: s.state_bits, True, "state", "kept",
              "reset potential"),
        Field("refractory_ticks", lambda s: 8, False, "ticks", "kept",
              "ticks after a spike in which the neuron cannot fire"),
    ]),
    "pre_trace": Element("pre_trace", None, [
        Field("trace", lambda s: 15, False, "1/2048 spikes; of a rectangular window, ticks", "0",
              "spikes that the row delivered, decayed"),
    ]),
    "post_trace": Element("post_trace", None, [
        Field("trace", lambda s: 15, False, "1/2048 spikes; of a rectangular window, ticks", "0",
              "spikes of the neuron, decayed"),
    ]),
    "ltd_amount": Element("ltd_amount", None, [
        Field("change", lambda s: 15, False, "1/1024 weights", "0",
              "magnitude of the change of a weight when a spike is delivered"),
    ]),
    "adaptation": Element("adaptation", None, [
        Field("steps", lambda s: 15, False, "state", "kept",
              "what spikes have added to the threshold, decayed"),
    ]),
    "rule_pre": Element("rule", 0, [
        Field("factor", lambda s: 13, False, "1/4096; if rectangular, ticks", "kept",
              "what the trace keeps each tick, 4096 at most; if rectangular, the length of the window"),
        Field("nearest", lambda s: 1, False, "flag", "kept",
              "only the last spike counts"),
        Field("rectangular", lambda s: 1, False, "flag", "kept",
              "the window is rectangular; if not, exponential"),
    ]),
    "rule_post": Element("rule", 1, [
        Field("factor", lambda s: 13, False, "1/4096; if rectangular, ticks", "kept",
              "what the trace keeps each tick, 4096 at most; if rectangular, the length of the window"),
        Field("nearest", lambda s: 1, False, "flag", "kept",
              "only the last spike counts"),
        Field("rectangular", lambda s: 1, False, "flag", "kept",
              "the window is rectangular; if not, exponential"),
    ]),
    "rule_a_plus": Element("rule", 2, [
        Field("a_plus", lambda s: 16, True, "1/1024 weights", "kept",
              "what a spike of the neuron adds to a weight, for a trace of one spike"),
    ]),
    "rule_a_minus": Element("rule", 3, [
        Field("a_minus", lambda s: 16, True, "1/1024 weights", "kept",
              "what a delivered spike takes from a weight, for a trace of one spike"),
    ]),
    "rule_bounds": Element("rule", 4, [
        Field("weight_min", lambda s: 8, True, "weight", "kept",
              "the lower bound of changes"),
        Field("weight_max", lambda s: 8, True, "weight", "kept",
              "the upper bound of changes"),
    ]),
    "rule_step": Element("rule", 5, [
        Field("threshold_step", lambda s: 15, False, "state", "kept",
              "what a spike adds to the neuron's threshold"),
    ]),
    "rule_threshold_decay": Element("rule", 6, [
        Field("threshold_decay", lambda s: 13, False, "1/4096", "kept",
              "what is left of the sum of those steps after a decay, 4096 at most"),
    ]),
    "rule_flags": Element("rule", 7, [
        Field("enabled", lambda s: 1, False, "flag", "kept",
              "the rule is applied"),
        Field("soft", lambda s: 1, False, "flag", "kept",
              "a change is made with a probability only: the distance to the bound ahead, over 256"),
        Field("threshold_every", lambda s: 4, False, "log2 ticks", "kept",
              "from one decay of the threshold's steps to the next"),
    ]),
}
