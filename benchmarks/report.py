"""What the numbers come to: a table for each size of the programme, and the goals."""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Protocol

DESK = "coordinator"
CONTROL = "empty block"
MOST_BYTES = 10_000
MOST_QUERIES = 12


@dataclass
class Measured:
    """One view: bytes, own queries, and milliseconds of each render without and with the calls that follow it.

    ``warm_up`` is the shortest of the renders before the clock ran; a view that was not timed has no more than that.
    """

    html: int
    raw: int
    gzip: int
    queries: int
    repeated: int
    warm_up: float = 0.0
    renders: list[float] = field(default_factory=list)
    contents: list[float] = field(default_factory=list)

    def add(self, render: Sequence[float], content: Sequence[float]) -> None:
        """Another turn's times."""
        self.renders += render
        self.contents += content


class Side(Protocol):
    """A process that was measured."""

    name: str
    people: int
    versions: Mapping[str, str]


@dataclass(frozen=True)
class Peer:
    """What another block costs: the cheaper of its states, so that the comparison never flatters us."""

    name: str
    render: float
    content: float

    @classmethod
    def of(cls, name: str, views: Mapping[str, Measured]) -> "Peer":
        """The best of the views whose name begins so."""
        mine = [view for view_name, view in views.items() if view_name.startswith(name)]
        return cls(name, min(median(v.renders) for v in mine), min(median(v.contents) for v in mine))


def p95(times: Sequence[float]) -> float:
    """The time that 95 of 100 renders stay within."""
    return sorted(times)[int(0.95 * (len(times) - 1))]


def print_report(
    sides: Sequence[Side],
    found: Mapping[str, Mapping[str, Measured]],
    whole: Mapping[str, int],
    renders: int,
) -> None:
    """All tables, as Markdown, and the goals."""
    peers_side, *our_sides = sides
    theirs = found[peers_side.name]
    peers = [Peer.of(name, theirs) for name in ("drag-and-drop", "poll")]
    versions = {"Python": platform.python_version(), **our_sides[0].versions, **peers_side.versions}
    print(f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}")
    print("Versions:", ", ".join(f"{name} {number}" for name, number in versions.items()))
    print(
        f"Milliseconds of the processor: median and 95th percentile of {renders} renders. Ratios: of the median to that"
    )
    print("of the other block's cheaper state. An empty block is what the runtime itself takes on either side.")
    print("Drag-and-drop renders an empty shell; its script asks for the state and then shows its first content.")
    for side in our_sides:
        print(f"\n### A programme of {side.people} people\n")
        _print_table({**theirs, **found[side.name]}, peers)
        print("\nOf each block: a newcomer's view, a mentor's and a mentee's dearest, the coordinator's.")
    _print_goals([found[side.name] for side in our_sides], peers[0], whole)


def dearest(views: Mapping[str, Measured]) -> Sequence[str]:
    """Of each block and kind of person the view that took longest in the warm-up, in the order of the views."""
    best: dict[tuple[str, str], str] = {}
    for name, view in views.items():
        if _kind(name) not in best or view.warm_up > views[best[_kind(name)]].warm_up:
            best[_kind(name)] = name
    return [name for name in views if name in best.values()]


def _kind(name: str) -> tuple[str, str]:
    """Block and kind of person: "home: mentor, paired" is home's view of a mentor. Other blocks' views stay apart."""
    block, colon, standing = name.partition(": ")
    return (block, standing.split(",")[0]) if colon else (name, "")


def _print_table(views: Mapping[str, Measured], peers: Sequence[Peer]) -> None:
    heads = [
        "view", "render ms", "p95", "first content ms", "p95", "HTML B", "JS+CSS B", "gzip B", "own SQL",
        *(f"render / {peer.name}" for peer in peers), *(f"content / {peer.name}" for peer in peers),
        f"goal: render, content no dearer than {peers[0].name}",
    ]  # fmt: skip
    print("|", " | ".join(heads), "|")
    print("|", " | ".join(["---"] + ["---:"] * (len(heads) - 1)), "|")
    for name, view in views.items():
        if not view.renders:
            continue
        render, content = median(view.renders), median(view.contents)
        cells = [
            name,
            *(f"{time:.2f}" for time in (render, p95(view.renders), content, p95(view.contents))),
            *(f"{number:,}" for number in (view.html, view.raw, view.gzip, view.queries)),
            *(f"{render / peer.render:.2f}" for peer in peers),
            *(f"{content / peer.content:.2f}" for peer in peers),
            _verdicts(render > peers[0].render, content > peers[0].content) if _is_held_to_goals(name) else "",
        ]
        print("|", " | ".join(cells), "|")


def _print_goals(ours: Sequence[Mapping[str, Measured]], drag: Peer, whole: Mapping[str, int]) -> None:
    views = [(name, view) for side in ours for name, view in side.items() if CONTROL not in name]
    learners = [(name, view) for name, view in views if DESK not in name]
    desks = [(name, view) for name, view in views if DESK in name]
    small, large = ours
    print("\n### Goals\n")
    for whose, some in (("learner's view", learners), ("coordinator's view", desks)):
        dearer = _over(some, lambda view: median(view.renders) / drag.render)
        _print_goal(f"no {whose} is dearer than drag-and-drop to render", dearer)
        dearer = _over(some, lambda view: median(view.contents) / drag.content)
        _print_goal(f"no {whose} is dearer than drag-and-drop to its first useful content", dearer)
    too_many = [] if whole["gzip"] < MOST_BYTES else [f"{whole['gzip']:,} bytes"]
    name = f"JS and CSS of all five blocks on one page stay under {MOST_BYTES:,} bytes gzipped"
    _print_goal(f"{name}: {whole['gzip']:,} ({whole['raw']:,} raw)", too_many)
    greedy = [f"{name} {view.queries}" for name, view in learners if view.queries > MOST_QUERIES]
    _print_goal(f"no learner's view makes more than {MOST_QUERIES} own queries", greedy)
    before, after = _most_queries(small), _most_queries(large)
    grown = [f"{': '.join(kind)} {before[kind]} to {after[kind]}" for kind in before if after[kind] > before[kind]]
    _print_goal("own queries do not grow with the programme", grown)
    _print_goal("no view makes the same own query twice", [f"{n} {v.repeated}" for n, v in views if v.repeated])


def _most_queries(views: Mapping[str, Measured]) -> Mapping[tuple[str, str], int]:
    """Of each block and kind of person the largest number: which places people have differs between programmes."""
    most: dict[tuple[str, str], int] = {}
    for name, view in views.items():
        most[_kind(name)] = max(view.queries, most.get(_kind(name), 0))
    return most


def _over(views: Sequence[tuple[str, Measured]], ratio: Callable[[Measured], float]) -> Sequence[str]:
    """Of each block the view with the highest ratio, where that is over 1, and how many more are."""
    dear: dict[str, list[tuple[float, str]]] = {}
    for name, view in views:
        if view.renders and ratio(view) > 1:
            dear.setdefault(name.partition(": ")[0], []).append((ratio(view), name))
    worst = sorted((max(some), len(some) - 1) for some in dear.values())
    return [f"{name} {value:.2f}" + (f" and {more} more" if more else "") for (value, name), more in reversed(worst)]


def _print_goal(goal: str, missed: Sequence[str]) -> None:
    print(f"- {_verdict(bool(missed))}: {goal}" + (f" ({'; '.join(missed)})" if missed else ""))


def _verdict(is_missed: bool) -> str:
    return "MISS" if is_missed else "PASS"


def _verdicts(*missed: bool) -> str:
    return ", ".join(map(_verdict, missed))


def _is_held_to_goals(name: str) -> bool:
    """Whether it is a view of ours: "home: coordinator", not another block's nor an empty one's."""
    return ": " in name and CONTROL not in name
