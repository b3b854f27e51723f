"""The competences of a bank as a taxonomy that Studio imports, so that units can be tagged with them.

Studio reads the columns ``id``, ``value`` and ``parent_id``. It wants every parent before its children and every value
only once, and takes no byte order mark: https://docs.openedx.org, "Build a taxonomy using a template".
"""

import csv
from collections.abc import Iterator
from io import StringIO

from ..content.bank_on_disk import WrittenBank
from ..content.located import ContentError

COLUMNS = ("id", "value", "parent_id")
_LONGEST = 500
_APART = ("\t", " > ", ";")
"""What Studio itself puts between tags: no tag may hold it."""


def taxonomy_csv(written: WrittenBank, language: str) -> str:
    """The file, with names in ``language``. Raises ContentError for names that Studio would refuse."""
    rows = list(taxonomy_rows(written, language))
    problems = [*_refused(written, [row[1] for row in rows])]
    if problems:
        raise ContentError.all_of(problems)
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    return text.getvalue()


def taxonomy_rows(written: WrittenBank, language: str) -> Iterator[tuple[str, str, str]]:
    """Areas, each with its competences after it. Ids are the codes that events and tags use."""
    names = {**written.words[written.source], **written.words[language]}
    for area in written.bank.areas:
        yield area.id, names[f"area.{area.id}.name"], ""
        for code in area.competences:
            yield code, names[f"competence.{code}.name"], area.id


def _refused(written: WrittenBank, names: list[str]) -> Iterator[ContentError]:
    file = str(written.files.path)
    for place, name in enumerate(names):
        if name.casefold() in (other.casefold() for other in names[:place]):
            yield ContentError(
                file, 1, f"two areas or competences are called “{name}”, and tags need names of their own"
            )
        if len(name) > _LONGEST or any(mark in name for mark in _APART):
            yield ContentError(
                file, 1, f"“{name}” cannot be a tag: {_LONGEST} characters at most, without tabs, ; and >"
            )
