"""The end round of a start round: the same skills and self items, the same scenarios with their other story."""

from collections.abc import Sequence
from dataclasses import replace

from .ladder import Routes, second_rung
from .rounds import Round


def repeated(start: Round, topics: Sequence[str], goals: int) -> Round:
    """A round without answers that asks what ``start`` asked, and looks back at ``topics`` and so many goals.

    A scenario whose other story the bank no longer has is left out.
    """
    partners = (start.bank.counterpart(name) for name in start.checks_in_play)
    return replace(
        start,
        answers={},
        form=start.form.other,
        checks=tuple(name for name in partners if name is not None),
        routes=settled_routes(start),
        looks_back=tuple(topics),
        goals=goals,
        keeps_checks=True,
    )


def settled_routes(start: Round) -> Routes:
    """The second rung of every competence of a start round that has one: an end round keeps to it."""
    routes = {code: second_rung(start.bank, code, start.answers, start.routes) for code in start.competences}
    return {code: rung for code, rung in routes.items() if rung is not None}
