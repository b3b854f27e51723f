"""How a handler answers: read the request, call one service, answer with one region.

``handles`` turns a method of a block into an XBlock handler. This module is the single place where a refusal becomes
a status code, and where what a service did becomes grades, completion and events.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from webob import Response
from xblock.core import XBlock

from ..domain.errors import Conflict, Invalid, NotAllowed, NotFound, ProgrammeError
from ..domain.permissions import check_caller
from ..services.contention import with_retries
from .events import Event, emit
from .forms import FormRefused
from .reporting import Result, report
from .sentences import sentence_for
from .viewer import Viewer, caller_of, viewer_of

#: A page's own script sends this header. A form on another site cannot, which matters because the platform's
#: ``handler_noauth`` address skips the CSRF check for every handler.
OWN_HEADER = "RM-Request"
LONGEST_BODY = 160 * 1024  # the longest reflection, in a script whose characters take twelve bytes each in a form
STATUS = {NotAllowed: 403, NotFound: 404, Conflict: 409, Invalid: 422}


@dataclass(frozen=True)
class Done:
    """What an action came to: a sentence for the status line, and what the platform is told."""

    say: str
    events: Sequence[Event] = ()
    results: Sequence[Result] = ()


Act = Callable[[Any, Viewer, QueryDict], Done]


def handles(region: str, longest: int = LONGEST_BODY) -> Callable[[Act], Callable[..., Response]]:
    """Make ``act(block, viewer, data) -> Done`` a handler whose answer is ``region``, whatever the outcome.

    A body of more than ``longest`` bytes is refused.
    """

    def decorate(act: Act) -> Callable[..., Response]:
        @XBlock.handler
        @wraps(act)
        def handler(block: Any, request: Any, suffix: str = "") -> Response:
            if request.method != "POST":
                return _plain(405, Allow="POST")
            if not request.headers.get(OWN_HEADER):
                return _plain(403)
            return _answer(block, act, request, region, longest)

        return handler

    return decorate


@dataclass(frozen=True)
class Export:
    """A file to send, made while it is sent: its lines as bytes, and what the platform is told."""

    file_name: str
    lines: Iterable[bytes]
    events: Sequence[Event] = ()
    content_type: str = "text/csv"


def exports(make: Callable[[Any, Viewer], Export]) -> Callable[..., Response]:
    """Make ``make(block, viewer) -> Export`` a GET handler that sends a file."""

    @XBlock.handler
    @wraps(make)
    def handler(block: Any, request: Any, suffix: str = "") -> Response:
        if request.method != "GET":
            return _plain(405, Allow="GET")
        viewer = viewer_of(block)
        try:
            check_caller(block.scope_ids.block_type, make.__name__, caller_of(block, viewer))
            export = make(block, viewer)
        except ProgrammeError as error:
            return _plain(STATUS[type(error)], sentence_for(error))
        for event in export.events:
            emit(block, event)
        headers = {
            "Content-Disposition": f'attachment; filename="{export.file_name}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return _with(headers, Response(app_iter=export.lines, content_type=export.content_type, charset="utf-8"))

    return handler


def _answer(block: Any, act: Act, request: Any, region: str, longest: int) -> Response:
    viewer = viewer_of(block)
    try:
        check_caller(block.scope_ids.block_type, act.__name__, caller_of(block, viewer))
        data = _data_of(request, longest)
        done = with_retries(lambda: act(block, viewer, data))
    except FormRefused as refused:
        return _region(block, viewer, region, 422, sentence_for(refused), form=refused.form)
    except ProgrammeError as error:
        sentence = sentence_for(error)
        return _region(block, viewer, region, STATUS[type(error)], sentence, refusal=sentence)
    _tell_platform(block, viewer, done)
    return _region(block, viewer, region, 200, done.say)


def _data_of(request: Any, longest: int) -> QueryDict:
    if (request.content_length or 0) > longest or len(request.body) > longest:
        raise Invalid("too_long")
    try:
        return QueryDict(request.body.decode("utf-8"))
    except (UnicodeDecodeError, SuspiciousOperation):
        raise Invalid("unreadable") from None


def _tell_platform(block: Any, viewer: Viewer, done: Done) -> None:
    assert viewer.user_id is not None  # noqa: S101 - the permission table lets nobody else through
    if not block.opened:
        block.opened = True
    report(block, viewer.user_id, done.results)
    for event in done.events:
        emit(block, event)


def _region(block: Any, viewer: Viewer, region: str, status: int, say: str, **refused: Any) -> Response:
    return region_answer(block.render_region(region, viewer, **refused), region, status, say)


def region_answer(html: str, region: str, status: int, say: str) -> Response:
    """The answer that the page's script puts in the place of a region; ``say`` is for the status line."""
    headers = {"RM-Region": region, "RM-Announce": quote(say), "Cache-Control": "no-store"}
    return _with(headers, Response(status=status, text=html, content_type="text/html", charset="utf-8"))


def _plain(status: int, text: str = "", **headers: str) -> Response:
    return _with(headers, Response(status=status, text=text, content_type="text/plain", charset="utf-8"))


def _with(headers: Mapping[str, str], answer: Response) -> Response:
    """Given to ``Response()`` itself, headers would replace the content type."""
    answer.headers.update(headers)
    return answer
