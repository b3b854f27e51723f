"""The permission table, walked as every kind of person, over HTTP."""

import json

import factories
import pytest
from callers import EXPORTS, Browser, method_of
from xblock.core import XBlock

from reverse_mentoring_xblock.domain.permissions import HANDLERS, Audience
from reverse_mentoring_xblock.models import AuditEntry, Participant
from reverse_mentoring_xblock.shell.forms.base import BlockForm
from reverse_mentoring_xblock.standalone.models import BlockState, Completion, ReceivedEvent, Score

pytestmark = pytest.mark.usefixtures("course")

CALLS = [
    pytest.param(block_type, handler, audience, id=f"{block_type}.{handler}")
    for block_type, handlers in HANDLERS.items()
    for handler, audience in handlers.items()
]


def everything_written():
    tables = (Participant, AuditEntry, BlockState, Completion, Score, ReceivedEvent)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


@pytest.fixture
def pair():
    return factories.pairing()


@pytest.mark.parametrize("block_type", HANDLERS)
def test_the_table_names_every_handler_of_a_block_and_no_other(block_type):
    block_class = XBlock.load_class(block_type)
    handlers = {
        name for name in dir(block_class) if getattr(getattr(block_class, name, None), "_is_xblock_handler", False)
    }
    assert handlers == set(HANDLERS[block_type])


@pytest.mark.parametrize(("block_type", "handler", "audience"), CALLS)
class TestCallers:
    def test_nobody_signed_in(self, block_type, handler, audience):
        before = everything_written()
        answer = Browser().do(block_type, handler, _method=method_of(handler))
        assert answer.status == 403
        assert everything_written() == before

    def test_nobody_signed_in_through_the_open_door(self, block_type, handler, audience):
        before = everything_written()
        answer = Browser().do(block_type, handler, _method=method_of(handler), _noauth=True)
        assert answer.status == 403
        assert everything_written() == before

    def test_another_site_posting_with_the_persons_cookies(self, block_type, handler, audience, pair):
        """The platform's handler_noauth checks no CSRF token; a foreign form cannot send our header."""
        if method_of(handler) == "get":
            pytest.skip("a GET changes nothing, and another site cannot read its answer")
        before = everything_written()
        answer = Browser(pair.mentee.user).do(block_type, handler, _own_header=False, _noauth=True)
        assert answer.status == 403
        assert everything_written() == before

    def test_a_stranger(self, block_type, handler, audience):
        before = everything_written()
        answer = Browser(factories.user(enrolled_in=None)).do(block_type, handler, _method=method_of(handler))
        assert answer.status == 403
        assert everything_written() == before

    def test_a_learner_of_another_course(self, block_type, handler, audience):
        stranger = factories.user(enrolled_in=factories.OTHER_COURSE, staff_of=factories.OTHER_COURSE)
        before = everything_written()
        answer = Browser(stranger).do(block_type, handler, _method=method_of(handler))
        assert answer.status == 403
        assert everything_written() == before

    @pytest.mark.parametrize("side", ["mentor", "mentee"])
    def test_each_of_a_pair(self, block_type, handler, audience, pair, side):
        answer = Browser(getattr(pair, side).user).do(block_type, handler, _method=method_of(handler))
        if audience is Audience.LEARNER:
            assert answer.status in (200, 404, 409, 422)
            assert answer.region == ("" if handler in EXPORTS else "journey")
        else:
            assert answer.status == 403

    def test_a_coordinator(self, block_type, handler, audience, pair):
        answer = Browser(factories.coordinator()).do(block_type, handler, _method=method_of(handler))
        if audience is Audience.COORDINATOR:
            assert answer.status in (200, 404, 409, 422)
        elif audience is Audience.LEARNER:
            # A coordinator may take part, too; one who has not joined is asked to choose a role first.
            assert answer.status in (200, 403, 404, 409, 422)
        else:
            assert answer.status == 403

    @pytest.mark.parametrize("view_as", ["mentee", "mentor"])
    def test_a_coordinator_viewing_as_somebody(self, block_type, handler, audience, pair, view_as):
        browser = Browser(factories.coordinator())
        person = getattr(pair, view_as).user
        browser.client.post("/masquerade", {"view_as": person.username}, headers={"X-CSRFToken": "t" * 32})
        before = everything_written()
        answer = browser.do(block_type, handler, _method=method_of(handler))
        assert answer.status == 403
        assert everything_written() == before

    def test_a_coordinator_viewing_as_a_learner_is_no_coordinator(self, block_type, handler, audience):
        if audience is not Audience.COORDINATOR:
            pytest.skip("about coordinators' handlers")
        browser = Browser(factories.coordinator())
        browser.client.post("/masquerade", {"view_as": "learner"}, headers={"X-CSRFToken": "t" * 32})
        assert browser.do(block_type, handler, _method=method_of(handler)).status == 403

    def test_a_get_where_a_post_belongs(self, block_type, handler, audience, pair):
        wrong = "post" if method_of(handler) == "get" else "get"
        answer = Browser(pair.mentee.user).do(block_type, handler, _method=wrong)
        assert answer.status in (403, 405)


AWKWARD = [
    pytest.param(b"", id="nothing"),
    pytest.param(b"\xff\xfe\x00", id="not-utf-8"),
    pytest.param(b"a=" + b"x" * 70_000, id="too-long"),
    pytest.param(b"&".join(b"f%d=1" % n for n in range(1500)), id="too-many-fields"),
    pytest.param(json.dumps({"values": [1, {"a": None}]}).encode(), id="json"),
    pytest.param(b"[]", id="json-list"),
    pytest.param(b"%00=%00&role=%00&item=%00&value=%F0%9F%92%A9", id="nul-and-astral"),
    pytest.param(
        b"&".join(
            name + b"=" + value
            for name in (
                b"role",
                b"module",
                b"step",
                b"attempt",
                b"item",
                b"value",
                b"pairing",
                b"session",
                b"run",
                b"action",
                b"minutes",
                b"starts_on",
                b"starts_at",
                b"topic",
                b"level",
                b"capacity",
                b"page",
            )
            for value in (b"99999999999999999999999999", b"-1", b"' OR 1=1 --", b"9999-99-99")
        ),
        id="numbers-and-dates",
    ),
]


@pytest.mark.parametrize("body", AWKWARD)
@pytest.mark.parametrize(("block_type", "handler", "audience"), CALLS)
def test_no_input_is_answered_with_an_exception(block_type, handler, audience, body, pair):
    people = [factories.coordinator()] if audience is Audience.COORDINATOR else [pair.mentor.user, pair.mentee.user]
    for person in people:
        answer = Browser(person).do(block_type, handler, _method=method_of(handler), _body=body)
        assert answer.status < 500


def every_field():
    """The name of every field that any form knows."""
    kinds = [BlockForm]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return sorted({name for kind in kinds for name in kind.base_fields})


@pytest.mark.parametrize("value", ["\0", "9" * 40, "-1", "9999-99-99", "fix:a:b", "\U0001f4a5" * 40, "'\"><b>"])
def test_no_field_of_a_form_about_pairing_is_answered_with_an_exception(value, pair):
    sent = dict.fromkeys([*every_field(), "pairs", "rank"], value)
    assert {"card", "mentor", "mentees", "said", "digest", "days", "topics", "hours"} <= sent.keys()
    people = {
        Audience.LEARNER: [pair.mentor.user, pair.mentee.user, factories.mentee().user],
        Audience.COORDINATOR: [factories.coordinator()],
    }
    for handler, audience in HANDLERS["reverse_mentoring_pairing"].items():
        for person in people.get(audience, ()):
            answer = Browser(person).do("reverse_mentoring_pairing", handler, _method=method_of(handler), **sent)
            assert answer.status < 500, handler
            assert "\\x00" not in str(list(BlockState.objects.filter(user=person).values("fields"))), handler
            assert "'\"><b>" not in answer.html, handler
