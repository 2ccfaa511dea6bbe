"""PyTorch, eager, one thread, as people write it: prints "name value" lines, samples a second or seconds of the processor.

usage: pytorch_peer.py SECONDS-PER-MEASUREMENT
"""
import sys
import time

import torch
from torch import nn

from peer_data import WORKLOADS, data

SIDE = 51


def network(inputs, hidden, outputs):
    layers = []
    for units in hidden:
        layers += [nn.Linear(inputs, units), nn.ReLU()]
        inputs = units
    return nn.Sequential(*layers, nn.Linear(inputs, outputs))


def tensors(workload):
    features, targets = data(workload)
    return torch.from_numpy(features), torch.from_numpy(targets)


def seconds_a_turn(work, seconds):
    """The mean over as many turns as fit in, after one that does not count."""
    work()
    turns, start = 0, time.process_time()
    while True:
        work()
        turns += 1
        passed = time.process_time() - start
        if passed >= seconds:
            return passed / turns


def train(workload, seconds):
    inputs, hidden, outputs, batch = WORKLOADS[workload]
    x, y = tensors(workload)
    model = network(inputs, hidden, outputs)
    loss_of = nn.MSELoss() if outputs == 1 else nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

    def epoch():
        for chosen in torch.randperm(len(x)).split(batch):
            optimizer.zero_grad()
            loss = loss_of(model(x[chosen]), y[chosen])
            loss.backward()
            optimizer.step()

    return len(x) / seconds_a_turn(epoch, seconds)


def plane(model):
    """Parameters at all points of the slice, one row a point."""
    centre = nn.utils.parameters_to_vector(model.parameters()).detach()
    first, second = torch.randn_like(centre), torch.randn_like(centre)
    steps = torch.linspace(-1, 1, SIDE)
    b, a = torch.meshgrid(steps, steps, indexing="ij")
    return centre + a.reshape(-1, 1) * first + b.reshape(-1, 1) * second


@torch.no_grad()
def point_by_point(workload, seconds):
    inputs, hidden, outputs, _ = WORKLOADS[workload]
    x, y = tensors(workload)
    model = network(inputs, hidden, outputs)
    points = plane(model)
    loss_of = nn.MSELoss() if outputs == 1 else nn.CrossEntropyLoss()

    def surface():
        losses = []
        for point in points:
            nn.utils.vector_to_parameters(point, model.parameters())
            losses.append(loss_of(model(x), y).item())
        return losses

    return seconds_a_turn(surface, seconds)


@torch.no_grad()
def batched(workload, seconds):
    """A row of the slice at once: torch.baddbmm with a matrix of weights a point."""
    inputs, hidden, outputs, _ = WORKLOADS[workload]
    x, y = tensors(workload)
    points = plane(network(inputs, hidden, outputs))
    shapes = list(zip([inputs] + hidden, hidden + [outputs]))

    def row(parameters):
        count = len(parameters)
        h, place = x.expand(count, *x.shape), 0
        for layer, (into, out) in enumerate(shapes):
            weights = parameters[:, place:place + into * out].reshape(count, out, into)
            place += into * out
            bias = parameters[:, place:place + out].reshape(count, 1, out)
            place += out
            h = torch.baddbmm(bias, h, weights.transpose(1, 2))
            if layer + 1 < len(shapes):
                h = h.relu_()
        if outputs == 1:
            return (h - y).square().mean((1, 2))
        return nn.functional.cross_entropy(h.reshape(-1, outputs), y.repeat(count), reduction="none") \
            .reshape(count, -1).mean(1)

    return seconds_a_turn(lambda: torch.cat([row(part) for part in points.split(SIDE)]), seconds)


@torch.no_grad()
def histograms(workload, seconds):
    """Each neuron's state, and a histogram of each layer before and after the activation."""
    inputs, hidden, outputs, _ = WORKLOADS[workload]
    x, _ = tensors(workload)
    model = network(inputs, hidden, outputs)

    def look():
        h, found = x, []
        for layer in model:
            z, h = h, layer(h)
            if not isinstance(layer, nn.ReLU):
                continue
            active = (z > 0).sum(0)
            found.append((z.amax(0), z.amin(0), active, active == 0, h.mean(0), torch.histc(z, 64, -3, 3),
                          torch.histc(h, 64, -3, 3), (h == 0).sum()))
        return found

    return seconds_a_turn(look, seconds)


def main():
    seconds = float(sys.argv[1])
    torch.set_num_threads(1)
    torch.manual_seed(7)
    print("version", torch.__version__, flush=True)
    for workload in WORKLOADS:
        print(f"train/{workload}", train(workload, seconds), flush=True)
    for name, workload in (("L1a", "W1"), ("L1b", "W2")):
        print(f"landscape/{name}/point by point", point_by_point(workload, seconds), flush=True)
        print(f"landscape/{name}/batched", batched(workload, seconds), flush=True)
    print("histograms/A1", histograms("W2", seconds), flush=True)


main()
