"""A round as a file: what a person takes with them, and what anybody can score again by hand or by program.

The file is a mapping. ``answers`` by question id: 0 to 4, ``"na"`` or ``"skip"`` for a self item, ``{"choice": ..,
"confidence": ..}`` for a scenario. All else may be left out: ``phase``, ``competences`` (else those that the answers
are about), ``matters``, ``targets`` and ``weights`` by competence, ``topics`` that were settled. An end round may hold
``routes``, the second rung that the start round has settled, by competence.
"""

from collections.abc import Mapping
from typing import Any

from .answers import Answer, Answers, Chosen, matters_id, matters_in, permits
from .bank import Bank, Form, Rung
from .change import Comparison, compare
from .offering import WORTH_OFFERING, strength
from .profile import Profile
from .rounds import Round

Json = dict[str, Any]


class Unusable(ValueError):
    """A file that cannot be scored; the text says which part and why."""


def round_from_json(bank: Bank, kept: Mapping[str, Any]) -> Round:
    """The round in a file. Raises Unusable."""
    answers = _answers(bank, _mapping(kept, "answers", is_needed=True))
    answers |= {matters_id(code): value for code, value in _mapping(kept, "matters").items()}
    wrong = [item for item, answer in answers.items() if not permits(bank, item, answer)]
    if wrong:
        raise Unusable(f"answers: {wrong[0]} does not take {answers[wrong[0]]!r}")
    competences = _codes(bank, kept, "competences") or _asked(bank, answers)
    checks = tuple(item for item in answers if item in bank.checks)
    topics = _codes(bank, kept, "topics")
    return Round(
        bank=bank,
        competences=competences,
        seed=0,
        answers=answers,
        form=bank.checks[checks[0]].form if checks else Form.A,
        uses_checks=bool(checks),
        checks=checks,
        routes=_routes(bank, kept),
        targets=_numbers(bank, kept, "targets", 0, 100),
        weights=_numbers(bank, kept, "weights", 0.5, 1.5),
        looks_back=topics if kept.get("phase") == "end" else (),
        keeps_checks=True,
    )


def round_as_json(said: Round, phase: str, topics: tuple[str, ...]) -> Json:
    """A round as a file, from which ``round_from_json`` reads the same scores."""
    asked = {question.id for question in said.path()}
    kept: Json = {
        "phase": phase,
        "bank": {"id": said.bank.id, "version": said.bank.version, "sha256": said.bank.digest},
        "competences": list(said.competences),
        "answers": {
            item: _plain(answer)
            for item, answer in said.answers.items()
            if item in asked and not item.startswith(matters_id(""))
        },
        "matters": {code: value for code, value in matters_in(said.answers).items() if matters_id(code) in asked},
        "targets": {code: said.targets[code] for code in said.competences if code in said.targets},
        "weights": dict(said.weights),
        "topics": list(topics),
    }
    return {**kept, "routes": {code: str(rung) for code, rung in said.routes.items()}} if said.routes else kept


def profile_as_json(said: Round, topics: tuple[str, ...] | None = None) -> Json:
    """The scores of a round, unrounded; None where the rules give none. ``topics`` those settled, else those chosen."""
    read, sure = said.profile(), said.calibration()
    settled = tuple(topic.competence for topic in read.topics.chosen) if topics is None else topics
    return {
        "competences": {
            result.code: {
                "self": result.self_score,
                "evidence": result.score,
                "level": result.level.name if result.level else None,
                "gap": result.gap,
                "priority": result.priority,
            }
            for result in read.competences
        },
        "areas": {
            area.id: {"score": area.score, "level": area.level.name if area.level else None} for area in read.areas
        },
        "overall": read.overall,
        "calibration": {"n": sure.n, "bias": sure.bias, "shrunk": sure.shrunk, "words": sure.words},
        "topics": list(settled),
        "strength": strength(read, settled, said.bank.scoring.cuts[WORTH_OFFERING]),
    }


def compared(start: Round, end: Round, topics: tuple[str, ...]) -> Comparison:
    """What changed between two rounds of one person, over the competences of the start."""
    return compare(start.bank, start.profile(), end.profile(), topics, end.looking_back(), start.competences)


def change_as_json(found: Comparison) -> Json:
    """A comparison as plain values, unrounded."""
    return {
        "overall": _change(found.overall),
        "areas": {area: _change(change) for area, change in found.areas.items()},
        "topics": {
            topic.code: {
                "before": topic.before,
                "baseline": topic.baseline,
                "after": topic.after,
                "gain": topic.gain,
                "then": topic.then,
            }
            for topic in found.topics
        },
        "topic_gain": found.topic_gain,
        "topic_change": found.topic_change,
    }


def chosen_topics(read: Profile) -> tuple[str, ...]:
    """The topics that a profile suggests."""
    return tuple(topic.competence for topic in read.topics.chosen)


def _change(found: Any) -> Json | None:
    return None if found is None else {"before": found.before, "after": found.after, "change": found.change}


def _plain(answer: Answer) -> Any:
    if not isinstance(answer, Chosen):
        return answer
    return {"choice": answer.choice} | ({"confidence": answer.confidence} if answer.confidence else {})


def _answers(bank: Bank, kept: Mapping[str, Any]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for item, value in kept.items():
        if isinstance(value, Mapping):
            choice, confidence = value.get("choice"), value.get("confidence")
            if not isinstance(choice, str):
                raise Unusable(f"answers: {item} has no choice")
            if not isinstance(confidence, str | None):
                raise Unusable(f"answers: the confidence of {item} is not a text")
            value = Chosen(choice, confidence)
        answers[item] = value
    return answers


def _asked(bank: Bank, answers: Answers) -> tuple[str, ...]:
    about = {bank.items[item].competence for item in answers if item in bank.items}
    return tuple(code for code in bank.competences if code in about & bank.askable)


def _mapping(kept: Mapping[str, Any], name: str, *, is_needed: bool = False) -> Mapping[str, Any]:
    if name not in kept and not is_needed:
        return {}
    found = kept.get(name)
    if not isinstance(found, Mapping):
        raise Unusable(f"{name}: a mapping is expected")
    return found


def _numbers(bank: Bank, kept: Mapping[str, Any], name: str, least: float, most: float) -> dict[str, float]:
    found = _mapping(kept, name)
    _check_known(bank, name, tuple(found))
    for code, value in found.items():
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise Unusable(f"{name}: {code} is not a number from {least} to {most}")
    return dict(found)


def _codes(bank: Bank, kept: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of competences that the bank can ask about, each of them once."""
    found = kept.get(name) or ()
    if not isinstance(found, list | tuple):
        raise Unusable(f"{name}: a list is expected")
    _check_known(bank, name, tuple(found))
    return tuple(dict.fromkeys(found))


def _routes(bank: Bank, kept: Mapping[str, Any]) -> dict[str, Rung]:
    found = _mapping(kept, "routes")
    _check_known(bank, "routes", tuple(found))
    for code, rung in found.items():
        if rung not in (Rung.B.value, Rung.A.value):
            raise Unusable(f"routes: the second rung of {code} is B or A")
    return {code: Rung(rung) for code, rung in found.items()}


def _check_known(bank: Bank, name: str, codes: tuple[str, ...]) -> None:
    unknown = [code for code in codes if not isinstance(code, str) or code not in bank.askable]
    if unknown:
        raise Unusable(f"{name}: {unknown[0]} is not a competence of this bank")
