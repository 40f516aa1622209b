#!/usr/bin/env python3
"""Run the committed network on the 594 test images in plain integer arithmetic.

    python evaluate.py            print the accuracies, check them against expected.json
    python evaluate.py --write    write expected.json

Needs numpy and Python 3.11 or later. Shares no code with train.py.
"""
import argparse
import json
import pathlib
import tomllib

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
TICKS = 16      # ticks per image, as in train.py
PHASE = 0       # phase of the input spike trains, as in train.py
LIMIT = 32767   # 16-bit state

largest = 0     # largest magnitude seen in any state variable


def spikes_of(pixels, t):
    """Which inputs spike in tick t: [n, 64] booleans."""
    p = pixels.astype(np.int64)
    return ((t + 1) * p + PHASE) // 16 - (t * p + PHASE) // 16 == 1


def bounded(x):
    """Clamp to the range of a state variable and remember how close it came."""
    global largest
    largest = max(largest, int(np.abs(x).max()))
    return np.clip(x, -LIMIT, LIMIT)


def leaked(x, decay):
    return np.sign(x) * ((np.abs(x) * decay) >> 12)


class Population:
    def __init__(self, spec, images):
        size = spec["size"]

        def per_neuron(value):
            if isinstance(value, str):
                return np.load(HERE / value).astype(np.int64)
            return np.broadcast_to(np.asarray(value, np.int64), (size,))

        assert spec["reset"] == "subtract"
        self.threshold = per_neuron(spec["threshold"])
        self.bias = per_neuron(spec.get("bias", 0))
        self.decay_mem, self.decay_syn = spec["decay_mem"], spec["decay_syn"]
        self.v = np.full((images, size), spec["v_reset"], np.int64)
        self.i = np.zeros((images, size), np.int64)
        self.count = np.zeros((images, size), np.int64)
        self.spiked = np.zeros((images, size), bool)

    def receive(self, spiked, weights):
        """Add the weights of the spiking sources, one source after the other."""
        for source in range(weights.shape[0]):
            self.i = bounded(self.i + spiked[:, source, None] * weights[source])

    def step(self):
        self.v = bounded(leaked(self.v, self.decay_mem) + self.i + self.bias)
        self.spiked = self.v > self.threshold
        self.v = bounded(self.v - self.spiked * self.threshold)
        self.count += self.spiked
        self.i = leaked(self.i, self.decay_syn)


def main():
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--write", action="store_true", help="write expected.json")
    args = ap.parse_args()

    net = tomllib.loads((HERE / "network.toml").read_text())
    images = np.load(HERE / "test_images.npy")
    labels = np.load(HERE / "test_labels.npy")
    n = len(images)
    pops = {p["name"]: Population(p, n) for p in net["population"]}
    links = []
    for link in net["projection"]:
        w = np.load(HERE / link["weights"]).astype(np.int64)
        w = np.where(w == -128, 0, w) << link["exponent"]  # -128 means "no synapse"
        assert link["delay"] == (0 if link["source"] == "pixels" else 1)
        links.append((link["source"], pops[link["target"]], w))

    input_spikes = 0
    for t in range(TICKS):
        x = spikes_of(images, t)
        input_spikes += int(x.sum())
        before = {name: p.spiked for name, p in pops.items()}  # spikes of the previous tick
        for source, target, w in links:
            target.receive(x if source == "pixels" else before[source], w)
        for p in pops.values():
            p.step()

    assert largest < LIMIT, "a state variable saturated"
    hidden, output = pops["hidden"], pops["output"]
    score = output.count * output.threshold + output.v
    by_score, by_counts = score.argmax(1), output.count.argmax(1)
    result = {
        "images": n,
        "correct": int((by_score == labels).sum()),
        "correct_by_counts": int((by_counts == labels).sum()),
        "ticks_per_image": TICKS,
        "hidden": hidden.v.shape[1],
        "predictions": by_score.tolist(),
        "hidden_spikes_total": int(hidden.count.sum()),
        "output_spikes_total": int(output.count.sum()),
        "input_spikes_total": input_spikes,
    }
    print(f"by score:  {result['correct']} of {n} correct ({100 * result['correct'] / n:.2f} %)")
    print(f"by counts: {result['correct_by_counts']} of {n} correct ({100 * result['correct_by_counts'] / n:.2f} %)")
    for kind in ("input", "hidden", "output"):
        print(f"{kind} spikes per image: {result[kind + '_spikes_total'] / n:.1f}")
    print(f"largest state magnitude: {largest} of {LIMIT}; nothing saturated")
    path = HERE / "expected.json"
    if args.write:
        path.write_text(json.dumps(result) + "\n")
    else:
        assert json.loads(path.read_text()) == result, "differs from expected.json"
        print("same as expected.json")


if __name__ == "__main__":
    main()
