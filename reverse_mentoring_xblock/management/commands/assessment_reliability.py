"""How well the self-assessment measures, on the answers of this site: counts and coefficients, never a person."""

from collections.abc import Iterator
from math import isnan
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from opaque_keys import InvalidKeyError
from opaque_keys.edx.keys import LearningContextKey

from ...domain.assessment.bank import Bank
from ...domain.disclosure import FLOOR
from ...selectors.reliability import Sample, sample_of
from ..answer_tables import (
    common_competences,
    competence_table,
    item_answers,
    retest_tables,
    rung_table,
)
from ..coefficients import alpha, correlation, omega, retest_error

LEAST_PEOPLE = 100
LEAST_ANSWERS = 30
"""So many answers to one question until its figures say something about the question."""

_TOO_HARD, _TOO_EASY, _APART = 0.25, 0.92, 0.15
_NONE = "-"


class Command(BaseCommand):
    """``./manage.py lms assessment_reliability``"""

    help = (
        "Work out how well the self-assessment measures, from the answers on this site: reliability of each area, "
        "error of measurement, figures on each question. It takes 100 people, and prints nothing about any of them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--course", default="", help="course key; without it, all courses")
        parser.add_argument("--programme", default="", help="name of a programme; without it, all programmes")
        parser.add_argument("--phase", choices=("start", "end"), default="start", help="which round (start)")

    def handle(self, *args: Any, **options: Any) -> None:
        sample = sample_of(options["phase"], _course(options["course"]), options["programme"])
        people = len(sample.rounds) if sample else 0
        if sample is None or people < LEAST_PEOPLE:
            raise CommandError(
                f"{people} people have handed in this round, and it takes {LEAST_PEOPLE}. Below that, reliability is a "
                "guess: among 30 people, an alpha that is really .65 comes out anywhere from .35 to .82."
            )
        self.stdout.write(f"{people} people, {options['phase']} round, bank {sample.bank.id} {sample.bank.version}.")
        if sample.careless:
            self.stdout.write(f"Rounds left out because they look clicked through: {sample.careless}.")
        for part in (_areas, _errors, _items):
            for line in ("", *part(sample)):
                self.stdout.write(line)


def _course(key: str) -> LearningContextKey | None:
    try:
        return LearningContextKey.from_string(key) if key else None
    except InvalidKeyError as error:
        raise CommandError(f"{key} is not a course key.") from error


def _areas(sample: Sample) -> Iterator[str]:
    yield "Reliability of each area"
    yield _line("", "alpha", "omega", "parts", "people")
    profiles = [said.profile() for said in sample.rounds]
    for area in sample.bank.areas:
        codes = common_competences(sample.rounds, area)
        tables = {"skills": competence_table(profiles, codes), "rungs": rung_table(sample.rounds, codes)}
        for name, table in tables.items():
            is_enough = len(table) >= LEAST_PEOPLE and len(table[0]) > 1
            both = [_figure(of(table)) if is_enough else _NONE for of in (alpha, omega)]
            yield _line(f"area {area.id}, {name}", *both, len(table[0]) if table else 0, len(table))
    yield "Report the line of the skills: it is the cautious one. Its parts are the scores of the skills, so it says"
    yield "how far the area holds beyond the skills that were asked. The other takes each rung of the ladder; a rung"
    yield f"not asked counts as in the score. {_NONE}: under {LEAST_PEOPLE} people with every answer, or one part."


def _errors(sample: Sample) -> Iterator[str]:
    yield "Error of measurement, in points, from people who did two rounds within 7 to 14 days"
    if not sample.retests:
        yield "There are none. The errors in the bank's file stay the best guess."
        return
    yield _line("", "error", "people")
    is_enough = len(sample.retests) >= FLOOR
    for name, table in retest_tables(sample.bank, sample.retests).items():
        people = len(sample.retests) if name == "skills" else len(table)
        yield _line(name, f"{retest_error(table):.1f}" if is_enough and people >= FLOOR else _NONE, people)
    yield f"30 to 50 people make it worth using. {_NONE}: under {FLOOR} people."


def _items(sample: Sample) -> Iterator[str]:
    yield "Each question: mean step or share right, correlation with the rest of the person's answers, no answer"
    yield _line("", "mean", "rest", "answers", "skipped", "not in role")
    for name, item in item_answers(sample.bank, sample.rounds).items():
        answers = len(item.answered)
        mean = sum(item.answered) / answers if answers >= LEAST_ANSWERS else None
        rest = correlation(item.pairs) if len(item.pairs) >= LEAST_ANSWERS else None
        counts = (answers, _share(item.skipped, item.asked), _share(item.not_in_role, item.asked))
        yield _line(name, _figure(mean), _figure(rest), *counts, _advice(sample.bank, name, mean, rest))
    yield f"{_NONE}: under {LEAST_ANSWERS} answers, or all alike. Worth a look: hard, right for under 25 % of people;"
    yield "easy, for over 92 %; apart, a correlation with the rest below .15."


def _advice(bank: Bank, name: str, mean: float | None, rest: float | None) -> str:
    said = []
    if name in bank.checks and mean is not None:
        said += ["hard"] if mean < _TOO_HARD else ["easy"] if mean > _TOO_EASY else []
    if rest is not None and rest < _APART:
        said.append("apart")
    return ", ".join(said)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole >= FLOOR else _NONE


def _figure(value: float | None) -> str:
    return _NONE if value is None or isnan(value) else f"{value:.2f}"


def _line(name: str, *cells: object) -> str:
    return (f"{name:<18}" + "".join(f"{cell!s:>12}" for cell in cells)).rstrip()
