"""The short names of topics, in the reader's language."""

from collections.abc import Iterable

from django.utils.translation import get_language

from ..content.loading import bank_words


def topic_name(code: str) -> str:
    """The short name of a competence; its code when the bank of today does not have it."""
    return bank_words(get_language() or "en").get(f"competence.{code}.short", code)


def topics_said(codes: Iterable[str]) -> str:
    """Several of them in one line."""
    return ", ".join(map(topic_name, codes))
