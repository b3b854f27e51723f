"""What a person said about themselves at sign-up, for their own form alone: it holds whom they keep apart from."""

from dataclasses import dataclass

from ..models import Attempt, Interest, Veto


@dataclass(frozen=True)
class ProfileRow:
    """Topics wanted or offered, and people not wanted as a partner, both sorted."""

    topics: tuple[str, ...]
    vetoes: tuple[str, ...]


def profile_of(participant_id: int) -> ProfileRow:
    """The lists behind a person's sign-up. Two queries."""
    return ProfileRow(
        topics=tuple(
            Interest.objects.filter(participant_id=participant_id)
            .order_by("competence")
            .values_list("competence", flat=True)
        ),
        vetoes=tuple(
            Veto.objects.filter(participant_id=participant_id).order_by("person").values_list("person", flat=True)
        ),
    )


def settled_topics(participant_id: int) -> tuple[str, ...]:
    """Topics that the person settled on in their own report, to start the sign-up form with. One query."""
    topics = (
        Attempt.objects.filter(participant_id=participant_id, submitted_at__isnull=False)
        .order_by("-submitted_at")
        .values_list("topics", flat=True)
        .first()
    )
    return tuple(topics or ())
