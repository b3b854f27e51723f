"""What every answer of a handler carries, whatever its status."""

import factories
import pytest
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
