#!/usr/bin/env python3
"""Train a small integer spiking network on scikit-learn's digits and write it out.

    python train.py             train on the 1,203 training images, write the files
    python train.py --cv        5-fold cross-validation inside the training images
    python train.py --cv --set hidden=96 ticks=8      the same with other settings

The test images are written to a file for evaluate.py; nothing here looks at how
well they are classified.
"""
import argparse
import json
import math
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from sklearn.model_selection import StratifiedKFold, train_test_split

HERE = pathlib.Path(__file__).resolve().parent

SETTINGS = dict(
    ticks=16,             # ticks per image
    phase=0,              # phase of the input spike trains, 0..15
    hidden=128,           # hidden neurons
    hidden_threshold=128, # also the number of weight steps per unit threshold
    output_threshold=128,
    steps=2000,           # training steps
    batch=256,
    rate=3e-3,            # peak learning rate (AdamW, one-cycle schedule)
    decay=1e-4,           # weight decay
    count_loss=0.3,       # weight of the loss on the output spike counts
    sharpness=0.5,        # softmax sharpness of the score (in units of a threshold)
    dropout=0.1,          # of the hidden spike counts
    # largest changes of a training image: shift in pixels, rotation in degrees, relative
    # scale, shear, local displacement in pixels; and the share of images left as they are
    shift=0.6, rotate=10.0, scale=0.10, shear=0.12, elastic=0.35, plain=0.25,
)


# ---------------------------------------------------------------- data

def load():
    x, y = load_digits(return_X_y=True)
    xa, xb, ya, yb = train_test_split(x, y, test_size=0.33, random_state=42)
    return xa.astype(np.uint8), ya.astype(np.uint8), xb.astype(np.uint8), yb.astype(np.uint8)


def augment(images, s, gen):
    """Random affine and elastic changes of [n, 64] images with values 0..16."""
    n = len(images)

    def uniform(width, *shape):
        return (torch.rand(*shape, generator=gen) * 2 - 1) * width

    angle = uniform(math.radians(s["rotate"]), n)
    zoom_x, zoom_y = 1 + uniform(s["scale"], n), 1 + uniform(s["scale"], n)
    shear = uniform(s["shear"], n)
    c, d = torch.cos(angle), torch.sin(angle)
    shift = uniform(s["shift"] / 4, n, 2)  # the grid is 2 wide for 8 pixels
    theta = torch.stack([
        torch.stack([c * zoom_x, -d * zoom_y + shear, shift[:, 0]], 1),
        torch.stack([d * zoom_x, c * zoom_y, shift[:, 1]], 1)], 1)
    fine = F.interpolate(images.view(n, 1, 8, 8), size=(16, 16), mode="bicubic", align_corners=False)
    grid = F.affine_grid(theta, (n, 1, 16, 16), align_corners=False)
    field = uniform(s["elastic"] / 4, n, 2, 4, 4)
    field = F.interpolate(field, size=(16, 16), mode="bicubic", align_corners=False)
    moved = F.grid_sample(fine, grid + field.permute(0, 2, 3, 1), align_corners=False)
    moved = F.avg_pool2d(moved, 2).view(n, 64)
    keep = torch.rand(n, 1, generator=gen) < s["plain"]
    return torch.where(keep, images, moved).clamp(0, 16).round()


def encode(pixels, ticks, phase):
    """Spike trains [ticks, n, 64] of integer pixels 0..16."""
    t, p = torch.arange(ticks).view(-1, 1), torch.arange(17)
    trains = (((t + 1) * p + phase) // 16 - (t * p + phase) // 16).float()  # [ticks, 17]
    return trains[:, pixels.long()]


# ---------------------------------------------------------------- the spiking network

def exact(value, smooth):
    """Exactly `value`, with the gradient of `smooth`."""
    return value.detach() + (smooth - smooth.detach())


def rounded(x):
    return exact(x.round(), x)


class Spiking(torch.nn.Module):
    """Input -> hidden -> output, run with exactly the machine's integers.

    The forward pass is the integer machine. The backward pass treats the spike
    count of a neuron as its clipped total input divided by its threshold.
    """

    def __init__(self, s):
        super().__init__()
        self.s = s
        h = s["hidden"]
        self.w1 = torch.nn.Parameter(torch.randn(64, h) * 0.12)
        self.b1 = torch.nn.Parameter(torch.zeros(h))
        self.w2 = torch.nn.Parameter(torch.randn(h, 10) * 0.15)
        self.b2 = torch.nn.Parameter(torch.zeros(10))

    def integers(self):
        th1, th2 = self.s["hidden_threshold"], self.s["output_threshold"]
        return (rounded((self.w1 * th1).clamp(-127, 127)), rounded(self.b1 * th1),
                rounded((self.w2 * th2).clamp(-127, 127)), rounded(self.b2 * th2))

    @staticmethod
    def fire(current, threshold):
        """Spikes [ticks, n, k] of neurons given their input current per tick."""
        v = torch.full_like(current[0], threshold // 2)
        out = torch.empty_like(current)
        for t in range(len(current)):
            v += current[t]
            torch.gt(v, threshold, out=out[t])
            v.sub_(out[t], alpha=threshold)
        return out

    def forward(self, pixels, drop=0.0):
        ticks, th1, th2 = self.s["ticks"], self.s["hidden_threshold"], self.s["output_threshold"]
        w1, b1, w2, b2 = self.integers()
        x = encode(pixels, ticks, self.s["phase"])
        with torch.no_grad():
            spikes = self.fire(x @ w1 + b1, th1)
            count1 = spikes[:-1].sum(0)  # the last tick never reaches the output
        smooth = ((x[:-1].sum(0) @ w1 + b1 * (ticks - 1)) / th1).clamp(0, ticks - 1)
        count1 = exact(count1, smooth)
        if drop:
            count1 = F.dropout(count1, drop)
        score = count1 @ w2 + b2 * ticks + th2 // 2
        with torch.no_grad():
            late = torch.cat([torch.zeros_like(spikes[:1]), spikes[:-1]])
            spikes2 = self.fire(late @ w2 + b2, th2)
            count2 = spikes2.sum(0)
        smooth = (score / th2).clamp(-2, ticks)
        count2 = exact(count2, smooth)
        return score / th2, count2, spikes


def train(x, y, s, seed):
    torch.manual_seed(seed)
    gen = torch.Generator().manual_seed(seed)
    model = Spiking(s)
    opt = torch.optim.AdamW(model.parameters(), lr=s["rate"], weight_decay=s["decay"])
    sched = torch.optim.lr_scheduler.OneCycleLR(opt, s["rate"], total_steps=s["steps"], pct_start=0.1)
    for _ in range(s["steps"]):
        pick = torch.randint(len(x), (s["batch"],), generator=gen)
        pixels, label = augment(x[pick], s, gen), y[pick]
        score, count, _ = model(pixels, s["dropout"])
        k = s["sharpness"]
        loss = F.cross_entropy(score * k, label)
        loss = loss + s["count_loss"] * F.cross_entropy(count * k, label)
        opt.zero_grad()
        loss.backward()
        opt.step()
        sched.step()
    return model.eval()


@torch.no_grad()
def errors(model, x, y):
    """Errors by score, errors by counts, hidden spikes per image."""
    score, count, spikes = model(x)
    label = y.numpy()  # numpy's argmax takes the lowest index on ties

    def wrong(readout):
        return int((readout.numpy().argmax(1) != label).sum())

    return wrong(score), wrong(count), float(spikes.sum() / len(x))


# ---------------------------------------------------------------- running it

def cross_validate(s, use):
    """Train on four fifths of the training images and count errors on the other fifth."""
    xa, ya, _, _ = load()
    x, y = torch.from_numpy(xa).float(), torch.from_numpy(ya).long()
    total, n = np.zeros(2, int), 0
    split = StratifiedKFold(5, shuffle=True, random_state=1)
    for fold, (a, b) in enumerate(split.split(xa, ya)):
        if fold == use:
            break
        start = time.time()
        score, counts, hidden = errors(train(x[a], y[a], s, fold), x[b], y[b])
        total += score, counts
        n += len(b)
        print(f"  fold {fold}: wrong by score {score}, by counts {counts} of {len(b)}; "
              f"hidden spikes {hidden:.0f}; {time.time() - start:.0f} s", flush=True)
    print(f"  all: wrong by score {total[0]}, by counts {total[1]} of {n}")


NETWORK = """format_version = 2
name = "digits"

[[input]]
name = "pixels"
size = 64

[[population]]
name = "hidden"
size = {hidden}
threshold = {th1}
bias = "bias_hidden.npy"
decay_mem = 4096
decay_syn = 0
v_reset = {r1}
reset = "subtract"
report = false

[[population]]
name = "output"
size = 10
threshold = {th2}
bias = "bias_output.npy"
decay_mem = 4096
decay_syn = 0
v_reset = {r2}
reset = "subtract"
report = true

[[projection]]
source = "pixels"
target = "hidden"
weights = "w_input_hidden.npy"
delay = 0
exponent = 0

[[projection]]
source = "hidden"
target = "output"
weights = "w_hidden_output.npy"
delay = 1
exponent = 0
"""


def write(model, s, train, test, folder):
    w1, b1, w2, b2 = [p.detach().numpy() for p in model.integers()]

    def save(name, array, kind):
        with open(folder / name, "wb") as f:
            np.lib.format.write_array(f, np.ascontiguousarray(array.astype(kind)), version=(1, 0))

    save("w_input_hidden.npy", w1, "|i1")
    save("w_hidden_output.npy", w2, "|i1")
    save("bias_hidden.npy", b1, "<i2")
    save("bias_output.npy", b2, "<i2")
    for name, (images, labels) in (("train", train), ("test", test)):
        save(f"{name}_images.npy", images, "|u1")
        save(f"{name}_labels.npy", labels, "|u1")
    th1, th2 = s["hidden_threshold"], s["output_threshold"]
    (folder / "network.toml").write_text(NETWORK.format(
        hidden=s["hidden"], th1=th1, r1=th1 // 2, th2=th2, r2=th2 // 2))


def main():
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--cv", action="store_true", help="cross-validate instead of writing files")
    ap.add_argument("--folds", type=int, default=5, help="how many of the 5 folds to run")
    ap.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="change settings")
    ap.add_argument("--seed", type=int, default=0)
    args = ap.parse_args()
    torch.set_num_threads(1)
    s = dict(SETTINGS)
    for item in args.set:
        name, value = item.split("=")
        s[name] = json.loads(value)
    if args.cv:
        print("settings changed:", args.set)
        cross_validate(s, args.folds)
        return
    xa, ya, xb, yb = load()
    x, y = torch.from_numpy(xa).float(), torch.from_numpy(ya).long()
    model = train(x, y, s, args.seed)
    print("wrong on the training images by score, by counts; hidden spikes:", errors(model, x, y))
    write(model, s, (xa, ya), (xb, yb), HERE)


if __name__ == "__main__":
    main()
