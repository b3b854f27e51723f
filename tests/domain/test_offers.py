from datetime import UTC, datetime, timedelta

import pytest

from reverse_mentoring_xblock.domain.matching import Mentee, Mentor, Organisation, Policy
from reverse_mentoring_xblock.domain.offers import is_over, remind_from
from reverse_mentoring_xblock.domain.standing_conflicts import standing_conflict

OFFERED = datetime(2027, 3, 1, 9, tzinfo=UTC)
POLICY = Policy(reference_date=OFFERED.date())


@pytest.mark.parametrize(
    ("days", "hours_before"),
    [(14, 48), (7, 48), (6, 48), (3, 24), (1, 8)],
)
def test_people_are_reminded_two_days_before_or_when_a_third_of_the_time_is_left(days, hours_before):
    answer_by = OFFERED + timedelta(days=days)
    assert answer_by - remind_from(OFFERED, answer_by) == timedelta(hours=hours_before)


@pytest.mark.parametrize(("minutes", "is_so"), [(-1, True), (0, True), (1, False)])
def test_an_offer_is_over_at_its_end(minutes, is_so):
    assert is_over(OFFERED + timedelta(minutes=minutes), OFFERED) is is_so


def test_an_offer_without_an_end_is_never_over():
    assert not is_over(None, OFFERED)


def conflict(policy=POLICY, others=(), mentor=None, mentee=None):
    one = Mentor(id=1, level=0, aliases=frozenset({"tomasz"}), **(mentor or {}))
    other = Mentee(id=2, level=0, aliases=frozenset({"margaret"}), **(mentee or {}))
    return standing_conflict(one, other, Organisation.of([one, other, *others]), policy)


class TestWhatAPairComesToBreak:
    def test_nothing(self):
        assert conflict() == ""

    def test_a_reporting_line_either_way(self):
        assert conflict(mentor={"manager": "margaret"}) == "reporting_line"
        assert conflict(mentee={"manager": "tomasz"}) == "reporting_line"

    def test_a_line_through_somebody_else_counts_to_the_levels_of_the_policy(self):
        between = [Mentor(id=3, level=0, aliases=frozenset({"ines"}), manager="margaret")]
        assert conflict(mentor={"manager": "ines"}, others=between) == "reporting_line"
        near = Policy(reference_date=OFFERED.date(), line_levels=1)
        assert conflict(near, others=between, mentor={"manager": "ines"}) == ""

    def test_a_shared_manager_unless_the_author_lets_that_be(self):
        same = {"mentor": {"manager": "ines"}, "mentee": {"manager": "ines"}}
        assert conflict(**same) == "shared_manager"
        assert conflict(Policy(reference_date=OFFERED.date(), manager_levels=0), **same) == ""

    def test_a_declared_conflict(self):
        assert conflict(mentor={"conflicts": frozenset({2})}) == "conflict"

    def test_what_was_confided_is_not_looked_at(self):
        """A pair that is pointed out would give it away."""
        assert conflict(mentor={"vetoes": frozenset({"margaret"}), "avoid": frozenset({2})}) == ""

    def test_rank_language_and_hours_are_for_the_two_to_judge(self):
        assert conflict(mentor={"languages": frozenset({"en"})}, mentee={"languages": frozenset({"de"})}) == ""
