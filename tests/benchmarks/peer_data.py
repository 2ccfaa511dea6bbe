"""The workloads as the Python peers see them: the same shapes, sizes and batches as workloads.cpp; values alike."""
import csv
import os

import numpy

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

#           inputs, hidden, outputs (1: squared loss, more: softmax), batch
WORKLOADS = {
    "W0": (2, [7, 7], 1, 11),
    "W1": (2, [8, 8], 1, 10),
    "W2": (2, [32, 32, 32], 2, 32),
    "W3": (64, [256, 256], 10, 64),
    "W4": (1, [2] * 10, 1, 128),
}


def circles(count, random):
    labels = numpy.arange(count) % 2
    angle = random.uniform(0, 2 * numpy.pi, count)
    points = numpy.stack([numpy.cos(angle), numpy.sin(angle)], 1) * numpy.where(labels, 1.0, 0.5)[:, None]
    return points + random.normal(0, 0.1, points.shape), labels


def digits():
    with open(os.path.join(TOP, "resources", "datasets", "digits.csv"), newline="") as file:
        rows = list(csv.reader(file))[1:]
    table = numpy.array([[float(cell) for cell in row] for row in rows])
    features, labels = table[:, :-1], table[:, -1].astype(int)
    deviation = features.std(0)
    return (features - features.mean(0)) / numpy.where(deviation > 0, deviation, 1), labels


def data(workload):
    """Features (float32) and targets: int64 classes, or float32 values in one column."""
    random = numpy.random.default_rng(7)
    if workload in ("W0", "W1"):
        features, labels = circles(500, random)
        targets = (2.0 * labels - 1.0)[:, None].astype(numpy.float32)
    elif workload == "W2":
        features, targets = circles(1000, random)
        targets = targets.astype(numpy.int64)
    elif workload == "W3":
        features, targets = digits()
        targets = targets.astype(numpy.int64)
    else:
        features = random.uniform(-3 ** 0.5, 3 ** 0.5, (3000, 1))
        targets = numpy.abs(features).astype(numpy.float32)
    return features.astype(numpy.float32), targets
