"""A search for pairs in words: what it puts first, what is being done, why it came to nothing."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from ..domain.states import RunBasis
from ..selectors.runs import RunRow

BASIS: Mapping[RunBasis, Callable[[], str]] = {
    RunBasis.SCORE: lambda: _("By score"),
    RunBasis.WISH: lambda: _("By wishes first"),
}

_STEPS: Mapping[str, Callable[[], str]] = {
    "": lambda: _("It waits for its turn."),
    "people": lambda: _("Reading who is ready."),
    "candidates": lambda: _("Looking for partners who come into question."),
    "repair": lambda: _("Arranging the pairs as well as can be."),
    "scan": lambda: _("Looking through all pairs for a better one."),
    "proof": lambda: _("Checking the answer by another way of counting."),
    "reasons": lambda: _("Working out why each pair fits."),
    "keep": lambda: _("Storing the answer."),
}

_FAILURES: Mapping[str, Callable[[], str]] = {
    "broke": lambda: _(
        "The search stopped because of an error, and nothing of it was kept. Propose again; if it happens twice, tell "
        "the people who run this site."
    ),
    "unproved": lambda: _(
        "The search found pairs that could not be proved to be the best ones, so they were not kept. Propose again; if "
        "it happens twice, tell the people who run this site."
    ),
    "nobody_to_match": lambda: _(
        "When the search began, nobody was ready on one of the two sides any more. The page “People” says what they "
        "need."
    ),
    "lost": lambda: _(
        "The search was broken off three times, so it was given up. The people who run this site can see why: the "
        "program that works rounds out may be short of memory. Then propose again."
    ),
}


def step_in_words(run: RunRow) -> str:
    """What a search is doing."""
    sentence = _STEPS.get(run.phase, _STEPS["scan"])()
    if not 0 < run.share < 1000:
        return sentence
    # Translators: {step} is a sentence such as "Looking through all pairs for a better one."
    return _("%(step)s %(percent)s percent of this step is done.") % {"step": sentence, "percent": run.share // 10}


def why_it_failed(code: str) -> str:
    """Why a search came to nothing, and what to do."""
    return _FAILURES.get(code, _FAILURES["broke"])()
