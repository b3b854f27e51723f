"""A coordinator makes a circle, or ends one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ..data import Place
from ..domain.circles import LEAST_MENTEES, MOST_MENTEES
from ..domain.errors import Conflict, Invalid, NotFound
from ..domain.matching import pair_reason, utility
from ..domain.pairing_rules import PairingRules
from ..domain.states import LIVE_PAIRING, Role
from ..models import Circle, Pairing, Participant, Programme
from ..selectors.cohort import cohort_of
from ..selectors.pairings import stored_reason
from .circle_rows import end_rows
from .history import note
from .offering import NewPair, offer
from .pairing_locks import claim_programme, hold_still, move_up


@dataclass(frozen=True)
class Made:
    """A circle on offer, to so many mentees."""

    circle: str
    mentees: int
    is_changed: bool = True


@transaction.atomic
def offer_circle(
    place: Place, user_id: int, topic: str, mentor: UUID, mentees: Collection[UUID], rules: PairingRules
) -> Made:
    """Offer a circle on one topic to a mentor and three to six mentees, who accept or decline each for themselves.

    Every rule is checked for each mentee with the mentor. Making the same circle twice is making it once. Raises
    NotFound for people who are not here, Invalid for too few or too many, and Conflict, in one code whatever the
    reason is, when one of them cannot be in it now.
    """
    programme = claim_programme(place)
    wanted = set(mentees)
    if not LEAST_MENTEES <= len(wanted) <= MOST_MENTEES:
        raise Invalid("circle_size", field="mentees", least=LEAST_MENTEES, most=MOST_MENTEES)
    ids = _people(programme, mentor, wanted)
    there = _same(ids)
    if there is not None:
        return Made(str(there.uuid), len(wanted), is_changed=False)
    hold_still([ids[mentor], *(ids[one] for one in wanted)])
    pairs = _pairs(place, rules, topic, ids[mentor], [ids[one] for one in wanted])
    circle = Circle.objects.create(programme=programme, mentor_id=ids[mentor], topic=topic)
    offers = offer(programme, pairs, rules.answer_days, origin="circle")
    Pairing.objects.filter(uuid__in=[row.uuid for row in offers]).update(circle=circle)
    note(programme, user_id, "circle.offered", circle=circle.pk, mentees=len(offers))
    return Made(str(circle.uuid), len(offers))


@transaction.atomic
def end_circle(place: Place, user_id: int, circle: UUID) -> Made:
    """End a circle for everybody in it. Who had only an offer moves up the queue. Doing it twice is doing it once.

    Raises NotFound when there is no such circle in this programme.
    """
    programme = claim_programme(place)
    row = Circle.objects.filter(programme=programme, uuid=circle).first()
    if row is None:
        raise NotFound("not_here")
    closed, waited = end_rows(row.uuid)
    move_up(waited)
    if closed:
        note(programme, user_id, "circle.ended", circle=row.pk, pairings=len(closed))
    return Made(str(row.uuid), len(closed), is_changed=bool(closed))


def _people(programme: Programme, mentor: UUID, mentees: Collection[UUID]) -> Mapping[UUID, int]:
    """Row ids by public ids. Raises NotFound unless all are here in their roles."""
    rows = Participant.objects.filter(programme=programme, uuid__in=[mentor, *mentees])
    roles = {row.uuid: Role(row.role) for row in rows}
    if roles != {**dict.fromkeys(mentees, Role.MENTEE), mentor: Role.MENTOR}:
        raise NotFound("not_here")
    return {row.uuid: row.pk for row in rows}


def _same(ids: Mapping[UUID, int]) -> Circle | None:
    """The live circle of exactly these people, if there is one."""
    rows = Pairing.objects.filter(mentor__in=ids.values(), circle__isnull=False, state__in=LIVE_PAIRING)
    found = list(rows.select_related("circle"))
    is_same = bool(found) and {row.mentee_id for row in found} | {found[0].mentor_id} == set(ids.values())
    return found[0].circle if is_same else None


def _pairs(place: Place, rules: PairingRules, topic: str, mentor_id: int, mentee_ids: Collection[int]) -> list[NewPair]:
    """The mentor with each mentee, and why they fit. Raises Conflict unless every one of them may be paired."""
    cohort = cohort_of(place, rules, only=[mentor_id, *mentee_ids])
    if len(cohort.mentors) != 1 or len(cohort.mentees) != len(mentee_ids):
        raise Conflict("circle_changed")
    [mentor] = cohort.mentors
    org = cohort.organisation
    policy = rules.policy(timezone.now().date())
    pairs = []
    for mentee in cohort.mentees:
        is_on_topic = topic in mentor.offered and topic in mentee.wanted
        if not is_on_topic or not cohort.permits(mentor, mentee, org, policy):
            raise Conflict("circle_changed")
        worth = utility(mentor, mentee, policy)
        pairs.append(NewPair(mentor.id, mentee.id, stored_reason(pair_reason(mentor, mentee, worth), worth, mentee)))
    return pairs
