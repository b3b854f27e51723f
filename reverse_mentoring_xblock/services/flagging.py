"""Pointing out pairs that a change in the organisation has brought too close to each other."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from ..data import Place
from ..domain.pairing_rules import PairingRules
from ..domain.standing_conflicts import standing_conflict
from ..domain.states import LIVE_PAIRING
from ..models import Pairing
from ..selectors.organisation import paired_people
from ..selectors.paging import in_chunks
from .contention import with_retries

AT_ONCE = 500
"""Rows that one statement names: SQLite takes 999 values."""


@dataclass(frozen=True)
class Flagged:
    """How many pairs were newly pointed out, and how many are well again."""

    flagged: int = 0
    cleared: int = 0


def flag_pairs(place: Place, rules: PairingRules) -> Flagged:
    """Compare every live pair with the organisation as it is now, and set or clear its flag.

    Call it whenever a manager, a name or a declared conflict may have changed: after somebody has edited their profile,
    after a roster was taken in, after a conflict was declared or lifted; the daily command calls it as well. Call it
    when the change is committed, and outside a transaction: each statement stands for itself, and a pair that has
    changed meanwhile is left to whoever changed it. What the database gives up is tried again here, because the caller
    would find its own change made already and not come back. An offer with a flag cannot be accepted; an active pair
    goes on, and the coordinator decides. Three queries, and one statement for each kind of change and ``AT_ONCE``
    pairs.
    """
    return with_retries(lambda: _flag(place, rules))


def _flag(place: Place, rules: PairingRules) -> Flagged:
    found = paired_people(place)
    policy = rules.policy(timezone.now().date())
    changes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pair in found.pairs:
        mentor, mentee = found.mentors.get(pair.mentor_id), found.mentees.get(pair.mentee_id)
        if mentor is None or mentee is None:  # has left between the queries
            continue
        code = standing_conflict(mentor, mentee, found.organisation, policy)
        if code != pair.conflict:
            changes[pair.conflict, code].append(pair.id)
    flagged = cleared = 0
    for (before, after), ids in changes.items():
        changed = _set(ids, before, after)
        flagged += changed if not before else 0
        cleared += changed if not after else 0
    return Flagged(flagged, cleared)


def _set(ids: list[int], before: str, after: str) -> int:
    live = Pairing.objects.filter(conflict=before, state__in=LIVE_PAIRING)
    return sum(
        live.filter(pk__in=chunk).update(conflict=after, modified=timezone.now()) for chunk in in_chunks(ids, AT_ONCE)
    )
