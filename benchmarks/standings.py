"""Who looks: one person for each place that people can have in the programme, chosen from the demo's rows.

Of all people in the same place the one with the most rows is taken, so that no view is measured on an easy case.
"""

from collections.abc import Mapping

from django.contrib.auth import get_user_model
from django.db.models import Count, F, Q, QuerySet

from reverse_mentoring_xblock.data import Place
from reverse_mentoring_xblock.domain.states import LIVE_PAIRING, PairingState, ParticipantState, Role
from reverse_mentoring_xblock.models import Attempt, ModuleProgress, Pairing, Participant
from reverse_mentoring_xblock.standalone.models import CourseStaff, Enrolment

ROLES = {Role.MENTOR: "mentor", Role.MENTEE: "mentee"}
COORDINATOR = "coordinator"
NOT_JOINED = "not joined"
IN_TRAINING = "in training"
IN_ASSESSMENT = "in assessment"
PAIRED = "paired"
AT_A_SESSION = "at a session"  # one more of the paired, who has a session open in the journal


def people(place: Place) -> Mapping[str, int]:
    """User ids by their place in the programme. Places that nobody has are left out."""
    found: dict[str, int | None] = {NOT_JOINED: _not_joined(place)}
    for role, called in ROLES.items():
        everybody = _weighed(place, role)
        for standing, condition in _standings(role).items():
            heaviest = everybody.filter(condition).order_by("-rows", "pk").values_list("user_id", flat=True)[:2]
            names = (standing, AT_A_SESSION) if standing == PAIRED else (standing,)
            found.update({f"{called}, {name}": user_id for name, user_id in zip(names, heaviest, strict=False)})
    found[COORDINATOR] = (
        CourseStaff.objects.filter(course_id=place.context_key).order_by("pk").values_list("user_id", flat=True).first()
    )
    return {name: user_id for name, user_id in found.items() if user_id is not None}


def _not_joined(place: Place) -> int | None:
    """Somebody who takes the course and has not chosen a role; made when the demo has nobody."""
    inside = Participant.objects.filter(programme__context_key=place.context_key).exclude(
        state=ParticipantState.INVITED
    )
    staff = CourseStaff.objects.filter(course_id=place.context_key)
    free = Enrolment.objects.filter(course_id=place.context_key, is_active=True).exclude(user__in=inside.values("user"))
    enrolment = free.exclude(user__in=staff.values("user")).order_by("pk").first()
    if enrolment is None:
        user = get_user_model().objects.create(username="bench-newcomer", first_name="Robin", last_name="Newcomer")
        enrolment = Enrolment.objects.create(user=user, course_id=place.context_key)
    return int(enrolment.user_id)


def _weighed(place: Place, role: Role) -> QuerySet[Participant]:
    pairings = f"pairings_as_{role}"
    return Participant.objects.filter(
        programme__context_key=place.context_key, programme__slug=place.slug, role=role
    ).annotate(
        rows=Count("module_progress", distinct=True)
        + Count("attempts__answers", distinct=True)
        + Count("interests", distinct=True)
        + Count(pairings, distinct=True)
        + Count(f"{pairings}__sessions", distinct=True)
        + Count(f"{pairings}__actions", distinct=True)
        + Count("reflections", distinct=True)
        + F("capacity")
    )


def _standings(role: Role) -> Mapping[str, Q]:
    joined = Q(state=ParticipantState.JOINED)
    progress = Q(pk__in=ModuleProgress.objects.values("participant"))
    attempts = Attempt.objects.order_by().values("participant")
    assessing = Q(pk__in=attempts.filter(submitted_at=None))
    assessed = Q(pk__in=attempts.exclude(submitted_at=None))

    def paired(*states: PairingState) -> Q:
        return Q(pk__in=Pairing.objects.filter(state__in=states).values(role))

    free = ~paired(*LIVE_PAIRING)
    return {
        "joined": joined & ~progress & ~assessing & ~assessed,
        IN_TRAINING: joined & progress & ~assessing & ~assessed,
        IN_ASSESSMENT: assessing,
        "assessed": joined & assessed,
        "signed up": Q(state=ParticipantState.SIGNED_UP) & free,
        "offered": Q(state=ParticipantState.SIGNED_UP) & paired(PairingState.OFFERED),
        PAIRED: Q(state=ParticipantState.SIGNED_UP) & paired(PairingState.ACTIVE),
        "pairing ended": Q(state=ParticipantState.SIGNED_UP) & free & paired(PairingState.ENDED),
        "paused": Q(state=ParticipantState.PAUSED),
        "withdrawn": Q(state=ParticipantState.WITHDRAWN),
    }
