"""Which scenarios a person meets, and what their answers say.

Scenarios are chosen once an area's self items are answered: two of each area, then up to a limit over all. First what
the programme wants asked; then competences whose self score lies within 12 points of the target, where a check tells
most; then those placed at 75 or more that matter, where being wrong would cost most; then by lot. What was chosen stays
chosen, so that changing an answer never takes a scenario away that somebody has answered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .answers import UNSURE, Answers, chosen
from .bank import SURE, Bank, Check, Form, Rung
from .ladder import lot

NEAR_TARGET = 12.0
PLACED_HIGH = 75.0
IMPORTANT = 2
HIGH_FIRST, HIGH_SECOND = 3, 2
"""Steps on rungs I and A from which a scenario of rung A is the one that tells something."""

SMALL_SET = 12
MOST_QUESTIONS = {"small": 36, "large": 56}
"""Self items and scenarios together, at the most, by the size of the set."""

SURE_FROM = SURE["fairly"]


@dataclass(frozen=True)
class Candidate:
    """A competence that could be checked: its self score and target (0-100), how much it matters (0-3 or None), and
    the rung on which a scenario would tell most."""

    competence: str
    score: float
    target: float
    matters: int | None
    rung: Rung


@dataclass(frozen=True)
class Verdict:
    """How a scenario was answered. ``probability`` is the stated confidence, None where none was stated."""

    check: Check
    choice: str
    is_right: bool
    probability: float | None

    @property
    def is_sure_and_wrong(self) -> bool:
        """Wrong, and stated as fairly sure or more."""
        return not self.is_right and self.probability is not None and self.probability >= SURE_FROM


def most_checks(bank: Bank, competences: int) -> int:
    """How many scenarios a round over so many competences asks for, at the most."""
    routing = bank.routing.checks
    wanted = routing.most if competences <= SMALL_SET else routing.most_in_large_sets
    return min(wanted, room_for_checks(competences))


def room_for_checks(competences: int) -> int:
    """How many scenarios the cap on questions leaves room for beside two self items on each competence."""
    cap = MOST_QUESTIONS["small" if competences <= SMALL_SET else "large"]
    return max(0, cap - 2 * competences)


def wanted_rung(first: int, second: int | None, route: Rung) -> Rung:
    """The rung on which a scenario tells most: B after going down, A for high steps after going up, else I."""
    if route is Rung.B:
        return Rung.B
    is_high = first >= HIGH_FIRST and second is not None and second >= HIGH_SECOND
    return Rung.A if is_high else Rung.I


def choose(bank: Bank, candidates: Iterable[Candidate], form: Form, seed: int, count: int) -> tuple[str, ...]:
    """The ids of up to ``count`` scenarios of that form, at most one of a competence, most telling first."""
    able = [candidate for candidate in candidates if bank.checks_of(candidate.competence, form)]
    ranked = sorted(able, key=lambda one: (_rank(bank, one), lot(seed, f"check:{one.competence}")))
    return tuple(_nearest(bank, candidate, form).id for candidate in ranked[: max(0, count)])


def options_in_order(check: Check, seed: int) -> tuple[str, ...]:
    """The options shuffled by the seed: a reload shows the same order."""
    return tuple(sorted(check.options, key=lambda option: lot(seed, f"{check.id}:{option}")))


def verdicts(bank: Bank, checks: Sequence[str], answers: Answers) -> tuple[Verdict, ...]:
    """The scenarios among ``checks`` that were answered, in that order."""
    found = []
    for name in checks:
        check = bank.checks.get(name)
        said = chosen(bank, check, answers) if check else None
        if check and said:
            is_right = said.choice == check.key
            probability = SURE[said.confidence] if said.choice != UNSURE and said.confidence else None
            found.append(Verdict(check, said.choice, is_right, probability))
    return tuple(found)


def by_competence(read: Iterable[Verdict]) -> Mapping[str, tuple[Verdict, ...]]:
    """Verdicts under their competence."""
    found: dict[str, tuple[Verdict, ...]] = {}
    for verdict in read:
        found[verdict.check.competence] = (*found.get(verdict.check.competence, ()), verdict)
    return found


def _rank(bank: Bank, candidate: Candidate) -> int:
    if candidate.competence in bank.routing.checks.first:
        return 0
    if abs(candidate.score - candidate.target) <= NEAR_TARGET:
        return 1
    if candidate.score >= PLACED_HIGH and (candidate.matters or 0) >= IMPORTANT:
        return 2
    return 3


def _nearest(bank: Bank, candidate: Candidate, form: Form) -> Check:
    """The scenario on the wanted rung, else on the nearest one, the easier of two that are as near."""
    order = tuple(Rung)
    wanted = order.index(candidate.rung)
    return min(
        bank.checks_of(candidate.competence, form),
        key=lambda check: (abs(order.index(check.rung) - wanted), order.index(check.rung)),
    )
