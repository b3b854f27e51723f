"""``bank to-csv`` and ``bank from-csv``: out to a spreadsheet and back, with nothing lost and nothing let in."""

import csv
import re
from io import StringIO
from pathlib import Path

import own_bank
import pytest
from running import run, run_script

import reverse_mentoring_xblock
from reverse_mentoring_xblock.content.bank_on_disk import open_bank
from reverse_mentoring_xblock.domain.roster.cells import FORMULA
from reverse_mentoring_xblock.shell.spreadsheet import MARK

SHIPPED = Path(reverse_mentoring_xblock.__file__).parent / "content" / "bank" / "bank.yaml"
ODD = {
    "s-1.1-B.stem": "=1+1",
    "s-1.1-I.stem": "'=1+1",
    "s-1.1-A.stem": "  -2 says the sensor",
    "s-1.2-B.stem": 'It\'s @home; \\"quoted\\", a \\\\ and a tab\\t',
    "s-1.2-I.stem": "Ärger mit 🐍 \\u2028 und \\x85",
    "s-1.2-A.stem": "one\\n\\ntwo\\n  three",
}


@pytest.fixture
def odd(tmp_path):
    """A bank in one file whose texts are hard on spreadsheets and on YAML."""
    file = tmp_path / "depots.yaml"
    file.write_text(own_bank.one_file(en=own_bank.words(**ODD), de=own_bank.words()), encoding="utf-8")
    return file


def sheet(bank, folder):
    """The bank's sheet: its path, its rows by key, and a way to write it again as a spreadsheet program would."""
    path = folder / "items.csv"
    assert run("bank", "to-csv", bank, "--out", path).code == 0
    return path, list(csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def saved(path, rows, columns=None, encoding="utf-8-sig", **style):
    columns = columns or list(dict.fromkeys(name for row in rows for name in row))
    text = StringIO()
    table = csv.DictWriter(text, columns, extrasaction="ignore", **style)
    table.writeheader()
    table.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read_back(table, bank, out):
    ran = run("bank", "from-csv", table, "--bank", bank, "--out", out)
    assert ran.code == 0, ran.err
    assert run("bank", "check", out).code == 0
    return ran, open_bank(out)


def row_of(rows, key):
    return next(row for row in rows if row["key"] == key)


def test_the_shipped_bank_comes_back_letter_for_letter(tmp_path):
    table, out = tmp_path / "items.csv", tmp_path / "back" / "bank.yaml"
    assert run_script("bank", "to-csv", SHIPPED, "--out", table).code == 0
    ran = run_script("bank", "from-csv", table, "--bank", SHIPPED, "--out", out)
    assert (ran.code, ran.out) == (0, f"Wrote {out}: nothing changed.\n")
    for file in ("bank.yaml", "i18n/en.yaml", "i18n/de.yaml"):
        assert (out.parent / file).read_text(encoding="utf-8") == (SHIPPED.parent / file).read_text(encoding="utf-8")


def test_a_row_says_where_its_text_belongs(tmp_path):
    _, rows = sheet(SHIPPED, tmp_path)
    facts = ("kind", "competence", "rung", "form", "right")
    told = {row["key"]: tuple(row[name] for name in facts) for row in rows}
    assert told["s-1.3-A.stem"] == ("self", "1.3", "A", "", "")
    assert told["k-1.2-I-a.stem"] == ("check", "1.2", "I", "A", "")
    assert told["k-1.2-I-a.opt.open"] == ("check", "1.2", "I", "A", "yes")
    assert told["k-1.2-I-a.opt.cite-ai"] == ("check", "1.2", "I", "A", "")
    assert told["t-passkey.meaning"] == ("term", "", "", "", "")
    assert told["competence.2.4.try"] == ("competence", "2.4", "", "", "")
    assert told["scale.autonomy.0"] == ("scale", "", "", "", "")
    assert sum(row["right"] == "yes" for row in rows) == 42


def test_texts_that_are_hard_on_spreadsheets_come_back(odd, tmp_path):
    table, rows = sheet(odd, tmp_path)
    assert table.read_bytes().startswith(MARK.encode())
    assert not [text for row in rows for text in row.values() if text.lstrip(" ").startswith(FORMULA)]
    assert row_of(rows, "s-1.1-B.stem")["en"] == "'=1+1"
    _, after = read_back(table, odd, tmp_path / "back.yaml")
    assert after.words == open_bank(odd).words
    assert after.words["en"]["s-1.2-A.stem"] == "one\n\ntwo\n  three"


@pytest.mark.parametrize(
    "style",
    [
        {"delimiter": ";"},
        {"delimiter": "\t", "encoding": "utf-16"},
        {"encoding": "utf-8", "lineterminator": "\n"},
        {"quoting": csv.QUOTE_ALL},
    ],
)
def test_tables_are_read_as_spreadsheet_programs_save_them(odd, tmp_path, style):
    table, rows = sheet(odd, tmp_path)
    for row in rows:
        row["en"] = row["en"].replace("\n", "\r\n")
    row_of(rows, "scale.na")["de"] = "Gibt's bei mir nicht; nie"
    ran, after = read_back(saved(table, rows, **style), odd, tmp_path / "back.yaml")
    assert "1 texts changed in de" in ran.out
    before = open_bank(odd)
    assert after.words["en"] == before.words["en"]
    assert after.words["de"] == {**before.words["de"], "scale.na": "Gibt's bei mir nicht; nie"}


def test_changed_texts_are_changed_where_they_stand(odd, tmp_path):
    table, rows = sheet(odd, tmp_path)
    row_of(rows, "s-1.1-B.stem")["en"] = "Finding a form"
    row_of(rows, "s-1.2-A.stem")["en"] = "one\n\nthree"
    read_back(saved(table, rows), odd, tmp_path / "back.yaml")
    old, new = odd.read_text(encoding="utf-8"), (tmp_path / "back.yaml").read_text(encoding="utf-8")
    assert '    s-1.1-B.stem: "Finding a form"\n' in new
    assert "    s-1.2-A.stem: |-\n      one\n\n      three\n" in new
    assert new.startswith("# Written for the depots: keep this remark.")
    gone = re.compile(r"    s-1\.(1-B|2-A)\.stem: .*\n(      .*\n|\n)*")
    assert gone.sub("", new) == gone.sub("", old.replace("  de:\n", "  de:\n"))


@pytest.mark.parametrize("make", ["one file", "folder"])
def test_a_new_language_is_a_new_column(tmp_path, make):
    if make == "folder":
        bank, out = own_bank.folder(tmp_path), tmp_path / "back" / "bank.yaml"
    else:
        bank, out = tmp_path / "depots.yaml", tmp_path / "back.yaml"
        bank.write_text(own_bank.one_file(), encoding="utf-8")
    table, rows = sheet(bank, tmp_path)
    for row in rows:
        row["no"] = f"Ord {row['key']}" if row["key"] != "competence.1.1.try" else ""
    ran, after = read_back(saved(table, rows), bank, out)
    assert f"new language no with {len(rows) - 1} texts" in ran.out
    assert list(after.words) == ["en", "no"]
    assert after.words["no"]["s-1.1-B.stem"] == "Ord s-1.1-B.stem"
    assert "competence.1.1.try" not in after.words["no"]


def test_a_text_that_may_be_missing_can_be_added_and_taken_away(tmp_path):
    region = {"scale.na": "Kommt bei uns nicht vor", "scale.skip": "Weiter"}
    bank = own_bank.folder(tmp_path, en=own_bank.words(), de=own_bank.words(), de_at=region)
    table, rows = sheet(bank, tmp_path)
    row_of(rows, "scale.na")["de-at"] = ""
    row_of(rows, "scale.unsure")["de-at"] = "Weiß nicht"
    _, after = read_back(saved(table, rows), bank, tmp_path / "back" / "bank.yaml")
    assert after.words["de-at"] == {"scale.skip": "Weiter", "scale.unsure": "Weiß nicht"}


def test_rows_and_columns_that_are_left_out_stay_as_they_are(odd, tmp_path):
    table, _ = sheet(odd, tmp_path)
    few = [{"key": "scale.na", "de": "Nie"}, {"key": ""}]
    _, after = read_back(saved(table, few), odd, tmp_path / "back.yaml")
    before = open_bank(odd).words
    assert after.words == {"en": before["en"], "de": {**before["de"], "scale.na": "Nie"}}


def test_everything_that_does_not_fit_is_named_at_once_and_nothing_is_written(odd, tmp_path):
    table, rows = sheet(odd, tmp_path)
    numbers = {row["key"]: number for number, row in enumerate(rows, start=2)}
    row_of(rows, "k-4.1-A-a.opt.pay")["right"] = "yes"
    row_of(rows, "s-2.1-I.stem")["rung"] = "A"
    row_of(rows, "s-2.4-I.stem")["de"] = " "
    row_of(rows, "s-3.1-I.stem")["key"] = "s-3.1-X.stem"
    rows.append({"key": "s-1.1-B.stem", "en": "again"})
    out = tmp_path / "back.yaml"
    ran = run("bank", "from-csv", saved(table, rows), "--bank", odd, "--out", out)
    assert ran.code == 1
    assert not out.exists()
    told = ran.err
    assert told.count("\n") == 5
    for key, what in {
        "k-4.1-A-a.opt.pay": "column right: yes here, nothing in the bank; structure is changed in the bank's file",
        "s-2.1-I.stem": "column rung: A here, I in the bank; structure is changed in the bank's file",
        "s-2.4-I.stem": "column de: s-2.4-I.stem needs a text",
        "s-3.1-I.stem": "column key: s-3.1-X.stem is not a key of this bank",
    }.items():
        assert f"row {numbers[key]}, {what}" in told
    assert f"row {len(rows) + 1}, column key: s-1.1-B.stem is there twice" in told
    line = table.read_text(encoding="utf-8-sig").split("s-3.1-X.stem")[0].count("\n") + 1
    assert f"{table}:{line}: row {numbers['s-3.1-I.stem']}, column key" in told


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("name,en", "there is no column key"),
        ("key,en,klingon-language", "column 3: klingon-language is neither a column of this table nor a language"),
        ("key,en,EN", "column 3: en is there twice"),
    ],
)
def test_a_table_with_other_columns_is_refused(odd, tmp_path, head, told):
    table = tmp_path / "items.csv"
    table.write_text(f"{head}\nscale.na,Never,Nie\n", encoding="utf-8")
    ran = run("bank", "from-csv", table, "--bank", odd, "--out", tmp_path / "back.yaml")
    assert ran.code == 1
    assert ran.err.startswith(f"{table}:1: {told}")


def test_a_new_language_has_what_a_person_reads_to_answer(odd, tmp_path):
    table = tmp_path / "items.csv"
    table.write_text("key,es\nscale.na,Nunca\n", encoding="utf-8")
    ran = run("bank", "from-csv", table, "--bank", odd, "--out", tmp_path / "back.yaml")
    assert ran.code == 1
    assert f"{table}:1: column es, no row: s-1.1-I.stem needs a text" in ran.err


def test_a_table_in_an_old_code_page_is_refused(odd, tmp_path):
    table = tmp_path / "items.csv"
    table.write_bytes("key,de\nscale.na,Nie für mich\n".encode("cp1252"))
    ran = run("bank", "from-csv", table, "--bank", odd, "--out", tmp_path / "back.yaml")
    assert (ran.code, ran.err) == (1, f"{table}:1: the file is not text in UTF-8: save it as “CSV UTF-8”\n")


def test_words_of_another_bank_do_not_slip_in(tmp_path):
    bank = own_bank.folder(tmp_path / "mine")
    own_bank.folder(tmp_path / "other", en=own_bank.words(), fr=own_bank.words())
    table, _ = sheet(bank, tmp_path)
    ran = run("bank", "from-csv", table, "--bank", bank, "--out", tmp_path / "other" / "bank.yaml")
    assert ran.code == 1
    assert "holds words of other languages: fr.yaml" in ran.err
