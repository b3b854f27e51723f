"""The item bank as values: what may be asked and how it is scored. Not its words, nor its file.

Competences and areas are those of DigComp 3.0; items, scenarios, scales and scoring are this product's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

AUTONOMY = "autonomy"
MATTERS = "matters"
MET = "met"
REACHED = "reached"
SCALES: Mapping[str, tuple[int, ...]] = {
    AUTONOMY: (0, 1, 2, 3, 4),
    MATTERS: (0, 1, 2, 3),
    MET: (0, 1, 2),
    REACHED: (0, 1, 2),
}
SURE: Mapping[str, float] = {"guess": 0.25, "even": 0.50, "fairly": 0.75, "certain": 0.95}
"""How sure a person is of a scenario's answer, as the probability that the words stand for."""

CUTS = ("basic", "intermediate", "advanced")
LEVELS = ("starting", *CUTS)


class Rung(StrEnum):
    """The three difficulties at which a competence is asked about."""

    B = "B"  # basic
    I = "I"  # noqa: E741 - the bank's own name for the intermediate rung
    A = "A"  # advanced


class Form(StrEnum):
    """Two stories that test the same thing: one for each round, so that nobody meets a story twice."""

    A = "A"
    B = "B"

    @property
    def other(self) -> "Form":
        """The form of the other round."""
        return Form.B if self is Form.A else Form.A


@dataclass(frozen=True)
class Item:
    """One statement that a person places themselves on."""

    id: str
    kind: str
    competence: str
    rung: Rung
    scale: str
    status: str
    ai: str
    review_by: str

    @property
    def is_live(self) -> bool:
        """Whether it is asked; drafts and retired items keep their id and are not."""
        return self.status == "live"


@dataclass(frozen=True)
class Check:
    """A scenario with options of which one, ``key``, is right. ``is_risk``: being sure and wrong would do harm."""

    id: str
    competence: str
    rung: Rung
    form: Form
    options: tuple[str, ...]
    key: str
    is_risk: bool
    status: str
    ai: str
    review_by: str
    topics: tuple[str, ...] = ()

    @property
    def is_live(self) -> bool:
        """Whether it is asked."""
        return self.status == "live"


@dataclass(frozen=True)
class Term:
    """A word of digital work that people may have met; ``is_real`` is false for one that was invented for the list."""

    id: str
    is_real: bool
    status: str
    review_by: str

    @property
    def is_live(self) -> bool:
        """Whether it is asked."""
        return self.status == "live"


@dataclass(frozen=True)
class Area:
    """One of the five areas, with the codes of its competences in the framework's order."""

    id: str
    competences: tuple[str, ...]


@dataclass(frozen=True)
class Framework:
    """Where areas and competences come from."""

    id: str
    edition: str
    licence: str


@dataclass(frozen=True)
class CheckRouting:
    """How many scenarios are asked: ``per_area`` first, then up to ``most`` (``most_in_large_sets`` of more than
    twelve competences). ``first`` are competences whose scenario the programme wants asked before any other."""

    per_area: int = 2
    most: int = 10
    most_in_large_sets: int = 12
    first: tuple[str, ...] = ()


@dataclass(frozen=True)
class Routing:
    """The two-step ladder: ask ``start_rung``; from step ``up_from`` on ask A next, below it B. Then scenarios."""

    start_rung: Rung
    up_from: int
    checks: CheckRouting = CheckRouting()


@dataclass(frozen=True)
class Scoring:
    """Cut points on 0-100 in ascending order, and errors of measurement in the same points."""

    cuts: Mapping[str, float]
    rho_within: float
    sem: Mapping[str, float]
    provisional: bool


@dataclass(frozen=True)
class Bank:
    """The instrument without its words. ``digest`` is the SHA-256 of the file that it came from."""

    id: str
    version: str
    digest: str
    framework: Framework
    areas: tuple[Area, ...]
    sets: Mapping[str, tuple[str, ...]]
    items: Mapping[str, Item]
    routing: Routing
    scoring: Scoring
    checks: Mapping[str, Check] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)

    @property
    def major(self) -> str:
        """The part of the version that changes with meaning or scoring: rounds of two majors are never compared."""
        return self.version.partition(".")[0]

    @cached_property
    def competences(self) -> tuple[str, ...]:
        """All codes, area by area."""
        return tuple(code for area in self.areas for code in area.competences)

    @cached_property
    def area_of(self) -> Mapping[str, str]:
        """The area's id by competence code."""
        return {code: area.id for area in self.areas for code in area.competences}

    @cached_property
    def askable(self) -> frozenset[str]:
        """The codes that have a live self item on each rung: those that a round can ask about."""
        return frozenset(code for code in self.competences if all((code, rung) in self._self_items for rung in Rung))

    def self_item(self, competence: str, rung: Rung) -> Item:
        """The live self item for that rung. Raises KeyError when the bank has none."""
        try:
            return self._self_items[competence, rung]
        except KeyError:
            raise KeyError(f"bank {self.id} {self.version} has no live self item {competence} {rung}") from None

    def checks_of(self, competence: str, form: Form) -> tuple[Check, ...]:
        """The live scenarios of that form, by rung from B to A. Empty when there are none."""
        return self._checks.get((competence, form), ())

    def counterpart(self, check: str) -> str | None:
        """The scenario that tests the same thing with the other story, or None when the bank has none."""
        asked = self.checks.get(check)
        if asked is None:
            return None
        others = self.checks_of(asked.competence, asked.form.other)
        return next((other.id for other in others if other.rung is asked.rung), None)

    @cached_property
    def _self_items(self) -> Mapping[tuple[str, Rung], Item]:
        found: dict[tuple[str, Rung], Item] = {}
        for item in self.items.values():
            if item.is_live and item.kind == "self":
                found.setdefault((item.competence, item.rung), item)
        return found

    @cached_property
    def _checks(self) -> Mapping[tuple[str, Form], tuple[Check, ...]]:
        found: dict[tuple[str, Form], list[Check]] = {}
        for check in self.checks.values():
            if check.is_live:
                found.setdefault((check.competence, check.form), []).append(check)
        order = tuple(Rung)
        return {place: tuple(sorted(some, key=lambda one: order.index(one.rung))) for place, some in found.items()}
