"""A coordinator's word inside the search: kept, proved, and refused when it is bent."""

from dataclasses import replace
from itertools import product

import pytest
from cohorts import POLICY, cohorts, crowd, person
from hypothesis import given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import (
    Flaw,
    Keeping,
    Mentee,
    Mentor,
    Organisation,
    Overrides,
    Round,
    eligible,
    utility,
    violations_keeping,
)

MENTORS, MENTEES = crowd(12, 14, seed=5)
PLAIN = Round(MENTORS, MENTEES, POLICY, seed=1).solve()


def permitted(mentors=MENTORS, mentees=MENTEES):
    org = Organisation.of([*mentors, *mentees])
    return [(a.id, b.id) for a, b in product(mentors, mentees) if a.capacity > 0 and eligible(a, b, org, POLICY)]


def solved(overrides, mentors=MENTORS, mentees=MENTEES):
    return Keeping(mentors, mentees, overrides, POLICY, 1)


@pytest.fixture(scope="module")
def word():
    """A pair that the plain answer does not make, and one that it makes."""
    fixed = next(pair for pair in permitted() if pair not in PLAIN.pairs)
    forbidden = next(pair for pair in PLAIN.pairs if not set(pair) & set(fixed))
    return Overrides((fixed,), (forbidden,))


@pytest.fixture(scope="module")
def right(word):
    return solved(word).solve()


def flaws(pairs, prices, overrides, mentors=MENTORS):
    return {one.flaw for one in violations_keeping(mentors, MENTEES, overrides, POLICY, pairs, prices)}


def test_without_a_word_it_is_the_plain_answer():
    assert solved(Overrides()).solve() == PLAIN


def test_the_word_is_kept_and_proved(word, right):
    assert word.fixed[0] in right.pairs
    assert word.forbidden[0] not in right.pairs
    assert right.certified
    assert right.total == right.bound <= PLAIN.total
    assert flaws(right.pairs, right.prices, word) == set()


def test_the_reasons_name_all_pairs_and_nobody_twice(word):
    outcome = solved(word).outcome()
    assert outcome.fixed == word.fixed
    assert outcome.matched == len(outcome.pairs)
    assert outcome.total == sum(match.utility.total for match in outcome.pairs)
    placed = {id_ for match in outcome.pairs for id_ in (match.mentor, match.mentee)}
    assert placed.isdisjoint(one.id for one in outcome.left_out)


def test_a_word_that_breaks_a_rule_is_not_kept():
    org = Organisation.of([*MENTORS, *MENTEES])
    wrong = next((a.id, b.id) for a, b in product(MENTORS, MENTEES) if not eligible(a, b, org, POLICY))
    assert solved(Overrides(fixed=(wrong, (999, 1), (1, 999)))).fixed == ()


def test_the_older_word_comes_first():
    mentors, mentees = [person(Mentor, 1)], [person(Mentee, 11), person(Mentee, 12)]
    assert solved(Overrides(fixed=((1, 12), (1, 11))), mentors, mentees).fixed == ((1, 12),)


def test_a_mentor_keeps_the_other_places():
    mentors, mentees = [person(Mentor, 1, capacity=2)], [person(Mentee, 11), person(Mentee, 12)]
    outcome = solved(Overrides(fixed=((1, 12),)), mentors, mentees).outcome()
    assert [(match.mentor, match.mentee) for match in outcome.pairs] == [(1, 11), (1, 12)]
    assert outcome.certified


def test_a_forbidden_pair_leaves_no_trace_in_the_reasons():
    mentors, mentees = [person(Mentor, 1)], [person(Mentee, 11)]
    outcome = solved(Overrides(forbidden=((1, 11),)), mentors, mentees).outcome()
    assert {one.rule for one in outcome.left_out} == {None}
    assert not any(one.counts for one in outcome.left_out)


def test_a_fixed_pair_that_is_missing_is_refused(word, right):
    rest = [pair for pair in right.pairs if pair not in word.fixed]
    assert Flaw.FIXED_MISSING in flaws(rest, right.prices, word)


def test_a_pair_that_was_ruled_out_is_refused(word, right):
    made = [*(pair for pair in right.pairs if pair[1] != word.forbidden[0][1]), word.forbidden[0]]
    assert Flaw.FORBIDDEN_PAIR in flaws(made, right.prices, word)


def test_a_fixed_pair_that_breaks_a_rule_is_refused(word, right):
    mentor = word.fixed[0][0]
    deaf = [replace(one, languages=frozenset({"xx"})) if one.id == mentor else one for one in MENTORS]
    assert Flaw.FORBIDDEN_PAIR in flaws(right.pairs, right.prices, word, deaf)


def test_fixed_pairs_beyond_the_places_and_people_who_are_not_there_are_refused(word, right):
    mentor, mentee = word.fixed[0]
    full = [replace(one, capacity=0) if one.id == mentor else one for one in MENTORS]
    assert Flaw.OVER_CAPACITY in flaws(right.pairs, right.prices, word, full)
    other = next(one.id for one in MENTORS if one.id != mentor)
    twice = Overrides((*word.fixed, (other, mentee)), word.forbidden)
    assert Flaw.MENTEE_TWICE in flaws([*right.pairs, (other, mentee)], right.prices, twice)
    nobody = Overrides((*word.fixed, (999, 998)), word.forbidden)
    assert Flaw.UNKNOWN_PERSON in flaws([*right.pairs, (999, 998)], right.prices, nobody)


def test_claiming_a_word_that_was_not_given_is_refused(word, right):
    """Somebody may call any pair made by hand: then the rest is not priced as it was."""
    claimed = next(pair for pair in right.pairs if pair not in word.fixed and right.prices.mentees[pair[1]])
    assert flaws(right.pairs, right.prices, Overrides((*word.fixed, claimed), word.forbidden))


@pytest.mark.parametrize("side", ["mentors", "mentees"])
@pytest.mark.parametrize("change", [1, -1])
def test_one_point_more_or_less_on_a_price_is_refused(word, right, side, change):
    for one in getattr(right.prices, side):
        table = dict(getattr(right.prices, side))
        table[one] += change
        assert flaws(right.pairs, replace(right.prices, **{side: table}), word)


def test_a_worse_rest_is_refused(word, right):
    rest = [pair for pair in right.pairs if pair not in word.fixed]
    assert flaws([*word.fixed, *rest[:-1]], right.prices, word) == {Flaw.TOTAL_OFF_BOUND, Flaw.MORE_POSSIBLE}


def best_by_hand(mentors, mentees, pairs, overrides):
    """Every way to pair them, one mentee after another: most pairs, then most points."""
    by_id = {one.id: one for one in (*mentors, *mentees)}
    fixed = {mentee: mentor for mentor, mentee in overrides.fixed}

    def go(place, room):
        if place == len(mentees):
            return 0, 0
        mentee = mentees[place].id
        options = [fixed[mentee]] if mentee in fixed else [m for m, e in pairs if e == mentee]
        found = [] if mentee in fixed else [go(place + 1, room)]
        for mentor in options:
            if room[mentor]:
                more = go(place + 1, {**room, mentor: room[mentor] - 1})
                found.append((more[0] + 1, more[1] + utility(by_id[mentor], by_id[mentee], POLICY).total))
        return max(found, default=(-1, 0))

    return go(0, {one.id: one.capacity for one in mentors})


@settings(max_examples=60, deadline=None)
@given(cohorts(people=4), st.data())
def test_it_is_what_trying_everything_gives(cohort, data):
    mentors, mentees = cohort
    pairs = permitted(mentors, mentees)
    said = st.lists(st.sampled_from(pairs), max_size=2, unique=True) if pairs else st.just([])
    forbidden = data.draw(said)
    fixed = [pair for pair in data.draw(said) if pair not in forbidden]
    keeping = solved(Overrides(tuple(fixed), tuple(forbidden)), mentors, mentees)
    answer = keeping.solve()
    kept = Overrides(keeping.fixed, tuple(forbidden))
    allowed = [pair for pair in pairs if pair not in forbidden]
    assert answer.certified
    assert (len(answer.pairs), answer.total) == best_by_hand(mentors, mentees, allowed, kept)
    assert violations_keeping(mentors, mentees, kept, POLICY, answer.pairs, answer.prices) == []
