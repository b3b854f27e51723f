"""Events for the platform's analytics. Names are permanent; no names of people and no free text travel in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PREFIX = "reverse_mentoring."

#: Every event that the blocks emit. ADR 0007 says what each carries.
NAMES = frozenset(
    {
        "participant.joined",
        "participant.role_changed",
        "training.check_submitted",
        "training.passed",
        "assessment.started",
        "assessment.submitted",
        "assessment.topic_swapped",
        "assessment.sharing_chosen",
        "assessment.offers_chosen",
        "assessment.goals_kept",
        "assessment.cohort_viewed",
        "assessment.cohort_exported",
        "pairing.signed_up",
        "pairing.paused",
        "pairing.resumed",
        "pairing.withdrawn",
        "pairing.search_started",
        "pairing.search_cancelled",
        "pairing.proposed",
        "pairing.discarded",
        "pairing.released",
        "pairing.finished",
        "pairing.overridden",
        "pairing.offered_by_hand",
        "pairing.accepted",
        "pairing.declined",
        "pairing.activated",
        "pairing.ended",
        "roster.taken_in",
        "roster.exported",
        "roster.invited",
        "roster.reminded",
        "roster.removed",
        "roster.names_shown",
        "roster.names_hidden",
        "conflict.declared",
        "conflict.taken_back",
        "pairing.offer_withdrawn",
        "pairing.offer_extended",
        "pairing.ended_for_both",
        "pairing.parted",
        "pairing.handed_over",
        "pairing.paused_for",
        "pairing.resumed_for",
        "pairing.history_exported",
        "request.asked",
        "request.taken_back",
        "request.accepted",
        "request.declined",
        "circle.offered",
        "circle.ended",
        "session.planned",
        "session.moved",
        "session.cancelled",
        "session.logged",
        "session.confirmed",
        "session.disputed",
        "reflection.saved",
        "action.added",
        "action.finished",
        "action.taken_back",
        "programme.exported",
    }
)


@dataclass(frozen=True)
class Event:
    """A thing that happened, with its facts: ids, codes, counts, dates."""

    name: str
    facts: Mapping[str, Any]


def emit(block: Any, event: Event) -> None:
    """Hand the event to the platform's tracking log under our prefix. Raises KeyError for a name that is not listed."""
    if event.name not in NAMES:
        raise KeyError(event.name)
    block.runtime.publish(block, PREFIX + event.name, {"programme": block.programme, **event.facts})
