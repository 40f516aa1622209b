"""Networks that SuperNeuroMAT saves after some ticks, and the spikes that it finds after it has read
them again: `saved_*.json`, the same in base 85, and `saved_*.csv`."""

import pathlib
import random

from superneuromat import SNN

HERE = pathlib.Path(__file__).parent
NETWORKS = 8
TICKS = 50


def network(dice):
    snn = SNN()
    neurons = [
        snn.create_neuron(
            threshold=dice.randint(0, 12) / 8,
            leak=dice.choice([0, 0.125, 0.25, float("inf")]),
            reset_state=dice.choice([0, 0, -0.5]),
        )
        for _ in range(8)
    ]
    for pre in neurons:
        for post in neurons:
            if dice.random() < 0.18:
                weight = dice.randint(-8, 14) / 8
                snn.create_synapse(pre, post, weight=weight, delay=dice.choice([1, 1, 2, 3, 5, 9, 14]))
    for tick in range(26):
        if dice.random() < 0.7:
            snn.add_spike(tick, dice.choice(neurons), dice.randint(4, 16) / 8)
    return snn


def main():
    dice = random.Random(7)
    made = 0
    while made < NETWORKS:
        snn = network(dice)
        snn.simulate(dice.randint(4, 9))
        if not any(snn.spike_train[-1]):
            continue
        text = snn.to_json(indent=None, sort_keys=True)
        packed = snn.to_json("base85", indent=None, sort_keys=True)
        again = SNN()
        again.from_jsons(text)
        before = len(again.spike_train)
        again.simulate(TICKS)
        rows = enumerate(again.spike_train[before:])
        spikes = [(tick, n) for tick, row in rows for n, fired in enumerate(row) if fired]
        if not 60 <= len(spikes) <= 400:
            continue
        lines = ["tick,id"] + [f"{tick},{n}" for tick, n in spikes]
        (HERE / f"saved_{made:02}.json").write_text(text + "\n")
        (HERE / f"saved_{made:02}.base85.json").write_text(packed + "\n")
        (HERE / f"saved_{made:02}.csv").write_text("\n".join(lines) + "\n")
        made += 1


if __name__ == "__main__":
    main()
