"""A forecast as text and as JSON: of the people in a file, or of invented ones."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...content.loading import bank_words
from ...domain.matching import Forecast, Gain, Group, How, Outlook, Policy, Rule, Topic, Why
from .result_file import policy_of

RULES = {
    Rule.CAPACITY: "places of the mentors",
    Rule.SENIORITY_GAP: "levels between mentor and mentee",
    Rule.HOURS: "shared time",
    Rule.LANGUAGE: "language",
    Rule.MODE: "way of meeting",
    Rule.SHARED_MANAGER: "shared manager",
    Rule.PAST_PARTNER: "earlier partners",
    Rule.REPORTING_LINE: "reporting line",
}
WEAKER = {
    Rule.CAPACITY: "one mentee more for each mentor",
    Rule.SENIORITY_GAP: "{limit} levels between mentor and mentee",
    Rule.HOURS: "shared time of {limit} minutes",
}


def written(found: Forecast, seed: int, policy: Policy, names: Mapping[int, str], of: Outlook | None = None) -> str:
    """The text of a forecast file. People are named where there are names."""
    binding = found.binding
    result = {
        "mentors": {"looked_at": found.mentors, "of": found.all_mentors, "places": found.places, "matched": found.busy},
        "mentees": {"looked_at": found.mentees, "of": found.all_mentees, "matched": found.matched},
        "rate": round(found.rate, 4),
        "draws": _draws(of) if of else None,
        "topics": [_topic(topic) for topic in found.topics],
        "circles": [vars(one) for one in found.circles],
        "relaxing": [vars(gain) for gain in found.gains],
        "binding": {"rule": binding.rule, "how": binding.how} if binding else None,
        "waiting": [vars(group) for group in found.groups],
        "people_waiting": [
            {"person": names[one.id], "role": one.role, "why": one.why, "rule": one.rule}
            for one in found.waiting
            if one.id in names
        ],
        "seed": seed,
        "policy": policy_of(policy),
    }
    return json.dumps(result, indent=1, ensure_ascii=False) + "\n"


def told(found: Forecast, of: Outlook | None = None) -> str:
    """The same for reading."""
    parts = (_summary(found, of), _topics(found), _circles(found), _relaxing(found), _waiting(found))
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part)


def _draws(of: Outlook) -> dict[str, Any]:
    return {"count": of.draws, "lowest": round(of.lowest, 4), "highest": round(of.highest, 4), "heads": vars(of.heads)}


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "topic": topic.code,
        "wanted": topic.wanted,
        "mentors": topic.mentors,
        "places": topic.places,
        "scarce": topic.is_scarce,
    }


def _summary(found: Forecast, of: Outlook | None) -> Iterator[str]:
    if of:
        low, high = f"{of.lowest:.0%}", f"{of.highest:.0%}"
        yield f"Invented people. In {of.draws} draws, {low} to {high} of the mentees have a mentor."
        yield "The draw in the middle:"
    if found.is_sample:
        yield f"A sample of {found.all_mentors} mentors and {found.all_mentees} mentees, drawn in proportion:"
    yield f"{found.mentors} mentors with {found.places} places, {found.mentees} mentees."
    yield f"{found.matched} of {found.mentees} mentees would have a mentor ({found.rate:.0%})."


def _topics(found: Forecast) -> Iterator[str]:
    yield "Topics: wanted, places"
    for topic in found.topics:
        mark = "  scarce" if topic.is_scarce else ""
        yield f"  {_named(topic.code):32} {topic.wanted:6} {topic.places:6}{mark}"


def _circles(found: Forecast) -> Iterator[str]:
    for one in found.circles:
        yield f"Circles on {_named(one.topic)}: {one.circles} would serve {one.more} people more."


def _relaxing(found: Forecast) -> Iterator[str]:
    yield "One rule relaxed, people more"
    for gain in found.gains:
        yield f"  {_relaxed(gain):44} {gain.more:6}"


def _relaxed(gain: Gain) -> str:
    if gain.how is How.WEAKER:
        return WEAKER[gain.rule].format(limit=gain.limit)
    return f"without the rule: {RULES[gain.rule]}"


def _waiting(found: Forecast) -> Iterator[str]:
    yield "Who would wait" if found.waiting else "Nobody would wait."
    for group in found.groups:
        yield f"  {group.people} x {group.role}: {_reason(group)}"


def _reason(group: Group) -> str:
    binding = f"; most often in the way: {RULES[group.rule]}" if group.rule in RULES else ""
    if group.why is Why.COMPETITION:
        return f"too few places on the other side{binding}"
    return f"nobody fits{binding}"


def _named(code: str) -> str:
    name = bank_words("en").get(f"competence.{code}.short")
    return f"{code} {name}" if name else code
