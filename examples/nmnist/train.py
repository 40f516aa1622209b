#!/usr/bin/env python3
"""Train a spiking network on recordings of N-MNIST with snnTorch and export it with snnTorch's own
NIR exporter: nmnist.nir, expected.json.

    python train.py FOLDER      FOLDER holds train1K.txt, test100.txt and bs2, the recordings

A recording is events of 5 bytes: x, y, polarity and time in microseconds. Both polarities count the
same, the border of one pixel is cut off, and two by two pixels are one input: 16 x 16 inputs. A tick
is 5 ms, and an input spikes in a tick if it had any event in it.
"""
import json
import pathlib
import sys

import nir
import numpy as np
import snntorch as snn
import torch
import torch.nn.functional as F
from snntorch import surrogate
from snntorch.export_nir import export_to_nir

HERE = pathlib.Path(__file__).resolve().parent
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


class Net(torch.nn.Module):
    """256 inputs, a hidden layer, 10 outputs: the answer is the output that spikes most."""

    def __init__(self):
        super().__init__()
        grad = surrogate.fast_sigmoid(slope=10)

        # Reset to zero is what NIR's equations say; NIR has no reset by subtraction.
        # One beta and threshold a neuron, or the exporter's type check refuses the layer.
        def leaky(size):
            return snn.Leaky(beta=torch.full((size,), BETA), threshold=torch.ones(size),
                             spike_grad=grad, reset_mechanism="zero", init_hidden=True)

        self.fc1 = torch.nn.Linear(256, HIDDEN, bias=False)
        self.lif1 = leaky(HIDDEN)
        self.fc2 = torch.nn.Linear(HIDDEN, 10, bias=False)
        self.lif2 = leaky(10)

    def forward(self, x):
        return self.lif2(self.fc2(self.lif1(self.fc1(x))))

    def spikes(self, x, drop=0.0):
        """Output spikes [recording, digit] over all ticks, from rest."""
        self.lif1.reset_mem()
        self.lif2.reset_mem()
        flat = x.flatten(2)
        if drop:
            flat = flat * (torch.rand_like(flat) > drop)
        return torch.stack([self(flat[:, t]) for t in range(TICKS)]).sum(0)


def train(x, y):
    torch.manual_seed(0)
    net = Net()
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=STEPS)
    for step in range(STEPS):
        pick = torch.randint(len(x), (BATCH,))
        dy, dx = torch.randint(-1, 2, (2,)).tolist()
        moved = F.pad(x[pick], (1, 1, 1, 1))[:, :, 1 + dy:17 + dy, 1 + dx:17 + dx]
        # Counts differ by tens of spikes, which would leave nothing to learn.
        loss = F.cross_entropy(net.spikes(moved, 0.3) * 0.3, y[pick])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 200 == 0:
            print(step, loss.item(), flush=True)
    return net.eval()


def main():
    folder = pathlib.Path(sys.argv[1])
    torch.set_num_threads(1)
    xa, ya = load(folder, "train1K.txt")
    xb, yb = load(folder, "test100.txt")
    net = train(xa, ya)
    with torch.no_grad():
        counts = net.spikes(xb)
        print("training set:", (net.spikes(xa).argmax(1) == ya).float().mean().item())
    graph = export_to_nir(net, xb[:1, 0].flatten(1), ignore_dims=[0])
    nir.write(HERE / "nmnist.nir", graph)
    counts = counts.numpy().astype(int)
    predictions = counts.argmax(1)  # numpy takes the lowest digit on ties
    correct = int((predictions == yb.numpy()).sum())
    expected = {
        "ticks": TICKS,
        "recordings": len(yb),
        "input_spikes": int(xb.sum().item()),
        "correct": correct,
        "output_spikes": int(counts.sum()),
        "predictions": predictions.tolist(),
        "counts": counts.tolist(),
    }
    (HERE / "expected.json").write_text(json.dumps(expected) + "\n")
    print(f"{correct} of {len(yb)}: {100 * correct / len(yb):.1f} %")


if __name__ == "__main__":
    main()
