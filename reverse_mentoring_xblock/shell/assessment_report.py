"""The report of the assessment: sentences, a table with pictures, topics with reasons, what a mentor sees."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..domain.assessment.answers import NA
from ..domain.assessment.bank import CUTS, LEVELS
from ..domain.assessment.profile import AreaResult, CompetenceResult, Profile
from ..domain.assessment.rounds import WORTH_OFFERING, Round, offers, strength
from ..domain.assessment.scores import Level
from ..domain.assessment.topics import TARGETS, Topic
from ..domain.states import Role
from ..selectors.assessment import AssessmentRow, SharedPicture, shared_picture
from .forms.assessment import SharingForm, SwapForm

Words = Mapping[str, str]

_LITTLE = 8
"""Points below a target that count as a little: half the error of one skill's score."""
_MUCH = 24
"""Points below a target that count as much: one and a half times that error."""


@dataclass(frozen=True)
class Picture:
    """A dot on the line from 0 to 100, places in per cent of its length."""

    dot: str
    reach: tuple[str, str] | None
    target: str


@dataclass(frozen=True)
class Line:
    """A row of a table: a name, a picture and the same in words. Without a score ``level`` says why."""

    name: str
    level: str
    points: int | None = None
    error: int | None = None
    picture: Picture | None = None


@dataclass(frozen=True)
class AreaLine:
    """An area's row and the rows of its competences."""

    line: Line
    skills: tuple[Line, ...]


@dataclass(frozen=True)
class TopicCard:
    """A topic, why it is one, and a way to swap it (None when there is nothing to swap it for)."""

    code: str
    name: str
    about: str
    example: str
    reasons: tuple[str, ...]
    form: SwapForm | None


def report(row: AssessmentRow, role: Role, target: str, words: Words, block_id: str) -> dict[str, Any]:
    """Everything on the report's page."""
    points = TARGETS[target]
    read = row.round.profile(points)
    shown = points if role is Role.MENTEE else None
    areas = tuple(_area_line(row.round, area, words, shown) for area in read.areas)
    common = {
        "page": "report",
        "words": words,
        "row": row,
        "areas": areas,
        "area_lines": [area.line for area in areas],
        "bands": _bands(row.round),
        "skill_error": round(row.round.bank.scoring.sem["competence"]),
        "level_names": [words[f"level.{name}.name"] for name in LEVELS],
        "best": _best_area(read, words),
        "target_level": words[f"level.{target}.name"] if shown else "",
    }
    if role is Role.MENTOR:
        return {**common, "offers": _offers(row.round, read, words)}
    return {**common, **_for_mentee(row, read, words, block_id)}


def level_words(level: Level, words: Words) -> str:
    """A level as it is said: "Basic", or "between Basic and Intermediate" near a cut point."""
    return between(level.low, level.high, words)


def between(low: str, high: str, words: Words) -> str:
    """One level's name, or two with "between"."""
    if low == high:
        return words[f"level.{low}.name"]
    return _("between %(low)s and %(high)s") % {"low": words[f"level.{low}.name"], "high": words[f"level.{high}.name"]}


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


def _for_mentee(row: AssessmentRow, read: Profile, words: Words, block_id: str) -> Mapping[str, Any]:
    offered = strength(read, row.topics, row.round.bank.scoring.cuts[WORTH_OFFERING])
    ticked = [name for name, is_shared in asdict(row.sharing).items() if is_shared]
    return {
        "topics": _topic_cards(row, read, words, block_id),
        "strength": words[f"competence.{offered}.short"] if offered else "",
        "strength_about": words[f"competence.{offered}.about"] if offered else "",
        "sharing": SharingForm(block_id=block_id, initial={"share": ticked}) if row.is_current else None,
        "shared": partner_lines(shared_picture(row, read), words),
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
    return tuple(said)


def _offers(said: Round, read: Profile, words: Words) -> tuple[Mapping[str, str], ...]:
    return tuple(
        {
            "name": words[f"competence.{result.code}.short"],
            "level": level_words(result.level, words) if result.level else "",
            "about": words[f"competence.{result.code}.about"],
            "example": words[f"competence.{result.code}.try"],
        }
        for result in offers(read, said.bank.scoring.cuts[WORTH_OFFERING])
    )


def _best_area(read: Profile, words: Words) -> Mapping[str, str] | None:
    scored = [area for area in read.areas if area.score is not None]
    if not scored:
        return None
    best = max(scored, key=lambda area: area.score or 0.0)
    assert best.level is not None  # noqa: S101 - an area with a score has a level
    return {"area": words[f"area.{best.id}.name"], "level": level_words(best.level, words)}


def _area_line(said: Round, area: AreaResult, words: Words, target: float | None) -> AreaLine:
    errors = said.bank.scoring.sem
    is_whole = set(said.competences) >= set(said.bank.competences)
    error = errors["area_all" if is_whole else "area_core"]
    skills = tuple(_skill_line(said, result, words, target) for result in area.competences)
    name = words[f"area.{area.id}.name"]
    if area.score is None or area.level is None:
        return AreaLine(Line(name, _("Not enough answers for a level")), skills)
    picture = _picture(area.score, error, target)
    return AreaLine(
        Line(name, level_words(area.level, words), round(area.score), round(error), picture),
        skills,
    )


def _skill_line(said: Round, result: CompetenceResult, words: Words, target: float | None) -> Line:
    name = words[f"competence.{result.code}.short"]
    if result.score is None or result.level is None:
        first = said.bank.self_item(result.code, said.bank.routing.start_rung).id
        is_out = said.answers.get(first) == NA
        return Line(name, words["scale.na"] if is_out else _("Skipped"))
    return Line(
        name, level_words(result.level, words), round(result.score), picture=_picture(result.score, None, target)
    )


def _picture(score: float, error: float | None, target: float | None) -> Picture:
    reach = (_place(max(0.0, score - error)), _place(min(100.0, score + error))) if error else None
    return Picture(dot=_place(score), reach=reach, target="" if target is None else _place(target))


def _bands(said: Round) -> SafeString:
    """The four bands, which lie behind every dot of the page in the same place."""
    edges = [0.0, *(said.bank.scoring.cuts[name] for name in CUTS), 100.0]
    band = '<rect class="rm-band" x="{}" y="6" width="{}" height="16"></rect>'
    return format_html_join("", band, ((_place(low), _place(high - low)) for low, high in pairwise(edges)))


def _place(points: float) -> str:
    """A length for SVG, which has a point in every language."""
    return f"{points:.1f}%"
