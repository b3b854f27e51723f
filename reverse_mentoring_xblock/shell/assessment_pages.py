"""The pages of the assessment before its report: introduction, one question, partial picture, check your answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.assessment.answers import SKIP, Chosen
from ..domain.assessment.ladder import Question
from ..domain.assessment.rounds import TERMS, Round
from ..domain.assessment.setup import Setup
from ..domain.states import Role
from ..selectors.assessment import AssessmentRow, GoalRow
from .assessment_setup import profile_name
from .forms.assessment import AnswerForm, BeginForm, answer_words, sure_words

Words = Mapping[str, str]

PARTIAL_FROM = 3
"""Areas that have to be finished before there is a partial picture."""

_READING_SECONDS = 60
_SECONDS = {"self": 8, "matters": 3, "check": 40, "term": 5}
_BACK_SECONDS = 90


@dataclass(frozen=True)
class CheckRow:
    """A question with its answer in words."""

    item: str
    skill: str
    stem: str
    answer: str
    is_skipped: bool


@dataclass
class CheckArea:
    """The answers of one area. ``is_open`` when a person has just changed something in it."""

    name: str
    is_open: bool = False
    rows: list[CheckRow] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """How many questions were skipped."""
        return sum(row.is_skipped for row in self.rows)


@dataclass(frozen=True)
class Wording:
    """What a page needs to say a question: the words of the bank, and the person's own goals by number."""

    words: Words
    goals: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: AssessmentRow, language: str, goals: Sequence[GoalRow]) -> "Wording":
        """For one attempt."""
        return cls(row.instrument.words(language), {goal.number: goal.text for goal in goals})

    def stem(self, question: Question) -> str:
        """The question itself."""
        if question.kind == "matters":
            return self.words["lead.matters"]
        if question.kind == "term":
            return self.words[f"{question.id}.term"]
        if question.kind == "goal":
            return self.goals.get(int(question.id.removeprefix("g-")), _("A goal that you have taken away since"))
        return self.words[f"{question.id.removeprefix('then-')}.stem"]

    def heading(self, question: Question) -> str:
        """What the question is about."""
        if question.kind == "term":
            return self.words["lead.met"]
        if question.kind == "goal":
            return _("A goal that you set yourself: have you reached it?")
        return self.words[f"competence.{question.competence}.short"]

    def answer(self, said: Round, question: Question) -> str:
        """The answer given, in words."""
        answer = said.answers[question.id]
        value = answer.choice if isinstance(answer, Chosen) else str(answer)
        on_scale, beside = answer_words(said.bank, question.id, self.words, said.seed)
        text = dict((*on_scale, *beside))[value]
        if isinstance(answer, Chosen) and answer.confidence:
            sure = dict(sure_words(self.words))[answer.confidence]
            return _("%(answer)s (%(sure)s)") % {"answer": text, "sure": sure}
        return text


def introduction(words: Words, role: Role, phase: str, setup: Setup, block_id: str, *, repeats: bool) -> dict[str, Any]:
    """What it is for, how long it takes, who sees it. An end round that ``repeats`` an earlier one asks no role."""
    choices = [(profile.name, profile_name(profile.name)) for profile in setup.profiles]
    asks_profile = role is Role.MENTEE and len(choices) > 1 and not repeats
    return {
        "page": "intro",
        "phase": phase,
        "words": words,
        "skills": len(setup.competences),
        "scenarios": setup.uses_checks,
        "minutes": _minutes(role, phase, setup),
        "form": BeginForm(block_id=block_id, choices=choices if asks_profile else ()),
        "asks_profile": asks_profile,
    }


def question_page(said: Round, wording: Wording, block_id: str, at: str, answered: str) -> dict[str, Any]:
    """The question at ``at``, or the open one, or the check of all answers. ``answered`` is the latest one."""
    position = said.position(at)
    if position.question is None:
        return _check(said, wording, answered)
    question, progress = position.question, said.progress()
    words = wording.words
    return {
        "page": "question",
        "words": words,
        "question": question,
        "number": position.number,
        "about": progress.about,
        "is_exact": progress.done == progress.about,
        "area": words[f"area.{said.bank.area_of[question.competence]}.name"] if question.competence else "",
        "heading": wording.heading(question),
        "description": words[f"competence.{question.competence}.about"] if question.kind in ("self", "matters") else "",
        "previous": position.previous,
        "has_partial": said.asks_matters and said.finished_areas >= PARTIAL_FROM,
        "form": answer_form(said, question, wording, block_id),
    }


def answer_form(said: Round, question: Question, wording: Wording, block_id: str, data: Any = None) -> AnswerForm:
    """The form of one question, with the answer given before or with what was sent."""
    answer = said.answers.get(question.id, "")
    initial = {"answer": answer.choice, "sure": answer.confidence} if isinstance(answer, Chosen) else {"answer": answer}
    return AnswerForm(
        question.id,
        said.bank,
        wording.words,
        data,
        block_id=block_id,
        stem=wording.stem(question),
        seed=said.seed,
        initial=initial,
    )


def saved_sentence(done: int, about: int) -> str:
    """For the status line after an answer."""
    if done == about:
        return _("Saved. Every question is answered.")
    return ngettext(
        "Saved. %(done)s of about %(about)s question answered.",
        "Saved. %(done)s of about %(about)s questions answered.",
        about,
    ) % {"done": done, "about": about}


def _minutes(role: Role, phase: str, setup: Setup) -> int:
    skills = len(setup.competences)
    seconds = _READING_SECONDS + skills * 2 * _SECONDS["self"]
    if role is Role.MENTEE:
        seconds += skills * _SECONDS["matters"]
        seconds += _SECONDS["check"] * setup.most_checks
        seconds += _SECONDS["term"] * TERMS if setup.uses_terms else 0
        seconds += _BACK_SECONDS if phase == "end" else 0
    return ceil(seconds / 60)


def _check(said: Round, wording: Wording, answered: str) -> dict[str, Any]:
    walked = said.path()
    areas: dict[str, CheckArea] = {}
    for question in walked:
        name, title = _group(said, question, wording.words)
        area = areas.setdefault(name, CheckArea(title))
        area.rows.append(_check_row(said, question, wording))
        area.is_open = area.is_open or question.id == answered
    skipped = sum(area.skipped for area in areas.values())
    return {
        "page": "check",
        "words": wording.words,
        "areas": tuple(areas.values()),
        "answered": len(walked) - skipped,
        "skipped": skipped,
    }


def _group(said: Round, question: Question, words: Words) -> tuple[str, str]:
    if question.kind == "term":
        return "term", _("Terms")
    if question.kind == "then":
        return "then", _("Looking back at the start")
    if question.kind == "goal":
        return "goal", _("Your goals")
    area = said.bank.area_of[question.competence]
    return area, words[f"area.{area}.name"]


def _check_row(said: Round, question: Question, wording: Wording) -> CheckRow:
    skill = wording.words[f"competence.{question.competence}.short"] if question.competence else ""
    return CheckRow(
        item=question.id,
        skill=skill,
        stem=wording.stem(question),
        answer=wording.answer(said, question),
        is_skipped=said.answers[question.id] == SKIP,
    )
