from datetime import UTC, datetime, timedelta
from threading import Thread

import factories
import pytest
from django.db import connection
from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, UUIDField
from factories import PLACE

from reverse_mentoring_xblock.domain.states import Role, SessionState
from reverse_mentoring_xblock.models import Participant, Reflection, Session
from reverse_mentoring_xblock.selectors.prepared import Given, given_place, prepared

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC).replace(microsecond=0)


@prepared
def sessions_since():
    wrote = Reflection.objects.filter(session=OuterRef("pk"), author=Given("person"))
    return (
        Session.objects.filter(starts_at__gte=Given("since", DateTimeField()))
        .annotate(is_reflected=Exists(wrote))
        .select_related("pairing")
        .order_by("starts_at")
    )


@prepared
def among(state):
    return (
        Session.objects.filter(pairing__in=Given("pairings", size=3), state=state)
        .values("pairing_id")
        .annotate(recent=Count("pk", filter=Q(starts_at__gte=Given("since", DateTimeField()))))
        .order_by("pairing_id")
        .values_list("pairing_id", "recent")
    )


def days(number):
    return NOW + timedelta(days=number)


def test_each_asking_has_its_own_values():
    pair = factories.pairing()
    old, new = (factories.session(pair, starts_at=days(number)) for number in (-9, -2))
    Reflection.objects.create(session=new, author=pair.mentor, revision=1)
    assert sessions_since(since=days(-10), person=pair.mentee_id) == [old, new]
    assert sessions_since(since=days(-3), person=pair.mentee_id) == [new]
    assert [row.is_reflected for row in sessions_since(since=days(-10), person=pair.mentor_id)] == [False, True]


def test_rows_are_what_the_queryset_gives(django_assert_num_queries):
    made = factories.session(factories.pairing(), starts_at=days(-1))
    with django_assert_num_queries(1):
        [row] = sessions_since(since=days(-2), person=0)
        assert row.pairing == made.pairing
    assert (row.starts_at, row.uuid, row.minutes) == (made.starts_at, made.uuid, made.minutes)


def test_an_answer_is_never_kept(django_assert_num_queries):
    assert sessions_since(since=days(-2), person=0) == []
    factories.session(factories.pairing(), starts_at=days(-1))
    with django_assert_num_queries(1):
        assert len(sessions_since(since=days(-2), person=0)) == 1


def test_a_list_may_be_shorter_than_planned_or_empty_but_not_longer():
    pairs = [factories.pairing() for _ in range(3)]
    for pair in pairs:
        factories.session(pair, starts_at=days(-5))
        factories.session(pair, starts_at=days(-1))
    ids = [pair.pk for pair in pairs]
    assert among(SessionState.HELD, pairings=ids, since=days(-2)) == [(id_, 1) for id_ in ids]
    assert among(SessionState.HELD, pairings=ids[:1], since=days(-9)) == [(ids[0], 2)]
    assert among(SessionState.PLANNED, pairings=ids, since=days(-9)) == []
    assert among(SessionState.HELD, pairings=[], since=days(-9)) == []
    with pytest.raises(ValueError, match="3 at most"):
        among(SessionState.HELD, pairings=[*ids, 0], since=days(-9))


def test_the_text_is_written_once():
    made = []

    @prepared
    def people():
        made.append(True)
        return Participant.objects.filter(given_place(), uuid=Given("who", UUIDField())).values_list("pk", flat=True)

    somebody, other = factories.mentor(), factories.mentee()
    texts = []

    def note(execute, sql, params, many, context):
        texts.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert people(**PLACE._asdict(), who=somebody.uuid) == [somebody.pk]
        assert people(**PLACE._asdict(), who=other.uuid) == [other.pk]
    assert len(made) == 1
    assert texts[0] == texts[1]


def test_a_value_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        sessions_since(since=days(-2))


@pytest.mark.django_db(transaction=True)
def test_threads_share_the_text_and_not_the_connection():
    session = factories.session(factories.pairing(), starts_at=days(-1))
    assert sessions_since(since=days(-2), person=0) == [session]
    found = []

    def ask():
        with connection.execute_wrapper(lambda execute, *call: found.append("asked") or execute(*call)):
            found.extend(sessions_since(since=days(-2), person=0))  # a new connection asks the server first, too
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert found[-2:] == ["asked", session]


def test_roles_have_their_own_text():
    @prepared
    def of(role):
        return Participant.objects.filter(given_place(), role=role).values_list("pk", flat=True)

    mentor, mentee = factories.mentor(), factories.mentee()
    assert of(Role.MENTOR, **PLACE._asdict()) == [mentor.pk]
    assert of(Role.MENTEE, **PLACE._asdict()) == [mentee.pk]
    assert of(Role.MENTEE, context_key=factories.OTHER_COURSE, slug="main") == []
