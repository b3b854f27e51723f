"""Calling the blocks as people do: over HTTP, through the site's real runtime."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlencode

from django.test import Client

from reverse_mentoring_xblock.standalone.models import CourseNode

EXPORTS = {"export_history", "export_states", "export_own", "export_cohort", "export_roster"}


def method_of(handler):
    """How a handler is called: files are fetched, everything else is sent."""
    return "get" if handler in EXPORTS else "post"


def text_of(html):
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@dataclass(frozen=True)
class Answered:
    """What a handler answered."""

    status: int
    html: str
    said: str
    region: str


class Browser:
    """A signed-in person (or nobody) with a real session and CSRF checks on."""

    def __init__(self, account=None):
        self.client = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
        if account is not None:
            self.client.force_login(account)
        self.client.cookies["csrftoken"] = "t" * 32

    def see(self, block_type):
        """The HTML of the unit page that the block stands on."""
        unit = CourseNode.objects.filter(category=block_type).order_by("pk")[0].parent
        return self.client.get(f"/units/{unit.usage_key}").content.decode()

    def do(self, block_type, handler, _own_header=True, _method="post", _body=None, _noauth=False, **data):
        """POST a form to a handler; lists become repeated fields."""
        node = CourseNode.objects.filter(category=block_type).order_by("pk")[0]
        door = "handler_noauth" if _noauth else "handler"
        url = f"/courses/{node.course.key}/xblock/{node.usage_key}/{door}/{handler}"
        headers = {"RM-Request": "1"} if _own_header else {}
        if not _noauth:
            headers["X-CSRFToken"] = "t" * 32
        if _method == "get":
            answer = self.client.get(url, headers=headers)
        else:
            body = urlencode(data, doseq=True) if _body is None else _body
            answer = self.client.post(url, body, content_type="application/x-www-form-urlencoded", headers=headers)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return Answered(
            answer.status_code,
            content.decode("utf-8", "replace"),
            unquote(answer.headers.get("RM-Announce", "")),
            answer.headers.get("RM-Region", ""),
        )
