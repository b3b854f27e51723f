"""The training block: modules for the learner's role, each with a knowledge check."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from xblock.fields import Float, Integer, Scope, String

from .content.loading import load_training_pack, training_words
from .domain.check_rules import CheckRules
from .domain.states import Role
from .selectors.participants import ParticipantRow
from .selectors.training import LastCheck, ModuleRow, last_check, modules_of, training_counts
from .services.training import CheckOutcome, submit_check, turn_page
from .shell.base import ProgrammeBlock
from .shell.events import Event
from .shell.forms.training import AttemptForm, CheckForm, ModuleForm, PageForm
from .shell.handling import Done, handles
from .shell.preview import sample_participant
from .shell.reporting import Result
from .shell.viewer import Viewer


class TrainingXBlock(ProgrammeBlock):
    """Role training. The best result of each check goes to the gradebook; completion comes when all are passed."""

    area = "training"
    has_score = True
    icon_class = "problem"
    editable_fields = ("display_name", "programme", "role", "pass_mark", "max_attempts", "weight")

    display_name = String(
        display_name=gettext_lazy("Title"),
        default="Role training",
        scope=Scope.settings,
        help=gettext_lazy("Shown above the block and in the course outline."),
    )
    role = String(
        display_name=gettext_lazy("For"),
        help=gettext_lazy("Whom this block trains. “Everybody” gives each learner the modules of their own role."),
        values=[
            {"display_name": gettext_lazy("Everybody, each in their own role"), "value": "any"},
            {"display_name": gettext_lazy("Mentors only"), "value": "mentor"},
            {"display_name": gettext_lazy("Mentees only"), "value": "mentee"},
        ],
        default="any",
        scope=Scope.settings,
    )
    pass_mark = Integer(
        display_name=gettext_lazy("Pass mark, in per cent"),
        help=gettext_lazy("A check is passed when at least this share of its five questions is right."),
        default=80,
        scope=Scope.settings,
    )
    max_attempts = Integer(
        display_name=gettext_lazy("Attempts at each check"),
        help=gettext_lazy("0 lets learners try as often as they like. The best result counts."),
        default=0,
        scope=Scope.settings,
    )
    weight = Float(
        display_name=gettext_lazy("Points in the gradebook"),
        help=gettext_lazy("What the training is worth. 0 keeps it out of the grade."),
        default=1.0,
        scope=Scope.settings,
    )
    module = String(default="", scope=Scope.user_state, help="The module that the learner has open.")

    @property
    def rules(self) -> CheckRules:
        """What the author asks of a check."""
        return CheckRules(pass_percent=self.pass_mark, max_attempts=self.max_attempts)

    def sample(self) -> ParticipantRow | None:
        """Studio shows the mentor's side unless the block is for mentees."""
        return sample_participant(Role.MENTEE if self.role == Role.MENTEE else Role.MENTOR)

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        """The list of modules, or the one that is open."""
        words = training_words(get_language() or "en")
        if self.role not in ("any", participant.role):
            return {"is_other_role": True}
        rows = modules_of(participant.id, participant.role)
        context = {"words": words, "modules": rows, "rules": self.rules, "is_passed": all(m.passed_at for m in rows)}
        opened = next((row for row in rows if row.id == self.module), None)
        return {**context, **self._open(participant, opened, words)} if opened else context

    def desk(self, viewer: Viewer) -> Mapping[str, Any]:
        """How many people have come how far."""
        return {"counts": training_counts(self.place)}

    @handles(region="journey")
    def open_module(self, viewer: Viewer, data: QueryDict) -> Done:
        """Open a module where the learner left it, or go back to the list."""
        module = self.form(ModuleForm, data).read()["module"]
        if module:
            load_training_pack().module(module)
        self.module = module
        return Done(say="")

    @handles(region="journey")
    def turn_page(self, viewer: Viewer, data: QueryDict) -> Done:
        """Go to a page, or to the check after the last one."""
        sent = self.form(PageForm, data).read()
        turn_page(self.place, viewer.user_id, sent["module"], sent["step"])
        self.module = sent["module"]
        return Done(say="")

    @handles(region="journey")
    def submit_check(self, viewer: Viewer, data: QueryDict) -> Done:
        """Hand in a knowledge check."""
        which = self.form(AttemptForm, data).read()
        module = load_training_pack().module(which["module"])
        self.module = module.id
        words = training_words(get_language() or "en")
        answers = CheckForm(module, words, data, block_id=self.block_id).read()
        outcome = submit_check(self.place, viewer.user_id, module.id, answers, which["attempt"], self.rules)
        return Done(
            say=_("%(percent)s%% right.") % {"percent": outcome.percent},
            events=_events(module.id, outcome),
            results=[
                Result(viewer.user_id, outcome.best_share, completion=1.0 if outcome.is_training_passed else None)
            ],
        )

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """The author's settings."""
        super().validate_field_data(validation, data)
        if data.role not in ("any", "mentor", "mentee"):
            self.refuse(validation, _("For: choose everybody, mentors or mentees."))
        if not 0 < (data.pass_mark or 0) <= 100:
            self.refuse(validation, _("Pass mark: give a whole number from 1 to 100."))
        if data.max_attempts is None or not 0 <= data.max_attempts <= 100:
            self.refuse(validation, _("Attempts: give a whole number from 0 to 100; 0 means no limit."))
        if data.weight is None or not 0 <= data.weight <= 1000:
            self.refuse(validation, _("Points: give a number from 0 to 1000; 0 keeps the training out of the grade."))

    def _open(self, participant: ParticipantRow, row: ModuleRow, words: Mapping[str, str]) -> Mapping[str, Any]:
        pack = load_training_pack()
        shown: dict[str, Any] = {"open": row, "last": None}
        if not row.at_check:
            page = row.pages[row.step]
            return {**shown, "page": f"{row.id}.page.{page}", "number": row.step + 1}
        last = last_check(participant.id, row.id) if row.attempts else None
        left = self.rules.attempts_left(row.attempts)
        may_try = left != 0 and not row.passed_at
        form = CheckForm(pack.module(row.id), words, block_id=self.block_id) if may_try else None
        explains = bool(row.passed_at) or left == 0
        return {
            **shown,
            "last": last,
            "feedback": _feedback(row.id, last, words, explains) if last else (),
            "left": left,
            "form": form,
        }


def _feedback(module: str, last: LastCheck, words: Mapping[str, str], explains: bool) -> Sequence[Mapping[str, Any]]:
    """What to say about each answer. The right one is explained once there is no check left to take."""
    rows = []
    for question in last.marked.questions:
        stem = f"{module}.check.{question.id}"
        rows.append(
            {
                "stem": words[f"{stem}.stem"],
                "is_right": question.is_right,
                "chosen": words.get(f"{stem}.opt.{question.chosen}", ""),
                "feedback": words.get(f"{stem}.feedback.{question.chosen}", ""),
                "why": words[f"{stem}.why"] if explains or question.is_right else "",
            }
        )
    return rows


def _events(module: str, outcome: CheckOutcome) -> Sequence[Event]:
    facts = {"module": module, "attempt": outcome.attempt, "percent": outcome.percent, "passed": outcome.is_passed}
    events = [Event("training.check_submitted", facts)]
    if outcome.is_first_pass and outcome.is_training_passed:
        events.append(Event("training.passed", {}))
    return events
