"""A round as a file: what a person takes with them, and what anybody can score again by hand or by program.

The file is a mapping. ``answers`` by question id: 0 to 4, ``"na"`` or ``"skip"`` for a self item, ``{"choice": ..,
"confidence": ..}`` for a scenario. All else may be left out: ``phase``, ``bank`` (id and version), ``competences``
(else those that the answers are about), ``matters``, ``targets`` and ``weights`` by competence, ``topics`` that were
settled.

An end round may hold ``routes``, the second rung that the start round has settled, by competence, and ``start``, the
file of the start round. What it does not say of competences, targets, weights and routes is then as in the start.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from .answers import Answer, Answers, Chosen, matters_id, matters_in, permits, scale_of
from .bank import Bank, Form, Rung
from .change import Comparison, compare
from .offering import WORTH_OFFERING, strength
from .profile import Profile
from .repeating import settled_routes
from .rounds import Round
from .topics import WEIGHTS

Json = dict[str, Any]

PARTS = ("phase", "bank", "competences", "answers", "matters", "targets", "weights", "topics", "routes", "start")
"""What a file is read for. A person's own export holds ``RESULTS`` too: they are worked out again, not read."""

RESULTS = ("profile", "change")
_PHASES = ("start", "end")


class Unusable(ValueError):
    """A file that cannot be scored; the text says which part and why."""


def scored(bank: Bank, kept: Mapping[str, Any]) -> Json:
    """The scores of a file, unrounded, with ``change`` where it holds its start round. Raises Unusable."""
    kept_start = _mapping(kept, "start") if "start" in kept else None
    if kept_start is not None and kept.get("phase", "end") != "end":
        raise Unusable("start: only an end round has a start round")
    start = _start(bank, kept_start) if kept_start is not None else None
    said = round_from_json(bank, kept, start)
    found = profile_as_json(said, _codes(bank, kept, "topics") if "topics" in kept else None)
    if start is None:
        return found
    return {**found, "change": change_as_json(compared(start, said, said.looks_back))}


def round_from_json(bank: Bank, kept: Mapping[str, Any], start: Round | None = None) -> Round:
    """The round in a file; ``start`` is the round that an end round repeats. Raises Unusable."""
    phase = kept.get("phase", "start")
    if phase not in _PHASES:
        raise Unusable(f"phase: {phase!r} is not start or end")
    _check_bank(bank, _mapping(kept, "bank"))
    answers = {**_answers(bank, _mapping(kept, "answers", is_needed=True)), **_matters(bank, kept)}
    asked = start.competences if start else _asked(bank, answers)
    checks = tuple(item for item in answers if item in bank.checks)
    said = Round(
        bank=bank,
        competences=_codes(bank, kept, "competences") if "competences" in kept else asked,
        seed=0,
        answers=answers,
        form=bank.checks[checks[0]].form if checks else Form.A,
        uses_checks=bool(checks),
        checks=checks,
        routes=_routes(bank, kept) if "routes" in kept or not start else settled_routes(start),
        targets=_numbers(bank, kept, "targets", 0, 100) if "targets" in kept or not start else start.targets,
        weights=_numbers(bank, kept, "weights", *WEIGHTS) if "weights" in kept or not start else start.weights,
        looks_back=start.looks_back if start else _codes(bank, kept, "topics") if phase == "end" else (),
        keeps_checks=True,
    )
    _check_known(bank, "competences", said.competences)
    return said


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


def _start(bank: Bank, kept: Mapping[str, Any]) -> Round:
    """The start round of an end round, which looks back at its topics: those settled, else those that it suggests."""
    try:
        if kept.get("phase", "start") != "start":
            raise Unusable("phase: the round that an end round repeats is a start round")
        said = round_from_json(bank, kept)
        settled = _codes(bank, kept, "topics") if "topics" in kept else chosen_topics(said.profile())
    except Unusable as error:
        raise Unusable(f"start: {error}") from error
    return replace(said, looks_back=settled)


def _check_bank(bank: Bank, named: Mapping[str, Any]) -> None:
    """Scores of another bank, or of another major version, would mean something else."""
    name, version = named.get("id", bank.id), str(named.get("version", bank.version))
    if name != bank.id or version.partition(".")[0] != bank.major:
        raise Unusable(f"bank: these answers belong to {name} {version}, not to {bank.id} {bank.version}")


def _answers(bank: Bank, kept: Mapping[str, Any]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    for item, value in kept.items():
        answer = value
        if isinstance(value, Mapping):
            choice, sure = value.get("choice"), value.get("confidence")
            if not isinstance(choice, str):
                raise Unusable(f"answers: {item} has no choice")
            if not isinstance(sure, str | None):
                raise Unusable(f"answers: the confidence of {item} is not a text")
            answer = Chosen(choice, sure)
        if not permits(bank, item, answer):
            raise Unusable(f"answers: {item} {_unfit(bank, item, value)}")
        answers[item] = answer
    return answers


def _unfit(bank: Bank, item: str, value: object) -> str:
    is_known = item in bank.items or item in bank.checks or scale_of(bank, item) is not None
    return f"does not take {value!r}" if is_known else "is not a question of this bank"


def _matters(bank: Bank, kept: Mapping[str, Any]) -> dict[str, Answer]:
    found = _mapping(kept, "matters")
    _check_known(bank, "matters", tuple(found))
    for code, value in found.items():
        if not permits(bank, matters_id(code), value):
            raise Unusable(f"matters: {code} does not take {value!r}")
    return {matters_id(code): value for code, value in found.items()}


def _routes(bank: Bank, kept: Mapping[str, Any]) -> dict[str, Rung]:
    found = _mapping(kept, "routes")
    _check_known(bank, "routes", tuple(found))
    for code, rung in found.items():
        if rung not in (Rung.B.value, Rung.A.value):
            raise Unusable(f"routes: the second rung of {code} is B or A, not {rung!r}")
    return {code: Rung(rung) for code, rung in found.items()}


def _asked(bank: Bank, answers: Answers) -> tuple[str, ...]:
    about = {bank.items[item].competence for item in answers if item in bank.items}
    return tuple(code for code in bank.competences if code in about)


def _mapping(kept: Mapping[str, Any], name: str, *, is_needed: bool = False) -> Mapping[str, Any]:
    if name not in kept and not is_needed:
        return {}
    found = kept.get(name)
    if not isinstance(found, Mapping):
        raise Unusable(f"{name}: a mapping is expected")
    return found


def _codes(bank: Bank, kept: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of competences that the bank can ask about, each of them once."""
    found = kept.get(name, ())
    if not isinstance(found, list | tuple):
        raise Unusable(f"{name}: a list is expected")
    _check_known(bank, name, tuple(found))
    return tuple(dict.fromkeys(found))


def _numbers(bank: Bank, kept: Mapping[str, Any], name: str, least: float, most: float) -> dict[str, float]:
    found = _mapping(kept, name)
    _check_known(bank, name, tuple(found))
    for code, value in found.items():
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise Unusable(f"{name}: {code} is not a number from {least} to {most}")
    return dict(found)


def _check_known(bank: Bank, name: str, codes: tuple[str, ...]) -> None:
    unknown = [code for code in codes if not isinstance(code, str) or code not in bank.askable]
    if unknown:
        raise Unusable(f"{name}: {unknown[0]} is not a competence of this bank")
