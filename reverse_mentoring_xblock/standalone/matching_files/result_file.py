"""Writing result.json, and reading one to check it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ...domain.matching import LeftOut, Match, Outcome, Policy, Prices, Rule, Violation, Witness, violations
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
    prices: Prices
    floor: int
    policy: Mapping[str, Any]


def written(outcome: Outcome, roster: Roster, policy: Policy) -> str:
    """The text of a result file."""
    names = roster.names
    groups = _competitions(outcome.left_out)
    result = {
        "matched": outcome.matched,
        "total": outcome.total,
        "bound": outcome.bound,
        "certified": outcome.certified,
        "seed": outcome.seed,
        "floor": outcome.floor,
        "policy": policy_of(policy),
        "pairs": [_pair(match, names) for match in outcome.pairs],
        "unmatched": [_unmatched(one, names, groups) for one in outcome.left_out],
        "competitions": [_competition(one, names) for one in groups.values()],
        "prices": {
            "bonus": outcome.prices.bonus,
            "mentors": {names[id_]: price for id_, price in outcome.prices.mentors.items()},
            "mentees": {names[id_]: price for id_, price in outcome.prices.mentees.items()},
        },
        "witness": {
            "mentees": sorted(names[id_] for id_ in outcome.prices.witness.mentees),
            "mentors": sorted(names[id_] for id_ in outcome.prices.witness.mentors),
        },
    }
    return json.dumps(result, indent=1, ensure_ascii=False) + "\n"


def policy_of(policy: Policy) -> dict[str, Any]:
    """The policy as numbers and texts."""
    return json.loads(json.dumps(asdict(policy), default=str))


def read_result(path: Path, roster: Roster) -> Claim:
    """What a result file claims about these people. Raises Refused when it is no result."""
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
        ids = {(_role(mentor_or), name): id_ for mentor_or, id_, name in _known(roster)}
        return Claim(
            pairs=tuple((_id(ids, Role.MENTOR, p["mentor"]), _id(ids, Role.MENTEE, p["mentee"])) for p in result["pairs"]),
            utilities=tuple(pair["utility"] for pair in result["pairs"]),
            matched=result["matched"],
            total=result["total"],
            bound=result["bound"],
            prices=_prices(result, ids),
            floor=result["floor"],
            policy=result["policy"],
        )
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Refused([Problem(path.name, 1, "", f"cannot be read: {error}")]) from error
    except (KeyError, TypeError, AttributeError) as error:
        raise Refused([Problem(path.name, 1, "", f"this is no result of a match: {error!r}")]) from error
