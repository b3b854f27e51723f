"""Requests: mentors whom a mentee could ask, the request that waits, and the mentor's answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.states import ParticipantState, Role
from ..selectors.cards import cards_to_ask
from ..selectors.participants import ParticipantRow
from ..selectors.requests import newest_request, requests_to
from ..services.answering_requests import Answered, accept_request, decline_request
from ..services.requesting import Asked, ask_mentor, take_back_request
from .card_words import mentors_context
from .events import Event
from .forms.requests import MentorForm, MentorsPageForm, RequestForm
from .handling import Done, handles
from .reporting import Result
from .viewer import Viewer


class PairingRequests:
    """For a block with ``place``, ``rules``, ``form`` and ``asking_at``."""

    place: Place
    rules: PairingRules
    form: Any
    asking_at: Any

    @handles(region="journey")
    def open_mentors(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look at a page of mentors whom one could ask, or close the list."""
        self.asking_at = self.form(MentorsPageForm, data).read()["page"]
        return Done(say="")

    @handles(region="journey")
    def ask_mentor(self, viewer: Viewer, data: QueryDict) -> Done:
        """Ask a mentor to be one's partner."""
        mentor = self.form(MentorForm, data).read()["mentor"]
        outcome = ask_mentor(self.place, viewer.user_id, mentor, self.rules)
        self.asking_at = 0
        return Done(
            say=_("Your request is sent. You stay in the next round meanwhile."), events=_told("asked", outcome)
        )

    @handles(region="journey")
    def take_back_request(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take back a request that waits."""
        outcome = take_back_request(self.place, viewer.user_id, self._request(data))
        return Done(say=_("Your request is taken back."), events=_told("taken_back", outcome))

    @handles(region="journey")
    def accept_request(self, viewer: Viewer, data: QueryDict) -> Done:
        """Say yes to a mentee who asks: the two are partners at once."""
        outcome = accept_request(self.place, viewer.user_id, self._request(data), self.rules)
        activated = [Event("pairing.activated", {"pairing": outcome.pairing})] if outcome.pairing else []
        return Done(
            say=_("You are partners now."),
            events=[*_told("accepted", outcome), *activated],
            results=[Result(user_id, completion=1.0) for user_id in outcome.user_ids],
        )

    @handles(region="journey")
    def decline_request(self, viewer: Viewer, data: QueryDict) -> Done:
        """Say no to a mentee who asks. Nobody asks why."""
        outcome = decline_request(self.place, viewer.user_id, self._request(data))
        return Done(say=_("This request will not come about."), events=_told("declined", outcome))

    def _request(self, data: QueryDict) -> UUID:
        request: UUID = self.form(RequestForm, data).read()["request"]
        return request


def requests_page(
    place: Place, participant: ParticipantRow, rules: PairingRules, page: Mapping[str, Any], number: int
) -> Mapping[str, Any]:
    """What a learner's page says about requests beside ``page``. Two queries; eight more where the list is open."""
    if page["page"] != "pool" or not participant.id:
        return {}
    now = timezone.now()
    if participant.role is Role.MENTOR:
        found = requests_to(participant, rules.policy(now.date()).dates, now)
        return {"requests": found}
    if any(card.row.is_active for card in page["cards"]):
        return {}
    own = newest_request(participant.id, now)
    is_free = participant.state is ParticipantState.SIGNED_UP and not page["cards"] and not page["needs"]
    may_ask = rules.allow_requests and is_free and not (own and own.is_waiting)
    shown: dict[str, Any] = {
        "own_request": own,
        "may_ask": may_ask,
        "answer_days": rules.answer_days,
    }
    if may_ask and number:
        shown["mentors"] = mentors_context(cards_to_ask(place, participant, rules, number, now))
    return shown


def _told(act: str, outcome: Asked | Answered) -> list[Event]:
    return [Event(f"request.{act}", {"request": outcome.request})] if outcome.is_changed else []
