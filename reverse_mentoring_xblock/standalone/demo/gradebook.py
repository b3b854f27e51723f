"""What the gradebook of the site says of the demo's people: the same as if they had done it all themselves."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from xblock.core import XBlock

from ...domain.journal_score import share
from ...domain.states import Role, SessionState
from ..models import Completion, Course, CourseNode, Score
from .bulk import add
from .plan import Chunk, PersonPlan, Stage
from .sheets import modules_of_role

PREFIX = "reverse_mentoring_"


@dataclass(frozen=True)
class Earned:
    """What one person has in one block. None where the gradebook has no entry."""

    score: float | None = None
    is_complete: bool = False


@dataclass(frozen=True)
class Gradebook:
    """The blocks of the course with their settings, by part of the programme."""

    blocks: Mapping[str, Sequence[tuple[CourseNode, Mapping[str, Any]]]]

    @classmethod
    def of(cls, course: Course, programme: str) -> "Gradebook":
        """The course's blocks of this programme."""
        blocks: dict[str, list[tuple[CourseNode, Mapping[str, Any]]]] = {}
        for node in course.nodes.filter(category__startswith=PREFIX):
            fields = XBlock.load_class(node.category).fields
            settings = {name: field.default for name, field in fields.items()} | node.fields
            if settings["programme"] == programme:
                blocks.setdefault(node.category.removeprefix(PREFIX), []).append((node, settings))
        return cls(blocks)

    def write(
        self,
        chunk: Chunk,
        accounts: Sequence[AbstractBaseUser],
        shares: Mapping[int, Sequence[float]],
        ended: Collection[int],
    ) -> None:
        """Scores and completion of a chunk. ``shares`` are the best results of training modules, by place; ``ended``
        are the places of those who handed in the end round."""
        scores, completion = [], []
        counted, paired = _in_pairs(chunk)
        for place, (person, account) in enumerate(zip(chunk.people, accounts, strict=True)):
            own = self._of(person, shares.get(place, ()), counted.get(place), place in paired, place in ended)
            for node, earned in own:
                facts = {"user": account, "usage_key": node.usage_key}
                if earned.score is not None:
                    scores.append(Score(**facts, value=earned.score, max_value=1.0))
                if earned.is_complete:
                    completion.append(Completion(**facts, completion=1.0))
        add(scores)
        add(completion)

    def _of(
        self, person: PersonPlan, shares: Sequence[float], counted: int | None, is_paired: bool, has_ended: bool
    ) -> Iterator[tuple[CourseNode, Earned]]:
        for node, settings in self.blocks.get("training", ()):
            if shares and settings["role"] in ("any", person.role):
                mean = sum(shares) / len(modules_of_role(person.role))
                yield node, Earned(mean, is_complete=person.stage >= Stage.TRAINED)
        for node, settings in self.blocks.get("assessment", ()):
            if has_ended if settings["phase"] == "end" else person.stage >= Stage.ASSESSED:
                yield node, Earned(1.0 if settings["weight"] else None, is_complete=True)
        for node, _settings in self.blocks.get("pairing", ()):
            yield node, Earned(is_complete=is_paired)
        for node, settings in self.blocks.get("journal", ()):
            if counted is not None:
                earned = share(counted, settings["required_sessions"])
                yield node, Earned(earned, is_complete=earned >= 1)


def _in_pairs(chunk: Chunk) -> tuple[dict[int, int], set[int]]:
    """By place: sessions that count, of those who ever confirmed or wrote about one; and who has had a partner."""
    counted: dict[int, int] = {}
    paired = set()
    for pair in chunk.pairs:
        for role, place in ((Role.MENTOR, pair.mentor), (Role.MENTEE, pair.mentee)):
            if pair.active is not None:
                paired.add(place)
            held = [session for session in pair.sessions if session.state is SessionState.HELD]
            if any(role in session.confirmed for session in held):
                own = sum(role in session.confirmed and role in session.reflected for session in held)
                counted[place] = counted.get(place, 0) + own
    return counted, paired
