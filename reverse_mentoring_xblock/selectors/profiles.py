"""What a person has said at sign-up, for their own pages alone: it holds whom they keep apart from."""

from django.db.models import QuerySet

from ..domain.profile import Profile, SignUp, Step
from ..domain.week import well_formed
from ..models import Attempt, Interest, SignUpDraft, Veto
from .participants import ParticipantRow
from .prepared import Given, prepared


def sign_up_of(person: ParticipantRow) -> SignUp:
    """What counts of somebody in the pool; of anybody else that, and over it what they have said since. Three queries
    at most.

    Facts that came from a roster file stand in the profile before the person has gone through a step.
    """
    was_in = person.signed_up_at is not None
    profile = Profile(
        level=person.level,
        department=person.department,
        site=person.site,
        manager=person.manager,
        no_manager=was_in and not person.manager,
        time_zone=person.time_zone,
        windows=well_formed(person.windows),
        languages=tuple(person.languages),
        mode=person.mode,
        channels=tuple(person.channels),
        topics=dict(_interests(person=person.id)) if person.id else {},
        style=dict(person.style),
        capacity=person.capacity,
        has_committed=person.committed_at is not None,
        vetoes=tuple(_vetoes(person=person.id)) if person.id else (),
    )
    done = frozenset(Step) if was_in else frozenset()
    if person.is_signed_up or not person.id:
        return SignUp(profile, done)
    draft = next(iter(_drafts(person=person.id)), None)
    if draft is None:
        return SignUp(profile, done)
    return SignUp(profile.with_said(draft.said), done | {Step(code) for code in draft.done})


@prepared
def _interests() -> "QuerySet[Interest, tuple[str, int]]":
    mine = Interest.objects.filter(participant_id=Given("person"))
    return mine.order_by("competence").values_list("competence", "weight")


@prepared
def _vetoes() -> "QuerySet[Veto, str]":
    return Veto.objects.filter(participant_id=Given("person")).order_by("person").values_list("person", flat=True)


@prepared
def _drafts() -> "QuerySet[SignUpDraft]":
    return SignUpDraft.objects.filter(participant_id=Given("person"))


def settled_topics(participant_id: int) -> tuple[str, ...]:
    """Topics that the person settled on in their own report, to start the sign-up form with. One query."""
    return tuple(next(iter(_settled(person=participant_id)), ()))


@prepared
def _settled() -> "QuerySet[Attempt, list[str]]":
    handed_in = Attempt.objects.filter(participant_id=Given("person"), submitted_at__isnull=False)
    return handed_in.order_by("-submitted_at").values_list("topics", flat=True)[:1]
