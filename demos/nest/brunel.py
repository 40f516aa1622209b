"""The networks of `synfire demo brunel` in NEST; writes their figures to brunel.json beside it.

    python3 -m venv venv
    venv/bin/pip install nest-simulator==3.10.0
    venv/bin/python demos/nest/brunel.py            # all networks, half an hour
    venv/bin/python demos/nest/brunel.py --neurons 300 --ticks 3000 --seed 1   # one, printed only

NEST gets the same connections and the same external spikes as the core: both are functions of the
seed (docs/network_file.md, "The numbers can be computed elsewhere", and demos/src/brunel/drive.rs),
and are computed here anew. Neurons are `iaf_psc_delta`. Each regime runs twice: with the paper's
tau_m of 20 ms, and with that of the nearest decay of 12 bits, to show what that rounding alone does. Hashes tell the test of the demo
that both programs had the same network.
"""

import argparse
import hashlib
import json
import math
import pathlib

import nest
import numpy

# The committed networks: neurons, ticks, ticks that are not counted, seed. The demo's default; that of
# the tests; the same, as short as on a core of 512 neurons; and the paper's own.
NETWORKS = [(1000, 100_000, 1000, 1), (500, 100_000, 1000, 1), (500, 10_000, 1000, 1), (12_500, 6000, 1000, 1)]
# Name, g, eta.
REGIMES = [("sr", 3.0, 2.0), ("si-fast", 6.0, 4.0), ("ai", 5.0, 2.0), ("si-slow", 4.5, 0.9)]
TICK, TAU, DECAY, THETA, RESET, REFRACTORY, DELAY = 0.1, 20.0, 4076, 20.0, 10.0, 2.0, 1.5
BIN, SPIKES_LEAST, HASHED_TICKS, PIECE = 10, 5, 100, 2000


def chacha(key, nonces, words):
    """The first words of 32 bits of ChaCha with 8 rounds, one row per nonce."""
    blocks = -(-words // 16)
    shape = (len(nonces), blocks)
    nonces = numpy.asarray(nonces, dtype=numpy.uint64)[:, None]
    constant = numpy.frombuffer(b"expand 32-byte k", dtype="<u4")
    counter = numpy.arange(blocks, dtype=numpy.uint64)[None, :]
    low = numpy.uint64(0xFFFFFFFF)
    start = [*constant, *numpy.frombuffer(key, dtype="<u4")]
    start += [counter & low, counter >> numpy.uint64(32), nonces & low, nonces >> numpy.uint64(32)]
    start = [numpy.broadcast_to(numpy.asarray(it, dtype=numpy.uint32), shape) for it in start]
    x = [it.copy() for it in start]

    def half(a, b, c, by):
        x[a] += x[b]
        x[c] ^= x[a]
        x[c] = x[c] << numpy.uint32(by) | x[c] >> numpy.uint32(32 - by)

    def quarter(a, b, c, d):
        half(a, b, d, 16)
        half(c, d, b, 12)
        half(a, b, d, 8)
        half(c, d, b, 7)

    for _ in range(4):
        for at in range(4):
            quarter(at, at + 4, at + 8, at + 12)
        for at in range(4):
            quarter(at, 4 + (at + 1) % 4, 8 + (at + 2) % 4, 12 + (at + 3) % 4)
    out = numpy.stack([a + b for a, b in zip(x, start)], axis=-1)
    return out.reshape(len(nonces), -1)[:, :words]


def chosen(seed, source, target, size, targets, degree):
    """The sources of each target, ascending: `degree` of `size`, without the target itself."""
    key = hashlib.sha256(f"{seed}/{source}:{target}:0/connect".encode()).digest()
    words = chacha(key, numpy.arange(targets), 2 * degree).astype(numpy.uint64)
    words = words[:, 0::2] | words[:, 1::2] << numpy.uint64(32)
    autapses = source != target
    of = size if autapses else size - 1
    taken = numpy.zeros((targets, of), dtype=bool)
    rows = numpy.arange(targets)
    for at, last in enumerate(range(of - degree, of)):
        choices = last + 1
        # floor(x * choices / 2^64), in halves of 32 bits; no word here is one that must be redrawn.
        high, low = words[:, at] >> numpy.uint64(32), words[:, at] & numpy.uint64(0xFFFFFFFF)
        carry = high * numpy.uint64(choices) + (low * numpy.uint64(choices) >> numpy.uint64(32))
        product = words[:, at] * numpy.uint64(choices)
        assert (product >= numpy.uint64(2**64 % choices)).all()
        drawn = (carry >> numpy.uint64(32)).astype(int)
        taken[rows, numpy.where(taken[rows, drawn], last, drawn)] = True
    found = numpy.nonzero(taken)[1].reshape(targets, degree)
    return found if autapses else found + (found >= rows[:, None])


def matrix(neurons, degree, seed):
    """The sources of each neuron: excitatory ones, then inhibitory ones."""
    exc = neurons // 5 * 4
    sizes = {"e": exc, "i": neurons - exc}
    of = lambda source, degree: numpy.concatenate(
        [chosen(seed, source, target, sizes[source], sizes[target], degree) for target in "ei"]
    )
    return numpy.concatenate([of("e", degree), of("i", degree // 4) + exc], axis=1)


def poisson(mean):
    """The Poisson distribution: the probability of at most k, in units of 2^-32."""
    table, each, total, k = [], math.exp(-mean), 0.0, 0
    while True:
        total += each
        table.append(math.floor(total * 2**32 + 0.5))
        k += 1
        each *= mean / k
        if k > mean and each * 2**32 < 0.5:
            return table


def external(mean, neurons, ticks, seed):
    """The number of external spikes of each of these ticks and each neuron."""
    words = chacha(seed.to_bytes(4, "little") + bytes(28), ticks, neurons).astype(numpy.uint64)
    return numpy.searchsorted(poisson(mean), words, side="right").astype(numpy.uint8)


def simulate(network, sources, mean, g, step, tau):
    """The spikes of a regime, as ticks and neurons."""
    neurons, ticks, _, seed = network
    degree = sources.shape[1] // 5 * 4
    nest.ResetKernel()
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.SetKernelStatus({"resolution": TICK, "local_num_threads": 1})
    cells = nest.Create(
        "iaf_psc_delta",
        neurons,
        params={"E_L": 0.0, "V_m": 0.0, "V_th": THETA, "V_reset": RESET, "tau_m": tau, "t_ref": REFRACTORY, "C_m": 1.0},
    )
    ids = numpy.array(cells.tolist())
    targets = numpy.repeat(ids, sources.shape[1])
    weights = numpy.tile(numpy.where(numpy.arange(sources.shape[1]) < degree, step, -g * step), neurons)
    delays = numpy.full(len(targets), DELAY)
    nest.Connect(ids[sources.ravel()], targets, "one_to_one", {"weight": weights, "delay": delays})
    generators = nest.Create("spike_generator", neurons)
    nest.Connect(generators, cells, "one_to_one", {"weight": step, "delay": TICK})
    recorder = nest.Create("spike_recorder", params={"time_in_steps": True})
    nest.Connect(cells, recorder)
    # The generators' spikes take much memory, so they are set piece by piece.
    for first in range(0, ticks, PIECE):
        piece = numpy.arange(first, min(first + PIECE, ticks))
        trains = []
        for own in external(mean, neurons, piece, seed).T:
            at = numpy.nonzero(own)[0]
            # A generator has its first spike at the end of step 1; it arrives in step 2.
            times = numpy.round((first + at + 1) * TICK, 1)
            trains.append({"spike_times": times, "spike_multiplicities": own[at].astype(int)})
        generators.set(trains)
        nest.Simulate(len(piece) * TICK)
    nest.Simulate(TICK)
    events = recorder.events
    # Step 2 is the first that integrates external spikes: it is tick 0 of the core.
    return events["times"] - 2, events["senders"] - ids[0]


def activity(at, who, neurons, ticks, settling):
    """The figures of `demos/src/brunel/activity.rs`."""
    counted = (at >= settling) & (at < ticks)
    at, who = at[counted] - settling, who[counted]
    seconds = (ticks - settling) * TICK / 1000
    order = numpy.lexsort((at, who))
    trains = numpy.split(at[order], numpy.cumsum(numpy.bincount(who, minlength=neurons))[:-1])
    intervals = [numpy.diff(train) for train in trains if len(train) >= SPIKES_LEAST]
    bins = (ticks - settling) // BIN
    grid = numpy.zeros((neurons, bins))
    numpy.add.at(grid, (who[at < bins * BIN], at[at < bins * BIN] // BIN), 1)
    variance = grid.var(axis=1).mean()
    return {
        "rate": len(at) / seconds / neurons,
        "cv": float(numpy.mean([it.std() / it.mean() for it in intervals])) if intervals else None,
        "synchrony": float(numpy.sqrt(grid.mean(axis=0).var() / variance)) if variance > 0 else None,
    }


def recorded(neurons, ticks, settling, seed):
    """The figures of a network in all regimes."""
    network = (neurons, ticks, settling, seed)
    degree = min(1000, neurons // 5 * 4 // 40 * 20)
    step = 100.0 / degree
    sources = matrix(neurons, degree, seed)
    regimes = {}
    for name, g, eta in REGIMES:
        mean = eta * THETA * TICK / (step * TAU)
        hashed = external(mean, neurons, numpy.arange(HASHED_TICKS), seed)
        found = {"drive": hashlib.sha256(hashed.tobytes()).hexdigest()}
        taus = {"paper": TAU, "rounded": -TICK / math.log(DECAY / 4096)}
        for which, tau in taus.items():
            at, who = simulate(network, sources, mean, g, step, tau)
            found[which] = activity(at, who, neurons, ticks, settling)
            print(neurons, name, which, found[which], flush=True)
        regimes[name] = found
    return {
        "neurons": neurons,
        "ticks": ticks,
        "settling": settling,
        "seed": seed,
        "matrix": hashlib.sha256(sources.astype("<u4").tobytes()).hexdigest(),
        "regimes": regimes,
    }


def main():
    parser = argparse.ArgumentParser(description="Runs the networks of `synfire demo brunel` in NEST.")
    for option, default in [("--neurons", None), ("--ticks", 10_000), ("--settling", 1000), ("--seed", 1)]:
        parser.add_argument(option, type=int, default=default)
    one = parser.parse_args()
    if one.neurons:
        print(json.dumps(recorded(one.neurons, one.ticks, one.settling, one.seed), indent=2))
        return
    figures = {"nest": nest.__version__, "networks": [recorded(*it) for it in NETWORKS]}
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
