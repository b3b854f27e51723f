"""The report of a round: sentences, tables, topics with reasons, scenarios with explanations, what a mentor sees."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..domain.assessment.bank import LEVELS
from ..domain.assessment.interchange import compared
from ..domain.assessment.offering import WORTH_OFFERING, offers, strength
from ..domain.assessment.profile import Profile
from ..domain.assessment.rounds import Round
from ..domain.assessment.topics import Topic
from ..domain.states import Role
from ..selectors.assessment import AssessmentRow, GoalRow, SharedPicture, shared_picture
from ..selectors.framework import statements_of
from .assessment_change import changes
from .assessment_review import review
from .assessment_setup import profile_name
from .assessment_tables import area_line, bands, between, level_words
from .forms.assessment import GoalsForm, OffersForm, SharingForm, SwapForm

Words = Mapping[str, str]

_LITTLE = 8
"""Points below a target that count as a little: half the error of one skill's score."""
_MUCH = 24
"""Points below a target that count as much: one and a half times that error."""


@dataclass(frozen=True)
class TopicCard:
    """A topic, why it is one, and a way to swap it (None when there is nothing to swap it for)."""

    code: str
    name: str
    about: str
    example: str
    reasons: tuple[str, ...]
    form: SwapForm | None


def report(
    row: AssessmentRow, role: Role, words: Words, block_id: str, goals: Sequence[GoalRow] = ()
) -> dict[str, Any]:
    """Everything on the report's page."""
    read = row.round.profile()
    is_mentee = role is Role.MENTEE
    found = compared(row.start, row.round, row.round.looks_back) if row.start else None
    areas = [
        area_line(row.round, area, words, shows_target=is_mentee, change=found.areas.get(area.id) if found else None)
        for area in read.areas
    ]
    common = {
        "page": "report",
        "words": words,
        "row": row,
        "areas": areas,
        "area_lines": [area.line for area in areas],
        "bands": bands(row.round.bank),
        "skill_error": round(row.round.bank.scoring.sem["competence"]),
        "level_names": [words[f"level.{name}.name"] for name in LEVELS],
        "best": _best_area(read, words),
        "shows_target": is_mentee,
        "role_profile": profile_name(row.role_profile) if is_mentee and row.role_profile else "",
        "statements": statements_of(row.round.competences),
        "review": review(row.round, read, words),
        "changes": changes(row, found, goals, words, block_id) if found else None,
    }
    if role is Role.MENTOR:
        return {**common, **_for_mentor(row, read, words, block_id)}
    return {**common, **_for_mentee(row, read, words, block_id, goals)}


def partial_picture(said: Round, words: Words) -> dict[str, Any]:
    """What can be seen before the end: the areas that have a score."""
    read = said.profile()
    lines = [area_line(said, area, words, shows_target=False).line for area in read.areas]
    return {
        "page": "partial",
        "words": words,
        "bands": bands(said.bank),
        "area_lines": [line for line in lines if line.picture],
        "level_names": [words[f"level.{name}.name"] for name in LEVELS],
    }


def partner_lines(picture: SharedPicture | None, words: Words) -> dict[str, Any]:
    """What a mentor sees, in words: for the mentee who decides it and for the mentor's own page alike."""
    if picture is None:
        return {"topics": (), "levels": (), "strength": ""}
    return {
        "topics": tuple(
            (words[f"competence.{code}.short"], words[f"competence.{code}.topic"]) for code in picture.topics
        ),
        "levels": tuple(
            (words[f"area.{level.area}.name"], between(level.low, level.high, words)) for level in picture.levels
        ),
        "strength": words[f"competence.{picture.strength}.short"] if picture.strength else "",
    }


def _for_mentee(
    row: AssessmentRow, read: Profile, words: Words, block_id: str, goals: Sequence[GoalRow]
) -> Mapping[str, Any]:
    offered = strength(read, row.topics, row.round.bank.scoring.cuts[WORTH_OFFERING])
    ticked = [name for name, is_shared in asdict(row.sharing).items() if is_shared]
    may_set_goals = row.phase == "start" and row.is_current and not row.has_end
    return {
        "topics": _topic_cards(row, read, words, block_id),
        "strength": words[f"competence.{offered}.short"] if offered else "",
        "strength_about": words[f"competence.{offered}.about"] if offered else "",
        "sharing": SharingForm(block_id=block_id, initial={"share": ticked}) if row.is_current else None,
        "shared": partner_lines(shared_picture(row, read), words),
        "goals": GoalsForm(block_id=block_id, goals=[goal.text for goal in goals]) if may_set_goals else None,
    }


def _for_mentor(row: AssessmentRow, read: Profile, words: Words, block_id: str) -> Mapping[str, Any]:
    codes = [code for code in row.round.bank.competences if code in row.round.competences]
    choices = [(code, words[f"competence.{code}.short"]) for code in codes]
    form = OffersForm(block_id=block_id, choices=choices, initial={"offers": list(row.topics)})
    return {
        "offers": [
            {
                "name": words[f"competence.{result.code}.short"],
                "level": level_words(result.level, words) if result.level else "",
                "about": words[f"competence.{result.code}.about"],
                "example": words[f"competence.{result.code}.try"],
            }
            for result in offers(read, row.round.bank.scoring.cuts[WORTH_OFFERING])
        ],
        "offers_form": form if row.is_current else None,
    }


def _topic_cards(row: AssessmentRow, read: Profile, words: Words, block_id: str) -> tuple[TopicCard, ...]:
    known = {topic.competence: topic for topic in (*read.topics.chosen, *read.topics.alternatives)}
    choices = [(code, words[f"competence.{code}.short"]) for code in known if code not in row.topics]
    can_swap = row.is_current and choices
    return tuple(
        TopicCard(
            code=code,
            name=words[f"competence.{code}.short"],
            about=words[f"competence.{code}.topic"],
            example=words[f"competence.{code}.try"],
            reasons=_reasons(known[code]) if code in known else (),
            form=SwapForm(block_id=block_id, topic=code, choices=choices) if can_swap else None,
        )
        for code in row.topics
    )


def _reasons(topic: Topic) -> tuple[str, ...]:
    said = []
    for reason in topic.why:
        if reason.code == "gap" and reason.number < _LITTLE:
            said.append(_("Your answers place you a little below the target."))
        elif reason.code == "gap" and reason.number < _MUCH:
            said.append(_("Your answers place you below the target."))
        elif reason.code == "gap":
            said.append(_("Your answers place you well below the target."))
        elif reason.code == "room":
            said.append(_("You are at the target or close to it. This would take you further."))
        elif reason.code == "matters" and reason.number >= 3:
            said.append(_("You said that it matters a great deal to you in the next six months."))
        elif reason.code == "matters":
            said.append(_("You said that it matters quite a lot to you in the next six months."))
        elif reason.code == "weight":
            said.append(_("The programme puts weight on it."))
        elif reason.code == "risk":
            said.append(_("You were sure of an answer that would have been unsafe; it is explained below."))
    return tuple(said)


def _best_area(read: Profile, words: Words) -> Mapping[str, str] | None:
    scored = [area for area in read.areas if area.score is not None]
    if not scored:
        return None
    best = max(scored, key=lambda area: area.score or 0.0)
    assert best.level is not None  # noqa: S101 - an area with a score has a level
    return {"area": words[f"area.{best.id}.name"], "level": level_words(best.level, words)}
