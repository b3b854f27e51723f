"""What a coordinator's word on one pair would cost an open proposal, worked out before anybody keeps it.

The people of the proposal who are not offered yet are matched again with the word. Nothing here writes.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
from uuid import UUID

from django.utils import timezone

from ..data import Place
from ..domain import matching
from ..domain.errors import Conflict, Invalid, NotFound
from ..domain.pairing_rules import PairingRules
from ..domain.states import OverrideKind, Role, RunBasis, RunState
from ..models import MatchRun, Override, Participant
from ..selectors.cohort import Cohort, cohort_of
from ..selectors.pair_checks import PairCheck, check_pair
from .solving import keeping

MOST_PRICED = 3000
"""People on one side whom a page can wait for: two seconds for each thousand on two cores. For more there is only the
bound that the prices of the proposal give at once, and the word counts from the next proposal on."""


class Word(StrEnum):
    """What a coordinator says about a pair."""

    FIX = "fix"
    FORBID = "forbid"
    LIFT = "lift"


@dataclass(frozen=True)
class Ask:
    """A word on two participants, by their row ids."""

    word: Word
    mentor: int
    mentee: int

    @property
    def pair(self) -> tuple[int, int]:
        """The two."""
        return self.mentor, self.mentee


@dataclass(frozen=True)
class Price:
    """What would change. ``points`` and ``pairs`` are differences, below 0 where something is lost.

    ``alone`` and ``joined`` are ids of people who would lose, or get, a partner; ``others`` counts the other proposed
    pairs that would change, ``drifted`` those whose people have changed since the proposal was made, whatever the word.
    With ``is_bound`` only ``points`` is known, as the least that is lost unless somebody loses a place by it, and the
    proposal stays as it is. ``seen``
    names the proposal and the answer that the price was worked out for.
    """

    points: int
    pairs: int = 0
    alone: tuple[int, ...] = ()
    joined: tuple[int, ...] = ()
    others: int = 0
    drifted: int = 0
    is_bound: bool = False
    seen: str = ""


@dataclass(frozen=True)
class Plan:
    """The price of a word, and the answer that it is the price of; None where there is only a bound."""

    run: MatchRun
    price: Price
    cohort: Cohort = field(default_factory=Cohort)
    outcome: matching.Outcome | None = None


def ask_of(place: Place, word: Word, mentor: UUID, mentee: UUID) -> Ask:
    """A word on two people of this programme. Raises NotFound where one is not there in that role."""
    rows = Participant.objects.filter(
        programme__context_key=place.context_key, programme__slug=place.slug, uuid__in=(mentor, mentee)
    )
    ids = {Role(role): id_ for role, id_ in rows.values_list("role", "pk")}
    if len(ids) < len(Role):
        raise NotFound("not_here")
    return Ask(word, ids[Role.MENTOR], ids[Role.MENTEE])


def check_word(place: Place, rules: PairingRules, ask: Ask) -> PairCheck | None:
    """Whether it can be said now. Raises Conflict when another word stands against it, Invalid with the codes of all
    broken rules for a pair that may not be made."""
    said = standing(place)
    if ask.word is Word.LIFT:
        return None
    if ask.pair in said and said[ask.pair] != ask.word:
        raise Conflict("word_against")
    if ask.word is Word.FORBID:
        return None
    fixed = [pair for pair, kind in said.items() if kind == OverrideKind.FIX and pair != ask.pair]
    if any(mentee == ask.mentee for _, mentee in fixed):
        raise Conflict("mentee_is_kept")
    found = check_pair(place, rules, ask.mentor, ask.mentee, timezone.now().date())
    if not found.mentor:
        raise Invalid("pair_refused", broken=found.broken)
    if sum(mentor == ask.mentor for mentor, _ in fixed) >= found.mentor.capacity:
        raise Conflict("mentor_is_kept")
    return found


def standing(place: Place) -> dict[tuple[int, int], str]:
    """Every word that stands, by pair, the oldest first."""
    rows = Override.objects.filter(
        programme__context_key=place.context_key, programme__slug=place.slug, slot=1
    ).order_by("pk")
    return {(mentor, mentee): kind for mentor, mentee, kind in rows.values_list("mentor_id", "mentee_id", "kind")}


def weigh(place: Place, rules: PairingRules, run: UUID, ask: Ask) -> Price:
    """The price of a word. Raises what ``check_word`` and ``plan_of`` raise."""
    found = check_word(place, rules, ask)
    return plan_of(place, rules, run, ask, found, with_reasons=False).price


def plan_of(
    place: Place, rules: PairingRules, run: UUID, ask: Ask, found: PairCheck | None, *, with_reasons: bool
) -> Plan:
    """Work out the proposal that keeps the word; ``found`` is what ``check_word`` gave.

    Raises NotFound for an unknown run, Conflict when it is decided.
    """
    row = MatchRun.objects.filter(
        programme__context_key=place.context_key, programme__slug=place.slug, uuid=run
    ).first()
    if row is None:
        raise NotFound("not_here")
    check_open(row)
    open_pairs = {(m, e): points for m, e, points in _open(row)}
    people = _people(row)
    if len(people) > len(Role) * MOST_PRICED:
        return Plan(row, Price(-_least(row, rules, ask, found), is_bound=True, seen=_seen(row, ())))
    of_run = rules_kept_with(row, rules).on(RunBasis(row.basis))
    cohort = cohort_of(place, of_run, only={*people, *ask.pair})
    cohort = replace(cohort, overrides=_with(cohort.overrides, ask))
    search = keeping(cohort, of_run, timezone.now().date(), row.seed)
    outcome = search.outcome() if with_reasons else None
    answer = outcome or search.solve()
    made = {(one.mentor, one.mentee) if isinstance(one, matching.Match) else one for one in answer.pairs}
    price = replace(
        _difference(open_pairs, made, answer.total, ask),
        drifted=_drifted(open_pairs, cohort, of_run.policy(timezone.now().date())),
        seen=_seen(row, made),
    )
    return Plan(row, price, cohort, outcome)


def check_open(run: MatchRun) -> None:
    """Raise Conflict for a proposal that somebody has decided about."""
    if run.state != RunState.PROPOSED:
        raise Conflict("released_meanwhile" if run.state == RunState.RELEASED else "discarded_meanwhile")


def rules_kept_with(run: MatchRun, rules: PairingRules) -> PairingRules:
    """The author's rules as they were when a proposal was asked for: those kept with it, else those of now."""
    return PairingRules.from_json(run.rules) if run.rules else rules


def _open(run: MatchRun) -> Iterable[tuple[int, int, int]]:
    return run.proposals.filter(released_at=None).values_list("mentor_id", "mentee_id", "utility")


def _people(run: MatchRun) -> set[int]:
    """Whom the proposal is about, but for mentees who are offered already: a mentor may have room for more."""
    mentors = set(run.proposals.values_list("mentor_id", flat=True))
    mentees = run.proposals.filter(released_at=None).values_list("mentee_id", flat=True)
    return mentors | set(mentees) | set(run.left_out.values_list("participant_id", flat=True))


def _with(overrides: matching.Overrides, ask: Ask) -> matching.Overrides:
    fixed = [pair for pair in overrides.fixed if pair != ask.pair]
    forbidden = [pair for pair in overrides.forbidden if pair != ask.pair]
    if ask.word is not Word.LIFT:
        (fixed if ask.word is Word.FIX else forbidden).append(ask.pair)
    return matching.Overrides(tuple(fixed), tuple(forbidden))


def _difference(before: dict[tuple[int, int], int], made: set[tuple[int, int]], total: int, ask: Ask) -> Price:
    had, have = _in_pairs(before), _in_pairs(made)
    return Price(
        points=total - sum(before.values()),
        pairs=len(made) - len(before),
        alone=tuple(sorted(had - have)),
        joined=tuple(sorted(have - had)),
        others=len(before.keys() - made - {ask.pair}),
    )


def _in_pairs(pairs: Iterable[tuple[int, int]]) -> set[int]:
    return {id_ for pair in pairs for id_ in pair}


def _drifted(before: dict[tuple[int, int], int], cohort: Cohort, policy: matching.Policy) -> int:
    """How many proposed pairs are not what they were: a person has changed something, or is not ready any more."""
    mentors = {one.id: one for one in cohort.mentors}
    mentees = {one.id: one for one in cohort.mentees}
    org = cohort.organisation

    def is_same(mentor: int, mentee: int, points: int) -> bool:
        if mentor not in mentors or mentee not in mentees:
            return False
        one, other = mentors[mentor], mentees[mentee]
        return matching.eligible(one, other, org, policy) and matching.utility(one, other, policy).total == points

    return sum(not is_same(*pair, points) for pair, points in before.items())


def _least(run: MatchRun, rules: PairingRules, ask: Ask, found: PairCheck | None) -> int:
    """What the prices of the proposal say that a word costs at least where it costs nobody a place
    (`matching.Prices`)."""
    if ask.word is Word.FIX and found and found.worth and found.mentee:
        prices = run.prices
        both = prices["mentors"].get(str(ask.mentor), 0) + prices["mentees"].get(str(ask.mentee), 0)
        policy = rules_kept_with(run, rules).policy(timezone.now().date())
        bonus = prices["bonus"] + prices.get("first", 0) * matching.turn_of(found.mentee, policy)
        return max(int(both) - int(bonus) - found.worth.total, 0)
    row = run.proposals.filter(mentor=ask.mentor, mentee=ask.mentee).first()
    return (row.next_cost or 0) if row and ask.word is Word.FORBID else 0


def _seen(run: MatchRun, made: Collection[tuple[int, int]]) -> str:
    """A short name for the proposal as it is and the pairs that would come."""
    said = f"{run.modified.isoformat()} {sorted(made)}"
    return blake2b(said.encode(), digest_size=12).hexdigest()
