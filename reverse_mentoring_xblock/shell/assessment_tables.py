"""Tables of the report: a level in words, and the same as a dot on a line from 0 to 100."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..domain.assessment.answers import NA
from ..domain.assessment.bank import CUTS, Bank
from ..domain.assessment.change import Change, ScoreChange
from ..domain.assessment.profile import AreaResult, CompetenceResult, area_error
from ..domain.assessment.rounds import Round
from ..domain.assessment.scores import Level

Words = Mapping[str, str]


@dataclass(frozen=True)
class Picture:
    """A dot on the line from 0 to 100, places in per cent of its length; ``before`` is the dot of an earlier round."""

    dot: str
    reach: tuple[str, str] | None
    target: str
    before: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a table: a name, a picture and the same in words. Without a score ``level`` says why."""

    name: str
    level: str
    points: int | None = None
    error: int | None = None
    picture: Picture | None = None
    checked: str = ""
    """How many scenarios stand behind it, in words; empty where it is the person's own view alone."""
    change: str = ""
    """Since the start, in words."""
    code: str = ""
    """Of a competence."""


@dataclass(frozen=True)
class AreaLine:
    """An area's row and the rows of its competences."""

    line: Line
    skills: tuple[Line, ...]


def level_words(level: Level, words: Words) -> str:
    """A level as it is said: "Basic", or "between Basic and Intermediate" near a cut point."""
    return between(level.low, level.high, words)


def between(low: str, high: str, words: Words) -> str:
    """One level's name, or two with "between"."""
    if low == high:
        return words[f"level.{low}.name"]
    return _("between %(low)s and %(high)s") % {"low": words[f"level.{low}.name"], "high": words[f"level.{high}.name"]}


def change_words(change: Change) -> str:
    """A verdict on a score, in words."""
    return {
        Change.CLEAR: _("clear gain"),
        Change.LIKELY: _("likely gain"),
        Change.NONE: _("no clear change"),
        Change.LOWER: _("rated lower now"),
    }[change]


def area_line(
    said: Round, area: AreaResult, words: Words, *, shows_target: bool, change: ScoreChange | None = None
) -> AreaLine:
    """One area; ``change`` where there is an earlier round to compare with."""
    skills = tuple(_skill_line(said, result, words, shows_target) for result in area.competences)
    name = words[f"area.{area.id}.name"]
    if area.score is None or area.level is None:
        return AreaLine(Line(name, _("Not enough answers for a level")), skills)
    error = area_error(said.bank, said.competences)
    targets = [result.target for result in area.competences]
    target = targets[0] if shows_target and len(set(targets)) == 1 else None
    picture = _picture(area.score, error, target, change.before if change else None)
    verdict = ""
    if change:
        facts = {"before": round(change.before), "verdict": change_words(change.change)}
        verdict = _("%(verdict)s, from %(before)s at the start") % facts
    line = Line(name, level_words(area.level, words), round(area.score), round(error), picture, change=verdict)
    return AreaLine(line, skills)


def bands(bank: Bank) -> SafeString:
    """The four bands, which lie behind every dot of the page in the same place."""
    edges = [0.0, *(bank.scoring.cuts[name] for name in CUTS), 100.0]
    band = '<rect class="rm-band" x="{}" y="6" width="{}" height="16"></rect>'
    return format_html_join("", band, ((_place(low), _place(high - low)) for low, high in pairwise(edges)))


def _skill_line(said: Round, result: CompetenceResult, words: Words, shows_target: bool) -> Line:
    name = words[f"competence.{result.code}.short"]
    if result.score is None or result.level is None:
        first = said.bank.self_item(result.code, said.bank.routing.start_rung).id
        is_out = said.answers.get(first) == NA
        return Line(name, words["scale.na"] if is_out else _("Skipped"), code=result.code)
    picture = _picture(result.score, None, result.target if shows_target else None, None)
    level = level_words(result.level, words)
    return Line(name, level, round(result.score), picture=picture, checked=_checked(result), code=result.code)


def _checked(result: CompetenceResult) -> str:
    return _("backed by a scenario") if result.verdicts else ""


def _picture(score: float, error: float | None, target: float | None, before: float | None) -> Picture:
    reach = (_place(max(0.0, score - error)), _place(min(100.0, score + error))) if error else None
    return Picture(
        dot=_place(score),
        reach=reach,
        target="" if target is None else _place(target),
        before="" if before is None else _place(before),
    )


def _place(points: float) -> str:
    """A length for SVG, which has a point in every language."""
    return f"{points:.1f}%"
