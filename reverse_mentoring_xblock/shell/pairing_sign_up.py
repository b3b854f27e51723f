"""The way into the pool, step by step, and changing afterwards what one said."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..data import Place
from ..domain.errors import Conflict, NotAllowed
from ..domain.matching import reference
from ..domain.pairing_rules import PairingRules
from ..domain.profile import Step
from ..selectors.participants import ParticipantRow
from ..selectors.profiles import sign_up_of
from ..services.signing_up import keep_step, sign_up
from .events import Event
from .forms.base import FormRefused
from .forms.pairing import OpenForm
from .forms.sign_up_choices import AgreeForm, StepForm, StepNameForm
from .forms.sign_up_steps import Asker
from .handling import Done, handles
from .sign_up_pages import SAID, about_manager, form_of_step, page_after
from .viewer import Viewer


class PairingSignUp:
    """For a block with ``place``, ``rules``, ``form``, ``participant`` and ``page_at``."""

    place: Place
    rules: PairingRules
    block_id: str
    form: Any
    participant: Any
    page_at: Any

    @handles(region="journey")
    def open_step(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show a step of sign-up."""
        self.page_at = str(self.form(StepNameForm, data).read()["step"])
        return Done(say="")

    @handles(region="journey")
    def save_step(self, viewer: Viewer, data: QueryDict) -> Done:
        """Keep what was said in a step and go on; or leave, with whatever can be kept."""
        member = self._member(viewer)
        asked = self.form(StepNameForm, data).read()
        step: Step = asked["step"]
        self.page_at = str(step)
        form = form_of_step(step, self._asker(member), self.block_id, data)
        if asked["leave"] and not member.is_signed_up:
            return self._leave(viewer, form, asked["seen"])
        said = form.said()
        if self._keep_step(viewer, form, said, asked["seen"]):
            self.page_at = SAID
            say = _("Your changes are saved. They count from the next round on.")
        else:
            self.page_at = page_after(step, sign_up_of(member), member)
            say = _("Saved.")
        return Done(say=f"{say} {about_manager(self.place, said.get('manager', ''))}".strip())

    @handles(region="journey")
    def sign_up(self, viewer: Viewer, data: QueryDict) -> Done:
        """Enter the pool with what was said."""
        self._member(viewer)
        self.page_at = SAID
        seen = self.form(AgreeForm, data).read()["seen"]
        outcome = sign_up(self.place, viewer.user_id, self.rules, seen=seen)
        self.page_at = ""
        facts = {"role": str(outcome.role), "topics": len(outcome.profile.topics)}
        return Done(
            say=_("You are signed up. Nothing is left to do until a partner is found."),
            events=[Event("pairing.signed_up", facts)] if outcome.is_new else [],
        )

    @handles(region="journey")
    def open_profile(self, viewer: Viewer, data: QueryDict) -> Done:
        """Show what the learner said, step by step; or go back."""
        self.page_at = "" if self.form(OpenForm, data).read()["close"] else SAID
        return Done(say="")

    def _leave(self, viewer: Viewer, form: StepForm, seen: str) -> Done:
        """Nothing is refused to somebody who leaves: what can be used is kept, and the step stays open."""
        said = form.usable()
        self._keep_step(viewer, form, said, seen, is_done=not form.errors)
        self.page_at = SAID
        if not form.errors:
            return Done(say=_("Saved. You can go on any day."))
        labels = ", ".join(str(form[name].label) for name in form.errors if name in form.fields)
        return Done(
            say=_("Saved, and you can go on any day. Still to do in this step: %(fields)s.") % {"fields": labels}
        )

    def _keep_step(
        self, viewer: Viewer, form: StepForm, said: dict[str, Any], seen: str, *, is_done: bool = True
    ) -> bool:
        try:
            return keep_step(self.place, viewer.user_id, form.step, said, self.rules, seen=seen, is_done=is_done)
        except Conflict as error:
            if error.code != "step_changed":
                raise
            form.add_error(None, _("You saved this step in another window meanwhile, with other answers."))
            raise FormRefused(form) from None

    def _member(self, viewer: Viewer) -> ParticipantRow:
        participant: ParticipantRow | None = self.participant(viewer)
        if participant is None:
            raise NotAllowed("join_first")
        return participant

    def _asker(self, participant: ParticipantRow) -> Asker:
        own = frozenset(filter(None, map(reference, (participant.username, participant.email))))
        return Asker(participant.role, self.rules, own)
