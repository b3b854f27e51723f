"""The assessment block: where a person stands with their digital skills, and what has changed at the end."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .content.loading import bank_words, load_bank
from .domain.assessment.change import BETWEEN_ROUNDS
from .domain.assessment.interchange import change_as_json, compared, profile_as_json, round_as_json
from .domain.assessment.ladder import question_named
from .domain.assessment.setup import Span
from .domain.errors import NotFound
from .domain.states import Role
from .selectors.assessment import AssessmentRow, assessment_of, goals_of, handed_in_at, participation_counts
from .selectors.cohort_report import cohort_report
from .selectors.participants import ParticipantRow, participant_of
from .services.assessment import answer_item, begin, submit_assessment
from .services.report_choices import choose_offers, choose_sharing, date_goal, keep_goals, swap_topic
from .shell.assessment_pages import Wording, answer_form, introduction, question_page, saved_sentence
from .shell.assessment_report import partial_picture, report
from .shell.assessment_settings import AssessmentSettings
from .shell.assessment_setup import instrument_from, setup_from, span_from
from .shell.cohort_page import cohort_file, cohort_page
from .shell.events import Event
from .shell.forms.assessment import BeginForm, DoneForm, GoalsForm, ItemForm, OffersForm, SharingForm, SwapForm
from .shell.handling import Done, Export, exports, handles
from .shell.preview import sample_participant
from .shell.reporting import Result
from .shell.viewer import Viewer


class AssessmentXBlock(AssessmentSettings):
    """Self-assessment. Completion, and points if the author gives any, are for taking part: never for a level."""

    area = "assessment"
    has_score = True
    icon_class = "problem"

    _at = ""  # the question to show in the answer to this request; empty for the open one
    _answered = ""  # the question that this request has answered
    _focus = ""  # the part of the report that this request has changed
    _is_partial = False  # whether this request asks for the picture so far
    _shows_cohort = False  # whether this request asks for the report on the group

    def sample(self) -> ParticipantRow | None:
        """Studio shows the mentee's side."""
        return sample_participant(Role.MENTEE)

    def journey(self, viewer: Viewer, participant: ParticipantRow) -> Mapping[str, Any]:
        """The introduction, a question, the picture so far, the check of all answers, or the report."""
        row = assessment_of(participant.id, participant.role, self.round_phase)
        if row is None:
            return self._introduction(participant)
        goals = goals_of(participant.id) if row.has_goals else ()
        wording = Wording.of(row, get_language() or "en", goals)
        if row.submitted_at:
            shown = report(row, participant.role, wording.words, self.block_id, goals)
            return {**shown, "phase": self.round_phase, "focus": self._focus}
        if self._is_partial:
            return partial_picture(row.round, wording.words)
        page = question_page(row.round, wording, self.block_id, self._at, self._answered)
        return {**page, "phase": self.round_phase, "span": self.span.state(timezone.now()), "closes": self.span.closes}

    def desk(self, viewer: Viewer) -> Mapping[str, Any]:
        """How many people have taken part; on request, the figures on the group."""
        shown = {"phase": self.round_phase, "counts": participation_counts(self.place, self.round_phase)}
        if self._shows_cohort:
            shown["cohort"] = cohort_page(cohort_report(self.place), bank_words(get_language() or "en"))
        return shown

    # A learner's handlers

    @handles(region="journey")
    def begin(self, viewer: Viewer, data: QueryDict) -> Done:
        """Begin the round."""
        setup = setup_from(self)
        profile = self.form(BeginForm, data).data.get("profile", "")
        begun = begin(self.place, viewer.user_id, self.round_phase, setup, instrument_from(self), profile)
        facts = {"phase": self.round_phase, "competences": begun.competences}
        return Done(say="", events=[Event("assessment.started", facts)] if begun.is_new else [])

    @handles(region="journey")
    def answer_item(self, viewer: Viewer, data: QueryDict) -> Done:
        """Save one answer and go on."""
        self._at = self.form(ItemForm, data).read()["item"]
        row = self._row(viewer)
        question = question_named(row.round.bank, self._at)
        if question is None:
            raise NotFound("not_here")
        wording = Wording.of(row, get_language() or "en", goals_of(row.participant_id) if row.has_goals else ())
        sent = answer_form(row.round, question, wording, self.block_id, data).read()
        choice = (self._at, sent["answer"], sent.get("sure", ""))
        saved = answer_item(self.place, viewer.user_id, self.round_phase, *choice, span=self.span)
        self._at, self._answered = "", self._at
        return Done(say=saved_sentence(saved.done, saved.about))

    @handles(region="journey")
    def go_back(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look at a question again. Nothing is changed by looking."""
        self._at = self.form(ItemForm, data).read()["item"]
        return Done(say="")

    @handles(region="journey")
    def show_partial(self, viewer: Viewer, data: QueryDict) -> Done:
        """Look at the picture so far. Nothing is changed by looking."""
        self._is_partial = True
        return Done(say="")

    @handles(region="journey")
    def submit_assessment(self, viewer: Viewer, data: QueryDict) -> Done:
        """Hand in the answers."""
        outcome = submit_assessment(self.place, viewer.user_id, self.round_phase, self.span)
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
        return self._chosen("topics", _("Topic swapped."), "assessment.topic_swapped", changed)

    @handles(region="journey")
    def choose_sharing(self, viewer: Viewer, data: QueryDict) -> Done:
        """Decide what a mentor sees."""
        sharing = self.form(SharingForm, data).sharing()
        changed = choose_sharing(self.place, viewer.user_id, self.round_phase, sharing)
        say = _("Saved. What your mentor sees is shown below.")
        return self._chosen("sharing", say, "assessment.sharing_chosen", changed)

    @handles(region="journey")
    def choose_offers(self, viewer: Viewer, data: QueryDict) -> Done:
        """Decide, as a mentor, what one would gladly help with."""
        codes = [(code, code) for code in load_bank().competences]
        offers = self.form(OffersForm, data, choices=codes).read()["offers"]
        changed = choose_offers(self.place, viewer.user_id, self.round_phase, offers)
        return self._chosen("offers", _("Saved. Your sign-up starts with these."), "assessment.offers_chosen", changed)

    @handles(region="journey")
    def keep_goals(self, viewer: Viewer, data: QueryDict) -> Done:
        """Keep a mentee's own goals."""
        changed = keep_goals(self.place, viewer.user_id, self.round_phase, self.form(GoalsForm, data).texts())
        return self._chosen("goals", _("Your goals are saved."), "assessment.goals_kept", changed)

    @handles(region="journey")
    def date_goal(self, viewer: Viewer, data: QueryDict) -> Done:
        """Say on which day a goal was reached."""
        sent = self.form(DoneForm, data).read()
        date_goal(self.place, viewer.user_id, sent["number"], sent["done_on"])
        self._focus = "goals"
        return Done(say=_("Saved."))

    @exports
    def export_own(self, viewer: Viewer) -> Export:
        """Everything that a person answered here and what it came to, for themselves."""
        row = self._row(viewer)
        kept = round_as_json(row.round, row.phase, row.topics)
        if row.submitted_at:
            kept["profile"] = profile_as_json(row.round, row.topics)
        if row.submitted_at and row.start:
            kept["start"] = round_as_json(row.start, "start", row.round.looks_back)
            kept["change"] = change_as_json(compared(row.start, row.round, row.round.looks_back))
        text = json.dumps(kept, indent=2, ensure_ascii=False)
        return Export(f"my-digital-skills-{row.phase}.json", [text.encode()], content_type="application/json")

    # A coordinator's handlers

    @handles(region="desk")
    def show_cohort(self, viewer: Viewer, data: QueryDict) -> Done:
        """The figures on the group."""
        self._shows_cohort = True
        return Done(say=_("The figures stand below."), events=[Event("assessment.cohort_viewed", {})])

    @exports
    def export_cohort(self, viewer: Viewer) -> Export:
        """The same figures for a spreadsheet."""
        found = cohort_report(self.place)
        name = f"digital-skills-{timezone.now():%Y-%m-%d}.csv"
        return Export(name, cohort_file(found), [Event("assessment.cohort_exported", {"people": found.people})])

    @property
    def span(self) -> Span:
        """When the round is open."""
        return span_from(self)

    def _row(self, viewer: Viewer) -> AssessmentRow:
        """The viewer's own round. Raises NotFound before it is begun."""
        participant = participant_of(self.place, viewer.user_id) if viewer.user_id else None
        row = assessment_of(participant.id, participant.role, self.round_phase) if participant else None
        if row is None:
            raise NotFound("nothing_begun")
        return row

    def _introduction(self, participant: ParticipantRow) -> Mapping[str, Any]:
        setup, words = setup_from(self), instrument_from(self).words(get_language() or "en")
        started = handed_in_at(participant.id) if self.round_phase == "end" else None
        now = timezone.now()
        too_soon = started + BETWEEN_ROUNDS if started and now < started + BETWEEN_ROUNDS else None
        page = introduction(
            words, participant.role, self.round_phase, setup, self.block_id, repeats=started is not None
        )
        return {**page, "too_soon": too_soon, "span": self.span.state(now), "opens": self.opens, "closes": self.closes}

    def _chosen(self, part: str, say: str, event: str, changed: bool) -> Done:
        self._focus = part
        return Done(say=say, events=[Event(event, {"phase": self.round_phase})] if changed else [])
