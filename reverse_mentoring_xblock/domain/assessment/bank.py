"""The item bank as values: what may be asked and how it is scored. Not its words, nor its file.

Competences and areas are those of DigComp 3.0; items, scales and scoring are this product's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

AUTONOMY = "autonomy"
MATTERS = "matters"
SCALES: Mapping[str, tuple[int, ...]] = {AUTONOMY: (0, 1, 2, 3, 4), MATTERS: (0, 1, 2, 3)}
CUTS = ("basic", "intermediate", "advanced")
LEVELS = ("starting", *CUTS)


class Rung(StrEnum):
    """The three difficulties at which a competence is asked about."""

    B = "B"  # basic
    I = "I"  # noqa: E741 - the bank's own name for the intermediate rung
    A = "A"  # advanced


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
class Routing:
    """The two-step ladder: ask ``start_rung``; from step ``up_from`` on ask A next, below it B."""

    start_rung: Rung
    up_from: int


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

    @cached_property
    def competences(self) -> tuple[str, ...]:
        """All codes, area by area."""
        return tuple(code for area in self.areas for code in area.competences)

    def self_item(self, competence: str, rung: Rung) -> Item:
        """The live self item for that rung. Raises KeyError when the bank has none."""
        try:
            return self._self_items[competence, rung]
        except KeyError:
            raise KeyError(f"bank {self.id} {self.version} has no live self item {competence} {rung}") from None

    @cached_property
    def _self_items(self) -> Mapping[tuple[str, Rung], Item]:
        found: dict[tuple[str, Rung], Item] = {}
        for item in self.items.values():
            if item.is_live and item.kind == "self":
                found.setdefault((item.competence, item.rung), item)
        return found
