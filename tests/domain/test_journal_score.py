from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.journal_score import MOST_REQUIRED, Record, counted, counts, share
from reverse_mentoring_xblock.domain.states import Role, SessionState

roles = st.sampled_from(list(Role))
who = st.frozensets(roles)
records = st.builds(Record, state=st.sampled_from(list(SessionState)), confirmed=who, reflected=who)
journals = st.lists(records, max_size=12)
required = st.integers(min_value=1, max_value=MOST_REQUIRED)
BOTH = frozenset(Role)


def score(journal, role, of):
    return share(counted(journal, role), of)


def as_if(journal, role, confirmed, reflected):
    """The journal with this role's part in every session replaced."""

    def part(roles, does):
        return roles | {role} if does else roles - {role}

    return [
        replace(record, confirmed=part(record.confirmed, confirmed), reflected=part(record.reflected, reflected))
        for record in journal
    ]


@given(journals, roles, required)
def test_a_partner_who_confirms_and_writes_nothing_changes_nothing(journal, role, of):
    silent = as_if(journal, role.other, confirmed=False, reflected=False)
    busy = as_if(journal, role.other, confirmed=True, reflected=True)
    assert score(silent, role, of) == score(journal, role, of) == score(busy, role, of)


@given(journals, roles, required, st.data())
def test_doing_more_oneself_never_lowers_the_score(journal, role, of, data):
    if not journal:
        return
    at = data.draw(st.integers(min_value=0, max_value=len(journal) - 1))
    act = data.draw(st.sampled_from(["confirmed", "reflected"]))
    more = list(journal)
    more[at] = replace(journal[at], **{act: getattr(journal[at], act) | {role}})
    assert score(more, role, of) >= score(journal, role, of)


@given(journals, records, roles, required)
def test_another_session_never_lowers_the_score(journal, one_more, role, of):
    assert score([*journal, one_more], role, of) >= score(journal, role, of)


@given(journals, roles, required)
def test_the_score_is_a_share_and_full_exactly_when_enough_sessions_count(journal, role, of):
    reached = score(journal, role, of)
    assert 0.0 <= reached <= 1.0
    assert (reached == 1.0) == (counted(journal, role) >= of)


@given(journals, roles, required)
def test_a_dispute_takes_away_that_session_and_nothing_else(journal, role, of):
    held = [record for record in journal if record.state is SessionState.HELD]
    disputed = [replace(record, state=SessionState.DISPUTED) for record in held]
    rest = [record for record in journal if record.state is not SessionState.HELD]
    assert score([*disputed, *rest], role, of) == 0.0
    assert score([*held, *rest], role, of) >= 0.0


@pytest.mark.parametrize("state", [state for state in SessionState if state is not SessionState.HELD])
def test_only_a_session_that_was_held_counts(state):
    assert not counts(Record(state, BOTH, BOTH), Role.MENTOR)


@pytest.mark.parametrize(
    ("confirmed", "reflected", "expected"),
    [
        ({Role.MENTEE}, {Role.MENTEE}, True),
        ({Role.MENTOR}, {Role.MENTOR}, False),
        ({Role.MENTEE}, set(), False),
        (set(), {Role.MENTEE}, False),
        ({Role.MENTOR}, {Role.MENTEE}, False),
    ],
)
def test_a_session_counts_for_the_one_who_confirmed_it_and_wrote(confirmed, reflected, expected):
    record = Record(SessionState.HELD, frozenset(confirmed), frozenset(reflected))
    assert counts(record, Role.MENTEE) is expected


def test_more_sessions_than_required_are_still_the_whole():
    assert share(7, 6) == 1.0
    assert share(2, 6) == pytest.approx(1 / 3)


@pytest.mark.parametrize(("number", "of"), [(1, 0), (1, -1), (-1, 6)])
def test_a_share_of_nothing_is_refused(number, of):
    with pytest.raises(ValueError, match="is not a share"):
        share(number, of)
