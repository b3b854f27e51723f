"""`make bench-matching`: the matching engine beside other solvers, on one invented population, as ratios.

How it is measured, and what the numbers can and cannot say: docs/references/matching-benchmarks.md.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
VAR = HERE.parent / "var"
SOLVER = "scipy>=1.11,<2"
PEERS = {"mentor-match": "mentor-match>=7,<8", "matching": "matching>=1.4,<2"}
PATIENCE = 1800
PEERS_SCRIPT = "matching_peers.py"
CHANGES = 100
PRUNED = 20
Found = Mapping[str, Any]


def environment(name: str, *wanted: str, like_ours: bool = False) -> Path:
    """The interpreter of an environment in var/, made once. ``like_ours`` adds what the engine needs."""
    folder = VAR / f"bench-{name}"
    python = folder / "bin" / "python"
    ready = folder / "ready"
    recipe = json.dumps([sys.version, *wanted])
    if ready.exists() and ready.read_text() == recipe:
        return python
    print(f"Setting up {folder} (once)", flush=True)
    venv.create(folder, clear=True, with_pip=True)
    packages = [*wanted, f"numpy=={version('numpy')}"] if like_ours else wanted
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*pip, *packages], check=False).returncode:
        sys.exit(f"{', '.join(wanted)} could not be installed. What pip says about it stands above.")
    ready.write_text(recipe)
    return python


def measure(python: Path, script: str, side: str, **arguments: Any) -> Found | None:
    """What a measurement in a process of its own finds; None when it takes longer than our patience or memory."""
    # Another package is called matching, too: it must not find this file in its place.
    safe = ["-P"] if script == PEERS_SCRIPT else []
    place = {} if safe else {"PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)])}
    try:
        done = subprocess.run(
            [str(python), *safe, str(HERE / script), side, json.dumps(arguments)],
            stdout=subprocess.PIPE, text=True, timeout=PATIENCE, env={**os.environ, **place}, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        print(f"{side} {arguments} stopped with {done.returncode}", file=sys.stderr)
        return None
    return json.loads(done.stdout.splitlines()[-1])


class Report:
    """Rows of a table and verdicts, printed as they come."""

    def __init__(self) -> None:
        self.verdicts: list[str] = []
        print("| mentors | mentees | what | matched | total | proved | seconds | of it solved | memory MB |")
        print("| ---: | ---: | --- | ---: | ---: | --- | ---: | ---: | ---: |", flush=True)

    def row(self, size: Sequence[int], what: str, found: Found | None, seconds: float, solved: float) -> None:
        """One measurement."""
        if found is None:
            print(f"| {size[0]:,} | {size[1]:,} | {what} | | | | gave up | | |", flush=True)
            return
        proved = {True: "yes", False: f"within {found.get('gap', 0):.4%}"}.get(found.get("certified"), "no")
        numbers = f"{seconds:.2f} | {solved:.2f} | {found['memory']:,.0f}"
        total = f"{found['total']:,}" if "total" in found else ""
        print(
            f"| {size[0]:,} | {size[1]:,} | {what} | {found['matched']:,} | {total} | {proved} | {numbers} |",
            flush=True,
        )

    def goal(self, text: str, is_met: bool) -> None:
        """Note a verdict."""
        self.verdicts.append(f"- {'PASS' if is_met else 'MISS'}: {text}")


def clock(found: Found, *names: str) -> float:
    """Seconds by the clock of some parts together."""
    return sum(found[name]["seconds"] for name in names)


def ours(report: Report, mentors: int, mentees: int, seconds: float | None = None, changes: int = 0) -> Found:
    """The engine at one size."""
    arguments = {"mentors": mentors, "mentees": mentees, "seconds": seconds, "changes": changes}
    found = measure(Path(sys.executable), "matching_side.py", "engine", **arguments)
    if found is None:
        sys.exit("The engine itself did not come to an end.")
    report.row((mentors, mentees), "this engine", found, clock(found, "features", "solving"), clock(found, "solving"))
    return found


def small(report: Report, people: int) -> None:
    """Beside packages that are made for matching people."""
    found = ours(report, people, people)
    whole = clock(found, "features", "solving")
    for name, package in PEERS.items():
        most = {} if name == "mentor-match" else {"most": 20}
        other = measure(environment(name, package), PEERS_SCRIPT, name, people=people, **most)
        seconds = other["seconds"] if other else 0.0
        report.row((people, people), f"{package} (its own rules)", other, seconds, seconds)
        if name == "mentor-match" and other:
            ratio = seconds / whole
            text = f"{people:,} + {people:,}: proved, and at least 20 times faster than a round of {name} ({ratio:.0f})"
            report.goal(text, found["certified"] and ratio >= 20)


def medium(report: Report, python: Path, mentors: int, mentees: int) -> Found:
    """Beside scipy's dense and sparse solvers. Returns what the engine found."""
    engine = found = ours(report, mentors, mentees)
    dense = measure(python, "matching_side.py", "dense", mentors=mentors, mentees=mentees)
    if dense:
        report.row(
            (mentors, mentees), "scipy, dense", dense, clock(dense, "matrix", "solving"), clock(dense, "solving")
        )
        same = (dense["matched"], dense["total"]) == (found["matched"], found["total"])
        report.goal(f"{mentors:,} + {mentees:,}: the answer is the dense solver's", same)
        ratio = clock(dense, "matrix", "solving") / clock(found, "solving")
        text = f"{mentors:,} + {mentees:,}: solved and verified faster than scipy's dense solver ({ratio:.2f} times)"
        report.goal(text, found["certified"] and ratio > 1)
        share = dense["memory"] / found["memory"]
        report.goal(f"{mentors:,} + {mentees:,}: in an eighth of its memory (1/{share:.1f})", share >= 8)
    found = measure(python, "matching_side.py", "sparse", mentors=mentors, mentees=mentees, best=PRUNED)
    seconds = [clock(found, *parts) for parts in (("pruning", "solving"), ("solving",))] if found else [0.0, 0.0]
    report.row((mentors, mentees), f"scipy, sparse, the {PRUNED} best of each", found, *seconds)
    return engine


def large(report: Report, mentors: int, mentees: int, seconds: float) -> Found:
    """Beside the cost of scoring all pairs once, and again after a few changes. Returns what the engine found."""
    found = ours(report, mentors, mentees, seconds, CHANGES)
    scoring = (clock(found, "scoring") + clock(found, "scoring again")) / 2
    times = clock(found, "solving") / scoring
    work = found["solving"]["work"] * 2 / (found["scoring"]["work"] + found["scoring again"]["work"])
    size = f"{mentors:,} + {mentees:,}"
    report.goal(f"{size}: gap 0, verified ({found['gap']:.4%})", found["certified"])
    text = f"{size}: in 8 times the cost of scoring all pairs once ({times:.1f} x {scoring:.1f} s; of the processor's"
    report.goal(f"{text} time {work:.1f})", times <= 8)
    bounded = found["limited holds"] and found["limited gap"] < 0.001
    took = clock(found, "in limited time")
    text = f"{size}: stopped after 8 times that cost, a checked bound within 0.1 %"
    report.goal(f"{text} ({found['limited gap']:.4%}; {took:.1f} s with the check)", bounded)
    report.goal(
        f"{size}: in 800 MB ({found['memory']:.0f}, of which people {found['before']:.0f})", found["memory"] < 800
    )
    share = clock(found, "matching again") / clock(found, "features", "solving")
    text = f"{size}: {CHANGES} changes matched again in a tenth ({share:.3f}; {clock(found, 'matching again'):.1f} s)"
    report.goal(text, found["again certified"] and share < 0.1)
    return found


def growth(report: Report, size: Sequence[int], times: float, smaller: Found, larger: Found) -> None:
    """What so many times as many people a side cost: no more than there are more pairs, and people."""
    beside = f"{size[0]:,} + {size[1]:,} beside a {times:g}th of it"
    cost = clock(larger, "features", "solving") / clock(smaller, "features", "solving")
    report.goal(f"{beside}: at most {times**2:g} times the time, as there are pairs ({cost:.1f})", cost <= times**2)
    memory = larger["memory"] / smaller["memory"]
    report.goal(f"{beside}: at most {times:g} times the memory, as there are people ({memory:.1f})", memory <= times)


def main() -> None:
    """Measure and print. The exit code is 0 whether the goals are met or missed: a busy machine is no error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", type=int, default=1000, help="people a side beside other packages; 0 for none")
    parser.add_argument("--medium", type=int, default=10_000, help="mentees beside scipy; 0 for none")
    parser.add_argument("--large", type=int, default=50_000, help="mentees beside scoring all pairs; 0 for none")
    parser.add_argument("--seconds", type=float, default=300, help="time limit of each large search")
    options = parser.parse_args()
    VAR.mkdir(exist_ok=True)
    report_on(options)


def sides(mentees: int) -> tuple[int, int]:
    """Mentors for so many mentees: as many, and with hardly more places than mentees."""
    return mentees, mentees * 62 // 100


def report_on(options: argparse.Namespace) -> None:
    """All sizes: balanced, and with hardly more places than people."""
    print(f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}.")
    print(f"Python {platform.python_version()},", end=" ")
    print(f"numpy {version('numpy')}. Seconds are the clock's; a busy machine lengthens them.\n")
    report = Report()
    if options.small:
        small(report, options.small)
    smaller, larger = [], []
    if options.medium:
        python = environment("scipy", SOLVER, like_ours=True)
        smaller = [medium(report, python, mentors, options.medium) for mentors in sides(options.medium)]
    if options.large:
        larger = [large(report, mentors, options.large, options.seconds) for mentors in sides(options.large)]
    for mentors, one, other in zip(sides(options.large), smaller, larger, strict=False):
        growth(report, (mentors, options.large), options.large / options.medium, one, other)
    print("\n### Goals\n")
    print("\n".join(report.verdicts))


if __name__ == "__main__":
    main()
