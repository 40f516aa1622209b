// Compiled once for each config and level:
//   SIM_HEADER  the header of the Verilated class, as "Vtop_tiny.h"
//   SIM_CLASS   the Verilated class, as Vtop_tiny
//   SIM_MODEL   the symbol to export, as sim_top_tiny
//   SIM_CONFIG  the name of the config, as "tiny"
//   SIM_LEVEL_TOP or SIM_LEVEL_CORE
#include "shim.h"
#include SIM_HEADER
#include "verilated.h"
#if VM_TRACE_FST
#include "verilated_fst_c.h"
#endif
#if VM_COVERAGE
#include "verilated_cov.h"
#include <atomic>
#include <cstdlib>
#include <string>
#include <unistd.h>
#endif

namespace {

#if VM_COVERAGE
// Half cycles after which bits are counted. Until then, the noise of the power-up is replaced by the
// values after reset: the bits change, but nothing has made use of them.
constexpr unsigned UNCOUNTED = 64;

std::atomic<unsigned> devices{0};
#endif

struct Device {
    VerilatedContext context;
    SIM_CLASS *model = nullptr;
#if VM_TRACE_FST
    VerilatedFstC *wave = nullptr;
#endif
#if VM_COVERAGE
    unsigned evaluations = 0;
#endif

    Device(uint32_t seed, const char *path) {
        // A memory that nothing initialises holds noise in silicon, so it does here.
        context.randReset(2);
        context.randSeed(static_cast<int>(seed));
#if VM_TRACE_FST
        context.traceEverOn(path != nullptr);
#endif
        model = new SIM_CLASS{&context, "dut"};
#ifdef SIM_LEVEL_TOP
        model->locked = 1;
#endif
#if VM_TRACE_FST
        if (path != nullptr) {
            wave = new VerilatedFstC;
            model->trace(wave, 99);
            wave->open(path);
        }
#else
        (void)path;
#endif
    }

    ~Device() {
#if VM_TRACE_FST
        if (wave != nullptr) {
            wave->close();
            delete wave;
        }
#endif
        model->final();
#if VM_COVERAGE
        if (const char *folder = std::getenv("SYNFIRE_TOGGLES")) {
            const std::string device = std::to_string(getpid()) + "." + std::to_string(devices++);
            const std::string path = std::string{folder} + "/" SIM_HEADER "." + device;
            context.coveragep()->write(path.c_str());
        }
#endif
        delete model;
    }

    Device(const Device &) = delete;
    Device &operator=(const Device &) = delete;

    inline void eval() {
        model->eval();
#if VM_COVERAGE
        if (evaluations < UNCOUNTED && ++evaluations == UNCOUNTED) context.coveragep()->zero();
#endif
#if VM_TRACE_FST
        if (wave != nullptr) wave->dump(context.time());
        context.timeInc(1);
#endif
    }
};

Device *device(SimDevice *handle) { return reinterpret_cast<Device *>(handle); }

SimDevice *create(uint32_t seed, const char *wave) {
    return reinterpret_cast<SimDevice *>(new Device(seed, wave));
}

void destroy(SimDevice *handle) { delete device(handle); }

#ifdef SIM_LEVEL_TOP
uint64_t run(SimDevice *handle, uint8_t rx, uint64_t cycles, SimTopOutputs *out) {
    Device &self = *device(handle);
    SIM_CLASS &model = *self.model;
    const uint8_t before = out->tx;
    uint64_t done = 0;
    model.rx = rx;
    do {
        model.clock = 0;
        self.eval();
        model.clock = 1;
        self.eval();
        ++done;
    } while (done < cycles && model.tx == before);
    out->tx = model.tx;
    out->led = model.led;
    return done;
}
#endif

#ifdef SIM_LEVEL_CORE
void cycle(SimDevice *handle, const SimCoreInputs *in, SimCoreOutputs *out) {
    Device &self = *device(handle);
    SIM_CLASS &model = *self.model;
    model.clock = 0;
#define SIM_SET(port) model.port = in->port
    SIM_SET(reset);
    SIM_SET(bus_request);
    SIM_SET(bus_region);
    SIM_SET(bus_index);
    SIM_SET(bus_wdata);
    SIM_SET(bus_valid);
    SIM_SET(bus_write);
    SIM_SET(in_word);
    SIM_SET(in_valid);
    SIM_SET(out_ready);
    SIM_SET(out_room);
    SIM_SET(stop);
    SIM_SET(reset_state);
    SIM_SET(report);
    SIM_SET(probe_first);
    SIM_SET(probe_count);
    SIM_SET(probe_v);
    SIM_SET(probe_i);
    SIM_SET(tick_go);
    SIM_SET(tick_write);
    SIM_SET(learn);
    SIM_SET(reward);
    SIM_SET(punish);
    SIM_SET(random_write);
#undef SIM_SET
    self.eval();
#define SIM_GET(port) out->port = model.port
// Rust reads these as `bool`: no other byte than 0 and 1 may get through.
#define SIM_GET_BIT(port) out->port = model.port & 1
    SIM_GET_BIT(bus_grant);
    SIM_GET_BIT(bus_ready);
    SIM_GET(bus_rdata);
    SIM_GET_BIT(in_ready);
    SIM_GET(out_word);
    SIM_GET_BIT(out_valid);
    SIM_GET(tick);
    SIM_GET(random);
    SIM_GET_BIT(idle);
    SIM_GET_BIT(stalled);
    SIM_GET_BIT(active);
    SIM_GET_BIT(tick_begin);
    SIM_GET_BIT(tick_done);
    SIM_GET_BIT(in_tick);
    SIM_GET_BIT(spike_strobe);
    SIM_GET_BIT(word_strobe);
    SIM_GET_BIT(route_strobe);
    SIM_GET_BIT(clamp_strobe);
#undef SIM_GET
#undef SIM_GET_BIT
    model.clock = 1;
    self.eval();
}
#endif

} // namespace

#ifdef SIM_LEVEL_TOP
extern const SimTopModel SIM_MODEL;
const SimTopModel SIM_MODEL = {SIM_CONFIG, create, destroy, run};
#else
extern const SimCoreModel SIM_MODEL;
const SimCoreModel SIM_MODEL = {SIM_CONFIG, create, destroy, cycle};
#endif
