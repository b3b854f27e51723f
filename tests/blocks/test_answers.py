"""What every answer of a handler carries, whatever its status."""

import factories
import pytest
from callers import Browser
from studio_runtime import StudioRuntime
from webob import Request
from xblock.fields import ScopeIds

from reverse_mentoring_xblock.domain.permissions import HANDLERS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("block_type", HANDLERS)
def test_regions_are_html_that_nobody_keeps(block_type):
    person = factories.user()
    usage_key = factories.COURSE.make_usage_key(block_type, "one")
    block = StudioRuntime(person).construct_xblock(block_type, ScopeIds(person.pk, block_type, usage_key, usage_key))
    request = Request.blank("/", method="POST", body=b"", headers={"RM-Request": "1"})
    answer = block.runtime.handle(block, "join", request)
    assert answer.content_type == "text/html"
    assert answer.charset.lower() == "utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["RM-Region"] == "journey"
    assert answer.headers["RM-Announce"]


@pytest.mark.parametrize(("zone", "clock"), [("Asia/Singapore", "17:00"), ("Europe/London", "09:00")])
def test_times_are_in_the_zone_that_the_reader_gave_when_the_platform_knows_none(course, zone, clock):
    start = factories.datetime(factories.timezone.now().year + 1, 1, 15, 9, tzinfo=factories.UTC)
    pair = factories.pairing(mentor_row=factories.mentor(time_zone=zone))
    factories.session(pair, "planned", starts_at=start)
    for block_type in ("reverse_mentoring", "reverse_mentoring_journal"):
        assert f"{start:%A} 15 January, {clock}" in Browser(pair.mentor.user).see(block_type)
