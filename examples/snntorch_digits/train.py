#!/usr/bin/env python3
"""Train a spiking network on scikit-learn's digits with snnTorch, export it with snnTorch's own
NIR exporter, and write down what snnTorch makes of the test images: digits.nir, expected.json.
"""
import pathlib
import sys

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import snntorch_net  # noqa: E402

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


def train(x, y):
    torch.manual_seed(0)
    net = snntorch_net.Net(64, HIDDEN, BETA)
    with torch.no_grad():
        net.fc1.weight *= 1.5
        net.fc2.weight *= 1.5

    def batch(step):
        pick = torch.randint(len(x), (BATCH,))
        # Shifted by up to a pixel, so that the network does not learn places by heart.
        image = x[pick].view(-1, 8, 8)
        shift = torch.randint(-1, 2, (2,)).tolist() if step % 2 else (0, 0)
        image = F.pad(image, (1, 1, 1, 1))
        image = image[:, 1 + shift[0]:9 + shift[0], 1 + shift[1]:9 + shift[1]].reshape(-1, 64)
        return net.counts(encode(image)), y[pick]

    return snntorch_net.train(net, batch, STEPS, peak=5e-3, decay=1e-3, report=300)


def main():
    torch.set_num_threads(1)
    xa, ya, xb, yb = load()
    net = train(xa, ya)
    with torch.no_grad():
        counts = net.counts(encode(xb))
        right = net.counts(encode(xa)).argmax(1) == ya
        print("training images:", float(right.float().mean()))
    facts = {"ticks": TICKS, "images": len(yb)}
    snntorch_net.write(net, xb[:1], counts, yb, HERE, "digits", facts)


if __name__ == "__main__":
    main()
