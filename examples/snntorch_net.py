"""What the examples trained with snnTorch share: the network, its training, and what is written of it.

Each example's train.py imports this from the folder above its own.
"""
import json

import nir
import snntorch as snn
import torch
import torch.nn.functional as F
from snntorch import surrogate
from snntorch.export_nir import export_to_nir


class Net(torch.nn.Module):
    """Inputs, a hidden layer, 10 outputs: the answer is the output that spikes most."""

    def __init__(self, inputs, hidden, beta):
        super().__init__()
        grad = surrogate.fast_sigmoid(slope=10)

        # Reset to zero is what NIR's equations say; NIR has no reset by subtraction.
        # One beta and threshold a neuron, or the exporter's type check refuses the layer.
        def leaky(size):
            return snn.Leaky(beta=torch.full((size,), beta), threshold=torch.ones(size),
                             spike_grad=grad, reset_mechanism="zero", init_hidden=True)

        self.fc1 = torch.nn.Linear(inputs, hidden, bias=False)
        self.lif1 = leaky(hidden)
        self.fc2 = torch.nn.Linear(hidden, 10, bias=False)
        self.lif2 = leaky(10)

    def forward(self, x):
        return self.lif2(self.fc2(self.lif1(self.fc1(x))))

    def counts(self, spikes):
        """Output spikes [sample, digit] over all ticks of [tick, sample, input], from rest."""
        self.lif1.reset_mem()
        self.lif2.reset_mem()
        return torch.stack([self(x) for x in spikes]).sum(0)


def train(net, batch, steps, peak, decay, report):
    """Trains on what `batch(step)` gives: what a loss is taken of, and labels."""
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, peak, total_steps=steps)
    for step in range(steps):
        scores, labels = batch(step)
        loss = F.cross_entropy(scores, labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % report == 0:
            print(step, loss.item(), flush=True)
    return net.eval()


def write(net, sample, counts, labels, folder, name, facts):
    """Writes NAME.nir, and expected.json: the facts, and what snnTorch made of the test samples."""
    nir.write(folder / f"{name}.nir", export_to_nir(net, sample, ignore_dims=[0]))
    counts = counts.numpy().astype(int)
    predictions = counts.argmax(1)  # numpy takes the lowest digit on ties
    correct = int((predictions == labels.numpy()).sum())
    expected = facts | {
        "correct": correct,
        "output_spikes": int(counts.sum()),
        "predictions": predictions.tolist(),
        "counts": counts.tolist(),
    }
    (folder / "expected.json").write_text(json.dumps(expected) + "\n")
    print(f"{correct} of {len(labels)}: {100 * correct / len(labels):.2f} %")
