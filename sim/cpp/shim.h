// The C interface between the Verilated models and src/ffi.rs. Both sides hold these structs by
// hand: change them together.
#pragma once
#include <cstdint>

extern "C" {

// Inputs of module `core` during one cycle.
struct SimCoreInputs {
    uint32_t bus_index;
    uint32_t bus_wdata;
    uint16_t in_word;
    uint16_t probe_first;
    uint16_t probe_count;
    uint16_t reward;
    uint8_t reset;
    uint8_t bus_request;
    uint8_t bus_region;
    uint8_t bus_valid;
    uint8_t bus_write;
    uint8_t in_valid;
    uint8_t out_ready;
    uint8_t out_room;
    uint8_t stop;
    uint8_t reset_state;
    uint8_t report;
    uint8_t probe_v;
    uint8_t probe_i;
    uint8_t tick_go;
    uint8_t tick_write;
    uint8_t learn;
    uint8_t punish;
    uint8_t random_write;
};

// Outputs of module `core` as they stand when the cycle's rising edge comes.
struct SimCoreOutputs {
    uint32_t bus_rdata;
    uint32_t tick;
    uint32_t random;
    uint16_t out_word;
    uint8_t bus_grant;
    uint8_t bus_ready;
    uint8_t in_ready;
    uint8_t out_valid;
    uint8_t idle;
    uint8_t stalled;
    uint8_t active;
    uint8_t tick_begin;
    uint8_t tick_done;
    uint8_t in_tick;
    uint8_t spike_strobe;
    uint8_t word_strobe;
    uint8_t route_strobe;
    uint8_t clamp_strobe;
};

// Outputs of module `top` after a rising edge.
struct SimTopOutputs {
    uint8_t tx;
    uint8_t led;
};

struct SimDevice;

// One Verilated `top`.
struct SimTopModel {
    const char *config;
    // A new device after its power-up; memories without an initial value hold noise from `seed`.
    // `wave` names an FST file to write, or is null.
    SimDevice *(*create)(uint32_t seed, const char *wave);
    void (*destroy)(SimDevice *);
    // Runs at least one and at most `cycles` cycles, and ends with the first that changes tx.
    // Returns how many it ran.
    uint64_t (*run)(SimDevice *, uint8_t rx, uint64_t cycles, SimTopOutputs *);
};

// One Verilated `core`.
struct SimCoreModel {
    const char *config;
    SimDevice *(*create)(uint32_t seed, const char *wave);
    void (*destroy)(SimDevice *);
    // One cycle: applies the inputs, samples the outputs, then gives the rising edge.
    void (*cycle)(SimDevice *, const SimCoreInputs *, SimCoreOutputs *);
};

// The model number `index`, or null past the last. Written by build.rs.
const SimTopModel *sim_top_model(uint32_t index);
const SimCoreModel *sim_core_model(uint32_t index);
}
