"""Who answers to whom in a programme, for pairs that are there already."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ..data import Place
from ..domain.matching import Mentee, Mentor, Organisation
from ..domain.states import LIVE_PAIRING, Role
from ..models import DeclaredConflict, Pairing, Participant


@dataclass(frozen=True)
class LivePair:
    """A pair that is offered or works together, and the rule that it was last found to break."""

    id: int
    mentor_id: int
    mentee_id: int
    conflict: str


@dataclass(frozen=True)
class PairedPeople:
    """The live pairs of a programme, their people with what the organisation says of them, and all lines."""

    pairs: tuple[LivePair, ...]
    mentors: Mapping[int, Mentor]
    mentees: Mapping[int, Mentee]
    organisation: Organisation


def paired_people(place: Place) -> PairedPeople:
    """Everything that the rules about the organisation look at. Three queries, whatever the size."""
    theirs = {"programme__context_key": place.context_key, "programme__slug": place.slug}
    live = Pairing.objects.filter(**theirs, state__in=LIVE_PAIRING).order_by("pk")
    pairs = tuple(LivePair(*row) for row in live.values_list("pk", "mentor_id", "mentee_id", "conflict"))
    if not pairs:
        return PairedPeople((), {}, {}, Organisation.of(()))
    apart: dict[int, set[int]] = defaultdict(set)
    for mentor, mentee in DeclaredConflict.objects.filter(**theirs).values_list("mentor_id", "mentee_id"):
        apart[mentor].add(mentee)
    mentors: dict[int, Mentor] = {}
    mentees: dict[int, Mentee] = {}
    people = Participant.objects.filter(**theirs).values_list("pk", "role", "manager", "user__username", "user__email")
    for id_, role, manager, *names in people:
        aliases = frozenset(filter(None, names))
        if role == Role.MENTOR:
            conflicts = frozenset(apart.get(id_, ()))
            mentors[id_] = Mentor(id=id_, level=0, manager=manager, aliases=aliases, conflicts=conflicts)
        else:
            mentees[id_] = Mentee(id=id_, level=0, manager=manager, aliases=aliases)
    return PairedPeople(pairs, mentors, mentees, Organisation.of([*mentors.values(), *mentees.values()]))
