"""The other blocks' side: xblock-drag-and-drop-v2 and xblock-poll in the standalone site's runtime.

They get what the LMS would give them: real usage keys as ``location`` and ``course_id``, a ``replace_urls`` service,
the course's waffle flag (off). Their learner state is a row of the site, as ours is; the poll's tally is in memory;
what they publish goes nowhere, so that no write of theirs is measured.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

from site_under_test import EMPTY, add_node, set_up

set_up(Path(sys.argv[1]))

from crum import impersonate  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from measuring import Side, View, serve  # noqa: E402
from opaque_keys.edx.keys import CourseKey, UsageKey  # noqa: E402
from web_fragments.fragment import Fragment  # noqa: E402
from webob import Request  # noqa: E402
from xblock.core import XBlock  # noqa: E402
from xblock.fields import Scope  # noqa: E402
from xblock.runtime import KeyValueStore, KvsFieldData  # noqa: E402

from reverse_mentoring_xblock.standalone.models import BlockState, Course  # noqa: E402
from reverse_mentoring_xblock.standalone.runtime import Fields, SiteRuntime  # noqa: E402

DRAG_AND_DROP = "drag-and-drop-v2"
POLL = "poll"
TALLY = {"R": 11, "B": 7, "G": 4, "O": 2}
PLACED = {"0": {"zone": "top", "correct": True}, "1": {"zone": "middle", "correct": True}}
VOTED = {"choice": "B", "submissions_count": 1}


class PeerFields(Fields):
    """The site's store, which has no place for values that all learners share, with the poll's tally."""

    def _values(self, key: KeyValueStore.Key) -> dict[str, Any]:
        if key.scope == Scope.user_state_summary:
            return {"tally": dict(TALLY)}
        return super()._values(key)

    def set(self, key: KeyValueStore.Key, value: Any) -> None:
        """Nothing: a view saves no field, and the poll's tally stays what it is."""


class ReplaceUrls:
    """The LMS's service; no address in the default content needs replacing."""

    def replace_urls(self, text: str) -> str:
        """The text as it is."""
        return text


class FlagOff:
    """A course waffle flag that is off."""

    def is_enabled(self, _course_key: Any) -> bool:
        """No."""
        return False


class PeerRuntime(SiteRuntime):
    """The site's runtime with what these blocks ask the LMS for."""

    def __init__(self, user: Any, course_key: CourseKey) -> None:
        super().__init__(user)
        self.course_id = course_key
        self._services["field-data"] = KvsFieldData(PeerFields(user, self._nodes, keeps=False))
        self._services["replace_urls"] = ReplaceUrls()

    def block_of(self, node: Any) -> XBlock:
        """The block, with the location that the LMS's mix-in gives it."""
        block = super().block_of(node)
        block.location = node.usage_key
        return block

    def wrap_xblock(self, block: XBlock, view: str, frag: Fragment, context: Any) -> Fragment:
        """The site's wrapper, with the element in which the LMS hands a block's script its settings."""
        wrapped = super().wrap_xblock(block, view, frag, context)
        if frag.json_init_args is not None:
            settings = json.dumps(frag.json_init_args)
            wrapped.add_content(f'<script type="json/xblock-args" class="xblock-json-init-args">{settings}</script>')
        return wrapped

    def publish(self, block: XBlock, event_type: str, event_data: Mapping[str, Any]) -> None:
        """Nowhere."""


def rendering(user: Any, usage_key: UsageKey) -> Callable[[], Any]:
    """How the unit page renders the block: a new runtime, the block by its key, its view."""

    def render() -> Any:
        with impersonate(user):
            return PeerRuntime(user, usage_key.course_key).get_block(usage_key).render("student_view", {})

    return render


def calling(user: Any, usage_key: UsageKey, handler: str, method: str) -> Callable[[], bytes]:
    """A call of the block's script, without the web server and the middleware around it."""

    def call() -> bytes:
        with impersonate(user):
            block = PeerRuntime(user, usage_key.course_key).get_block(usage_key)
            request = Request.blank("/", method=method, body=b"{}" if method == "POST" else b"")
            answer = block.runtime.handle(block, handler, request)
            assert answer.status_code == 200, answer.text
            return bytes(answer.body)

    return call


def make_views() -> list[View]:
    """Both blocks with their default content, for a learner who is new to them and for one who is not."""
    course = Course.objects.create(key=CourseKey.from_string("course-v1:Peers+Bench+1"), title="Peers")
    new = get_user_model().objects.create(username="new")
    seasoned = get_user_model().objects.create(username="seasoned")
    empty = add_node(course, EMPTY, "empty")
    drag = add_node(course, DRAG_AND_DROP, "drag", {"question_text": "Put each item where it belongs."})
    poll = add_node(course, POLL, "poll")
    BlockState.objects.create(user=seasoned, usage_key=drag, fields={"item_state": PLACED, "attempts": 2})
    BlockState.objects.create(user=seasoned, usage_key=poll, fields=VOTED)
    state = "student_view_user_state"
    # A poll that is not voted on is complete as it comes. Its script then asks whether there was a vote, and if so
    # for the results, which are what this learner came to see.
    results = [calling(seasoned, poll, handler, "POST") for handler in ("student_voted", "get_results")]
    return [
        View("peers: empty block", rendering(new, empty)),
        View("drag-and-drop, new", rendering(new, drag), [calling(new, drag, state, "GET")]),
        View("drag-and-drop, two placed", rendering(seasoned, drag), [calling(seasoned, drag, state, "GET")]),
        View("poll, new", rendering(new, poll)),
        View("poll, voted", rendering(seasoned, poll), results),
    ]


if __name__ == "__main__":
    with patch("drag_and_drop_v2.drag_and_drop_v2.get_grading_ignore_decoys_waffle_flag", FlagOff):
        serve(Side(make_views(), ("xblock-drag-and-drop-v2", "xblock-poll", "XBlock", "Django")))
