"""``reverse-mentoring bank check``: everything that is wrong with a bank, or what is in it."""

from pathlib import Path

import own_bank
import pytest
from running import run, run_script

import reverse_mentoring_xblock

SHIPPED = Path(reverse_mentoring_xblock.__file__).parent / "content" / "bank" / "bank.yaml"


@pytest.fixture
def own(tmp_path):
    """A file of an author's own, from the text that a test gives it."""

    def write(text):
        file = tmp_path / "depots.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_the_shipped_bank_passes_with_every_text_in_both_languages():
    ran = run_script("bank", "check", SHIPPED)
    assert (ran.code, ran.err) == (0, "")
    assert "self items: 63 live" in ran.out
    assert "scenarios: 42 live" in ran.out
    assert ran.out.count("100 %") == 2


def test_a_file_of_ones_own_passes(own):
    ran = run("bank", "check", own(own_bank.one_file()))
    assert ran.code == 0
    assert "depots 2.0.0 can be used." in ran.out
    assert "self items: 30 live" in ran.out
    assert "terms: none" in ran.out


def test_a_folder_says_how_far_each_language_is(tmp_path):
    whole = own_bank.words()
    half = {key: text for key, text in whole.items() if not key.startswith(("competence.", "level."))}
    file = own_bank.folder(tmp_path, en=whole, de=half, de_at={"scale.na": "Kommt bei uns nicht vor"})
    ran = run("bank", "check", file)
    assert ran.code == 0
    assert f"language en: {len(whole)} of {len(whole)} texts, 100 %" in ran.out
    assert f"language de: {len(whole) - 58} of {len(whole)} texts, 54 %" in ran.out
    assert f"language de-at: 1 of {len(whole)} texts, 0 %" in ran.out


def test_every_problem_is_named_with_its_file_and_line(own):
    broken = own_bank.STRUCTURE.replace("rung: B, scale: autonomy", "rung: C, scale: autonomy", 1)
    broken = broken.replace("key: ring", "key: run", 1)
    text = own_bank.one_file(broken).replace('"Words of scale.na"', "12")
    file = own(text)
    ran = run_script("bank", "check", file)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [
        f"{file}:{line_of(text, 'rung: C')}: C is not one of: A, B, I",
        f"{file}:{line_of(text, 'key: run,')}: the key run is not among the options",
        f"{file}:{line_of(text, 'scale.na')}: 12 is read as int: put it in quotes",
    ]


def test_problems_in_the_files_of_languages_are_named_there(tmp_path):
    german = own_bank.words()
    del german["s-1.1-I.stem"]
    file = own_bank.folder(tmp_path, en=own_bank.words(), de=german)
    (tmp_path / "i18n" / "fr.yaml").write_text("scale.na: [", encoding="utf-8")
    lines = run("bank", "check", file).err.splitlines()
    asked_at = line_of(own_bank.STRUCTURE, "id: s-1.1-I,")
    assert lines[0] == f"{file}:{asked_at}: s-1.1-I.stem has no words in {tmp_path / 'i18n' / 'de.yaml'}"
    assert lines[1].startswith(f"{tmp_path / 'i18n' / 'fr.yaml'}:2: ")
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ":1: the file is empty"),
        ("a: [", ":2: did not find"),
        (own_bank.STRUCTURE, ":2: its words are missing: no i18n/en.yaml beside it, no field words in it"),
        (own_bank.one_file().replace("id: depots", "id: dsc-core"), ":3: dsc-core is the bank that comes with"),
    ],
)
def test_a_file_that_is_no_bank_is_refused_at_its_place(own, text, told):
    file = own(text)
    ran = run("bank", "check", file)
    assert ran.code == 1
    assert ran.err.startswith(f"{file}{told}"), ran.err


def test_a_file_that_is_not_there_is_refused(tmp_path):
    ran = run("bank", "check", tmp_path / "none.yaml")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "cannot be read: No such file" in ran.err


def test_what_is_overdue_and_what_nothing_asks_for_are_warnings(own):
    structure = own_bank.STRUCTURE.replace('review_by: "2031-11"', 'review_by: "2020-01"', 1)
    texts = {**own_bank.words(), "s-1.1-X.stem": "A slip of the pen"}
    ran = run("bank", "check", own(own_bank.one_file(structure, en=texts)))
    assert ran.code == 0
    assert "warning: the review date has passed for 1: s-1.1-B" in ran.out
    assert "warning: nothing asks for these texts in en: s-1.1-X.stem" in ran.out


def test_help_says_what_each_act_does():
    ran = run_script("bank", "--help")
    assert ran.code == 0
    for act in ("check", "to-csv", "from-csv", "taxonomy"):
        assert act in ran.out
