"""The networks of spec/benches/dense.rs in NEST, on one thread; prints an object of JSON.

Potentials are in the model's units: exponential currents of one tick's charge, a membrane of 20 ms,
a threshold of 1900, 256 inputs one-to-one, 65,536 recurrent synapses with a delay of 1 ms, which
stay as they are or learn by additive pair STDP.
"""

import json
import random
import time

import nest

NEURONS = 256
MILLISECONDS = 10_000
RUNS = 3


def network(plastic):
    nest.ResetKernel()
    nest.set_verbosity("M_ERROR")
    nest.SetKernelStatus({"resolution": 1.0, "local_num_threads": 1})
    neurons = nest.Create(
        "iaf_psc_exp",
        NEURONS,
        params={
            "E_L": 0.0,
            "V_reset": 0.0,
            "V_m": 0.0,
            "V_th": 1900.0,
            "tau_m": 20.0,
            "tau_syn_ex": 5.0,
            "tau_syn_in": 5.0,
            "tau_minus": 20.0,
            "t_ref": 2.0,
            "C_m": 1.0,
        },
    )
    draw = random.Random(1)
    times = [[] for _ in range(NEURONS)]
    for step in range(1, MILLISECONDS + 1):
        for input in range(NEURONS):
            if draw.random() < 0.1:
                times[input].append(float(step))
    inputs = nest.Create("spike_generator", NEURONS, params=[{"spike_times": t} for t in times])
    nest.Connect(inputs, neurons, "one_to_one", {"weight": 240.0, "delay": 1.0})
    weights = [[float(draw.randint(-10, 10)) for _ in range(NEURONS)] for _ in range(NEURONS)]
    synapses = {"weight": weights, "delay": 1.0}
    if plastic:
        # NEST's rule is in units of the bound, which has the weight's sign.
        synapses |= {
            "synapse_model": "stdp_synapse",
            "Wmax": [[127.0 if weight >= 0 else -127.0 for weight in row] for row in weights],
            "tau_plus": 20.0,
            "lambda": 100 / 1024 / 127,
            "alpha": 1.0,
            "mu_plus": 0.0,
            "mu_minus": 0.0,
        }
    nest.Connect(neurons, neurons, "all_to_all", synapses)
    return sum(len(t) for t in times)


def run(plastic):
    fastest = float("inf")
    for _ in range(RUNS):
        inputs = network(plastic)
        nest.Prepare()
        before = nest.GetKernelStatus("local_spike_counter")
        start = time.perf_counter()
        nest.Run(float(MILLISECONDS))
        seconds = time.perf_counter() - start
        spikes = nest.GetKernelStatus("local_spike_counter") - before
        nest.Cleanup()
        if seconds < fastest:
            fastest = seconds
            events = spikes * NEURONS + inputs
            best = {
                "ticks": MILLISECONDS,
                "spikes": spikes,
                "events": events,
                "seconds": seconds,
                "events_per_second": events / seconds,
                "version": nest.__version__,
            }
    return best


def main():
    print(json.dumps({"fixed": run(False), "plastic": run(True)}))


if __name__ == "__main__":
    main()
