"""What the points do: telling pairs of the best set under the weights as they are and under others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .engine import Round, Solution
from .forecast import sample
from .people import Mentee, Mentor, Person
from .policy import Policy, Weights
from .prices import Pair
from .utility import Utility, utility

MOST_SHOWN = 8
MOST = 600
"""People on one side who are looked at: the answer comes while one turns the weights."""


@dataclass(frozen=True)
class Weighed:
    """A pair of the best set, and what it is worth before and after."""

    mentor: int
    mentee: int
    now: Utility
    tried: Utility
    stays: bool
    """Whether it is in the best set under the weights that are tried as well."""


@dataclass(frozen=True)
class Weighing:
    """What other weights would change."""

    pairs: tuple[Weighed, ...]
    """The best first; from the best to the worst in even steps."""
    matched: int
    changed: int
    """Pairs of the best set that would not be made."""
    is_sample: bool
    """Whether only some people were looked at."""


def weigh(
    mentors: Iterable[Mentor],
    mentees: Iterable[Mentee],
    policy: Policy,
    tried: Weights,
    seed: int,
    others: Iterable[Person] = (),
) -> Weighing:
    """Solve the round under both weights. The pairs shown depend on the people, the policy and the seed alone."""
    some, learners, rest = sample(list(mentors), list(mentees), seed, MOST)
    known, other = [*others, *rest], replace(policy, weights=tried)
    now = Round(some, learners, policy, seed, known).solve()
    then = now if tried == policy.weights else Round(some, learners, other, seed, known).solve()
    juniors = {mentor.id: mentor for mentor in some}
    seniors = {mentee.id: mentee for mentee in learners}
    kept = set(then.pairs)
    worth = {pair: utility(juniors[pair[0]], seniors[pair[1]], policy) for pair in now.pairs}
    return Weighing(
        pairs=tuple(
            Weighed(*pair, worth[pair], utility(juniors[pair[0]], seniors[pair[1]], other), pair in kept)
            for pair in _telling(now, worth)
        ),
        matched=len(now.pairs),
        changed=len(set(now.pairs) - kept),
        is_sample=bool(rest),
    )


def _telling(solution: Solution, worth: dict[Pair, Utility]) -> Sequence[Pair]:
    """The best, the worst and some in between, in even steps."""
    order = sorted(solution.pairs, key=lambda pair: (-worth[pair].total, pair))
    if len(order) <= MOST_SHOWN:
        return order
    return [order[step * (len(order) - 1) // (MOST_SHOWN - 1)] for step in range(MOST_SHOWN)]
