"""scikit-learn's MLP, one thread: prints "name value" lines, samples a second. An epoch is a call of partial_fit.

usage: sklearn_peer.py SECONDS-PER-MEASUREMENT
"""
import sys
import time

import sklearn
from sklearn.neural_network import MLPClassifier, MLPRegressor

from peer_data import WORKLOADS, data


def train(workload, seconds):
    _, hidden, outputs, batch = WORKLOADS[workload]
    x, y = data(workload)
    kind = MLPRegressor if outputs == 1 else MLPClassifier
    model = kind(hidden, solver="sgd", learning_rate_init=0.01, momentum=0.0, alpha=0.0, batch_size=batch)
    y = y.ravel()
    model.partial_fit(x, y) if outputs == 1 else model.partial_fit(x, y, classes=range(outputs))
    epochs, start = 0, time.process_time()
    while True:
        model.partial_fit(x, y)
        epochs += 1
        passed = time.process_time() - start
        if passed >= seconds:
            return epochs * len(x) / passed


def main():
    print("version", sklearn.__version__, flush=True)
    for workload in WORKLOADS:
        print(f"train/{workload}", train(workload, float(sys.argv[1])), flush=True)


main()
