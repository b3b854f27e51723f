"""Reading a roster file: however it was written, and every bad cell by line and column."""

import gzip
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.roster import MOST_BYTES, Column, Problem, read_roster, unpacked
from reverse_mentoring_xblock.domain.roster import lines as lines_module
from reverse_mentoring_xblock.domain.roster.cells import (
    FORMULA,
    guarded,
    ranked,
    unguarded,
    windows,
    written_ranks,
    written_windows,
)
from reverse_mentoring_xblock.domain.roster.table import Unreadable
from reverse_mentoring_xblock.domain.states import Role

EVERY = "person,role,level,department,site,manager,languages,time_zone,windows,mode,capacity,wishes"
FULL = (
    'ada,mentor,2,"Sales, North",Leeds,Boss@X.example,de;en,Europe/London,'
    "mon 09:00-10:30;thu 13:00-24:00,onsite,2,kim;lee"
)


def read(*lines, heading="person,role,level"):
    return read_roster("\n".join([heading, *lines]).encode())


def wrong(*lines, **options):
    return [(one.line, one.column, one.code) for one in read(*lines, **options).problems]


class TestFiles:
    def test_every_column(self):
        (line,) = read(FULL, heading=EVERY).lines
        assert (line.number, line.person, line.role) == (2, "ada", Role.MENTOR)
        assert line.facts == {
            Column.LEVEL: 2,
            Column.DEPARTMENT: "Sales, North",
            Column.SITE: "Leeds",
            Column.MANAGER: "boss@x.example",
            Column.LANGUAGES: ("de", "en"),
            Column.TIME_ZONE: "Europe/London",
            Column.WINDOWS: ((0, 540, 630), (3, 780, 1440)),
            Column.MODE: "onsite",
            Column.CAPACITY: 2,
        }

    @pytest.mark.parametrize(
        "content",
        [
            b'\xef\xbb\xbfperson;role;department\r\nada;mentor;"R&D; K\xc3\xb6ln"\r\n',
            "person\trole\tdepartment\nada\tmentor\tR&D; Köln\n".encode("utf-16"),
            'PERSON,Role,department,,\n ada , Mentor ,"R&D; Köln",,\n,,,,\n'.encode(),
            b'"person";"role";"department"\r"ada";"mentor";"R&D; K\xc3\xb6ln"\r',
        ],
        ids=["excel with semicolons", "excel unicode text", "spaces and empty cells behind", "old line ends"],
    )
    def test_what_spreadsheet_programs_write(self, content):
        (line,) = read_roster(content).lines
        assert (line.person, line.role, line.facts) == ("ada", "mentor", {Column.DEPARTMENT: "R&D; Köln"})

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            ("person,role\nzoë,mentor".encode("cp1252"), "file_encoding"),
            (b"", "file_empty"),
            (b"\n\n,,\n", "file_empty"),
            (b"person,role\na\0da,mentor", "file_unreadable"),
            (b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)), "file_book"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1" + bytes(range(256)), "file_book"),
            (b"person,role\n" + b"x" * 200_000 + b",mentor", "file_unreadable"),
        ],
    )
    def test_what_is_no_such_file(self, content, code):
        assert read_roster(content).problems == [Problem(1, "", code)]

    def test_columns_missing_unknown_unnamed_and_twice(self):
        assert wrong("a,b,c,d,e", heading="person,avoid,,site,site") == [
            (1, "role", "column_missing"),
            (1, "avoid", "column_unknown"),
            (1, "", "column_unnamed"),
            (1, "site", "column_twice"),
        ]

    @pytest.mark.parametrize("content", [b"person,role", b"person,role\r\n,\r\n\r\n"])
    def test_a_heading_with_nobody_below_it(self, content):
        assert read_roster(content).problems == [Problem(2, "", "nobody")]

    def test_more_lines_than_fit(self, monkeypatch):
        monkeypatch.setattr(lines_module, "MOST_LINES", 2)
        assert read("a,mentor,1", "b,mentor,1").problems == []
        assert wrong("a,mentor,1", "", "b,mentor,1", "c,mentor,1") == [(4, "", "too_many_lines")]

    @pytest.mark.parametrize("line", [b"\n", b"a\n", b","], ids=["empty lines", "short lines", "one long line"])
    def test_a_small_file_with_millions_of_cells_takes_no_memory(self, line):
        content = b"person,role\n" + line * (MOST_BYTES // 8)
        tracemalloc.start()
        reading = read_roster(content)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert [problem.code for problem in reading.problems] == ["file_unreadable"]
        assert most < 3 * MOST_BYTES


class TestPacked:
    def test_a_file_comes_packed_or_not(self):
        assert unpacked(gzip.compress(b"person")) == unpacked(b"person") == b"person"

    @pytest.mark.parametrize(
        "content", [gzip.compress(b"person" * 99)[:-9], b"\x1f\x8bperson"], ids=["cut off", "no gzip"]
    )
    def test_half_a_file(self, content):
        with pytest.raises(Unreadable, match="file_unreadable"):
            unpacked(content)

    def test_a_bomb_is_not_unpacked(self):
        bomb = gzip.compress(b"0" * (20 * MOST_BYTES))
        tracemalloc.start()
        with pytest.raises(Unreadable, match="file_too_long"):
            unpacked(bomb)
        assert tracemalloc.get_traced_memory()[1] < 3 * MOST_BYTES
        tracemalloc.stop()


class TestCells:
    def test_everything_wrong_is_told_at_once(self):
        heading = EVERY.replace(",wishes", "")
        bad = "ada,mentor,12,d,s,the boss,english,Mars/Base,mon 10:00-09:00,phone,99"
        assert wrong(
            bad,
            ",mentor,1,,,,,,,,",
            "kim,coach,1,,,,,,,,",
            "Ada Okafor,mentee,1,,,,,,,,",
            "lee,mentee,x,,,,,,someday,,2",
            "max,mentee",
            f"noa,mentee,1,{'x' * 101},,,,,,,",
            heading=heading,
        ) == [
            (2, "level", "between"),
            (2, "manager", "manager_name"),
            (2, "languages", "language"),
            (2, "time_zone", "zone"),
            (2, "windows", "window_order"),
            (2, "mode", "one_of"),
            (2, "capacity", "between"),
            (3, "person", "person"),
            (4, "role", "one_of"),
            (5, "person", "person"),
            (6, "level", "whole"),
            (6, "windows", "window"),
            (6, "capacity", "mentee_capacity"),
            (7, "", "cells"),
            (8, "department", "text_length"),
        ]

    def test_a_bad_person_or_role_hides_nothing_else_that_is_wrong_in_the_line(self):
        heading = "person,role,level,capacity"
        assert wrong("a b,mentor,x,99", "kim,coach,12,", "lee,mentee,3,2", heading=heading) == [
            (2, "person", "person"),
            (2, "level", "whole"),
            (2, "capacity", "between"),
            (3, "role", "one_of"),
            (3, "level", "between"),
            (4, "capacity", "mentee_capacity"),
        ]

    def test_a_quotation_mark_that_is_not_closed_swallows_no_line_in_silence(self):
        assert wrong('ada,mentor,"North', "kim,mentee,South", heading="person,role,department") == [
            (2, "department", "line_break")
        ]
        assert wrong('"ada', 'kim",mentor', heading="person,role") == [(2, "person", "person")]

    def test_an_empty_cell_says_nothing_and_a_hyphen_says_none(self):
        heading = "person,role,department,manager"
        empty, hyphen = read("a,mentor,,", "b,mentor,-,-", heading=heading).lines
        assert empty.facts == {}
        assert hyphen.facts == {Column.DEPARTMENT: "", Column.MANAGER: ""}

    def test_languages_are_codes_without_their_region(self):
        (line,) = read("a,mentor,pt-BR; EN ;nb;en", heading="person,role,languages").lines
        assert line.facts[Column.LANGUAGES] == ("en", "no", "pt")

    def test_long_cells_are_told_in_short(self):
        (problem,) = read(f"a,mentor,{'9' * 500}x").problems
        assert len(problem.facts["text"]) == 101


@given(st.text(max_size=20) | st.text("'=+-@ ＝\tab", max_size=6))  # noqa: RUF001 - the wide one is meant
def test_no_formula_leaves_and_every_text_comes_back(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).lstrip(" ").startswith(FORMULA)


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 1438)).flatmap(
            lambda begun: st.tuples(st.just(begun[0]), st.just(begun[1]), st.integers(begun[1] + 1, 1440))
        ),
        max_size=6,
    )
)
def test_hours_come_back(stored):
    assert windows(written_windows(stored)) == tuple(stored)


def test_wishes_come_back():
    assert ranked(written_ranks([["kim"], ["lee", "ada"]])) == (frozenset({"kim"}), frozenset({"lee", "ada"}))
