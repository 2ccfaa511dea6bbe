"""Runs the benchmarks in turn, several rounds, and prints README's tables. Started by tests/benchmarks/run.

All figures of the engine are of processor time, one thread (but for the landscape's two): another program that runs at
the same time shifts them little, and ratios are taken within a round.
"""
import argparse
import json
import os
import subprocess
import sys

import program
import tables

HERE = os.path.dirname(os.path.abspath(__file__))
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
IN_SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


def say(text):
    print(text, file=sys.stderr, flush=True)


def call(command, **environment):
    return subprocess.run(command, env={**os.environ, **ONE_THREAD, **environment}, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=True).stdout


def google(path, pattern, seconds, **environment):
    """A Google Benchmark program's figures by name: rates (flops, items a second), else seconds."""
    report = json.loads(call([path, f"--benchmark_filter={pattern}", f"--benchmark_min_time={seconds}",
                              "--benchmark_format=json"], **environment))
    values = {}
    for row in report["benchmarks"]:
        if row.get("error_occurred"):
            say(f"{row['name']}: {row['error_message']}")
            continue
        rate = row.get("flops", row.get("items_per_second"))
        name, _, _ = row["name"].partition("/real_time")
        time = row["real_time" if row["name"] != name else "cpu_time"] * IN_SECONDS[row["time_unit"]]
        values[name] = rate if rate else time
    return values


def script(name, seconds):
    lines = [line.rsplit(" ", 1) for line in call([sys.executable, "-B", os.path.join(HERE, name), str(seconds)])
             .splitlines()]
    return {key: value if key == "version" else float(value) for key, value in lines}


def kernels(path):
    """Those that are available on this machine, the fastest first."""
    found = []
    for name in ("avx512", "avx2", "sse2", "portable"):
        out = subprocess.run([path, "--benchmark_list_tests", "--benchmark_filter=train/W1$"], text=True,
                             env={**os.environ, "FLATLINE_KERNELS": name}, capture_output=True)
        if out.returncode == 0 and "not available" not in out.stderr:
            found.append(name)
    return found


def has(module):
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


def programs(folder, options):
    """Who takes part: name and what gives its figures."""
    seconds = options.seconds
    path = {name: os.path.join(folder, f"{name}_benchmark")
            for name in ("machine", "eigen", "eigen_avx512", "flatline", "dlib")}
    taking_part = {}
    if os.path.exists(path["machine"]):
        taking_part["machine"] = lambda: google(path["machine"], ".*", seconds)
    available = kernels(path["flatline"])
    eigens = {"AVX2": path["eigen"]}
    if "avx512" in available and os.path.exists(path["eigen_avx512"]):
        eigens["AVX-512"] = path["eigen_avx512"]
    taking_part["eigen"] = lambda: {f"{name}, {instructions}": value for instructions, program in eigens.items()
                                    for name, value in google(program, ".*", seconds / 3).items()}
    for name in available:
        pattern = ".*" if options.variants and name == available[0] else "^(train|landscape|histograms|examine)/"
        taking_part[f"flatline {name}"] = lambda name=name, pattern=pattern: google(
            path["flatline"], pattern, seconds, FLATLINE_KERNELS=name)
    if os.path.exists(path["dlib"]):
        taking_part["dlib"] = lambda: google(path["dlib"], ".*", seconds)
    if has("torch"):
        taking_part["PyTorch"] = lambda: script("pytorch_peer.py", seconds)
    if has("sklearn"):
        taking_part["scikit-learn"] = lambda: script("sklearn_peer.py", seconds)
    return taking_part


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("--no-variants", dest="variants", action="store_false")
    parser.add_argument("--no-program", dest="program", action="store_false")
    options = parser.parse_args()
    folder = os.path.join(options.build, "tests", "benchmarks")
    taking_part = programs(folder, options)
    load = os.getloadavg()[0]
    rounds = []
    for number in range(options.rounds):
        rounds.append({})
        for name, measure in taking_part.items():
            say(f"round {number + 1} of {options.rounds}: {name}")
            rounds[-1][name] = measure()
    whole = program.measure(os.path.join(options.build, "app", "flatline"), options.rounds, say) \
        if options.program else None
    print(tables.report(rounds, whole, load))


main()
