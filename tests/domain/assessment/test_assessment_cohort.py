"""What a programme's assessments say together, on members made by hand."""

from dataclasses import replace
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.assessment.bank import LEVELS, Form
from reverse_mentoring_xblock.domain.assessment.cohort import Member, Reading, figures
from reverse_mentoring_xblock.domain.assessment.summary import Summary

AREAS = "12345"


def scored(value, *, areas=AREAS, overall=True, competences=None, rights=(0, 0)):
    return Summary(
        competences=competences or {},
        areas=dict.fromkeys(areas, (value, "basic" if value < 45 else "intermediate")),
        overall=value if overall else None,
        rights=rights,
    )


def member(before, after=None, *, group="", topics=(), form=Form.A, careless=(False, False), **facts):
    start = before if isinstance(before, Summary) else scored(before, **facts)
    end = scored(after, **facts) if isinstance(after, int | float) else after
    return Member(
        start=Reading(start, form, careless[0]),
        end=None if end is None else Reading(end, form.other, careless[1]),
        topics=tuple(topics),
        group=group,
    )


def report(bank, members, finished=None):
    return figures(bank, members, [one for one in members if one.end] if finished is None else finished)


def test_nobody(bank):
    found = report(bank, [])
    assert (found.people, found.both, found.careless, found.start, found.overall) == (0, 0, 0, None, None)
    assert (found.groups, found.hidden_groups, found.gain) == ({}, 0, None)


def test_nine_people_are_a_count_and_nothing_else(bank):
    found = report(bank, [member(40, 50, group="north") for _ in range(9)])
    assert (found.people, found.both, found.start, found.overall, found.gain) == (9, 9, None, None, None)
    assert (found.groups, found.hidden_groups) == ({}, 1)


def test_start_figures_by_hand(bank):
    # 30, 32 .. 54: of thirteen the first ten count, 30 to 48 with mean 39, eight of them below 45.
    found = report(bank, [member(30 + 2 * n) for n in range(13)])
    assert found.people == 13
    assert set(found.start) == set(AREAS)
    for area in found.start.values():
        assert (area.estimate.n, area.estimate.mean) == (10, 39)
        assert area.levels == {"starting": 0, "basic": 8, "intermediate": 2, "advanced": 0}
        assert tuple(area.levels) == LEVELS
    assert (found.overall.n, found.overall.mean) == (10, 39)
    assert found.gain is None


def test_rounds_that_were_clicked_through_are_left_out_and_counted(bank):
    good = [member(40, 50) for _ in range(10)]
    late = [member(90, 90, careless=(False, True)) for _ in range(2)]
    early = [member(90, 90, careless=(True, True))]
    found = report(bank, [*early, *late, *good])
    assert (found.people, found.both, found.careless) == (12, 10, 3)
    assert found.gain.overall.mean == 10


def test_one_hidden_area_hides_the_overall_mean(bank):
    whole = [member(40, 50) for _ in range(9)]
    part = [member(60, 70, areas="1345") for _ in range(4)]
    found = report(bank, [*whole, *part])
    assert set(found.start) == set("1345")
    assert found.overall is None
    assert set(found.gain.areas) == set("1345")
    assert found.gain.overall is None
    two = [*whole, *[member(60, 70, areas="345") for _ in range(4)]]
    assert set(report(bank, two).start) == set("345")
    assert report(bank, two).overall.n == 10


def test_gain_by_hand(bank):
    # Everybody 40 to 52 but for five with 40 to 46: (5 * 12 + 5 * 6) / 10 = 9.
    found = report(bank, [member(40, 52) for _ in range(5)] + [member(40, 46) for _ in range(5)]).gain
    assert found.overall.mean == 9
    assert {area: change.mean for area, change in found.areas.items()} == dict.fromkeys(AREAS, 9)
    # s = sqrt(10 * 9 / 9) = 3.162, 2.262 * 3.162 / sqrt(10) = 2.262.
    assert found.overall.high == pytest.approx(11.262, abs=0.003)
    assert (found.targeted, found.untargeted, found.difference, found.scenarios) == (None, None, None, None)


def test_a_gain_on_topics_is_taken_above_the_corrected_baseline(bank):
    # Own mean (20 + 50 + 80) / 3 = 50. Baselines 35, 50, 65. The topic 1.1 ends at 47: +12. The others end at 53 and
    # 66: +3 and +1, on average +2. The difference is +10.
    start = scored(50, competences={"1.1": 20.0, "2.1": 50.0, "3.1": 80.0})
    end = scored(55, competences={"1.1": 47.0, "2.1": 53.0, "3.1": 66.0})
    found = report(bank, [member(start, end, topics=("1.1",)) for _ in range(10)]).gain
    assert (found.targeted.mean, found.untargeted.mean, found.difference.mean) == (12, 2, 10)
    assert found.difference.low == found.difference.high == 10


def test_who_has_no_topic_or_only_topics_stays_out_of_all_three(bank):
    start = scored(50, competences={"1.1": 20.0, "2.1": 80.0})
    end = scored(55, competences={"1.1": 47.0, "2.1": 80.0})
    ten = [member(start, end, topics=("1.1",)) for _ in range(10)]
    others = [
        member(start, end),
        member(start, end, topics=("1.1", "2.1")),
        member(scored(1), scored(2), topics=("1.1",)),
    ]
    found = report(bank, [*others * 2, *ten]).gain
    assert {found.targeted.n, found.untargeted.n, found.difference.n} == {10}
    # Own mean 50, baselines 35 and 65: +12 and +15.
    assert (found.targeted.mean, found.untargeted.mean, found.difference.mean) == (12, 15, -3)
    assert report(bank, [*others * 3, *ten[:9]]).gain.difference is None


def test_both_orders_of_the_forms_count_the_same(bank):
    # A then B, ten people: .4 to .6. B then A, twenty people: .2 to .9. Before (.4 + .2) / 2, after (.6 + .9) / 2.
    def met(form, before, after):
        return member(scored(40, rights=(before, 10)), scored(40, rights=(after, 10)), form=form)

    first = [met(Form.A, 4, 6) for _ in range(10)]
    second = [met(Form.B, 2, 9) for _ in range(20)]
    assert report(bank, [*second, *first]).gain.scenarios == pytest.approx((0.3, 0.75))
    assert report(bank, [*second, *first[:9]]).gain.scenarios is None
    without = [member(40, 40, form=Form.A)]
    assert report(bank, [*second, *first[:9], *without]).gain.scenarios is None


def test_groups_beside_the_total_by_hand(bank):
    north = [member(40, group="north") for _ in range(10)]
    south = [member(60, group="south") for _ in range(10)]
    found = report(bank, [*north, *south])
    assert {group: mean.mean for group, mean in found.groups.items()} == {"north": 40, "south": 60}
    assert (found.overall.mean, found.hidden_groups) == (50, 0)
    five = [member(90, group="west") for _ in range(5)]
    found = report(bank, [*north, *south, *five])
    assert set(found.groups) == {"south"}
    assert found.hidden_groups == 2
    loners = [member(90) for _ in range(5)]
    assert set(report(bank, [*north, *south, *loners]).groups) == {"south"}
    assert set(report(bank, [*north, *south, *five, *loners]).groups) == {"north", "south"}


def test_a_group_never_rests_on_people_whom_the_total_does_not_count(bank):
    """Twelve of the north come first, then twelve of the south: the total is of twenty, so eight of the south are in
    it. Ten and ten would seem to leave nobody, while two of the north could be worked out against two of the south."""
    members = [member(n, group="north" if n < 12 else "south") for n in range(24)]
    found = report(bank, members)
    assert found.overall.n == 20
    assert {group: (mean.n, mean.mean) for group, mean in found.groups.items()} == {"north": (10, 4.5)}
    assert found.hidden_groups == 1


GROUPS = st.lists(st.sampled_from(["", "a", "b", "c", "d"]), min_size=8, max_size=70)


@given(groups=GROUPS, areas=st.lists(st.sampled_from(["12345", "12345", "1345", "345"]), min_size=70, max_size=70))
@settings(max_examples=60, deadline=None)
def test_no_one_to_nine_people_between_the_total_and_the_shown_groups(bank, groups, areas):
    members = [
        member(float(n), group=group, areas=some, overall=len(some) >= 4)
        for n, (group, some) in enumerate(zip(groups, areas, strict=False))
    ]
    found = report(bank, members)
    if not found.groups:
        return
    with_score = [one for one in members if one.start.scores.overall is not None]
    total = {id(one) for one in with_score[: found.overall.n]}
    assert (
        found.overall.mean == fsum(one.start.scores.overall for one in with_score[: found.overall.n]) / found.overall.n
    )
    for group, mean in found.groups.items():
        mine = [one for one in with_score if one.group == group][: mean.n]
        assert mean.n >= 10
        assert mean.mean == fsum(one.start.scores.overall for one in mine) / mean.n
        assert {id(one) for one in mine} <= total
        total -= {id(one) for one in mine}
    assert len(total) == 0 or len(total) >= 10


def every_figure(found):
    """All estimates of a report by name."""
    start = {f"start {area}": part.estimate for area, part in (found.start or {}).items()}
    gain = found.gain
    change = {} if gain is None else {
        **{f"gain {area}": part for area, part in gain.areas.items()},
        **{name: getattr(gain, name) for name in ("targeted", "untargeted", "difference")},
        "gain": gain.overall,
    }  # fmt: skip
    groups = {f"group {name}": part for name, part in found.groups.items()}
    return {name: part for name, part in {**start, **change, **groups, "overall": found.overall}.items() if part}


@given(seed=st.randoms(use_true_random=False), people=st.integers(8, 45))
@settings(max_examples=60, deadline=None)
def test_one_person_more_changes_no_figure_or_changes_it_by_five(bank, seed, people):
    members = []
    for _ in range(people + 1):
        start = {code: seed.uniform(0, 100) for code in ("1.1", "2.1", "3.1")}
        end = {code: seed.uniform(0, 100) for code in start}
        before = scored(seed.uniform(0, 100), competences=start, areas=seed.choice(("12345", "12345", "2345")))
        after = scored(seed.uniform(0, 100), competences=end)
        members.append(
            member(before, seed.choice((after, after, None)), topics=("1.1",), group=seed.choice(("a", "b")))
        )
    earlier, later = report(bank, members[:-1]), report(bank, members)
    before, after = every_figure(earlier), every_figure(later)
    assert all(figure.n >= 10 for figure in after.values())
    for name in before.keys() & after.keys():
        assert after[name] == before[name] or after[name].n == before[name].n + 5
    for name in after.keys() - before.keys():
        assert after[name].n == 10 or name.startswith(("group", "overall", "gain"))


def test_levels_change_with_the_mean(bank):
    """A distribution takes people in the same batches as its mean."""
    members = [member(40) for _ in range(14)]
    found = report(bank, members).start["1"]
    assert sum(found.levels.values()) == found.estimate.n == 10
    found = report(bank, [*members, member(90)]).start["1"]
    assert sum(found.levels.values()) == found.estimate.n == 15


def test_members_without_an_end_round_say_nothing_of_change(bank):
    members = [member(40, 50) for _ in range(10)]
    found = report(bank, [*members, *[replace(one, end=None) for one in members]])
    assert (found.people, found.both, found.gain.overall.n) == (20, 10, 10)
