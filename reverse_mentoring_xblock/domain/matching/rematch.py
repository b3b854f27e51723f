"""Match the free people only, while everybody who has a partner keeps them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from .engine import Round
from .people import Mentee, Mentor, Person
from .policy import Policy
from .prices import Pair


def rematch(
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    live: Iterable[Pair],
    policy: Policy,
    seed: int,
    others: Iterable[Person] = (),
) -> Round:
    """The round of those who are free: mentees in no live pair, and the places that live pairs leave to mentors.

    People in live pairs, and mentors without a place left, take no part but are known, so that lines of reporting
    through them count. Pairs that ended are ruled out by `Person.past`, not here.
    """
    pairs = list(live)
    taken = Counter(mentor for mentor, _ in pairs)
    busy = {mentee for _, mentee in pairs}
    juniors, seniors = list(mentors), list(mentees)
    free = [
        replace(mentor, capacity=mentor.capacity - taken[mentor.id]) if mentor.id in taken else mentor
        for mentor in juniors
        if mentor.capacity > taken[mentor.id]
    ]
    waiting = [mentee for mentee in seniors if mentee.id not in busy]
    rest = [mentor for mentor in juniors if mentor.capacity <= taken[mentor.id]]
    known = [mentee for mentee in seniors if mentee.id in busy]
    return Round(free, waiting, policy, seed, [*others, *rest, *known])
