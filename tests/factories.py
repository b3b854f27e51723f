"""Making people, courses and rows, with keyword overrides for what a test is about."""

from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.utils import timezone
from opaque_keys.edx.keys import CourseKey

from reverse_mentoring_xblock.content.loading import load_training_pack
from reverse_mentoring_xblock.data import Place
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import (
    PairingState,
    ParticipantState,
    Role,
    RunBasis,
    RunState,
    SessionState,
)
from reverse_mentoring_xblock.models import (
    Interest,
    MatchRun,
    ModuleProgress,
    Pairing,
    Participant,
    Programme,
    Session,
)
from reverse_mentoring_xblock.standalone.models import CourseStaff, Enrolment

COURSE = CourseKey.from_string("course-v1:Brannock+RM101+2026")
OTHER_COURSE = CourseKey.from_string("course-v1:Brannock+OTHER+2026")
PLACE = Place(COURSE, "main")
_numbers = count(1)


def user(first_name="Ada", last_name="Okafor", *, enrolled_in=COURSE, staff_of=None, **facts):
    """A real account, enrolled in the course unless told otherwise."""
    name = facts.pop("username", f"person{next(_numbers)}")
    made = get_user_model().objects.create(
        username=name, email=f"{name}@brannock.example", first_name=first_name, last_name=last_name, **facts
    )
    if enrolled_in:
        Enrolment.objects.create(user=made, course_id=enrolled_in)
    if staff_of:
        CourseStaff.objects.create(user=made, course_id=staff_of)
    return made


def coordinator(**facts):
    """A member of the course's staff."""
    return user(staff_of=COURSE, **facts)


def programme(place=PLACE):
    """The programme's row."""
    return Programme.objects.get_or_create(context_key=place.context_key, slug=place.slug)[0]


def participant(role=Role.MENTEE, state=ParticipantState.JOINED, *, place=PLACE, account=None, topics=(), **facts):
    """A person in the programme; signed up with a complete profile when ``state`` says so."""
    if state in (ParticipantState.SIGNED_UP, ParticipantState.PAUSED):
        facts = {
            "level": 2 if role == Role.MENTOR else 6,
            "department": f"Department {next(_numbers)}",
            "site": "Leeds",
            "languages": ["en"],
            "time_zone": "Europe/London",
            "windows": [[0, 540, 720], [2, 540, 720], [3, 780, 960]],
            "rules_agreed_at": timezone.now(),
            "signed_up_at": timezone.now(),
            **facts,
        }
    made = Participant.objects.create(
        programme=programme(place), user=account or user(), role=role, state=state, **facts
    )
    Interest.objects.bulk_create(Interest(participant=made, competence=code) for code in topics)
    return made


def mentor(state=ParticipantState.SIGNED_UP, topics=("1.2", "2.4", "4.1"), **facts):
    """A signed-up mentor."""
    return participant(Role.MENTOR, state, topics=topics, **facts)


def mentee(state=ParticipantState.SIGNED_UP, topics=("1.2", "4.1", "5.2"), **facts):
    """A signed-up mentee."""
    return participant(Role.MENTEE, state, topics=topics, **facts)


def trained(person):
    """Let somebody have passed every module of their role."""
    for module in load_training_pack().modules:
        if module.role == person.role:
            ModuleProgress.objects.create(
                participant=person,
                module=module.id,
                step=len(module.pages),
                attempts=1,
                best_percent=100,
                passed_at=timezone.now(),
            )
    return person


def pairing(mentor_row=None, mentee_row=None, state=PairingState.ACTIVE, **facts):
    """Two people together."""
    mentor_row = mentor_row or mentor()
    mentee_row = mentee_row or mentee()
    live = state in (PairingState.OFFERED, PairingState.ACTIVE)
    now = timezone.now()
    active = {"mentor_accepted_at": now, "mentee_accepted_at": now, "active_at": now}
    return Pairing.objects.create(
        programme=mentor_row.programme,
        mentor=mentor_row,
        mentee=mentee_row,
        state=state,
        mentor_slot=1 if live else None,
        mentee_slot=1 if live else None,
        **({**active, **facts} if state == PairingState.ACTIVE else facts),
    )


def asked(basis=RunBasis.SCORE, rules=None, **facts):
    """A round that was asked for and that nobody works out yet."""
    rules = rules or PairingRules(require_training=False, require_assessment=False)
    defaults = {"seed": 7, "beat_at": timezone.now(), "rules": rules.as_json(), "open_slot": basis.slot}
    return MatchRun.objects.create(
        programme=programme(), basis=basis, **{"state": RunState.WORKING, **defaults, **facts}
    )


def session(pair=None, state=SessionState.HELD, **facts):
    """A meeting a week ago unless told otherwise."""
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=7)
    return Session.objects.create(pairing=pair or pairing(), state=state, **{"starts_at": start, **facts})


def everybody():
    """All accounts."""
    return get_user_model().objects.all()
