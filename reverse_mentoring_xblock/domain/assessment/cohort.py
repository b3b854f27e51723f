"""What a programme's assessments say together, for coordinators: never about one person.

Start figures take everybody who handed in the start round; change takes those who handed in both. Rounds that look
clicked through are left out and counted. A competence's change is taken above its corrected baseline (see ``change``),
so that chance swinging back is not sold as learning; competences that were no topic are the control that the programme
brings with it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from ..disclosure import FLOOR, Estimate, estimate, released, shown_groups
from .bank import LEVELS, Bank, Form
from .change import corrected_baseline, own_mean
from .summary import Summary


@dataclass(frozen=True)
class Reading:
    """One handed-in round, as far as figures for a group need it."""

    scores: Summary
    form: Form
    is_careless: bool


@dataclass(frozen=True)
class Member:
    """One mentee: the start round, the end round if there is a comparable one, the topics settled at the start."""

    start: Reading
    end: Reading | None
    topics: tuple[str, ...]
    group: str = ""
    """What people are grouped by; empty for those who belong to no group."""


@dataclass(frozen=True)
class Distribution:
    """A score over a group: its mean, and how many people stand on each level."""

    estimate: Estimate
    levels: Mapping[str, int]


@dataclass(frozen=True)
class Gain:
    """What changed for those with both rounds; a part is None where too few people carry it.

    ``targeted`` and ``untargeted`` are means over competences that were topics and that were not, above the corrected
    baseline; ``difference`` is the first less the second, person by person. ``scenarios`` is the share answered rightly
    at the start and at the end, with both orders of the forms counting the same.
    """

    overall: Estimate | None
    areas: Mapping[str, Estimate]
    targeted: Estimate | None
    untargeted: Estimate | None
    difference: Estimate | None
    scenarios: tuple[float, float] | None


@dataclass(frozen=True)
class CohortFigures:
    """The report on a group. ``people`` handed in the start round, ``both`` both rounds; ``careless`` were left out of
    them. ``start`` is None below ten people, ``overall`` also where one area is hidden and could be worked out from it.
    ``groups`` holds those that may be shown; ``hidden_groups`` says how many may not."""

    people: int
    both: int
    careless: int
    start: Mapping[str, Distribution] | None
    overall: Estimate | None
    groups: Mapping[str, Estimate]
    hidden_groups: int
    gain: Gain | None


def figures(bank: Bank, members: Sequence[Member], finished: Sequence[Member]) -> CohortFigures:
    """The report on ``members``, in the order in which they handed in the start round. ``finished`` are those of them
    with an end round, in the order in which they handed that in."""
    kept = [member for member in members if not member.start.is_careless]
    pairs = [member for member in finished if not _is_careless(member)]
    careless = len(members) - len(kept) + sum(bool(member.end and member.end.is_careless) for member in kept)
    start = _start(bank, kept)
    is_one_hidden = len(start) == len(bank.areas) - 1
    overall = None if is_one_hidden else estimate(_values(kept, lambda member: member.start.scores.overall))
    groups, hidden = _groups(kept, overall)
    return CohortFigures(
        people=len(kept),
        both=len(pairs),
        careless=careless,
        start=start or None,
        overall=overall,
        groups=groups,
        hidden_groups=hidden,
        gain=_gain(bank, pairs) if len(pairs) >= FLOOR else None,
    )


def _is_careless(member: Member) -> bool:
    return member.start.is_careless or member.end is None or member.end.is_careless


def _start(bank: Bank, members: Sequence[Member]) -> dict[str, Distribution]:
    found = {}
    for area in bank.areas:
        placed = [member.start.scores.areas[area.id] for member in members if area.id in member.start.scores.areas]
        mean = estimate([score for score, _ in placed])
        if mean is not None:
            counts = Counter(level for _, level in released(placed))
            found[area.id] = Distribution(mean, {level: counts[level] for level in LEVELS})
    return found


def _groups(members: Sequence[Member], overall: Estimate | None) -> tuple[dict[str, Estimate], int]:
    if overall is None:
        return {}, len({member.group for member in members if member.group})
    scored = [(member.group, score) for member in members if (score := member.start.scores.overall) is not None]
    scores: dict[str, list[float]] = {}
    for group, score in scored[: overall.n]:  # no more people than the total, or the rest between them is unknown
        if group:
            scores.setdefault(group, []).append(score)
    sizes = {group: len(released(values)) for group, values in scores.items()}
    shown = shown_groups(sizes, overall.n)
    means = {group: mean for group in sorted(shown) if (mean := estimate(scores[group])) is not None}
    return means, len(scores) - len(means)


def _gain(bank: Bank, pairs: Sequence[Member]) -> Gain:
    areas = {}
    for area in bank.areas:
        found = [_area_change(member, area.id) for member in pairs]
        change = estimate([points for points in found if points is not None])
        if change is not None:
            areas[area.id] = change
    is_one_hidden = len(areas) == len(bank.areas) - 1
    changes = [_topic_change(bank, member) for member in pairs]
    both = [(on, off) for on, off in changes if on is not None and off is not None]
    return Gain(
        overall=None if is_one_hidden else estimate(_values(pairs, _overall_change)),
        areas=areas,
        targeted=estimate([on for on, _ in both]),
        untargeted=estimate([off for _, off in both]),
        difference=estimate([on - off for on, off in both]),
        scenarios=_scenarios(pairs),
    )


def _values(members: Iterable[Member], read: Callable[[Member], float | None]) -> list[float]:
    return [value for member in members if (value := read(member)) is not None]


def _overall_change(member: Member) -> float | None:
    before, after = member.start.scores.overall, member.end.scores.overall if member.end else None
    return None if before is None or after is None else after - before


def _area_change(member: Member, area: str) -> float | None:
    before, after = member.start.scores.areas, member.end.scores.areas if member.end else {}
    return after[area][0] - before[area][0] if area in before and area in after else None


def _topic_change(bank: Bank, member: Member) -> tuple[float | None, float | None]:
    """The mean change above the corrected baseline over topics, and over all other competences."""
    mean = own_mean(member.start.scores.competences)
    if mean is None or member.end is None:
        return None, None
    sides: tuple[list[float], list[float]] = ([], [])
    for code, before in member.start.scores.competences.items():
        after = member.end.scores.competences.get(code)
        if after is not None:
            gained = after - corrected_baseline(before, mean, bank.scoring.rho_within)
            sides[code not in member.topics].append(gained)
    on, off = (fsum(side) / len(side) if side else None for side in sides)
    return on, off


def _scenarios(pairs: Sequence[Member]) -> tuple[float, float] | None:
    """The share right at both times: within each order of the forms, then the plain mean of the two orders, so that an
    easier form cannot look like learning. None where an order has fewer than ten people."""
    shares = []
    for form in Form:
        some = released([one for one in pairs if one.start.form is form and _met_scenarios(one)])
        if not some:
            return None
        shares.append((_share(one.start for one in some), _share(one.end for one in some if one.end)))
    before, after = (fsum(side) / len(side) for side in zip(*shares, strict=True))
    return before, after


def _met_scenarios(member: Member) -> bool:
    return bool(member.start.scores.rights[1] and member.end and member.end.scores.rights[1])


def _share(readings: Iterable[Reading]) -> float:
    rights = [reading.scores.rights for reading in readings]
    return sum(right for right, _ in rights) / sum(asked for _, asked in rights)
