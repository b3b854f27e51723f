"""The forecast: what adds up, what relaxing a rule can do, what a circle takes in, and what is never told."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from cohorts import POLICY, cohorts, crowd, person
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.matching import (
    PRIVATE_RULES,
    Forecast,
    Heads,
    How,
    Mentee,
    Mentor,
    Mode,
    Round,
    Rule,
    Weights,
    Why,
    forecast,
    outlook,
    propose,
    weigh,
)
from reverse_mentoring_xblock.domain.matching.counting import most_pairs, permitted
from reverse_mentoring_xblock.domain.matching.forecast import MOST, sample
from reverse_mentoring_xblock.domain.matching.invented import invented
from reverse_mentoring_xblock.domain.matching.pool import ALONE
from reverse_mentoring_xblock.domain.matching.weighing import MOST_SHOWN
from reverse_mentoring_xblock.domain.states import Role

TOPICS = [f"{area}.{number}" for area in range(1, 6) for number in range(1, 5)]
PROPERTY = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIXED = {Rule.REPORTING_LINE, Rule.CONSENT, Rule.TRAINING, Rule.SAME_PERSON, *PRIVATE_RULES}


def gain(found: Forecast, rule: Rule, how: How) -> int | None:
    return next((one.more for one in found.gains if (one.rule, one.how) == (rule, how)), None)


class TestWhoIsMatched:
    @PROPERTY
    @given(cohorts())
    def test_it_says_what_a_round_would_bring(self, people):
        found = forecast(*people, POLICY, 1)
        outcome = propose(*people, POLICY, 1)
        assert found.matched == outcome.matched
        assert found.busy == len({pair.mentor for pair in outcome.pairs})
        assert {(one.role, one.id) for one in found.waiting} == {(one.role, one.id) for one in outcome.left_out}
        assert sum(group.people for group in found.groups) == len(found.waiting)

    @PROPERTY
    @given(cohorts(), st.randoms())
    def test_the_order_of_people_changes_nothing(self, people, random):
        mentors, mentees = (random.sample(side, len(side)) for side in people)
        assert forecast(mentors, mentees, POLICY, 1) == forecast(*people, POLICY, 1)

    def test_nobody_on_either_side(self):
        found = forecast([], [], POLICY, 1)
        assert (found.matched, found.rate, found.topics, found.binding) == (0, 0.0, (), None)


class TestSample:
    def test_a_large_cohort_is_drawn_in_proportion_and_says_so(self):
        mentors, mentees = crowd(40, 120)
        some, learners, rest = sample(mentors, mentees, 1, most=60)
        assert (len(some), len(learners), len(rest)) == (20, 60, 80)
        again = sample(mentors[::-1], mentees[::-1], 1, most=60)
        assert {one.id for one in again[0]} == {one.id for one in some}
        assert {one.id for one in sample(mentors, mentees, 2, most=60)[1]} != {one.id for one in learners}

    def test_a_forecast_of_a_sample_says_so(self):
        mentors, mentees = crowd(2, MOST + 1)
        found = forecast(mentors, mentees, POLICY, 1)
        assert found.is_sample
        assert (found.mentees, found.all_mentees) == (MOST, MOST + 1)
        assert not forecast(mentors, mentees[:5], POLICY, 1).is_sample


class TestRelaxing:
    @PROPERTY
    @given(cohorts())
    def test_a_relaxed_rule_never_lowers_the_match_and_says_what_a_round_would(self, people):
        mentors, mentees = people
        policy = replace(POLICY, min_level_gap=2)
        found = forecast(mentors, mentees, policy, 1)
        assert all(one.more >= 0 for one in found.gains)
        assert not {one.rule for one in found.gains} & FIXED
        ways = {
            (Rule.HOURS, How.OFF): (mentors, mentees, replace(policy, min_shared_minutes=0)),
            (Rule.HOURS, How.WEAKER): (mentors, mentees, replace(policy, min_shared_minutes=30)),
            (Rule.SENIORITY_GAP, How.WEAKER): (mentors, mentees, replace(policy, min_level_gap=1)),
            (Rule.SHARED_MANAGER, How.OFF): (mentors, mentees, replace(policy, manager_levels=0)),
            (Rule.LANGUAGE, How.OFF): (*_with(people, languages=frozenset({"en"})), policy),
            (Rule.MODE, How.OFF): (*_with(people, mode=Mode.BOTH), policy),
            (Rule.PAST_PARTNER, How.OFF): (*_with(people, past=frozenset()), policy),
        }
        for (rule, how), relaxed in ways.items():
            more = propose(*relaxed, 1).matched - found.matched
            assert gain(found, rule, how) in ((more,) if more else (0, None))

    def test_a_rule_that_is_off_or_concerns_nobody_is_not_named(self):
        policy = replace(POLICY, min_shared_minutes=0, manager_levels=0)
        found = forecast([person(Mentor, 1)], [person(Mentee, 11)], policy, 1)
        assert {one.rule for one in found.gains} == {Rule.CAPACITY}

    def test_the_rule_that_binds_most_comes_first(self):
        mentors = [person(Mentor, n, languages=frozenset({"fr"})) for n in range(1, 4)] + [person(Mentor, 4)]
        mentees = [person(Mentee, n, windows=((0, 540, 720),)) for n in range(11, 14)]
        found = forecast(mentors, [*mentees, person(Mentee, 14, windows=((4, 540, 720),))], POLICY, 1)
        assert found.matched == 1
        assert found.binding.rule is Rule.LANGUAGE
        assert (found.binding.more, gain(found, Rule.HOURS, How.OFF)) == (2, 0)
        assert gain(found, Rule.CAPACITY, How.WEAKER) == 1

    def test_where_nothing_gains_nothing_binds(self):
        assert forecast([person(Mentor, 1)], [person(Mentee, 11)], POLICY, 1).binding is None

    @PROPERTY
    @given(cohorts())
    def test_counting_from_nothing_and_from_a_solution_agree(self, people):
        round_ = Round(*people, POLICY, 1)
        matched = len(round_.solve().pairs)
        forms = round_.cohort.forms
        may = permitted(forms)
        assert most_pairs(may, forms.places, round_.answer.partner) == matched
        assert most_pairs(may, forms.places, np.full(forms.rows, ALONE)) == matched


def _with(people, **facts):
    return tuple([replace(one, **facts) for one in side] for side in people)


class TestTopics:
    @PROPERTY
    @given(cohorts())
    def test_supply_and_demand_add_up(self, people):
        mentors, mentees = people
        found = {topic.code: topic for topic in forecast(mentors, mentees, POLICY, 1).topics}
        assert sum(topic.wanted for topic in found.values()) == sum(len(one.wanted) for one in mentees)
        assert sum(topic.places for topic in found.values()) == sum(m.capacity * len(m.offered) for m in mentors)
        wanted = Counter(code for one in mentees for code in one.wanted)
        assert all(topic.wanted == wanted[code] for code, topic in found.items())

    def test_measures_are_counted_for_those_alone_who_may_see_them(self):
        mentors = [person(Mentor, 1, strength={"1.2": 60.0, "2.1": 59.0})]
        mentees = [person(Mentee, 11, need={"4.1": 30.0}, own={"4.1": 10.0})]
        assert forecast(mentors, mentees, POLICY, 1).topics == ()
        seen = {topic.code: topic for topic in forecast(mentors, mentees, POLICY, 1, by_measure=True).topics}
        assert (seen["4.1"].wanted, seen["1.2"].places, "2.1" in seen) == (1, 1, False)

    def test_scarce_is_more_than_twice_as_many_as_there_are_places(self):
        mentors = [person(Mentor, 1, capacity=2, offered=frozenset({"1.2"}))]

        def found(mentees):
            people = [person(Mentee, 10 + n, wanted=frozenset({"1.2"})) for n in range(mentees)]
            return forecast(mentors, people, POLICY, 1).topics[0]

        assert not found(4).is_scarce
        assert found(5).is_scarce


class TestCircles:
    def circles(self, mentors, mentees):
        return [(one.circles, one.more) for one in forecast(mentors, mentees, POLICY, 1).circles]

    def learner(self, id_, **facts):
        return person(Mentee, id_, **{"wanted": frozenset({"1.2"}), **facts})

    def test_one_mentor_takes_up_to_six_together(self):
        mentors = [person(Mentor, 1, offered=frozenset({"1.2"}))]
        assert self.circles(mentors, [self.learner(10 + n) for n in range(4)]) == [(1, 3)]
        assert self.circles(mentors, [self.learner(10 + n) for n in range(9)]) == [(1, 5)]
        assert self.circles(mentors, [self.learner(10 + n) for n in range(2)]) == []

    def test_nobody_is_taken_in_whom_a_rule_keeps_from_the_mentor(self):
        mentors = [person(Mentor, 1, offered=frozenset({"1.2"}))]
        others = [self.learner(20 + n, languages=frozenset({"fr"})) for n in range(5)]
        assert self.circles(mentors, [*(self.learner(10 + n) for n in range(3)), *others]) == [(1, 2)]

    def test_a_mentor_whose_mentee_wants_something_else_leads_none(self):
        mentors = [person(Mentor, 1, offered=frozenset({"1.2"}))]
        past = [self.learner(10 + n, past=frozenset({1})) for n in range(4)]
        assert self.circles(mentors, [person(Mentee, 9, wanted=frozenset({"2.1"})), *past]) == []

    def test_nobody_is_counted_for_two_topics(self):
        both = frozenset({"1.2", "2.1"})
        mentors = [person(Mentor, n, offered=both) for n in (1, 2)]
        found = forecast(mentors, [self.learner(10 + n, wanted=both) for n in range(12)], POLICY, 1)
        assert sum(one.more for one in found.circles) == 10 == len(found.waiting)

    @PROPERTY
    @given(cohorts())
    def test_circles_never_take_in_more_than_wait(self, people):
        found = forecast(*people, POLICY, 1)
        assert sum(one.more for one in found.circles) <= sum(one.role is Role.MENTEE for one in found.waiting)
        assert all(one.circles <= one.more <= 6 * one.circles for one in found.circles)


class TestPrivacy:
    @PROPERTY
    @given(cohorts())
    def test_nothing_private_and_nothing_fixed_is_named(self, people):
        found = forecast(*people, POLICY, 1)
        assert not {one.rule for one in found.gains} & PRIVATE_RULES
        assert not {one.rule for one in found.waiting} & PRIVATE_RULES

    @PROPERTY
    @given(cohorts(), st.sampled_from(["vetoes", "avoid"]))
    def test_between_two_people_a_veto_reads_like_a_declared_conflict(self, people, how):
        mentors, mentees = ([replace(one, vetoes=frozenset(), avoid=frozenset()) for one in side] for side in people)
        if not mentors or not mentees:
            return
        first, rest, other = mentors[0], mentors[1:], mentees[0]
        private = {"vetoes": other.aliases, "avoid": frozenset({other.id})}[how]
        veto = forecast([replace(first, **{how: private}), *rest], mentees, POLICY, 1)
        declared = replace(first, conflicts=first.conflicts | {other.id})
        conflict = forecast([declared, *rest], mentees, POLICY, 1)
        assert veto == conflict

    def test_a_lone_pair_that_may_not_be_tells_not_why(self):
        reasons = []
        for facts in ({"vetoes": frozenset({"person11"})}, {"conflicts": frozenset({11})}, {"manager": "person11"}):
            found = forecast([person(Mentor, 1, **facts)], [person(Mentee, 11)], POLICY, 1)
            reasons.append([(one.role, one.why, one.rule) for one in found.waiting])
            assert found.binding is None
        assert reasons[0] == reasons[1] == reasons[2] == [(role, Why.NO_PARTNER, None) for role in Role]

    def test_a_rule_that_keeps_several_away_is_named(self):
        mentors = [person(Mentor, n, languages=frozenset({"fr"})) for n in range(1, 4)]
        found = forecast(mentors, [person(Mentee, 11)], POLICY, 1)
        assert {one.rule for one in found.waiting if one.role is Role.MENTEE} == {Rule.LANGUAGE}
        assert {one.rule for one in found.waiting if one.role is Role.MENTOR} == {None}


class TestInvented:
    HEADS = Heads(mentors=40, mentees=60, departments=5, sites=3, languages=3, capacity=1.5)

    def test_the_same_seed_invents_the_same_people(self):
        assert invented(self.HEADS, TOPICS, POLICY, 3) == invented(self.HEADS, TOPICS, POLICY, 3)
        assert invented(self.HEADS, TOPICS, POLICY, 3) != invented(self.HEADS, TOPICS, POLICY, 4)

    def test_heads_are_counted(self):
        mentors, mentees = invented(replace(self.HEADS, mentors=400), TOPICS, POLICY, 1)
        people = [*mentors, *mentees]
        assert (len(mentors), len(mentees), len({one.id for one in people})) == (400, 60, 460)
        assert len({one.department for one in people}) == 5
        assert len({one.site for one in people}) == 3
        assert len(frozenset().union(*(one.languages for one in people))) == 3
        assert 1.4 < sum(one.capacity for one in mentors) / 400 < 1.6
        assert all(2 <= len(one.wanted) <= 5 for one in mentees)
        assert all(3 <= len(one.offered) <= 8 for one in mentors)

    def test_it_is_plausible(self):
        mentors, mentees = invented(replace(self.HEADS, mentors=150, mentees=150), TOPICS, POLICY, 1)
        may = permitted(Round(mentors, mentees, POLICY, 1).cohort.forms)
        assert 0.3 < may.mean() < 0.8

    @pytest.mark.parametrize(
        "wrong", [{"mentors": 0}, {"mentees": -1}, {"languages": 0}, {"languages": 7}, {"capacity": 0.9}, {"sites": 0}]
    )
    def test_numbers_that_are_none_are_refused(self, wrong):
        with pytest.raises(ValueError, match="must be"):
            replace(self.HEADS, **wrong)

    def test_an_outlook_is_a_range_with_the_middle_in_it(self):
        found = outlook(replace(self.HEADS, mentors=20), TOPICS, POLICY, 1)
        assert found.draws == 20
        assert 0 < found.lowest <= found.forecast.rate <= found.highest < 1
        assert found == outlook(replace(self.HEADS, mentors=20), TOPICS, POLICY, 1)

    def test_large_cohorts_are_drawn_fewer_times(self):
        assert outlook(replace(self.HEADS, mentors=200, mentees=300), TOPICS, POLICY, 1).draws == 8


class TestWeighing:
    def test_the_same_weights_change_nothing(self):
        people = crowd(30, 30)
        found = weigh(*people, POLICY, POLICY.weights, 1)
        assert (found.changed, found.matched, len(found.pairs)) == (0, 30, MOST_SHOWN)
        assert all(one.stays and one.now == one.tried for one in found.pairs)

    def test_the_best_and_the_worst_are_shown_and_the_same_come_back(self):
        people = crowd(30, 30)
        worth = sorted(pair.utility.total for pair in propose(*people, POLICY, 1).pairs)
        found = weigh(*people, POLICY, Weights(cover=0, site=5000), 1)
        shown = [one.now.total for one in found.pairs]
        assert shown == sorted(shown, reverse=True)
        assert (shown[0], shown[-1]) == (worth[-1], worth[0])
        other = weigh(*people, POLICY, Weights(cover=8000, interests=0, wishes=0, style=0), 1)
        assert [(one.mentor, one.mentee) for one in other.pairs] == [(one.mentor, one.mentee) for one in found.pairs]

    def test_it_counts_the_pairs_that_would_not_be_made(self):
        people = crowd(30, 30)
        tried = Weights(cover=0, site=5000)
        now = {(one.mentor, one.mentee) for one in propose(*people, POLICY, 1).pairs}
        then = {(one.mentor, one.mentee) for one in propose(*people, replace(POLICY, weights=tried), 1).pairs}
        found = weigh(*people, POLICY, tried, 1)
        assert found.changed == len(now - then) > 0
        assert all(one.stays == ((one.mentor, one.mentee) in then) for one in found.pairs)
        assert all(one.tried.parts.cover == 0 for one in found.pairs)

    def test_nobody_to_weigh(self):
        found = weigh([], [], POLICY, Weights(), 1)
        assert (found.pairs, found.matched, found.changed) == ((), 0, 0)
