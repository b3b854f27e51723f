"""What a learner's region of the pairing block shows, gathered for its templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.states import ParticipantState, Role
from ..domain.week import ticks_of
from ..selectors.assessment import has_submitted
from ..selectors.own_circles import OwnCircle, circle_of
from ..selectors.pairings import PairingRow, PairingsRow, PartnerRow, all_pairings_of
from ..selectors.participants import ParticipantRow, takes_part
from ..selectors.profiles import ProfileRow, profile_of, settled_topics
from ..selectors.proposals import LastRound, last_round
from ..selectors.training import has_passed_training
from .course_parts import parts_of
from .forms.declining import reasons_to_decline
from .languages import COMMON, language_name
from .pairing_words import why_nobody, why_you_two
from .zones import zone_named


@dataclass(frozen=True)
class Gate:
    """Something that the author asks for before pairing."""

    code: str
    is_passed: bool


@dataclass(frozen=True)
class PairingCard:
    """A live pairing and why it fits, in words."""

    row: PairingRow
    why: Sequence[str]
    circle: OwnCircle | None = None
    people: Sequence[PartnerRow] = ()
    """Of a circle that is offered to its mentor, the mentees who have not all answered yet."""

    @property
    def is_circle_offer(self) -> bool:
        """Whether this is a place in a circle that is not active yet."""
        return self.circle is not None and not self.row.is_active


def gates_of(participant: ParticipantRow, rules: PairingRules) -> Sequence[Gate]:
    """The gates of this person's role. One query for each."""
    gates = []
    if rules.require_training:
        gates.append(Gate("training", has_passed_training(participant.id, participant.role)))
    if rules.asks_for_assessment(participant.role):
        gates.append(Gate("assessment", has_submitted(participant.id)))
    return gates


def journey_page(
    place: Place, participant: ParticipantRow, rules: PairingRules, *, is_editing: bool
) -> Mapping[str, Any]:
    """Which page a learner sees: ``new``, ``withdrawn`` or ``pool``; and which form it needs, if any."""
    if participant.is_signed_up:
        return _pool(place, participant, rules, is_editing=is_editing)
    gates = gates_of(participant, rules)
    is_preview = participant.id == 0
    is_closed = not all(gate.is_passed for gate in gates)
    page = "withdrawn" if participant.state is ParticipantState.WITHDRAWN else "new"
    return {
        "page": page,
        "gates": gates if is_closed else (),
        "form": "sign_up" if is_preview or not is_closed else "",
        "addresses": {} if is_preview or not is_closed else parts_of(place, participant.role).addresses,
    }


def _pool(place: Place, participant: ParticipantRow, rules: PairingRules, *, is_editing: bool) -> Mapping[str, Any]:
    """For somebody who is signed up or paused; an open form never hides an offer. Five queries at most."""
    pairings = all_pairings_of(participant.id, timezone.now())
    has_circle = any(row.circle_id for row in pairings.live)
    is_waiting = not is_editing and not has_circle and len(pairings.live) < _places(participant, rules)
    last = last_round(participant.id) if is_waiting else None
    gates = gates_of(participant, rules) if is_waiting else ()
    needs = [gate for gate in gates if not gate.is_passed]
    has_links = needs or any(row.is_active for row in pairings.live)
    return {
        "page": "pool",
        "form": "profile" if is_editing else "",
        "is_editing": is_editing,
        "is_asked": any(not row.is_active and not row.has_accepted and not row.is_held for row in pairings.live),
        "cards": _cards(participant, pairings.live),
        "reasons_to_decline": reasons_to_decline(),
        "is_waiting": is_waiting,
        "is_paused": participant.state is ParticipantState.PAUSED,
        "needs": needs,
        "addresses": parts_of(place, participant.role).addresses if has_links else {},
        **(_news(participant.role, pairings, last) if is_waiting else {}),
    }


def _cards(participant: ParticipantRow, live: Sequence[PairingRow]) -> Sequence[PairingCard]:
    """A card for each pairing; the offer of a circle is one card for its mentor. A query for each circle."""
    circles = {id_: circle_of(id_, participant.id) for id_ in dict.fromkeys(row.circle_id for row in live) if id_}
    cards = []
    for row in live:
        circle = circles.get(row.circle_id or 0)
        is_shared = circle is not None and not row.is_active and participant.role is Role.MENTOR
        group = [one for one in live if is_shared and one.circle_id == row.circle_id and not one.is_active]
        if not group or group[0] is row:
            people = tuple(one.partner for one in group)
            cards.append(PairingCard(row, why_you_two(participant.role, row.reason), circle, people))
    return cards


def initial_profile(participant: ParticipantRow, browser_zone: str) -> Mapping[str, Any]:
    """What the sign-up form starts with: what the person said before, or what the programme knows. Three queries."""
    kept = profile_of(participant.id) if participant.id else ProfileRow((), ())
    topics = kept.topics
    if not topics and participant.role is Role.MENTEE:
        topics = settled_topics(participant.id)
    return {
        "level": participant.level,
        "department": participant.department,
        "site": participant.site,
        "manager": participant.manager,
        "no_manager": participant.signed_up_at is not None and not participant.manager,
        "languages": [code for code in participant.languages if code in COMMON],
        "other_languages": ", ".join(language_name(code) for code in participant.languages if code not in COMMON),
        "time_zone": participant.time_zone or zone_named(browser_zone),
        "hours": [f"{day}-{part}" for day, part in ticks_of(participant.windows)],
        "capacity": participant.capacity,
        "topics": list(topics),
        "vetoes": "\n".join(kept.vetoes),
    }


def about_manager(place: Place, manager: str) -> str:
    """Whether the name that a person gave for their manager is known here; nothing where they gave none.

    One query, where a name was given.
    """
    if not manager:
        return ""
    if takes_part(place, manager):
        return _("The manager whom you named, “%(name)s”, is known in this programme.") % {"name": manager}
    return _(
        "Nobody in this programme is known as “%(name)s”, whom you named as your manager. If they do not take part, "
        "that is as it should be. Otherwise correct the spelling in what you said at sign-up: only the right name "
        "keeps you from being paired in your reporting line."
    ) % {"name": manager}


def _places(participant: ParticipantRow, rules: PairingRules) -> int:
    return 1 if participant.role is Role.MENTEE else min(participant.capacity, rules.max_capacity)


def _news(role: Role, pairings: PairingsRow, last: LastRound | None) -> Mapping[str, Any]:
    """The newer of two things to tell somebody who waits: a pairing that is over, or a round that had nobody."""
    released_at = last.released_at if last else None
    if pairings.over_since and (released_at is None or released_at < pairings.over_since):
        return {"over_since": pairings.over_since, "was_active": pairings.was_active}
    return {"round_at": released_at, "round_why": why_nobody(role, last.reason)} if last else {}
