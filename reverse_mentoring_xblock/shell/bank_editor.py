"""The editor of an author's own question bank: a box, and beside it what is wrong with what it holds."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from webob import Response

from ..content.instrument import Instrument, overdue, read_instrument
from ..content.located import ContentError
from .assessment_setup import bank_problems
from .handling import OWN_HEADER, region_answer
from .rendering import render

LONGEST_BODY = 4_000_000
_REGION = "bank"


def bank_editor(block: Any) -> str:
    """The editor as it opens, with the questions that the block uses."""
    editor = _render(block, block.own_bank or "")
    return render("assessment/_bank_page.html", {"block": block, "block_id": block.block_id, "editor": editor})


def answer_bank_editor(block: Any, request: Any) -> Response:
    """Keep the bank that was sent, or say what is wrong with it. 403 for anybody who may not write the course."""
    if request.method != "POST":
        return Response(status=405, text="", allow="POST")
    if not request.headers.get(OWN_HEADER) or not block.may_write:
        return Response(status=403, text=_("Only authors of this course can change these settings."))
    if len(request.body) > LONGEST_BODY:
        return _answer(block, "", 422, problems=[_("The file is too long. A million characters are the most.")])
    source = request.POST.get("bank", "").replace("\r\n", "\n").strip("\n")
    if not source.strip():
        block.own_bank = ""
        return _answer(block, "", 200, say=_("Saved. The questions that come with the package are used."))
    try:
        instrument = read_instrument(source)
    except ContentError as error:
        return _answer(block, source, 422, problems=bank_problems(error))
    block.own_bank = source
    say = _("Saved. Learners who begin from now on are asked these questions.")
    return _answer(block, source, 200, say=say, instrument=instrument)


def _answer(block: Any, source: str, status: int, say: str = "", **found: Any) -> Response:
    if status == 422:
        say = _("These questions cannot be used yet, so nothing was saved. What is wrong stands above the box.")
    return region_answer(_render(block, source, say=say, **found), _REGION, status, say)


def _render(block: Any, source: str, **found: Any) -> str:
    instrument: Instrument | None = found.get("instrument")
    facts = {
        "block_id": block.block_id,
        "url": block.runtime.handler_url(block, "save_bank").rstrip("/?"),
        "source": source,
        "overdue": overdue(instrument.bank, timezone.localdate()) if instrument else (),
        **found,
    }
    return render("assessment/_bank.html", facts)
