#!/usr/bin/env python3
"""Train a spiking network on recordings of N-MNIST with snnTorch and export it with snnTorch's own
NIR exporter: nmnist.nir, expected.json.

    python train.py FOLDER      FOLDER holds train1K.txt, test100.txt and bs2, the recordings

A recording is events of 5 bytes: x, y, polarity and time in microseconds. Both polarities count the
same, the border of one pixel is cut off, and two by two pixels are one input: 16 x 16 inputs. A tick
is 5 ms, and an input spikes in a tick if it had any event in it.
"""
import pathlib
import sys

import numpy as np
import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import snntorch_net  # noqa: E402

TICKS = 64
TICK_US = 5_000
HIDDEN = 192
BETA = 0.95
STEPS = 2000
BATCH = 64


def recording(path):
    """Spikes [tick, 16, 16] of one recording."""
    raw = np.fromfile(path, np.uint8).reshape(-1, 5).astype(np.int64)
    x, y = raw[:, 0], raw[:, 1]
    t = (raw[:, 2] & 127) << 16 | raw[:, 3] << 8 | raw[:, 4]
    tick = t // TICK_US
    keep = (x >= 1) & (x <= 32) & (y >= 1) & (y <= 32) & (tick < TICKS)
    spikes = np.zeros((TICKS, 16, 16), np.float32)
    spikes[tick[keep], (y[keep] - 1) // 2, (x[keep] - 1) // 2] = 1
    return spikes


def load(folder, names):
    rows = [line.split()[:2] for line in (folder / names).read_text().splitlines()
            if line[:1].isdigit()]
    spikes = np.stack([recording(folder / "bs2" / f"{int(name)}.bs2") for name, _ in rows])
    return torch.from_numpy(spikes), torch.tensor([int(label) for _, label in rows])


def ticks(recordings, drop=0.0):
    """Spikes [tick, recording, input] of [recording, tick, row, column], some left out."""
    flat = recordings.flatten(2)
    if drop:
        flat = flat * (torch.rand_like(flat) > drop)
    return flat.transpose(0, 1)


def train(x, y):
    torch.manual_seed(0)
    net = snntorch_net.Net(256, HIDDEN, BETA)

    def batch(_):
        pick = torch.randint(len(x), (BATCH,))
        dy, dx = torch.randint(-1, 2, (2,)).tolist()
        moved = F.pad(x[pick], (1, 1, 1, 1))[:, :, 1 + dy:17 + dy, 1 + dx:17 + dx]
        # Counts differ by tens of spikes, which would leave nothing to learn.
        return net.counts(ticks(moved, 0.3)) * 0.3, y[pick]

    return snntorch_net.train(net, batch, STEPS, peak=4e-3, decay=1e-2, report=200)


def main():
    folder = pathlib.Path(sys.argv[1])
    torch.set_num_threads(1)
    xa, ya = load(folder, "train1K.txt")
    xb, yb = load(folder, "test100.txt")
    net = train(xa, ya)
    with torch.no_grad():
        counts = net.counts(ticks(xb))
        right = net.counts(ticks(xa)).argmax(1) == ya
        print("training set:", right.float().mean().item())
    facts = {"ticks": TICKS, "recordings": len(yb), "input_spikes": int(xb.sum().item())}
    snntorch_net.write(net, xb[:1, 0].flatten(1), counts, yb, HERE, "nmnist", facts)


if __name__ == "__main__":
    main()
