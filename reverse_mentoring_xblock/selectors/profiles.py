"""What a person said about themselves at sign-up, for their own form alone: it holds whom they keep apart from."""

from dataclasses import dataclass

from django.db.models import QuerySet

from ..models import Attempt, Interest, Veto
from .prepared import Given, prepared


@dataclass(frozen=True)
class ProfileRow:
    """Topics wanted or offered, and people not wanted as a partner, both sorted."""

    topics: tuple[str, ...]
    vetoes: tuple[str, ...]


def profile_of(participant_id: int) -> ProfileRow:
    """The lists behind a person's sign-up. Two queries."""
    return ProfileRow(
        topics=tuple(_interests(person=participant_id)),
        vetoes=tuple(_vetoes(person=participant_id)),
    )


@prepared
def _interests() -> "QuerySet[Interest, str]":
    mine = Interest.objects.filter(participant_id=Given("person"))
    return mine.order_by("competence").values_list("competence", flat=True)


@prepared
def _vetoes() -> "QuerySet[Veto, str]":
    return Veto.objects.filter(participant_id=Given("person")).order_by("person").values_list("person", flat=True)


def settled_topics(participant_id: int) -> tuple[str, ...]:
    """Topics that the person settled on in their own report, to start the sign-up form with. One query."""
    return tuple(next(iter(_settled(person=participant_id)), ()))


@prepared
def _settled() -> "QuerySet[Attempt, list[str]]":
    handed_in = Attempt.objects.filter(participant_id=Given("person"), submitted_at__isnull=False)
    return handed_in.order_by("-submitted_at").values_list("topics", flat=True)[:1]
