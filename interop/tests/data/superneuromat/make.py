#!/usr/bin/env python3
"""Random networks for SuperNeuroMAT, and the spikes that it makes of them.

    pip install superneuromat==3.5.0
    python make.py

Writes NN.json, each a network as SuperNeuroMAT saves it, and NN.csv: its spikes, tick,id, over TICKS
ticks, without those of the neurons that SuperNeuroMAT adds to delay others. All numbers but some
thresholds are multiples of 1/8, so that sums of floats are exact.
"""
import pathlib
import random

import superneuromat

HERE = pathlib.Path(__file__).resolve().parent
NETWORKS = 40
TICKS = 50


def network(seed):
    dice = random.Random(seed)

    def eighths(low, high):
        return dice.randint(low * 8, high * 8) / 8

    snn = superneuromat.SNN()
    count = dice.randint(2, 9)
    neurons = [
        snn.create_neuron(
            threshold=eighths(-1, 6) + dice.choice([0, 0, 0.03]),
            leak=dice.choice([0.0, float("inf"), eighths(0, 2), eighths(0, 2)]),
            reset_state=dice.choice([0.0, 0.0, eighths(-3, 1)]),
            refractory_period=dice.choice([0, 0, 1, 2, 5]),
        )
        for _ in range(count)
    ]
    for pre in neurons:
        for post in neurons:
            if dice.random() < 0.35:
                weight = dice.choice([eighths(-3, 6), eighths(-3, 6), eighths(-60, 90)])
                delay = dice.choice([1, 1, 2, 3, 7, 15, 17])
                snn.create_synapse(pre, post, weight=weight, delay=delay)
    for tick in range(TICKS):
        for neuron in neurons:
            if dice.random() < 0.08:
                neuron.add_spike(tick, eighths(-2, 9))
    # Some begin elsewhere than at rest.
    snn.neuron_states = [
        eighths(-2, 2) if n < count and dice.random() < 0.3 else state
        for n, state in enumerate(snn.neuron_states)
    ]
    return snn, count


def main():
    for seed in range(NETWORKS):
        snn, count = network(seed)
        text = snn.to_json(indent=None, sort_keys=True)
        snn.simulate(TICKS, use="cpu")
        spikes = snn.ispikes
        lines = ["tick,id"]
        for tick in range(TICKS):
            lines += [f"{tick},{n}" for n in range(count) if spikes[tick][n]]
        (HERE / f"{seed:02}.json").write_text(text + "\n")
        (HERE / f"{seed:02}.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
