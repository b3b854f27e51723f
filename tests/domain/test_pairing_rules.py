from datetime import date

import pytest

from reverse_mentoring_xblock.domain.errors import NotAllowed
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import Role


def test_training_comes_before_assessment():
    with pytest.raises(NotAllowed) as refused:
        PairingRules().check_gates(Role.MENTEE, is_trained=False, is_assessed=False)
    assert refused.value.code == "train_first"


def test_a_mentee_needs_the_assessment_and_a_mentor_does_not():
    PairingRules().check_gates(Role.MENTOR, is_trained=True, is_assessed=False)
    with pytest.raises(NotAllowed) as refused:
        PairingRules().check_gates(Role.MENTEE, is_trained=True, is_assessed=False)
    assert refused.value.code == "assess_first"


def test_an_author_can_open_both_gates():
    rules = PairingRules(require_training=False, require_assessment=False)
    rules.check_gates(Role.MENTEE, is_trained=False, is_assessed=False)


def test_the_matcher_gets_the_authors_limits():
    policy = PairingRules(min_level_gap=3, line_levels=4, min_shared_minutes=90).policy(date(2026, 3, 4))
    assert (policy.min_level_gap, policy.line_levels, policy.min_shared_minutes) == (3, 4, 90)
    assert policy.reference_date == date(2026, 3, 4)
