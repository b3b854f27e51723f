"""A round that keeps a coordinator's word: pairs that are made whatever comes, and pairs that are not made.

A pair that is not made is one more forbidden pair. A pair that is made takes its mentee and one place of its mentor out
of the round, and the rest is solved and proved as ever. So what is proved is that nothing better keeps the word.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .engine import Limit, Match, Outcome, Progress, Solution, outcome_of
from .organisation import Organisation
from .people import Mentee, Mentor, Person
from .policy import Policy
from .prices import Pair, Prices
from .proof import Flaw, Violation, violations
from .reasons import pair_reason
from .rematch import rematch
from .rules import eligible
from .utility import utility


@dataclass(frozen=True)
class Overrides:
    """What a coordinator said about single pairs, the oldest word first."""

    fixed: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()


class Keeping:
    """The round of some people that keeps the word as far as the rules let it; `fixed` are the pairs it makes."""

    def __init__(
        self,
        mentors: Sequence[Mentor],
        mentees: Sequence[Mentee],
        overrides: Overrides,
        policy: Policy,
        seed: int,
        others: Sequence[Person] = (),
    ) -> None:
        self.policy = policy
        apart = kept_apart(mentors, overrides.forbidden)
        self._mentors = {mentor.id: mentor for mentor in apart}
        self._mentees = {mentee.id: mentee for mentee in mentees}
        org = Organisation.of([*apart, *mentees, *others])
        self.fixed = tuple(sorted(self._holding(overrides.fixed, org)))
        self._round = rematch(apart, mentees, self.fixed, policy, seed, others)

    def solve(self, limit: Limit | None = None, progress: Progress | None = None) -> Solution:
        """All pairs and their proof, without words."""
        rest = self._round.solve(limit, progress)
        more = sum(utility(self._mentors[one], self._mentees[other], self.policy).total for one, other in self.fixed)
        pairs = tuple(sorted((*rest.pairs, *self.fixed)))
        return replace(rest, pairs=pairs, total=rest.total + more, bound=rest.bound + more)

    def outcome(self, limit: Limit | None = None, progress: Progress | None = None) -> Outcome:
        """All pairs with their reasons, and everybody left out with theirs."""
        rest = outcome_of(self._round, limit, progress)
        if not self.fixed:
            return rest
        made = [self._match(*pair) for pair in self.fixed]
        more = sum(match.utility.total for match in made)
        placed = {id_ for pair in self.fixed for id_ in pair}
        return replace(
            rest,
            pairs=tuple(sorted((*rest.pairs, *made), key=lambda match: (match.mentor, match.mentee))),
            left_out=tuple(one for one in rest.left_out if one.id not in placed),
            matched=rest.matched + len(made),
            total=rest.total + more,
            bound=rest.bound + more,
            fixed=self.fixed,
        )

    def _match(self, one: int, other: int) -> Match:
        mentor, mentee = self._mentors[one], self._mentees[other]
        worth = utility(mentor, mentee, self.policy)
        return Match(one, other, worth, pair_reason(mentor, mentee, worth))

    def _holding(self, fixed: Iterable[Pair], org: Organisation) -> Iterator[Pair]:
        """The pairs that break no rule and for which there is a place, the oldest word first."""
        room = {mentor.id: mentor.capacity for mentor in self._mentors.values()}
        free = set(self._mentees)
        for one, other in fixed:
            if room.get(one, 0) < 1 or other not in free:
                continue
            if eligible(self._mentors[one], self._mentees[other], org, self.policy):
                room[one] -= 1
                free.discard(other)
                yield one, other


def kept_apart(mentors: Iterable[Mentor], forbidden: Collection[Pair]) -> list[Mentor]:
    """The mentors, with those whom they are not to be paired with added to those whom they avoid.

    Like an avoid list it leaves no trace in the reason of somebody who is left out.
    """
    apart: dict[int, set[int]] = {}
    for mentor, mentee in forbidden:
        apart.setdefault(mentor, set()).add(mentee)
    return [replace(one, avoid=one.avoid | apart[one.id]) if one.id in apart else one for one in mentors]


def violations_keeping(
    mentors: Sequence[Mentor],
    mentees: Sequence[Mentee],
    overrides: Overrides,
    policy: Policy,
    pairs: Sequence[Pair],
    prices: Prices,
    others: Iterable[Person] = (),
    floor: int = 0,
) -> list[Violation]:
    """Everything that keeps the pairs from being proved best among those that keep the word; empty means proved.

    `overrides.fixed` are the pairs that the answer claims to have made by hand. They must be there, break no rule and
    fit into the places that there are; the rest is checked as in `proof`, without them.
    """
    apart = kept_apart(mentors, overrides.forbidden)
    known = [*apart, *mentees, *others]
    juniors, seniors = {one.id: one for one in apart}, {one.id: one for one in mentees}
    org, made = Organisation.of(known), Counter(mentor for mentor, _ in overrides.fixed)
    found = [Violation(Flaw.FIXED_MISSING, *pair) for pair in overrides.fixed if pair not in set(pairs)]
    for mentor, mentee in overrides.fixed:
        if mentor not in juniors or mentee not in seniors:
            found.append(Violation(Flaw.UNKNOWN_PERSON, mentor, mentee))
        elif not eligible(juniors[mentor], seniors[mentee], org, policy):
            found.append(Violation(Flaw.FORBIDDEN_PAIR, mentor, mentee))
    for mentee, times in Counter(mentee for _, mentee in overrides.fixed).items():
        if times > 1:
            found.append(Violation(Flaw.MENTEE_TWICE, mentee=mentee, amount=times))
    for mentor, times in made.items():
        if mentor in juniors and times > juniors[mentor].capacity:
            found.append(Violation(Flaw.OVER_CAPACITY, mentor, amount=times))
    gone = {mentee for _, mentee in overrides.fixed}
    left = [replace(one, capacity=one.capacity - made[one.id]) for one in apart if one.capacity > made[one.id]]
    waiting = [one for one in mentees if one.id not in gone]
    rest = list((Counter(pairs) - Counter(overrides.fixed)).elements())
    return [*found, *violations(left, waiting, policy, rest, prices, known, floor)]
