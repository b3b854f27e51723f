"""Mentors whom a mentee could be handed over to."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ..data import Place
from ..domain.matching import pair_reason, utility
from ..domain.pairing_rules import PairingRules
from ..domain.states import LIVE_PAIRING, Role
from ..models import Pairing, Participant
from .cohort import cohort_of
from .pairings import PersonRow, ReasonRow, people_by_id, reason_row, stored_reason
from .participants import by_name, is_named
from .readiness import is_ready, with_standing

LOOKED_AT = 200
"""Mentors with room who are checked at once: the first by name of those that a search finds."""
SHOWN = 20


@dataclass(frozen=True)
class Replacement:
    """A mentor with room whom no rule keeps from the mentee, and why they would fit."""

    mentor: PersonRow
    reason: ReasonRow


@dataclass(frozen=True)
class Replacements:
    """The best that were found, best first. ``has_more`` says that more mentors have room than were looked at."""

    rows: tuple[Replacement, ...] = ()
    has_more: bool = False


def replacements(place: Place, rules: PairingRules, pairing: UUID, search: str, today: date) -> Replacements:
    """Whom this mentee could work with instead, by name if ``search`` holds one. The number of queries is bounded.

    Everybody in the list passes every rule, so nothing tells why somebody else is not in it.
    """
    theirs = {"programme__context_key": place.context_key, "programme__slug": place.slug}
    row = Pairing.objects.filter(**theirs, uuid=pairing, state__in=LIVE_PAIRING).first()
    if row is None:
        return Replacements()
    mentors = with_standing(Participant.objects.filter(**theirs, role=Role.MENTOR).exclude(pk=row.mentor_id))
    found = mentors.filter(is_ready(rules), is_named(search, "user")).order_by(*by_name("user"), "pk")
    ids = list(found.values_list("pk", flat=True)[: LOOKED_AT + 1])
    best = _fitting(place, rules, row.mentee_id, ids[:LOOKED_AT], today)
    people = people_by_id([id_ for id_, _reason in best])
    chosen = tuple(Replacement(people[id_], reason) for id_, reason in best if id_ in people)
    return Replacements(chosen, has_more=len(ids) > LOOKED_AT)


def _fitting(
    place: Place, rules: PairingRules, mentee_id: int, mentor_ids: list[int], today: date
) -> list[tuple[int, ReasonRow]]:
    """Those who fit, by their points, each with its reason."""
    cohort = cohort_of(place, rules, only=[mentee_id, *mentor_ids], freed=[mentee_id])
    mentee = next((one for one in cohort.mentees if one.id == mentee_id), None)
    if mentee is None:
        return []
    org = cohort.organisation
    policy = rules.policy(today)
    fitting = [mentor for mentor in cohort.mentors if cohort.permits(mentor, mentee, org, policy)]
    worth = {mentor.id: utility(mentor, mentee, policy) for mentor in fitting}
    best = sorted(fitting, key=lambda mentor: (-worth[mentor.id].total, mentor.id))[:SHOWN]
    reasons = ((one.id, stored_reason(pair_reason(one, mentee, worth[one.id]), worth[one.id], mentee)) for one in best)
    return [(id_, reason_row(reason)) for id_, reason in reasons]
