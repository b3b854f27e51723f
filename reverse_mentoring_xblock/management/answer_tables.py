"""From rounds to the tables that coefficients are worked out from: plain lists, people without names or order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..domain.assessment.answers import NA, SKIP, step
from ..domain.assessment.bank import Area, Bank, Rung
from ..domain.assessment.ladder import second_rung
from ..domain.assessment.profile import Profile
from ..domain.assessment.rounds import Round

Rows = list[list[float]]
_TOP_STEP = 4


@dataclass
class ItemAnswers:
    """What people did with one question: ``pairs`` of their result and the rest of theirs, and how many gave none.

    A self item's result is its step (0-4) and its rest the mean of the person's other self scores; a scenario's is 1 or
    0 and its rest the share right of the person's other scenarios.
    """

    pairs: Rows = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    skipped: int = 0
    not_in_role: int = 0

    @property
    def asked(self) -> int:
        """How many people met it."""
        return len(self.answered) + self.skipped + self.not_in_role


def common_competences(rounds: Sequence[Round], area: Area) -> tuple[str, ...]:
    """The competences of an area that everybody was asked about."""
    return tuple(code for code in area.competences if all(code in said.competences for said in rounds))


def competence_table(profiles: Iterable[Profile], codes: Sequence[str]) -> Rows:
    """Evidence scores, one column a competence, of the people who have all of them."""
    scored = (profile.scores for profile in profiles)
    return [[scores[code] for code in codes] for scores in scored if all(code in scores for code in codes)]


def rung_table(rounds: Iterable[Round], codes: Sequence[str]) -> Rows:
    """Steps, three columns a competence, of the people who answered both their rungs everywhere.

    The rung that was not asked counts as in the score: 4 below the one asked first, 0 above it. Columns in which
    everybody has the same step say nothing and are left out.
    """
    rows = [steps for steps in (_steps(said, codes) for said in rounds) if steps is not None]
    varied = [place for place in range(len(codes) * len(Rung)) if len({row[place] for row in rows}) > 1]
    return [[row[place] for place in varied] for row in rows]


def item_answers(bank: Bank, rounds: Iterable[Round]) -> Mapping[str, ItemAnswers]:
    """Every self item and scenario that somebody met, in the bank's order."""
    found = {name: ItemAnswers() for name in (*bank.items, *bank.checks)}
    for said in rounds:
        scores = {code: said.self_score(code) for code in said.competences}
        rights = {one.check.id: float(one.is_right) for one in said.profile().verdicts}
        for question in said.path():
            value: float | None
            if question.kind == "self":
                value, rest = step(said.bank, question.id, said.answers), _others(scores, question.competence)
            elif question.kind == "check":
                value, rest = rights.get(question.id), _others(rights, question.id)
            else:
                continue
            if question.id in found:
                _note(found[question.id], said.answers.get(question.id), value, rest)
    return {name: answers for name, answers in found.items() if answers.asked}


def retest_tables(bank: Bank, retests: Iterable[tuple[Round, Round]]) -> Mapping[str, Rows]:
    """Scores before and after, by what they are scores of: "overall", "area 1" and so on, "skills" taken together."""
    tables: dict[str, Rows] = {name: [] for name in ("overall", *(f"area {area.id}" for area in bank.areas), "skills")}
    for before, after in (map(Round.profile, pair) for pair in retests):
        later = {area.id: area.score for area in after.areas}
        _pair(tables["overall"], before.overall, after.overall)
        for area in before.areas:
            _pair(tables[f"area {area.id}"], area.score, later.get(area.id))
        for code, score in before.scores.items():
            _pair(tables["skills"], score, after.scores.get(code))
    return tables


def _pair(table: Rows, before: float | None, after: float | None) -> None:
    if before is not None and after is not None:
        table.append([before, after])


def _note(item: ItemAnswers, answer: object, value: float | None, rest: float | None) -> None:
    item.skipped += answer == SKIP
    item.not_in_role += answer == NA
    if value is not None:
        item.answered.append(value)
        if rest is not None:
            item.pairs.append([value, rest])


def _others(values: Mapping[str, float | None], name: str) -> float | None:
    """The mean of all but one."""
    rest = [value for other, value in values.items() if other != name and value is not None]
    return sum(rest) / len(rest) if rest else None


def _steps(said: Round, codes: Sequence[str]) -> list[float] | None:
    row: list[float] = []
    for code in codes:
        rung = second_rung(said.bank, code, said.answers, said.routes)
        if rung is None:
            return None
        steps: dict[Rung, float | None] = {Rung.B: _TOP_STEP, Rung.A: 0}
        for asked in (Rung.I, rung):
            steps[asked] = step(said.bank, said.bank.self_item(code, asked).id, said.answers)
        for one in Rung:
            value = steps[one]
            if value is None:
                return None
            row.append(value)
    return row
