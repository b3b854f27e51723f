"""What a roster file would change, in words; and the roster as a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain.roster import Column
from ..domain.roster.cells import written_windows
from ..selectors.roster_file import RosterFileRow
from .languages import language_name
from .sentences.roster import told
from .spreadsheet import csv_lines

Example = tuple[int, str, Sequence[str]]
"""The line, the person as the file names them, and what is said of them."""


@dataclass(frozen=True)
class Preview:
    """A file that waits: what it comes to, the first of each kind, and how many more there are."""

    file: RosterFileRow
    counts: Sequence[str]
    problems: Sequence[str]
    unknown: Sequence[Example]
    changed: Sequence[Example]
    new: Sequence[Example]

    @property
    def may_be_taken_in(self) -> bool:
        """Whether nothing is wrong in it and it would change anything."""
        summary = self.file.summary
        return not summary["problems"] and bool(summary["new"] or summary["changed"])

    @property
    def rest(self) -> Mapping[str, int]:
        """How many of each kind are not among the first."""
        summary, kinds = self.file.summary, ("problems", "unknown", "changed", "new")
        return {kind: summary[kind] - len(summary[f"{kind}_first"]) for kind in kinds}


def preview_of(file: RosterFileRow) -> Preview:
    """The stored summary in words."""
    summary = file.summary
    return Preview(
        file=file,
        counts=[
            words(summary[name])
            for name, words in _COUNTS.items()
            if summary[name] or (name in ("new", "changed") and summary["lines"])
        ],
        problems=[told(problem) for problem in summary["problems_first"]],
        unknown=[(line, person, ()) for line, person in summary["unknown_first"]],
        changed=[(line, person, list(map(_change, changes))) for line, person, changes in summary["changed_first"]],
        new=[(line, person, [_role(role)]) for line, person, role in summary["new_first"]],
    )


def roster_lines(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The roster as a file that can be sent again."""
    return csv_lines([column.value for column in Column], rows)


def _change(change: Sequence[Any]) -> str:
    column, old, new = change
    value = _VALUES.get(column, _text)
    facts = {"column": _COLUMNS[column](), "old": value(old), "new": value(new)}
    # Translators: a fact about a person and how a file changes it: "level: 3 → 4".
    return _("%(column)s: %(old)s → %(new)s") % facts


def _text(value: Any) -> str:
    return _("none") if value in (None, "") else str(value)


def _languages(codes: Sequence[str]) -> str:
    return ", ".join(map(language_name, codes)) or _("none")


def _hours(windows: Sequence[Sequence[int]]) -> str:
    return written_windows(windows).replace(";", "; ") or _("none")


def _mode(code: str) -> str:
    return {"remote": _("from afar"), "onsite": _("on site"), "both": _("either way")}.get(code, code)


def _role(code: str) -> str:
    return _("mentor") if code == "mentor" else _("mentee")


_VALUES: Mapping[str, Callable[[Any], str]] = {
    Column.ROLE: _role,
    Column.LANGUAGES: _languages,
    Column.WINDOWS: _hours,
    Column.MODE: _mode,
}
_COLUMNS: Mapping[str, Callable[[], str]] = {
    Column.ROLE: lambda: _("role"),
    Column.LEVEL: lambda: _("level"),
    Column.DEPARTMENT: lambda: _("department"),
    Column.SITE: lambda: _("site"),
    Column.MANAGER: lambda: _("manager"),
    Column.LANGUAGES: lambda: _("languages"),
    Column.TIME_ZONE: lambda: _("time zone"),
    Column.WINDOWS: lambda: _("hours"),
    Column.MODE: lambda: _("way of meeting"),
    Column.CAPACITY: lambda: _("capacity"),
}
_COUNTS: Mapping[str, Callable[[int], str]] = {
    "new": lambda n: ngettext("%(n)s person is new in the roster", "%(n)s people are new in the roster", n) % {"n": n},
    "changed": lambda n: ngettext("%(n)s person changes", "%(n)s people change", n) % {"n": n},
    "unchanged": lambda n: ngettext("%(n)s person stays as they are", "%(n)s people stay as they are", n) % {"n": n},
    "kept": lambda n: (
        ngettext(
            "%(n)s person has signed up and said something else about languages, hours, place or capacity; that stays",
            "%(n)s people have signed up and said something else about languages, hours, place or capacity; that stays",
            n,
        )
        % {"n": n}
    ),
    "left_alone": lambda n: (
        ngettext(
            "%(n)s person in the roster is not in the file and is left as they are",
            "%(n)s people in the roster are not in the file and are left as they are",
            n,
        )
        % {"n": n}
    ),
    "unknown": lambda n: (
        ngettext("%(n)s person in the file has no account here", "%(n)s people in the file have no account here", n)
        % {"n": n}
    ),
}
