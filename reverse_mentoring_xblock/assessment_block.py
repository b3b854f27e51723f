"""The assessment block: where a person stands with their digital skills, in their own view."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from xblock.fields import Float, Scope, String

from .content.loading import bank_words, load_bank
from .domain.assessment.topics import TARGETS
from .domain.states import Role
from .selectors.assessment import assessment_of, participation_counts
from .selectors.participants import ParticipantRow
from .services.assessment import answer_item, begin, choose_sharing, submit_assessment, swap_topic
from .shell.assessment_pages import introduction, questions, saved_sentence
from .shell.assessment_report import report
from .shell.base import ProgrammeBlock
from .shell.events import Event
from .shell.forms.assessment import AnswerForm, ItemForm, SharingForm, SwapForm
from .shell.handling import Done, handles
from .shell.preview import sample_participant
from .shell.reporting import Result
from .shell.viewer import Viewer

PHASES = ("start", "end")


class AssessmentXBlock(ProgrammeBlock):
    """Self-assessment. Completion, and points if the author gives any, are for taking part: never for a level."""

    area = "assessment"
    has_score = True
    icon_class = "problem"
    editable_fields = ("display_name", "programme", "phase", "competence_set", "target", "weight")

    display_name = String(
        display_name=gettext_lazy("Title"),
        default="Digital skills: your own view",
        scope=Scope.settings,
        help=gettext_lazy("Shown above the block and in the course outline."),
    )
    phase = String(
        display_name=gettext_lazy("Round"),
        help=gettext_lazy(
            "The start round gives mentees their topics and helps to find partners who fit. "
            "The end round asks the same way later on and has a report of its own."
        ),
        values=[
            {"display_name": gettext_lazy("Start, before people are paired"), "value": "start"},
            {"display_name": gettext_lazy("End, after the last sessions"), "value": "end"},
        ],
        default="start",
        scope=Scope.settings,
    )
    competence_set = String(
        display_name=gettext_lazy("Skills"),
        help=gettext_lazy("What learners are asked about. Somebody who has begun keeps the set that they began with."),
        values=[
            {"display_name": gettext_lazy("Twelve skills, about five minutes"), "value": "core-12"},
            {"display_name": gettext_lazy("All twenty-one skills, about eight minutes"), "value": "all-21"},
        ],
        default="core-12",
        scope=Scope.settings,
    )
    target = String(
        display_name=gettext_lazy("Level to aim for"),
        help=gettext_lazy(
            "Mentees are shown this level as a mark, and skills below it are suggested as topics. "
            "Changing it later moves the mark; topics that mentees have settled stay."
        ),
        values=[
            {"display_name": gettext_lazy("Basic"), "value": "basic"},
            {"display_name": gettext_lazy("Intermediate"), "value": "intermediate"},
            {"display_name": gettext_lazy("Advanced"), "value": "advanced"},
        ],
        default="intermediate",
        scope=Scope.settings,
    )
    weight = Float(
        display_name=gettext_lazy("Points for taking part"),
        help=gettext_lazy(
            "Everybody who hands in the answers gets all of these points, whatever the answers are. "
            "0 keeps it out of the grade."
        ),
        default=0.0,
        scope=Scope.settings,
    )

    _at = ""  # the question to show in the answer to this request; empty for the open one
    _answered = ""  # the question that this request has answered
    _focus = ""  # the part of the report that this request has changed

    def sample(self) -> ParticipantRow | None:
        """Studio shows the mentee's side."""
        return sample_participant(Role.MENTEE)

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        """The introduction, a question, the check of all answers, or the report."""
        words = bank_words(get_language() or "en")
        row = assessment_of(participant.id, participant.role, self.round_phase)
        if row is None:
            return {"phase": self.round_phase, **introduction(words, participant.role, self.skills)}
        if row.submitted_at:
            shown = report(row, participant.role, self.target_level, words, self.block_id)
            return {**shown, "focus": self._focus}
        return questions(row.round, words, self.block_id, self._at, self._answered)

    def desk(self, viewer: Viewer) -> Mapping[str, Any]:
        """How many people have taken part."""
        return {"phase": self.round_phase, "counts": participation_counts(self.place, self.round_phase)}

    # What the author chose; a value from a hand-written OLX file that does not exist counts as the default

    @property
    def round_phase(self) -> str:
        """Which of the two rounds this block is."""
        return self.phase if self.phase in PHASES else "start"

    @property
    def skills(self) -> str:
        """The name of the set of competences to ask about."""
        return self.competence_set if self.competence_set in load_bank().sets else "core-12"

    @property
    def target_level(self) -> str:
        """The level that topics aim for."""
        return self.target if self.target in TARGETS else "intermediate"

    @handles(region="journey")
    def begin(self, viewer: Viewer, data: QueryDict) -> Done:
        """Begin the round."""
        begun = begin(self.place, viewer.user_id, self.round_phase, self.skills)
        facts = {"phase": self.round_phase, "competences": begun.competences}
        return Done(say="", events=[Event("assessment.started", facts)] if begun.is_new else [])

    @handles(region="journey")
    def answer_item(self, viewer: Viewer, data: QueryDict) -> Done:
        """Save one answer and go on."""
        self._at = self.form(ItemForm, data).read()["item"]
        words = bank_words(get_language() or "en")
        answer = AnswerForm(self._at, words, data, block_id=self.block_id).read()["answer"]
        saved = answer_item(self.place, viewer.user_id, self.round_phase, self._at, answer)
        self._at, self._answered = "", self._at
        return Done(say=saved_sentence(saved.done, saved.about))

    @handles(region="journey")
    def go_back(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look at a question again. Nothing is changed by looking."""
        self._at = self.form(ItemForm, data).read()["item"]
        return Done(say="")

    @handles(region="journey")
    def submit_assessment(self, viewer: Viewer, data: QueryDict) -> Done:
        """Hand in the answers."""
        outcome = submit_assessment(self.place, viewer.user_id, self.round_phase, TARGETS[self.target_level])
        facts = {"phase": self.round_phase, "answered": outcome.answered, "skipped": outcome.skipped}
        return Done(
            say=_("Your answers are in. This is your report."),
            events=[Event("assessment.submitted", facts)] if outcome.is_new else [],
            results=[Result(viewer.user_id, score=1.0 if self.weight else None, completion=1.0)],
        )

    @handles(region="journey")
    def swap_topic(self, viewer: Viewer, data: QueryDict) -> Done:
        """Put another skill in the place of a topic."""
        codes = [(code, code) for code in load_bank().competences]
        sent = self.form(SwapForm, data, choices=codes).read()
        changed = swap_topic(self.place, viewer.user_id, self.round_phase, sent["topic"], sent["instead"])
        events = [Event("assessment.topic_swapped", {"phase": self.round_phase})] if changed else []
        self._focus = "topics"
        return Done(say=_("Topic swapped."), events=events)

    @handles(region="journey")
    def choose_sharing(self, viewer: Viewer, data: QueryDict) -> Done:
        """Decide what a mentor sees."""
        sharing = self.form(SharingForm, data).sharing()
        changed = choose_sharing(self.place, viewer.user_id, self.round_phase, sharing)
        events = [Event("assessment.sharing_chosen", {"phase": self.round_phase})] if changed else []
        self._focus = "sharing"
        return Done(say=_("Saved. What your mentor sees is shown below."), events=events)

    def validate_field_data(self, validation: Any, data: Any) -> None:
        """The author's settings."""
        super().validate_field_data(validation, data)
        if data.phase not in PHASES:
            self.refuse(validation, _("Round: choose start or end."))
        if data.competence_set not in load_bank().sets:
            self.refuse(validation, _("Skills: choose twelve or all twenty-one."))
        if data.target not in TARGETS:
            self.refuse(validation, _("Level to aim for: choose basic, intermediate or advanced."))
        if data.weight is None or not 0 <= data.weight <= 1000:
            self.refuse(validation, _("Points: give a number from 0 to 1000; 0 keeps it out of the grade."))
