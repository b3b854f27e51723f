"""A learner's decisions about pairings: to sit out, to leave, to accept, to decline, to end."""

from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..data import Place
from ..services.deciding import Decided, accept, decline, end_pairing
from ..services.signing_up import pause, resume
from ..services.withdrawing import withdraw
from .events import Event
from .forms.declining import DeclineForm
from .forms.pairing import PairingForm
from .handling import Done, handles
from .reporting import Result
from .viewer import Viewer


class PairingAnswers:
    """For a block with ``place``, ``form`` and ``page_at``."""

    place: Place
    form: Any
    page_at: Any

    @handles(region="journey")
    def pause(self, viewer: Viewer, data: QueryDict) -> Done:
        """Sit out the next rounds."""
        changed = pause(self.place, viewer.user_id)
        return Done(say=_("You are paused."), events=[Event("pairing.paused", {})] if changed else [])

    @handles(region="journey")
    def resume(self, viewer: Viewer, data: QueryDict) -> Done:
        """Take part in the next rounds again."""
        changed = resume(self.place, viewer.user_id)
        return Done(say=_("You take part again."), events=[Event("pairing.resumed", {})] if changed else [])

    @handles(region="journey")
    def withdraw(self, viewer: Viewer, data: QueryDict) -> Done:
        """Leave the pairing."""
        outcome = withdraw(self.place, viewer.user_id)
        self.page_at = ""
        events = [Event("pairing.withdrawn", {"pairings": outcome.closed})] if outcome.is_changed else []
        return Done(say=_("You have withdrawn."), events=events)

    @handles(region="journey")
    def accept(self, viewer: Viewer, data: QueryDict) -> Done:
        """Say yes to a partner."""
        outcome = accept(self.place, viewer.user_id, self._pairing(data))
        return Done(
            say=_accepted(outcome),
            events=[
                *_events(outcome, "accepted"),
                *(Event("pairing.activated", {"pairing": pairing}) for pairing in outcome.activated),
            ],
            results=[Result(user_id, completion=1.0) for user_id in outcome.user_ids],
        )

    @handles(region="journey")
    def decline(self, viewer: Viewer, data: QueryDict) -> Done:
        """Say no to a partner. Nobody has to say why."""
        said = self.form(DeclineForm, data).read()
        outcome = decline(self.place, viewer.user_id, said["pairing"], said["why"])
        return Done(say=_("This pairing will not go ahead."), events=_events(outcome, "declined"))

    @handles(region="journey")
    def end_pairing(self, viewer: Viewer, data: QueryDict) -> Done:
        """Stop working together. Nobody asks why."""
        outcome = end_pairing(self.place, viewer.user_id, self._pairing(data))
        return Done(say=_("The pairing has ended."), events=_events(outcome, "ended"))

    def _pairing(self, data: QueryDict) -> UUID:
        pairing: UUID = self.form(PairingForm, data).read()["pairing"]
        return pairing


def _accepted(outcome: Decided) -> str:
    if outcome.is_circle and outcome.user_ids:
        return _("You have accepted, and the circle has started.")
    return _("You have both accepted.") if outcome.is_active else _("You have accepted.")


def _events(outcome: Decided, *acts: str) -> list[Event]:
    return [Event(f"pairing.{act}", {"pairing": outcome.pairing}) for act in acts] if outcome.is_changed else []
