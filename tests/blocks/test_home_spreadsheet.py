import csv
import io
from datetime import UTC, datetime, timedelta, timezone

import pytest

from reverse_mentoring_xblock.shell.spreadsheet import cell, csv_lines


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1+1",
        '=HYPERLINK("http://evil.example","x")',
        "\uff1dcmd",
    ],
)
def test_nothing_that_a_spreadsheet_would_run_stays_as_it_was(text):
    assert cell(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Zofia Wrona", "Zofia Wrona"),
        ("Jean-Luc", "Jean-Luc"),
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (datetime(2027, 3, 4, 23, 30, tzinfo=timezone(timedelta(hours=-5))), "2027-03-05"),
        (datetime(2027, 3, 4, tzinfo=UTC), "2027-03-04"),
    ],
)
def test_values_are_plain_text(value, text):
    assert cell(value) == text


def test_the_file_opens_with_its_accents_and_its_commas():
    file = b"".join(csv_lines(["name", "site"], [["Marek Zieliński", 'a "b", c'], ["two\nlines", "x"]]))
    assert file.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    assert rows == [["name", "site"], ["Marek Zieliński", 'a "b", c'], ["two\nlines", "x"]]


def test_rows_are_asked_for_while_the_file_is_sent():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    lines = csv_lines(["n"], rows())
    next(lines)
    assert asked == []
    next(lines)
    assert asked == [0]
