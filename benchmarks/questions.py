"""What it costs to ask the database a question whose SQL is kept, and one whose SQL is written anew.

Run ``python benchmarks/questions.py [people]``. Every view of every block is rendered in a programme of that many
people (24), and each question that is asked is noted with its values. Then each is asked again both ways, in turns.
"""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time_ns
from typing import Any

VAR = Path(__file__).resolve().parent.parent / "var"
sys.argv = [sys.argv[0], str(VAR / "bench-questions"), *(sys.argv[1:2] or ["24"])]

from ours import Course, Place, call_command, make_views  # noqa: E402
from site_under_test import ROOT  # noqa: E402

from reverse_mentoring_xblock.selectors.prepared import Prepared  # noqa: E402

TURNS, PER_TURN = 20, 10
asked: dict[Prepared[Any], tuple[tuple[Any, ...], dict[str, Any]]] = {}
ask = Prepared.__call__


def note(question: Prepared[Any], *shape: Any, **values: Any) -> list[Any]:
    """Ask as ever, and remember what was asked first."""
    asked.setdefault(question, (shape, values))
    return ask(question, *shape, **values)


def milliseconds(once: Callable[[], Any]) -> float:
    """The processor's time for one call, from a short turn of calls."""
    began = process_time_ns()
    for _ in range(PER_TURN):
        once()
    return (process_time_ns() - began) / PER_TURN / 1e6


def main() -> None:
    """Ask and print a table; the shortest turn of each counts, for a neighbour can only make one longer."""
    call_command("load_course", ROOT / "examples" / "onboarding-course", stdout=sys.stderr)
    call_command("demo", people=int(sys.argv[2]), stdout=sys.stderr)
    course = Course.objects.get()
    Prepared.__call__ = note  # type: ignore[method-assign]
    for view in make_views(Place(course.key, "main"), course):
        view.render()
    Prepared.__call__ = ask  # type: ignore[method-assign]
    print("| question | kept, ms | written anew, ms |\n| --- | ---: | ---: |")
    for question, (shape, values) in asked.items():

        def kept(question: Any = question, shape: Any = shape, values: Any = values) -> None:
            question(*shape, **values)

        def anew(question: Any = question, kept: Any = kept) -> None:
            question.forget()
            kept()

        kept()
        gc.collect()
        times = [(milliseconds(kept), milliseconds(anew)) for _ in range(TURNS)]
        best = [min(column) for column in zip(*times, strict=True)]
        print(f"| {question.__module__.rpartition('.')[2]}.{question.__name__} | {best[0]:.2f} | {best[1]:.2f} |")


if __name__ == "__main__":
    main()
