"""README's tables, as Markdown, from the rounds' figures."""
import datetime
import os
import platform
import re
import statistics

# The products that are truly needed, in multiply-adds a sample: forward, the weights' gradient, and the data's gradient
# in all layers but the first.
WIDTHS = {"W0": [2, 7, 7, 1], "W1": [2, 8, 8, 1], "W2": [2, 32, 32, 32, 2], "W3": [64, 256, 256, 10],
          "W4": [1] + [2] * 10 + [1]}
TRAINING = {
    "W1": "2-8-8-1, squared loss, circles, batch 10",
    "W0": "2-7-7-1, a shape that is not compiled in, batch 11",
    "W2": "2-32-32-32-2, softmax, circles, batch 32",
    "W3": "64-256-256-10, softmax, digits, batch 64",
    "W4": "1-(10 layers of 2)-1, squared loss, abs, batch 128",
}
LOOKING = {
    "landscape/L1a": "51 × 51 losses of W1's network, 500 points",
    "landscape/L1b": "51 × 51 losses of W2's network, 1,000 points",
    "histograms/A1": "states and histograms of W2's neurons, 1,000 points",
    "examine/A1": "the same with losses and gradient, as the window wants it",
}
# As the goals were set on a machine with a peak of 100 GFLOP/s: samples a second or seconds there, times Eigen's, times
# PyTorch's, share of the peak.
GOALS = {
    "train/W1": (60e6, "8", "800", ""), "train/W0": (26.3e6, "3.5", "800", ""),
    "train/W2": (4.8e6, "1.6", "", "72 %"), "train/W3": (156e3, "1.2", "", "85 %"), "train/W4": (40.5e6, "15", "", ""),
    "landscape/L1a": (5e-3, "5.5", "", ""), "landscape/L1b": (0.135, "1.9", "", ""),
    "histograms/A1": (0.15e-3, "", "12", ""),
}
GOALS_PEAK = 100e9


def flops(workload):
    widths = WIDTHS[workload]
    layers = [a * b for a, b in zip(widths, widths[1:])]
    return 2 * (3 * sum(layers) - layers[0])


def count(rate):
    """A rate in three digits."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if rate >= size:
            return f"{rate / size:.3g} {unit}" if rate < 1000 * size else f"{rate / size:.0f} {unit}"
    return f"{rate:.3g}"


def duration(seconds):
    return f"{seconds:.3g} s" if seconds >= 1 else f"{1e3 * seconds:.3g} ms"


def ratio(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def best(values, prefix, wanted, style=""):
    """The fastest of the ways in which a round's program did it; None where there is none."""
    found = [value for name, value in values.items() if name.startswith(prefix) and style in name]
    return wanted(found) if found else None


class Rounds:
    """What the rounds say of one workload. Rates are better when high, times when low."""

    def __init__(self, rounds, name):
        self.rate = name.startswith("train/")
        self.rounds = rounds
        self.name = name

    def of(self, who, style=""):
        wanted = max if self.rate else min
        return [best(one[who], self.name, wanted, style) if who in one else None for one in self.rounds]

    def median(self, who, style=""):
        values = [value for value in self.of(who, style) if value is not None]
        return statistics.median(values) if values else None

    def text(self, who, style=""):
        value = self.median(who, style)
        return "–" if value is None else (count(value) if self.rate else duration(value))

    def times(self, who, than, style="", than_style=""):
        pairs = [(a, b) for a, b in zip(self.of(who, style), self.of(than, than_style)) if a and b]
        return statistics.median(a / b if self.rate else b / a for a, b in pairs) if pairs else None


def with_goal(value, goal):
    text = "–" if value is None else ratio(value)
    return f"{text} ({goal})" if goal else text


def peak_of(rounds, name="peak"):
    """The best of all rounds. AVX2's, or the "wide peak" of AVX-512."""
    return max((one["machine"][name] for one in rounds if name in one.get("machine", {})), default=None)


def line(cells):
    return "| " + " | ".join(cells) + " |"


def table(head, rows):
    return "\n".join([line(head), line(["---"] * len(head))] + [line(row) for row in rows])


def scaled(goal, one, peak):
    """A goal as it is on a machine of this peak."""
    if not goal or not peak:
        return ""
    faster = peak / GOALS_PEAK
    return count(goal * faster) if one.rate else duration(goal / faster)


def engine(rounds, flatline):
    peak = peak_of(rounds)
    peers = [who for who in ("PyTorch", "dlib", "scikit-learn") if who in rounds[0]]
    rows = []
    for key, meaning in {**{f"train/{w}": text for w, text in TRAINING.items()}, **LOOKING}.items():
        name = key.rsplit("/", 1)[1]
        goal = GOALS.get(key, (None, "", "", ""))
        one = Rounds(rounds, key)
        share = ""
        if peak and one.rate and one.median("flatline avx2"):
            share = f"{100 * max(one.of('flatline avx2')) * flops(name) / peak:.0f} %" + \
                (f" ({goal[3]})" if goal[3] else "")
        rows.append([f"**{name}** {meaning}" if not key.startswith("examine") else meaning, one.text(flatline),
                     scaled(goal[0], one, peak), one.text("eigen", "neurons inside"), one.text("eigen"),
                     *(one.text(who) for who in peers),
                     with_goal(one.times(flatline, "eigen", "", "neurons inside"), goal[1]),
                     with_goal(one.times(flatline, "PyTorch"), goal[2]), share])
    head = ["samples a second, or time", "Flatline", "goal at this peak", "Eigen", "Eigen, best layout", *peers,
            "× Eigen (goal)", "× PyTorch (goal)", "avx2, of the peak (goal)"]
    return table(head, rows)


def threads(rounds, flatline):
    pairs = []
    for name in ("L1a", "L1b"):
        shares = [one[flatline][f"threads/{name}/1"] / one[flatline][f"threads/{name}/2"] for one in rounds
                  if f"threads/{name}/2" in one[flatline]]
        if shares:
            pairs.append(f"{statistics.median(shares):.2f} times on {name}")
    return "Two threads make the landscape faster " + ", ".join(pairs) + "." if pairs else ""


def instruction_sets(rounds, flatline):
    sets = [who for who in rounds[0] if who.startswith("flatline ")]
    names = [f"train/{workload}" for workload in TRAINING] + ["landscape/L1a", "landscape/L1b", "histograms/A1"]
    rows = [[who.split()[1], *(Rounds(rounds, name).text(who) for name in names)] for who in sets]
    return table(["kernels", *(name.rsplit("/", 1)[1] for name in names)], rows)


def variants(rounds, flatline):
    """Each variant's speed relative to SGD on ReLU, by workload."""
    names = []
    for key in rounds[0][flatline]:
        group, _, rest = key.partition("/")
        if group in ("optimizer", "batch_norm", "activation"):
            variant = (group, rest.partition("/")[2])
            if variant not in names:
                names.append(variant)
    rows = []
    for group, variant in names:
        cells = [f"{group.replace('_', ' ')} {variant}"]
        for workload in TRAINING:
            pairs = [(one[flatline].get(f"{group}/{workload}/{variant}"), one[flatline].get(f"train/{workload}"))
                     for one in rounds]
            shares = [a / b for a, b in pairs if a and b]
            cells.append(f"{statistics.median(shares):.2f}" if shares else "–")
        rows.append(cells)
    return table(["relative to SGD on ReLU", *TRAINING], rows) if rows else ""


def products(rounds):
    rows = []
    for name in rounds[0].get("machine", {}):
        if name.startswith("product/"):
            _, workload, size = name.split("/")
            value = statistics.median(one["machine"][name] for one in rounds)
            rows.append([f"{size.replace('x', ' × ')} ({workload})", f"{value / 1e9:.0f}",
                         f"{100 * value / peak_of(rounds):.0f} %"])
    return table(["Eigen's product alone, m × n × k", "GFLOP/s", "of the peak"], rows) if rows else ""


def program(whole):
    def row(name, text, goal=""):
        if name not in whole:
            return [text, "–", "", goal]
        used = whole[name + ", processors"]
        return [text, duration(whole[name]), duration(used) if used else "", goal]

    return table(["the program as a whole", "", "of the processors", "goal"], [
        row("first frame", f"start to the first frame with the experiment ({whole['display']})", "150 ms"),
        row("first frame, offscreen", "the same without a display"),
        ["memory with the default experiment, at rest", f"{whole['resident']:.0f} MB", "", "80 MB"],
        ["memory after ten seconds flat out", f"{whole['peak']:.0f} MB", "", "80 MB"],
        ["the window flat out: an event's time, 99th percentile", duration(whole["window"]["usual"]), "", "8 ms"],
        ["the same with six views, two runs and the solid landscape", duration(whole["window"]["full"]), "", "8 ms"],
        ["steps a second in the window, of those of `flatline run`", f"{100 * whole['window']['speed']:.0f} %", "",
         "70 %"],
        row("a million steps", "`flatline run`, 1,000,000 steps of W1, a trace row each 1,000"),
        row("table", "reading a CSV of 64 MB (`flatline run --steps 0`)"),
        row("table, pandas", "pandas.read_csv of that file"),
        row("sweep of 10,000", "sweep of 10,000 networks 1-(9 layers of 2)-1, no steps, all cores"),
        row("sweep of 300", "sweep of 300 of them, 1,000 steps of Adam, all cores"),
    ])


def machine(rounds, load):
    model, vendor = "unknown processor", platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        found = re.search(r"model name\s*: (.*)", open("/proc/cpuinfo").read())
        model = found.group(1) if found else model
    peak = peak_of(rounds)
    text = f"{datetime.date.today()}, {model} ({vendor}, {os.cpu_count()} cores), {platform.system()}"
    if peak:
        text += f"; peak of fused multiply-adds in AVX2, one core: {peak / 1e9:.0f} GFLOP/s"
    if wide := peak_of(rounds, "wide peak"):
        text += f", in AVX-512 {wide / 1e9:.0f}"
    text += f"; load by other programs when it began: {load:.1f}"
    versions = [f"{who} {one['version']}" for who, one in rounds[0].items() if "version" in one]
    return text + ("; " + ", ".join(versions) if versions else "") + "."


def report(rounds, whole, load):
    flatline = next(who for who in rounds[0] if who.startswith("flatline "))
    parts = [machine(rounds, load), engine(rounds, flatline), threads(rounds, flatline),
             instruction_sets(rounds, flatline),
             variants(rounds, flatline), products(rounds), program(whole) if whole else ""]
    return "\n\n".join(part for part in parts if part)
