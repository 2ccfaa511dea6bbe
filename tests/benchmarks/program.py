"""The program as a whole, from outside: start, memory, a long run, a large table, sweeps."""
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

RUN = {
    "flatline": 1, "name": "W1", "seed": 7,
    "data": {"source": "circles", "samples": 500, "test_fraction": 0},
    "network": {"hidden": [8, 8], "output": "linear"},
    "training": {"learning_rate": 0.01, "batch_size": 10},
}
SWEEP = {
    "flatline": 1, "name": "S1", "seed": 1,
    "data": {"source": "abs", "samples": 3000, "test_fraction": 0},
    "network": {"hidden": [2] * 9},
    "training": {"optimizer": "adam", "learning_rate": 0.001, "batch_size": 128},
}
TABLE_BYTES = 64 << 20
FULL_WINDOW = """[view]
count=6
order=landscape, activations, dead, loss, gradient, stability

[landscape]
way=solid
"""
WINDOW_STEPS = 4_000_000


def timed(command):
    """Seconds of the whole process: by the clock, and of the processors."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def first_frame(flatline, environment):
    """Seconds from starting the process to its word that the first frame with the experiment is painted."""
    start = time.perf_counter()
    process = subprocess.Popen([flatline, "--meter", "0.1"], stdout=subprocess.PIPE, env=environment, text=True)
    for line in process.stdout:
        if line.startswith("first_experiment_frame"):
            passed = time.perf_counter() - start
            break
    process.communicate()
    return passed, None


def memory(flatline, environment):
    """Resident megabytes with the default experiment: once all has come to rest, and at most while it runs flat out."""
    process = subprocess.Popen([flatline], env=environment, stdout=subprocess.DEVNULL)
    time.sleep(3)
    with open(f"/proc/{process.pid}/status") as file:
        resident = int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024
    process.terminate()
    process.wait()
    return resident, meter(flatline, environment, "10")["peak_memory"]


def meter(flatline, environment, seconds, *options):
    """What `flatline --meter` says of so many seconds flat out, by name."""
    out = subprocess.run([flatline, "--meter", seconds, *options], env=environment, stdout=subprocess.PIPE, text=True,
                         check=True).stdout
    return {name: float(value) for name, value in re.findall(r"^(\S+) (\S+)", out, re.MULTILINE)}


def window(flatline, environment, folder):
    """Seconds that an event of the window takes at most, but for one in a hundred: as it opens, and full. And the share
    of the command line's steps a second that it trains, with the default experiment."""
    empty, settings = os.path.join(folder, "default.json"), os.path.join(folder, "full", "Flatline")
    os.makedirs(settings, exist_ok=True)
    with open(os.path.join(settings, "flatline.conf"), "w") as file:
        file.write(FULL_WINDOW)
    with open(empty, "w") as file:
        json.dump({"flatline": 1}, file)
    alone, _ = timed([flatline, "run", empty, "--steps", str(WINDOW_STEPS), "--every", str(WINDOW_STEPS), "--quiet"])
    usual = meter(flatline, environment, "5")
    full = meter(flatline, {**environment, "XDG_CONFIG_HOME": os.path.dirname(settings)}, "5", "--runs", "2")
    return {"usual": usual["event_time_p99"] / 1e3, "full": full["event_time_p99"] / 1e3,
            "speed": usual["training_speed"] * alone / WINDOW_STEPS}


class Display:
    """A display of its own where Xvfb is there, else Qt's offscreen platform."""

    def __init__(self, folder):
        self.environment = {**os.environ, "XDG_CONFIG_HOME": folder, "XDG_RUNTIME_DIR": folder}
        self.server = None
        if not shutil.which("Xvfb"):
            self.environment["QT_QPA_PLATFORM"] = "offscreen"
            return
        reader, writer = os.pipe()
        self.server = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1920x1200x24"],
                                       pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as file:
            self.environment["DISPLAY"] = ":" + file.readline().strip()
        self.environment["QT_QPA_PLATFORM"] = "xcb"

    def close(self):
        if self.server:
            self.server.terminate()
            self.server.wait()


def write_table(path):
    """Ten columns of normal numbers with six digits, and a class."""
    draw = random.Random(1)
    with open(path, "w") as file:
        size = file.write(",".join(f"x{i}" for i in range(10)) + ",y\n")
        while size < TABLE_BYTES - 200:
            row = [draw.gauss(0, 1) for _ in range(10)]
            size += file.write(",".join("%.6g" % value for value in row) + (",yes\n" if row[0] > 0 else ",no\n"))


def pandas_seconds(path):
    code = "import sys, time, pandas; t = time.perf_counter(); pandas.read_csv(sys.argv[1]); " \
           "print(time.perf_counter() - t)"
    out = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True)
    return (float(out.stdout), None) if out.returncode == 0 else None


def measure(flatline, rounds, say):
    """Medians: seconds by name, those of the processors under "NAME, processors", megabytes under "resident", "peak";
    and window() under its name."""
    with tempfile.TemporaryDirectory() as folder:
        def place(name):
            return os.path.join(folder, name)

        for name, experiment in (("run", RUN), ("sweep", SWEEP),
                                 ("table", {"flatline": 1, "data": {"source": "csv", "file": place("table.csv")},
                                            "network": {"hidden": [2]}})):
            with open(place(name + ".json"), "w") as file:
                json.dump(experiment, file)
        say("writing a table of 64 MB")
        write_table(place("table.csv"))
        display = Display(folder)
        offscreen = {**display.environment, "QT_QPA_PLATFORM": "offscreen"}
        sweep = [flatline, "sweep", place("sweep.json"), "--csv", place("sweep.csv")]
        steps = {
            "first frame": lambda: first_frame(flatline, display.environment),
            "first frame, offscreen": lambda: first_frame(flatline, offscreen),
            "a million steps": lambda: timed([flatline, "run", place("run.json"), "--steps", "1000000", "--every",
                                              "1000", "--trace", place("trace.csv"), "--quiet"]),
            "table": lambda: timed([flatline, "run", place("table.json"), "--steps", "0", "--quiet"]),
            "table, pandas": lambda: pandas_seconds(place("table.csv")),
            "sweep of 10,000": lambda: timed([*sweep, "--seeds", "1..10000", "--steps", "0"]),
            "sweep of 300": lambda: timed([*sweep, "--seeds", "1..300", "--steps", "1000"]),
        }
        times = {name: [] for name in steps}
        for number in range(rounds):
            for name, step in steps.items():
                say(f"round {number + 1} of {rounds}: {name}")
                times[name].append(step())
        result = {}
        for name, values in times.items():
            if None not in values:
                result[name] = statistics.median(clock for clock, _ in values)
                result[name + ", processors"] = statistics.median(used for _, used in values) \
                    if None not in values[0] else None
        say("the window flat out")
        windows = [window(flatline, display.environment, folder) for _ in range(rounds)]
        result["window"] = {name: statistics.median(one[name] for one in windows) for name in windows[0]}
        say("memory")
        result["resident"], result["peak"] = memory(flatline, display.environment)
        result["display"] = "Xvfb" if display.server else "offscreen"
        display.close()
        return result
