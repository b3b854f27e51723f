"""From the rows of an attempt to the round that the domain reads: with the bank that it was begun with."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ..content.instrument import Instrument, read_instrument, shipped
from ..content.loading import load_bank
from ..domain.assessment.answers import answers_from
from ..domain.assessment.bank import Bank, Form, Rung
from ..domain.assessment.rounds import Round
from ..domain.states import Role
from ..models import Answer, Attempt, ItemBank

Stored = tuple[str, str, str]
"""An answer as rows hold it: question, value, confidence."""


def instrument_of(attempt: Attempt) -> Instrument:
    """The bank and words that this attempt was begun with. No query for the shipped bank, else one in a while.

    An attempt at a shipped bank of an earlier version is read with the version of today.
    """
    if attempt.bank == load_bank().id:
        return shipped()
    return _stored(attempt.bank_digest)


def round_of(attempt: Attempt, role: Role) -> Round:
    """An attempt with its answers so far. One query."""
    return round_from(attempt, role, attempt.answers.values_list("item", "value", "confidence"))


def round_from(attempt: Attempt, role: Role, stored: Iterable[Stored]) -> Round:
    """An attempt with answers that the caller has read."""
    bank = instrument_of(attempt).bank
    is_mentee = role is Role.MENTEE
    return Round(
        bank=bank,
        competences=known_codes(bank, attempt.competences),
        seed=attempt.seed,
        answers=answers_from(bank, stored),
        asks_matters=is_mentee,
        form=Form(attempt.form),
        uses_checks=attempt.uses_checks and is_mentee,
        checks=tuple(name for name in attempt.checks if name in bank.checks and bank.checks[name].is_live),
        routes={code: Rung(rung) for code, rung in attempt.routes.items()},
        targets=attempt.targets,
        weights=attempt.weights,
        uses_terms=attempt.uses_terms and is_mentee,
        looks_back=known_codes(bank, attempt.looks_back),
        goals=attempt.goals,
        keeps_checks=attempt.repeats_id is not None,
    )


def answers_by_attempt(attempts: Sequence[Attempt]) -> Mapping[int, Sequence[Stored]]:
    """The answers of some attempts, under each one's key. One query."""
    found: dict[int, list[Stored]] = {attempt.pk: [] for attempt in attempts}
    rows = Answer.objects.filter(attempt__in=found).values_list("attempt_id", "item", "value", "confidence")
    for attempt_id, item, value, confidence in rows:
        found[attempt_id].append((item, value, confidence))
    return found


def known_codes(bank: Bank, codes: Iterable[str]) -> tuple[str, ...]:
    """The codes that this bank has."""
    return tuple(code for code in codes if code in bank.competences)


@lru_cache(maxsize=32)
def _stored(digest: str) -> Instrument:
    """A bank of an author's own by its digest; it never changes. The shipped one when the row is gone."""
    row = ItemBank.objects.filter(digest=digest).values_list("source", flat=True).first()
    return read_instrument(row) if row is not None else shipped()
