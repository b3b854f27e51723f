from datetime import UTC, date, datetime
from uuid import uuid4

import factories
import pytest
from factories import PLACE

from reverse_mentoring_xblock.domain.errors import Conflict, NotFound
from reverse_mentoring_xblock.domain.states import PairingState, SessionState
from reverse_mentoring_xblock.models import Action, Reflection, Session
from reverse_mentoring_xblock.services.acting import MOST_OPEN, add_action, finish_action
from reverse_mentoring_xblock.services.clearing import forget_in_block
from reverse_mentoring_xblock.services.reflecting import MOST_REVISIONS, Words, save_reflection

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
DAY = date(2027, 3, 4)


@pytest.fixture
def pair():
    return factories.pairing()


@pytest.fixture
def session(pair):
    return factories.session(pair, mentee_confirmed_at=NOW)


def write(session, what="Filters", seen=0, by=None, extract="", **more):
    who = by or session.pairing.mentee
    words = Words(what, more.get("so_what", ""), more.get("now_what", ""), extract)
    return save_reflection(PLACE, who.user_id, session.uuid, seen, words)


def end(pair):
    pair.state, pair.closed_at, pair.mentor_slot, pair.mentee_slot = PairingState.ENDED, NOW, None, None
    pair.save()


def texts():
    return list(Reflection.objects.order_by("revision").values_list("revision", "what"))


def test_every_change_is_a_new_revision(session):
    assert write(session).revision == 1
    assert write(session, "Filters and pivots", seen=1).revision == 2
    assert texts() == [(1, "Filters"), (2, "Filters and pivots")]


def test_saving_the_same_twice_is_saving_it_once(session):
    assert write(session).is_changed
    again = write(session)
    assert not again.is_changed
    assert not again.is_over_unseen
    assert texts() == [(1, "Filters")]


def test_of_two_windows_the_newer_text_wins_and_the_older_is_kept(session):
    write(session)
    write(session, "From the first window", seen=1)
    second = write(session, "From the second window", seen=1)
    assert second.is_over_unseen
    assert texts() == [(1, "Filters"), (2, "From the first window"), (3, "From the second window")]


def test_the_first_reflection_makes_the_session_count(session):
    assert write(session).standing.counted == 1


def test_writing_before_confirming_does_not_count_yet(pair):
    session = factories.session(pair)
    assert write(session).standing.counted == 0


def test_nobody_writes_about_a_session_to_come(pair):
    with pytest.raises(Conflict, match="not_held"):
        write(factories.session(pair, SessionState.PLANNED))


@pytest.mark.parametrize("state", [SessionState.DISPUTED, SessionState.CANCELLED])
def test_what_was_typed_is_kept_though_the_session_was_disputed_meanwhile(pair, state):
    session = factories.session(pair, state)
    saved = write(session)
    assert saved.is_changed
    assert saved.standing.counted == 0


def test_each_of_the_two_has_their_own_revisions(session, pair):
    write(session)
    write(session, "Kept my hands off", by=pair.mentor)
    assert {(row.author, row.revision) for row in Reflection.objects.all()} == {(pair.mentee, 1), (pair.mentor, 1)}


def test_after_the_end_nothing_new_is_shown_to_the_partner(session, pair):
    write(session, extract="Thank you for the filters")
    end(pair)
    write(session, "More", seen=1, extract="And another thing")
    latest = Reflection.objects.get(revision=2)
    assert (latest.what, latest.extract) == ("More", "Thank you for the filters")


def test_a_reflection_has_an_end(session):
    Reflection.objects.create(session=session, author=session.pairing.mentee, revision=MOST_REVISIONS, what="Old")
    with pytest.raises(Conflict, match="revisions_full"):
        write(session, "New")
    assert not write(session, "Old").is_changed


def test_nobody_writes_in_another_pairs_session(session):
    with pytest.raises(NotFound):
        write(session, by=factories.mentee())


def test_a_next_step_is_the_persons_own_and_twice_is_once(pair):
    first = add_action(PLACE, pair.mentor.user_id, pair.uuid, "Send the example", DAY)
    again = add_action(PLACE, pair.mentor.user_id, pair.uuid, "Send the example", DAY)
    assert first.is_changed
    assert (again.action, again.is_changed) == (first.action, False)
    assert Action.objects.get().owner == pair.mentor


def test_a_finished_step_can_be_taken_on_anew(pair):
    first = add_action(PLACE, pair.mentor.user_id, pair.uuid, "Practise", None)
    finish_action(PLACE, pair.mentor.user_id, Action.objects.get().uuid)
    assert add_action(PLACE, pair.mentor.user_id, pair.uuid, "Practise", None).action != first.action


def test_finishing_twice_keeps_the_first_time(pair):
    add_action(PLACE, pair.mentor.user_id, pair.uuid, "Practise", None)
    action = Action.objects.get()
    assert finish_action(PLACE, pair.mentor.user_id, action.uuid).is_changed
    done_at = Action.objects.get().done_at
    assert not finish_action(PLACE, pair.mentor.user_id, action.uuid).is_changed
    assert Action.objects.get().done_at == done_at


def test_only_its_owner_finishes_a_step(pair):
    add_action(PLACE, pair.mentor.user_id, pair.uuid, "Practise", None)
    action = Action.objects.get().uuid
    for somebody in (pair.mentee, factories.mentor()):
        with pytest.raises(NotFound):
            finish_action(PLACE, somebody.user_id, action)
    with pytest.raises(NotFound):
        finish_action(PLACE, pair.mentor.user_id, uuid4())


def test_an_ended_pairing_takes_no_new_step_and_lets_the_old_be_finished(pair):
    add_action(PLACE, pair.mentor.user_id, pair.uuid, "Practise", None)
    end(pair)
    with pytest.raises(Conflict, match="pairing_closed"):
        add_action(PLACE, pair.mentor.user_id, pair.uuid, "Another", None)
    assert finish_action(PLACE, pair.mentor.user_id, Action.objects.get().uuid).is_changed


def test_a_list_of_steps_stays_a_list(pair):
    Action.objects.bulk_create(
        Action(pairing=pair, owner=pair.mentor, text=f"Step {number}") for number in range(MOST_OPEN)
    )
    with pytest.raises(Conflict, match="actions_full"):
        add_action(PLACE, pair.mentor.user_id, pair.uuid, "One more", None)
    assert add_action(PLACE, pair.mentee.user_id, pair.uuid, "The other's first", None).is_changed


def test_clearing_the_journal_takes_ones_own_part_and_leaves_the_partners(session, pair):
    session.mentor_confirmed_at = NOW
    session.save()
    write(session)
    write(session, "Kept my hands off", by=pair.mentor)
    add_action(PLACE, pair.mentee.user_id, pair.uuid, "Mine", None)
    add_action(PLACE, pair.mentor.user_id, pair.uuid, "Theirs", None)
    for _time in range(2):
        forget_in_block(PLACE, pair.mentee.user_id, "journal")
        left = Session.objects.get()
        assert left.mentee_confirmed_at is None
        assert left.mentor_confirmed_at is not None
        assert [row.author for row in Reflection.objects.all()] == [pair.mentor]
        assert [row.owner for row in Action.objects.all()] == [pair.mentor]
