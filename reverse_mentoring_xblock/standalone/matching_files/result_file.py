"""Writing result.json, and reading one to check it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ...domain.matching import LeftOut, Match, Outcome, Policy, Prices, Rule, Why, Witness
from ...domain.states import Role
from .people_file import Roster
from .refusals import Problem, Refused


@dataclass(frozen=True)
class Claim:
    """What a result file says that can be checked."""

    pairs: tuple[tuple[int, int], ...]
    utilities: tuple[int, ...]
    matched: int
    total: int
    bound: int
    certified: bool
    prices: Prices
    floor: int
    policy: Mapping[str, Any]


def written(outcome: Outcome, roster: Roster, policy: Policy) -> str:
    """The text of a result file."""
    names, groups = roster.names, _groups(outcome.left_out)
    result = {
        "matched": outcome.matched,
        "total": outcome.total,
        "bound": outcome.bound,
        "certified": outcome.certified,
        "seed": outcome.seed,
        "floor": outcome.floor,
        "policy": policy_of(policy),
        "pairs": [_pair(match, names, policy) for match in outcome.pairs],
        "unmatched": [_unmatched(one, names, groups) for one in outcome.left_out],
        "competitions": [_competition(group, roster) for group in groups],
        "prices": {
            "bonus": outcome.prices.bonus,
            "first": outcome.prices.first,
            "mentors": dict(sorted((names[id_], price) for id_, price in outcome.prices.mentors.items())),
            "mentees": dict(sorted((names[id_], price) for id_, price in outcome.prices.mentees.items())),
        },
        "witness": _witness(outcome.prices.witness, names),
        "waiting": {str(rounds): _witness(one, names) for rounds, one in outcome.prices.waiting.items()},
    }
    return json.dumps(result, indent=1, ensure_ascii=False) + "\n"


def policy_of(policy: Policy) -> dict[str, Any]:
    """The policy as numbers and texts."""
    policy_: dict[str, Any] = json.loads(json.dumps(asdict(policy), default=str))
    return policy_


def read_result(path: Path, roster: Roster) -> Claim:
    """What a result file claims about these people. Raises Refused when it is no result, or names somebody else."""
    ids = {
        Role.MENTOR: {roster.names[person.id]: person.id for person in roster.mentors},
        Role.MENTEE: {roster.names[person.id]: person.id for person in roster.mentees},
    }
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
        return Claim(
            pairs=tuple(
                (ids[Role.MENTOR][pair["mentor"]], ids[Role.MENTEE][pair["mentee"]]) for pair in result["pairs"]
            ),
            utilities=tuple(int(pair["utility"]) for pair in result["pairs"]),
            matched=int(result["matched"]),
            total=int(result["total"]),
            bound=int(result["bound"]),
            certified=bool(result["certified"]),
            prices=_prices(result, ids),
            floor=int(result["floor"]),
            # A result from before there was this rule was made without it.
            policy={"waiting_first": False, **result["policy"]},
        )
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Refused([Problem(path.name, 1, "", f"cannot be read: {error}")]) from error
    except (KeyError, TypeError, ValueError) as error:
        raise Refused([Problem(path.name, 1, "", f"this is no result for these people: {error!r}")]) from error


def _prices(result: Mapping[str, Any], ids: Mapping[Role, Mapping[str, int]]) -> Prices:
    prices = result["prices"]
    return Prices(
        bonus=int(prices["bonus"]),
        first=int(prices.get("first", 0)),
        mentors={ids[Role.MENTOR][name]: int(price) for name, price in prices["mentors"].items()},
        mentees={ids[Role.MENTEE][name]: int(price) for name, price in prices["mentees"].items()},
        witness=_witness_of(result["witness"], ids),
        waiting={int(rounds): _witness_of(one, ids) for rounds, one in result.get("waiting", {}).items()},
    )


def _witness_of(stored: Mapping[str, Any], ids: Mapping[Role, Mapping[str, int]]) -> Witness:
    return Witness(
        mentees=tuple(ids[Role.MENTEE][name] for name in stored["mentees"]),
        mentors=tuple(ids[Role.MENTOR][name] for name in stored["mentors"]),
    )


def _witness(witness: Witness, names: Mapping[int, str]) -> dict[str, list[str]]:
    return {
        "mentees": sorted(names[id_] for id_ in witness.mentees),
        "mentors": sorted(names[id_] for id_ in witness.mentors),
    }


def _pair(match: Match, names: Mapping[int, str], policy: Policy) -> dict[str, Any]:
    reason, worth = match.reason, match.utility
    best = match.next_best
    return {
        "mentor": names[match.mentor],
        "mentee": names[match.mentee],
        "utility": worth.total,
        "reasons": {
            "points": asdict(worth.parts),
            "covered": reason.topics,
            "wanted": reason.wanted,
            "minutes": reason.minutes,
            "languages": [language for language in reason.languages if language],
            "level_gap": reason.level_gap,
            "other_department": reason.other_department,
            "other_site": reason.other_site,
            "wished_by": reason.wished_by,
            "rules_kept": [rule for rule in Rule if rule is not Rule.HOURS or policy.min_shared_minutes],
        },
        "next_best": {"mentor": names[best.mentor], "utility": best.points, "cost": best.cost} if best else None,
    }


def _unmatched(one: LeftOut, names: Mapping[int, str], groups: Mapping[tuple[Any, ...], int]) -> dict[str, Any]:
    reason: dict[str, Any] = {"why": one.why}
    if one.why is Why.COMPETITION:
        reason |= {"competition": groups[_group(one)], "binding": one.binding, "later": one.later}
    elif one.why is Why.NO_PARTNER:
        reason |= {"rule": one.rule, "alone": dict(one.alone), "counts": dict(one.counts)}
    return {"person": names[one.id], "role": one.role, "reason": reason}


def _group(one: LeftOut) -> tuple[Any, ...]:
    return one.role, one.rivals, one.partners


def _groups(left_out: Sequence[LeftOut]) -> Mapping[tuple[Any, ...], int]:
    """The different sets of people who compete, numbered."""
    groups: dict[tuple[Any, ...], int] = {}
    for one in left_out:
        if one.why is Why.COMPETITION:
            groups.setdefault(_group(one), len(groups))
    return groups


def _competition(group: tuple[Any, ...], roster: Roster) -> dict[str, Any]:
    role, rivals, partners = group
    room = {mentor.id: mentor.capacity for mentor in roster.mentors}
    sought, places = (sum(room.get(id_, 1) for id_ in side) for side in (rivals, partners))
    return {
        "role": role,
        "rivals": [roster.names[id_] for id_ in rivals],
        "sought": sought,
        "partners": [roster.names[id_] for id_ in partners],
        "places": places,
    }
