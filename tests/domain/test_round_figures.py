from cohorts import POLICY, person

from reverse_mentoring_xblock.domain.matching import Mentee, Mentor, utility
from reverse_mentoring_xblock.domain.round_figures import RoundFigures, figures_of


def worth(mentor, mentee):
    return mentor, mentee, utility(mentor, mentee, POLICY)


def test_nobody_is_nothing():
    assert figures_of([]) == RoundFigures()
    assert RoundFigures().hours == 0


def test_points_hours_and_topics_are_summed_and_the_worst_pair_is_found():
    good = worth(
        person(Mentor, 1, offered=frozenset({"1.2", "4.1"})), person(Mentee, 101, wanted=frozenset({"1.2", "4.1"}))
    )
    poor = worth(person(Mentor, 2, offered=frozenset({"2.1"})), person(Mentee, 102, wanted=frozenset({"1.2"})))
    found = figures_of([good, poor])
    assert (found.pairs, found.points, found.worst) == (2, good[2].total + poor[2].total, poor[2].total)
    assert (found.topics, found.wanted, found.minutes, found.hours) == (2, 3, 360, 3.0)


def test_a_need_that_was_measured_and_not_chosen_is_not_counted():
    mentor = person(Mentor, 1, strength={"4.1": 80.0})
    mentee = person(Mentee, 101, need={"4.1": 60.0}, own={"4.1": 10.0})
    pair = worth(mentor, mentee)
    assert pair[2].topics == ("4.1",)
    assert (figures_of([pair]).topics, figures_of([pair]).wanted) == (0, 0)


def test_wishes_count_for_each_person_once_and_ties_at_the_top_are_first():
    first, second = frozenset({101, 102}), frozenset({103})
    mentor = person(Mentor, 1, wishes=(first, second))
    mentees = [
        person(Mentee, 101, wishes=(frozenset({2}), frozenset({1}))),
        person(Mentee, 103, wishes=(frozenset({2}),)),
        person(Mentee, 104),
    ]
    found = figures_of([worth(mentor, mentee) for mentee in mentees])
    assert (found.wishing, found.first_wishes, found.any_wishes) == (3, 1, 2)
