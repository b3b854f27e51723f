"""What a learner's region of the pairing block shows, gathered for its templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from ..data import Place
from ..domain.errors import NotAllowed
from ..domain.pairing_rules import PairingRules
from ..domain.profile import SignUp, Step
from ..domain.states import ParticipantState, Role
from ..selectors.assessment import has_submitted
from ..selectors.cards import cards_page
from ..selectors.left_out import LastRound, last_round
from ..selectors.own_circles import OwnCircle, circle_of
from ..selectors.pairings import PairingRow, PairingsRow, PartnerRow, all_pairings_of
from ..selectors.participants import ParticipantRow
from ..selectors.profiles import sign_up_of
from ..selectors.training import has_passed_training
from ..selectors.waiting import waiting_place
from .card_words import cards_context
from .course_parts import parts_of
from .forms.declining import reasons_to_decline
from .forms.sign_up_choices import AgreeForm
from .forms.sign_up_steps import Asker
from .pairing_wishes import CARDS
from .pairing_words import place_in_line, why_nobody, why_you_two
from .sign_up_pages import SAID, page_to_show, said_page, step_page


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
    is_first: bool = True
    """Whether it says what holds for all: false for the second member of a circle, and so on."""

    @property
    def is_circle_offer(self) -> bool:
        """Whether this is a place in a circle that is not active yet."""
        return self.circle is not None and not self.row.is_active


@dataclass(frozen=True)
class Reader:
    """Who sees a page, and where."""

    place: Place
    person: ParticipantRow
    asker: Asker
    block_id: str
    browser_zone: str
    acted_on: str = ""

    @property
    def rules(self) -> PairingRules:
        """The author's settings."""
        return self.asker.rules

    @property
    def is_preview(self) -> bool:
        """Whether the person is made up, for Studio."""
        return self.person.id == 0


def gates_of(participant: ParticipantRow, rules: PairingRules) -> Sequence[Gate]:
    """The gates of this person's role. One query for each."""
    gates = []
    if rules.require_training:
        gates.append(Gate("training", has_passed_training(participant.id, participant.role)))
    if rules.asks_for_assessment(participant.role):
        gates.append(Gate("assessment", has_submitted(participant.id)))
    return gates


def journey_page(reader: Reader, at: str, cards_at: int) -> Mapping[str, Any]:
    """Which page a learner sees: ``new``, ``withdrawn``, ``step``, ``said``, ``pool`` or ``cards``. ``at`` is what they
    have open, ``cards_at`` the page of the cards."""
    if reader.person.is_signed_up:
        return _pool(reader, at, cards_at)
    gates = () if reader.is_preview else gates_of(reader.person, reader.rules)
    span = "" if reader.is_preview else _span(reader.rules)
    if span or not all(gate.is_passed for gate in gates):
        is_back = reader.person.state is ParticipantState.WITHDRAWN
        return {
            "page": "withdrawn" if is_back else "new",
            "span": span,
            "rules": reader.rules,
            "gates": gates if not all(gate.is_passed for gate in gates) else (),
            "addresses": parts_of(reader.place, reader.person.role).addresses,
        }
    if reader.person.state is ParticipantState.WITHDRAWN and not at:
        return {"page": "withdrawn", "gates": ()}
    entry = sign_up_of(reader.person)
    return _sign_up_page(reader, page_to_show(at, entry, reader.person), entry)


def _span(rules: PairingRules) -> str:
    """Whether sign-up is not open yet or closed; empty text while it is open."""
    try:
        rules.check_sign_up_is_open(timezone.now())
    except NotAllowed as error:
        return "early" if error.code == "sign_up_early" else "late"
    return ""


def _sign_up_page(reader: Reader, shown: str, entry: SignUp) -> Mapping[str, Any]:
    """A step, or the list of what was said. One query at most."""
    if shown == SAID:
        agree = AgreeForm(block_id=reader.block_id)
        page = said_page(reader.place, entry, reader.person, reader.rules)
        return {"page": "said", "is_new": not reader.person.is_signed_up, "agree": agree, **page}
    page = step_page(
        reader.place, Step(shown), entry, reader.person, reader.asker, reader.block_id, reader.browser_zone
    )
    return {"page": "step", "is_new": not reader.person.is_signed_up, **page}


def _pool(reader: Reader, at: str, cards_at: int) -> Mapping[str, Any]:
    """For somebody who is signed up or paused; nothing that they have open hides an offer."""
    person, rules = reader.person, reader.rules
    pairings = all_pairings_of(person.id, timezone.now())
    offers = {
        "is_asked": any(not row.is_active and not row.has_accepted and not row.is_held for row in pairings.live),
        "cards": _cards(person, pairings.live),
        "reasons_to_decline": reasons_to_decline(),
        "addresses": parts_of(reader.place, person.role).addresses
        if any(row.is_active for row in pairings.live)
        else {},
    }
    if at == SAID or at in tuple(Step):
        return {**offers, **_sign_up_page(reader, at, sign_up_of(person))}
    has_circle = any(row.circle_id for row in pairings.live)
    is_waiting = not has_circle and len(pairings.live) < _places(person, rules)
    asks_wishes = rules.ask_wishes and is_waiting and person.state is ParticipantState.SIGNED_UP
    if at == CARDS and asks_wishes:
        page = cards_page(reader.place, person, rules, max(1, cards_at), timezone.localdate())
        return {**offers, "page": "cards", **cards_context(page, person.role, reader.acted_on)}
    needs = [gate for gate in gates_of(person, rules) if not gate.is_passed] if is_waiting else []
    if needs:
        offers["addresses"] = parts_of(reader.place, person.role).addresses
    news = _news(person.role, pairings, last_round(person.id)) if is_waiting else {}
    line = waiting_place(reader.place, person) if is_waiting and not pairings.live else None
    return {
        **offers,
        "page": "pool",
        "is_waiting": is_waiting,
        "is_paused": person.state is ParticipantState.PAUSED,
        "needs": needs,
        "asks_wishes": asks_wishes,
        "waiting": place_in_line(person.role, line, rules) if line else "",
        **news,
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
            is_first = circle is None or not any(card.row.is_active and card.circle is circle for card in cards)
            cards.append(PairingCard(row, why_you_two(participant.role, row.reason), circle, people, is_first))
    return cards


def _places(participant: ParticipantRow, rules: PairingRules) -> int:
    return 1 if participant.role is Role.MENTEE else min(participant.capacity, rules.max_capacity)


def _news(role: Role, pairings: PairingsRow, last: LastRound | None) -> Mapping[str, Any]:
    """The newer of two things to tell somebody who waits: a pairing that is over, or a round that had nobody."""
    released_at = last.released_at if last else None
    if pairings.over_since and (released_at is None or released_at < pairings.over_since):
        return {"over_since": pairings.over_since, "was_active": pairings.was_active}
    return {"round_at": released_at, "round_why": why_nobody(role, last.reason)} if last else {}
