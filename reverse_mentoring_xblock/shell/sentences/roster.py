"""What is wrong in a roster file, and refusals about the roster."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SENTENCES = {
    "file_too_long": lambda: _(
        "This file is larger than 16 MB, so nothing was kept. Send it in parts: people who are not in a part are "
        "left as they are."
    ),
    "file_unreadable": lambda: _(
        "This is no CSV file, so nothing was kept. In your spreadsheet program choose “Save as” and “CSV UTF-8”."
    ),
    "roster_waits": lambda: _(
        "Somebody else has sent a roster file that waits for a decision; here it is. Yours was not kept. "
        "Decide about this one, then send yours again."
    ),
    "roster_changed": lambda: _(
        "The programme has changed since you looked, so nothing was taken in yet. "
        "Below is what the file would change now. Look at it, then decide again."
    ),
    "roster_problems": lambda: _(
        "Something in this file has to be put right first, so nothing was taken in. Drop it, correct it, send it again."
    ),
    "roster_unknown": lambda: _(
        "Some people in the file have no account here, so nothing was taken in. Tick that they are left out, or drop "
        "the file and correct it."
    ),
    "roster_decided": lambda: _(
        "This file was decided about meanwhile, by somebody else or in another window. Nothing was changed now."
    ),
    "nobody_due": lambda: _(
        "There is nobody to write to: they have come in, have nothing left to do, or got such a mail within the last "
        "day. Nothing was sent."
    ),
    "nobody_removable": lambda: _(
        "Nobody was removed: only people who have not signed up and were never offered to anybody can be."
    ),
    "same_role": lambda: _(
        "The two are in the same role and are never paired, so there is no conflict to declare. Nothing was changed."
    ),
}

_TOLD: Mapping[str, Callable[[], str]] = {
    "file_encoding": lambda: _(
        "The file is not in UTF-8, so letters such as ä and é would be lost. In Excel choose “Save as”, then "
        "“CSV UTF-8”. In LibreOffice choose the character set “Unicode (UTF-8)” when you save."
    ),
    "file_book": lambda: _(
        "This is a file of the spreadsheet program itself. Open it there, choose “Save as”, then “CSV UTF-8”, and send "
        "the file that you get."
    ),
    "file_empty": lambda: _("The file is empty."),
    "nobody": lambda: _("The file has the names of the columns, and nobody below them."),
    "too_many_lines": lambda: _(
        "The file has %(n)s people; %(most)s fit. Send it in parts: people who are not in a part are left as they are."
    ),
    "column_missing": lambda: _("This column is missing."),
    "column_unknown": lambda: _("There is no such column. Take it out, or correct its name."),
    "column_unnamed": lambda: _("A column has cells but no name in the first line."),
    "column_twice": lambda: _("This column is there twice."),
    "cells": lambda: _(
        "The number of cells in this line is %(n)s, that of the columns %(columns)s. Check commas, semicolons and "
        "quotation marks."
    ),
    "person": lambda: _("Give a username or an e-mail address, without spaces, semicolons and equals signs."),
    "person_twice": lambda: _("%(text)s is the person of line %(line)s already."),
    "person_ambiguous": lambda: _("Several accounts have %(text)s. Give the username instead."),
    "own_manager": lambda: _("That is the person themselves. Name who they report to, or write - for nobody."),
    "manager_name": lambda: _("Give one username or one e-mail address, without spaces, or - for nobody."),
    "role_is_settled": lambda: _("This person has signed up as %(text)s. Only they can leave that role."),
    "whole": lambda: _("%(text)s is not a whole number."),
    "between": lambda: _("%(text)s is not between %(least)s and %(most)s."),
    "mentee_capacity": lambda: _("A mentee has one mentor. Leave the cell empty."),
    "line_break": lambda: _("There is a line break in this cell. Take it out, or close the quotation mark before it."),
    "text_length": lambda: _("This has %(n)s characters; %(most)s fit."),
    "language": lambda: _("%(text)s is not a language code. Write codes such as en or de, parted by semicolons."),
    "too_many": lambda: _("There are %(n)s in this cell; %(most)s fit."),
    "zone": lambda: _("%(text)s is not a time zone such as Europe/Berlin."),
    "one_of": lambda: _("“%(text)s” is not one of: %(choices)s."),
    "window": lambda: _("%(text)s is not written like mon 09:00-10:30."),
    "window_order": lambda: _("%(text)s does not end after it begins, on the same day."),
}


def told(problem: Sequence[Any]) -> str:
    """A stored problem ``(line, column, code, facts)`` as a sentence that names its place."""
    line, column, code, facts = problem
    sentence = (_TOLD.get(code) or SENTENCES[code])() % facts
    if not column:
        return _("Line %(line)s: %(sentence)s") % {"line": line, "sentence": sentence}
    place = {"line": line, "column": column, "sentence": sentence}
    return _("Line %(line)s, column %(column)s: %(sentence)s") % place


def taken_in(new: int, changed: int, left_out: int) -> str:
    """What came of a file."""
    sentences = [
        ngettext("%(n)s person is new and can be invited now.", "%(n)s people are new and can be invited now.", new)
        % {"n": new},
        ngettext("%(n)s person was changed.", "%(n)s people were changed.", changed) % {"n": changed},
    ]
    if left_out:
        left = ngettext("%(n)s person was left out.", "%(n)s people were left out.", left_out)
        sentences.append(left % {"n": left_out})
    return " ".join([_("The file is taken in."), *sentences])
