"""The pages of the assessment before its report: introduction, one question, check your answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..content.loading import load_bank
from ..domain.assessment.answers import SKIP
from ..domain.assessment.ladder import Question
from ..domain.assessment.rounds import Round
from ..domain.states import Role
from .forms.assessment import AnswerForm, answer_words

Words = Mapping[str, str]

_READING_SECONDS = 60
_SELF_SECONDS = 8
_MATTERS_SECONDS = 3


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


def introduction(words: Words, role: Role, competence_set: str) -> dict[str, Any]:
    """What it is for, how long it takes, who sees it."""
    skills = len(load_bank().sets[competence_set])
    matters = _MATTERS_SECONDS if role is Role.MENTEE else 0
    seconds = _READING_SECONDS + skills * (2 * _SELF_SECONDS + matters)
    return {"page": "intro", "words": words, "skills": skills, "minutes": round(seconds / 60)}


def questions(said: Round, words: Words, block_id: str, at: str, answered: str) -> dict[str, Any]:
    """The question at ``at``, or the open one, or the check of all answers. ``answered`` is the latest one."""
    position = said.position(at)
    if position.question is None:
        return _check(said, words, answered)
    question = position.question
    progress = said.progress()
    return {
        "page": "question",
        "words": words,
        "question": question,
        "number": position.number,
        "about": progress.about,
        "is_exact": progress.done == progress.about,
        "area": words[f"area.{_area_of(said, question.competence)}.name"],
        "skill": words[f"competence.{question.competence}.short"],
        "description": words[f"competence.{question.competence}.about"],
        "previous": position.previous,
        "form": AnswerForm(
            question.id, words, block_id=block_id, initial={"answer": said.answers.get(question.id, "")}
        ),
    }


def saved_sentence(done: int, about: int) -> str:
    """For the status line after an answer."""
    if done == about:
        return _("Saved. Every question is answered.")
    return ngettext(
        "Saved. %(done)s of about %(about)s question answered.",
        "Saved. %(done)s of about %(about)s questions answered.",
        about,
    ) % {"done": done, "about": about}


def _check(said: Round, words: Words, answered: str) -> dict[str, Any]:
    walked = said.path()
    areas: dict[str, CheckArea] = {}
    for question in walked:
        area = areas.setdefault(
            _area_of(said, question.competence),
            CheckArea(words[f"area.{_area_of(said, question.competence)}.name"]),
        )
        area.rows.append(_check_row(said, question, words))
        area.is_open = area.is_open or question.id == answered
    skipped = sum(area.skipped for area in areas.values())
    return {
        "page": "check",
        "words": words,
        "areas": tuple(areas.values()),
        "answered": len(walked) - skipped,
        "skipped": skipped,
    }


def _check_row(said: Round, question: Question, words: Words) -> CheckRow:
    answer = str(said.answers[question.id])
    on_scale, beside = answer_words(question.id, words)
    return CheckRow(
        item=question.id,
        skill=words[f"competence.{question.competence}.short"],
        stem=words["lead.matters"] if question.kind == "matters" else words[f"{question.id}.stem"],
        answer=dict((*on_scale, *beside))[answer],
        is_skipped=answer == SKIP,
    )


def _area_of(said: Round, competence: str) -> str:
    return next(area.id for area in said.bank.areas if competence in area.competences)
