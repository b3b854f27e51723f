"""What changed since the start, in words: areas, topics above their corrected baseline, looking back, goals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.assessment.answers import goal_id, step
from ..domain.assessment.change import Change, Comparison, TopicChange
from ..domain.assessment.rounds import Round
from ..selectors.assessment import AssessmentRow, GoalRow
from .forms.assessment import DoneForm

Words = Mapping[str, str]


@dataclass(frozen=True)
class TopicLine:
    """One topic from start to now, in points; ``then`` is the start as the person places it today, if they did."""

    name: str
    before: int
    baseline: int
    after: int
    then: int | None


@dataclass(frozen=True)
class GoalLine:
    """A goal, how far it was reached in words, and the form for the day."""

    text: str
    reached: str
    number: int
    form: DoneForm
    done_on: Any


def changes(
    row: AssessmentRow, found: Comparison, goals: Sequence[GoalRow], words: Words, block_id: str
) -> dict[str, Any]:
    """Everything that the report of an end round says about change."""
    lower = [*found.areas.values(), *([found.overall] if found.overall else [])]
    return {
        "since": row.started_at,
        "overall": _overall(found),
        "topics": [_topic(topic, words) for topic in found.topics],
        "topic_sentence": _topic_sentence(found),
        "shift": _shift(found.topics),
        "is_lower": any(change.change is Change.LOWER for change in lower) or found.topic_change is Change.LOWER,
        "goals": [_goal(row.round, goal, block_id) for goal in goals],
        "is_current": row.is_current,
    }


def _overall(found: Comparison) -> str:
    if found.overall is None:
        return _("Too few areas have a score in both rounds for a picture of the whole.")
    return {
        Change.CLEAR: _("Over all areas together you have gained, clearly more than chance would explain."),
        Change.LIKELY: _("Over all areas together you have probably gained; chance alone would seldom give as much."),
        Change.NONE: _("Over all areas together nothing has changed that chance could not explain."),
        Change.LOWER: _("Over all areas together you place yourself lower now than at the start."),
    }[found.overall.change]


def _topic_sentence(found: Comparison) -> str:
    if found.topic_gain is None or found.topic_change is None:
        return _("Your topics have no score in both rounds, so there is no gain to state.")
    points = round(abs(found.topic_gain))
    if found.topic_change is Change.NONE:
        return _("On your topics there is no clear change: less than chance could explain.")
    if found.topic_change is Change.LOWER:
        sentence = ngettext(
            "On your topics you place yourself %(points)s point below the start, with chance taken out.",
            "On your topics you place yourself %(points)s points below the start, with chance taken out.",
            points,
        )
    elif found.topic_change is Change.CLEAR:
        sentence = ngettext(
            "On your topics you have clearly gained: about %(points)s point.",
            "On your topics you have clearly gained: about %(points)s points.",
            points,
        )
    else:
        sentence = ngettext(
            "On your topics you have probably gained: about %(points)s point.",
            "On your topics you have probably gained: about %(points)s points.",
            points,
        )
    return sentence % {"points": points}


def _topic(topic: TopicChange, words: Words) -> TopicLine:
    return TopicLine(
        name=words[f"competence.{topic.code}.short"],
        before=round(topic.before),
        baseline=round(topic.baseline),
        after=round(topic.after),
        then=None if topic.then is None else round(topic.then),
    )


def _shift(topics: Sequence[TopicChange]) -> str:
    """What looking back says against what was said at the start, over all topics with both."""
    both = [topic.then - topic.before for topic in topics if topic.then is not None]
    if not both:
        return ""
    mean = sum(both) / len(both)
    if mean <= -8:
        return _("Looking back, you now place your start lower than you did then. You see more of the subject today.")
    if mean >= 8:
        return _("Looking back, you now place your start higher than you did then.")
    return _("Looking back, you place your start about where you placed it then.")


def _goal(said: Round, goal: GoalRow, block_id: str) -> GoalLine:
    reached = {2: _("Reached"), 1: _("Partly reached"), 0: _("Not yet")}
    answer = step(said.bank, goal_id(goal.number), said.answers)
    form = DoneForm(block_id=block_id, number=goal.number, initial={"number": goal.number, "done_on": goal.done_on})
    return GoalLine(goal.text, reached[answer] if answer is not None else "", goal.number, form, goal.done_on)
