#!/usr/bin/env python3
"""Train a spiking network on scikit-learn's digits with snnTorch, export it with snnTorch's own
NIR exporter, and write down what snnTorch makes of the test images: digits.nir, expected.json.
"""
import json
import pathlib

import nir
import numpy as np
import snntorch as snn
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from snntorch import surrogate
from snntorch.export_nir import export_to_nir

HERE = pathlib.Path(__file__).resolve().parent
TICKS = 16
HIDDEN = 96
BETA = 0.9
STEPS = 1500
BATCH = 128


def load():
    """The split that the other digits demo uses: 1,203 images to train, 594 to test."""
    x, y = load_digits(return_X_y=True)
    xa, xb, ya, yb = train_test_split(x, y, test_size=0.33, random_state=42)
    tensors = (torch.tensor(a) for a in (xa, ya, xb, yb))
    xa, ya, xb, yb = tensors
    return xa.float(), ya.long(), xb.float(), yb.long()


def encode(pixels):
    """Spikes [tick, image, pixel]: a pixel of value p (0..16) spikes p times, evenly spread."""
    t = torch.arange(TICKS).view(-1, 1, 1)
    return (((t + 1) * pixels) // 16 - (t * pixels) // 16).float()


class Net(torch.nn.Module):
    """64 pixels, a hidden layer, 10 outputs: the answer is the output that spikes most."""

    def __init__(self):
        super().__init__()
        grad = surrogate.fast_sigmoid(slope=10)

        # Reset to zero is what NIR's equations say; NIR has no reset by subtraction.
        # One beta and threshold a neuron, or the exporter's type check refuses the layer.
        def leaky(size):
            return snn.Leaky(beta=torch.full((size,), BETA), threshold=torch.ones(size),
                             spike_grad=grad, reset_mechanism="zero", init_hidden=True)

        self.fc1 = torch.nn.Linear(64, HIDDEN, bias=False)
        self.lif1 = leaky(HIDDEN)
        self.fc2 = torch.nn.Linear(HIDDEN, 10, bias=False)
        self.lif2 = leaky(10)

    def forward(self, x):
        return self.lif2(self.fc2(self.lif1(self.fc1(x))))

    def counts(self, pixels):
        """Output spikes [image, digit] over all ticks, from rest."""
        self.lif1.reset_mem()
        self.lif2.reset_mem()
        return torch.stack([self(x) for x in encode(pixels)]).sum(0)


def train(x, y):
    torch.manual_seed(0)
    net = Net()
    with torch.no_grad():
        net.fc1.weight *= 1.5
        net.fc2.weight *= 1.5
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 5e-3, total_steps=STEPS)
    for step in range(STEPS):
        pick = torch.randint(len(x), (BATCH,))
        # Shifted by up to a pixel, so that the network does not learn places by heart.
        image = x[pick].view(-1, 8, 8)
        shift = torch.randint(-1, 2, (2,)).tolist() if step % 2 else (0, 0)
        image = F.pad(image, (1, 1, 1, 1))
        image = image[:, 1 + shift[0]:9 + shift[0], 1 + shift[1]:9 + shift[1]].reshape(-1, 64)
        loss = F.cross_entropy(net.counts(image), y[pick])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 300 == 0:
            print(step, loss.item(), flush=True)
    return net.eval()


def main():
    torch.set_num_threads(1)
    xa, ya, xb, yb = load()
    net = train(xa, ya)
    with torch.no_grad():
        counts = net.counts(xb)
        print("training images:", float((net.counts(xa).argmax(1) == ya).float().mean()))
    graph = export_to_nir(net, xb[:1], ignore_dims=[0])
    nir.write(HERE / "digits.nir", graph)
    counts = counts.numpy().astype(int)
    predictions = counts.argmax(1)  # numpy takes the lowest digit on ties
    correct = int((predictions == yb.numpy()).sum())
    expected = {
        "ticks": TICKS,
        "images": len(yb),
        "correct": correct,
        "output_spikes": int(counts.sum()),
        "predictions": predictions.tolist(),
        "counts": counts.tolist(),
    }
    (HERE / "expected.json").write_text(json.dumps(expected) + "\n")
    print(f"{correct} of {len(yb)}: {100 * correct / len(yb):.2f} %")


if __name__ == "__main__":
    main()
