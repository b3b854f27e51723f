"""Matching again after a few changes: only the free, while live pairs stay as they are."""

from dataclasses import replace

from cohorts import POLICY, crowd, person

from reverse_mentoring_xblock.domain.matching import Mentee, Mentor, Round, rematch


def test_only_free_people_and_free_places_take_part():
    mentors, mentees = crowd(40, 50)
    live = Round(mentors, mentees, POLICY, seed=1).solve().pairs
    ended, kept = live[:6], live[6:]
    changed = [
        replace(one, past=one.past | {mentor for mentor, mentee in ended if mentee == one.id}) for one in mentees
    ]
    answer = rematch(mentors, changed, kept, POLICY, seed=2).solve()
    assert answer.certified
    busy = {mentee for _, mentee in kept}
    assert busy.isdisjoint(mentee for _, mentee in answer.pairs)
    assert set(ended).isdisjoint(answer.pairs)
    capacity = {one.id: one.capacity for one in mentors}
    held = [mentor for mentor, _ in [*kept, *answer.pairs]]
    assert all(held.count(one) <= capacity[one] for one in capacity)
    assert {mentee for _, mentee in answer.pairs} <= {mentee for _, mentee in ended} | (
        {one.id for one in mentees} - {mentee for _, mentee in live}
    )


def test_somebody_in_a_live_pair_still_links_two_people():
    between = person(Mentee, 12, manager="person11", aliases=frozenset({"between"}))
    mentors = [person(Mentor, 1), person(Mentor, 2, manager="between")]
    mentees = [person(Mentee, 11), between]
    assert rematch(mentors, mentees, [(1, 12)], POLICY, seed=1).solve().pairs == ()
    unlinked = [mentees[0], replace(between, manager="")]
    assert rematch(mentors, unlinked, [(1, 12)], POLICY, seed=1).solve().pairs == ((2, 11),)


def test_a_mentor_keeps_the_places_that_are_left():
    mentors = [person(Mentor, 1, capacity=2)]
    mentees = [person(Mentee, 11), person(Mentee, 12), person(Mentee, 13)]
    answer = rematch(mentors, mentees, [(1, 11)], POLICY, seed=1).solve()
    assert answer.certified
    assert len(answer.pairs) == 1
    assert answer.pairs[0][1] in (12, 13)
