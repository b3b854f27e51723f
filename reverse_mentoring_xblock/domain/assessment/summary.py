"""The scores of a round as they were when it was handed in, in a form that a row can keep.

A round that is handed in does not change, so its scores are worked out once: the matcher and the figures for a group
read them without a single answer, and they stay when answers are deleted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .profile import Profile


@dataclass(frozen=True)
class Summary:
    """Points of 0-100, unrounded. What has no score is missing, ``overall`` is None.

    ``competences`` and ``priorities`` by code, ``areas`` by id with score and level, ``rights`` are the scenarios
    answered rightly and all that were answered.
    """

    competences: Mapping[str, float] = field(default_factory=dict)
    priorities: Mapping[str, float] = field(default_factory=dict)
    areas: Mapping[str, tuple[float, str]] = field(default_factory=dict)
    overall: float | None = None
    rights: tuple[int, int] = (0, 0)

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "competences": dict(self.competences),
            "priorities": dict(self.priorities),
            "areas": {area: list(placed) for area, placed in self.areas.items()},
            "overall": self.overall,
            "rights": list(self.rights),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Summary":
        """Back from what ``as_json`` gave; an empty mapping is a round without scores."""
        return cls(
            competences=kept.get("competences", {}),
            priorities=kept.get("priorities", {}),
            areas={area: (score, level) for area, (score, level) in kept.get("areas", {}).items()},
            overall=kept.get("overall"),
            rights=tuple(kept.get("rights", (0, 0))),
        )


def summary(read: Profile) -> Summary:
    """What a profile comes to."""
    return Summary(
        competences=read.scores,
        priorities={result.code: result.priority for result in read.competences if result.priority is not None},
        areas={area.id: (area.score, area.level.name) for area in read.areas if area.score is not None and area.level},
        overall=read.overall,
        rights=(sum(said.is_right for said in read.verdicts), len(read.verdicts)),
    )
