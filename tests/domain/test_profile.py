"""What sign-up asks for, and cards without names."""

import json
from datetime import date

import pytest

from reverse_mentoring_xblock.domain.cards import draw, has_card, in_order
from reverse_mentoring_xblock.domain.errors import NotAllowed
from reverse_mentoring_xblock.domain.matching import Mentee, Mentor, Mode, Policy
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.profile import FIELDS, Profile, SignUp, Step
from reverse_mentoring_xblock.domain.states import Role

WHOLE = Profile(
    level=5,
    department="Legal",
    time_zone="Europe/London",
    windows=((0, 540, 840),),
    languages=("en",),
    topics={"1.2": 3},
    has_committed=True,
)


def test_every_answer_belongs_to_one_step():
    named = [name for names in FIELDS.values() for name in names]
    assert sorted(named) == sorted(vars(WHOLE))


def test_what_was_stored_reads_as_what_was_said():
    said = {name: value for step in Step for name, value in WHOLE.said(step).items()}
    assert Profile().with_said(json.loads(json.dumps(said))) == WHOLE


def test_what_nobody_asks_for_is_left_out():
    assert Profile().with_said({"age": 50}) == Profile()


@pytest.mark.parametrize(
    ("changed", "step"),
    [
        ({"level": None}, Step.WORK),
        ({"department": ""}, Step.WORK),
        ({"time_zone": ""}, Step.HOURS),
        ({"windows": [[0, 540, 779]]}, Step.HOURS),
        ({"languages": []}, Step.MEETING),
        ({"topics": {}}, Step.TOPICS),
        ({"has_committed": False}, Step.COMMITMENT),
    ],
)
def test_a_step_is_open_without_what_matching_needs(changed, step):
    everything = frozenset(Step)
    assert SignUp(WHOLE, everything).open_steps(Role.MENTEE) == ()
    assert SignUp(WHOLE.with_said(changed), everything).open_steps(Role.MENTEE) == (step,)


def test_a_version_is_that_of_its_step():
    other = WHOLE.with_said({"department": "Finance"})
    assert other.version(Step.WORK) != WHOLE.version(Step.WORK)
    assert other.version(Step.HOURS) == WHOLE.version(Step.HOURS)
    assert other.version() != WHOLE.version()


@pytest.mark.parametrize(
    ("now", "code"), [(0, "sign_up_early"), (1, ""), (2, ""), (3, "sign_up_late"), (4, "sign_up_late")]
)
def test_sign_up_is_open_from_its_beginning_until_before_its_end(now, code):
    rules = PairingRules(sign_up_from=1, sign_up_until=3)  # any moments that compare
    if not code:
        rules.check_sign_up_is_open(now)
        return
    with pytest.raises(NotAllowed) as refused:
        rules.check_sign_up_is_open(now)
    assert refused.value.code == code


class TestCards:
    POLICY = Policy(reference_date=date(2026, 11, 27))
    ALIKE = {"languages": frozenset({"en"}), "time_zone": "UTC", "windows": ((0, 540, 840),)}

    def test_what_was_confided_takes_no_card_away(self):
        mentor = Mentor(id=1, level=2, manager="boss", aliases=frozenset({"a"}), vetoes=frozenset({"b"}), **self.ALIKE)
        mentee = Mentee(id=2, level=6, manager="boss", aliases=frozenset({"b"}), avoid=frozenset({1}), **self.ALIKE)
        assert has_card(mentor, mentee, self.POLICY)
        assert has_card(mentee, mentor, self.POLICY)

    def test_one_role_has_no_cards_for_itself(self):
        one, other = (Mentor(id=number, level=number, **self.ALIKE) for number in (1, 5))
        assert not has_card(one, other, self.POLICY)

    def test_the_open_rules_take_it_away(self):
        mentee = Mentee(id=2, level=6, **self.ALIKE)
        for changed in ({"level": 6}, {"languages": frozenset({"pt"})}, {"windows": ()}, {"mode": Mode.ONSITE}):
            assert not has_card(Mentor(**{"id": 1, "level": 2, **self.ALIKE, **changed}), mentee, self.POLICY)

    def test_fit_comes_before_the_draw(self):
        assert in_order(1, {10: 0, 11: 2, 12: 1}) == [11, 12, 10]
        orders = {tuple(in_order(reader, dict.fromkeys(range(6), 1))) for reader in range(20)}
        assert len(orders) > 10
        assert draw(1, 2) == draw(1, 2)
