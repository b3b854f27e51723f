"""`make bench`: our views and other blocks', rendered in one run, and what they cost beside each other.

How it is measured, and what the numbers can and cannot say: docs/references/benchmarks.md.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from peers_environment import peers_python
from report import Measured, dearest, print_report

HERE = Path(__file__).resolve().parent
VAR = HERE.parent / "var"
PER_TURN = 10


class Worker:
    """A side in a process of its own, which works only while it is asked."""

    def __init__(self, name: str, python: Path, script: str, *arguments: object) -> None:
        self.name = name
        self._log = VAR / f"bench-{name}.log"
        command = [str(python), str(HERE / script), str(VAR / f"bench-{name}"), *map(str, arguments)]
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        about = self.ask("about")
        self.views: Sequence[str] = about["views"]
        self.versions: dict[str, str] = about["versions"]
        self.people: int = about["people"]

    def ask(self, question: str, **facts: Any) -> Any:
        """The answer to one line. Exits with the end of the side's log when the process is gone."""
        try:
            print(json.dumps({"do": question, **facts}), file=self._process.stdin, flush=True)
            answer = self._process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            end = "\n".join(self._log.read_text().splitlines()[-20:])
            sys.exit(f"{self.name} stopped while it was asked for {question} {facts}:\n{end}\n(all of it: {self._log})")
        return json.loads(answer)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.stdin.close()
        self._process.wait()


def measure(workers: Sequence[Worker], warm_up: int, renders: int, times_all: bool) -> dict[str, dict[str, Measured]]:
    """Facts of every view; then times in rounds: in each round every timed view of every side has one short turn."""
    found = {
        worker.name: {name: Measured(**worker.ask("facts", name=name)) for name in worker.views} for worker in workers
    }
    for worker in workers:
        for name, view in found[worker.name].items():
            view.warm_up = min(worker.ask("turn", name=name, times=warm_up)["render"])
    turns = [
        (worker, name) for worker in workers for name in (worker.views if times_all else dearest(found[worker.name]))
    ]
    rounds = -(-renders // PER_TURN)
    for number in range(rounds):
        if sys.stderr.isatty():
            print(f"\rRound {number + 1} of {rounds}", end="\r", file=sys.stderr, flush=True)
        start = number * len(turns) // rounds
        for worker, name in turns[start:] + turns[:start]:
            found[worker.name][name].add(**worker.ask("turn", name=name, times=PER_TURN))
    return found


def main() -> None:
    """Measure and print. The exit code is 0 whether the goals are met or missed: a busy machine is no error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, nargs=2, default=[24, 5000], metavar=("SMALL", "LARGE"))
    parser.add_argument("--renders", type=int, default=200, help="timed renders of each view, in turns of ten")
    parser.add_argument("--all", action="store_true", help="time every view, not only the dearest of each kind")
    parser.add_argument("--warm-up", type=int, default=10, help="renders of each view before the clock runs")
    options = parser.parse_args()
    VAR.mkdir(exist_ok=True)
    peers = peers_python(VAR / "bench-peers")
    here = Path(sys.executable)
    with ExitStack() as stack:
        print(f"Making programmes of {options.people[0]} and {options.people[1]} people", flush=True)
        sides = [
            Worker("peers-site", peers, "peers.py"),
            *(Worker(f"{size}-people", here, "ours.py", size) for size in options.people),
        ]
        for side in sides:
            stack.enter_context(side)
        found = measure(sides, options.warm_up, options.renders, options.all)
        whole = sides[1].ask("together", names=[name for name in sides[1].views if "empty block" not in name])
        print_report(sides, found, whole, options.renders)


if __name__ == "__main__":
    main()
