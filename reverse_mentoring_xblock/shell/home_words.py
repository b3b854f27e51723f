"""The home block's rows as words and as a file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..domain.needs_help import HelpRule, quiet_after
from ..selectors.dashboard import HelpList, HelpRow
from ..selectors.states_export import StateRow
from .sentences.help_rules import RULES, AlertWords, words_of
from .spreadsheet import csv_lines

COLUMNS = (
    "username",
    "name",
    "role",
    "state",
    "added",
    "joined",
    "trained",
    "trained_on",
    "assessed_on",
    "signed_up_on",
    "pairing",
    "pairing_since",
    "sessions_held",
    "last_session_on",
    "reflections",
)


@dataclass(frozen=True)
class HelpCard:
    """A pair that may need a hand, in words."""

    row: HelpRow
    alerts: Sequence[AlertWords]


def help_cards(found: HelpList, cadence_days: int) -> Sequence[HelpCard]:
    """The pairs in the order of their gravest rule."""
    order = list(HelpRule)
    rows = sorted(found.rows, key=lambda row: order.index(row.alerts[0].rule))
    quiet_days = quiet_after(cadence_days).days
    return tuple(HelpCard(row, tuple(words_of(alert, row, quiet_days) for alert in row.alerts)) for row in rows)


def rule_words(cadence_days: int) -> Sequence[str]:
    """Every rule by its threshold."""
    return tuple(RULES[rule](quiet_after(cadence_days).days) for rule in HelpRule)


def states_file(rows: Iterable[StateRow]) -> Iterator[bytes]:
    """One line for each person: states, counts and dates."""
    return csv_lines(COLUMNS, (_line(row) for row in rows))


def _line(row: StateRow) -> Sequence[object]:
    person = row.person
    return (
        person.username,
        person.name,
        person.role,
        person.state,
        row.added_at,
        row.is_joined,
        row.trained_at is not None,
        row.trained_at,
        row.assessed_at,
        person.signed_up_at,
        row.pairing_state,
        row.pairing_since,
        row.sessions_held,
        row.last_session_at,
        row.reflections,
    )
