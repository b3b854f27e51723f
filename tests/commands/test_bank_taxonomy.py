"""``bank taxonomy``: the competences as tags for Studio."""

import csv
from pathlib import Path

import own_bank
from running import run, run_script

from reverse_mentoring_xblock.content.loading import bank_words, load_bank


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tree_has_areas_as_parents_and_codes_as_ids(tmp_path):
    out = tmp_path / "taxonomy.csv"
    ran = run_script("bank", "taxonomy", "--out", out)
    assert (ran.code, ran.out) == (0, f"Wrote 5 areas and 21 competences to {out}.\n")
    rows = rows_of(out)
    bank = load_bank()
    assert {row["id"] for row in rows} == {*bank.competences, *(area.id for area in bank.areas)}
    parents = {row["id"]: row["parent_id"] for row in rows}
    assert (parents["1"], parents["1.1"], parents["5.4"]) == ("", "1", "5")
    assert {row["id"]: row["value"] for row in rows}["2.5"] == "Digital behaviour"


def test_the_file_is_as_studio_wants_it(tmp_path):
    out = tmp_path / "taxonomy.csv"
    run("bank", "taxonomy", "--out", out)
    assert out.read_bytes().startswith(b"id,value,parent_id\n"), "Studio takes no byte order mark"
    rows, seen = rows_of(out), set()
    for row in rows:
        assert row["id"] not in seen
        assert not row["parent_id"] or row["parent_id"] in seen
        seen.add(row["id"])
    assert len({row["value"] for row in rows}) == len(rows), "Studio takes every value once"


def test_names_can_be_in_any_language_of_the_bank(tmp_path):
    out = tmp_path / "taxonomy.csv"
    assert run("bank", "taxonomy", "--out", out, "--language", "de").code == 0
    assert {row["value"] for row in rows_of(out)} >= {bank_words("de")["competence.1.3.name"]}
    ran = run("bank", "taxonomy", "--out", out, "--language", "fr")
    assert (ran.code, ran.err) == (1, "This bank has no words in fr. It has: en, de.")


def test_names_that_studio_would_refuse_are_refused_here(tmp_path):
    twice = own_bank.words(**{"competence.1.1.name": "Same", "competence.1.2.name": "same", "area.1.name": "A; B"})
    bank = own_bank.folder(tmp_path, en=twice)
    out = tmp_path / "taxonomy.csv"
    ran = run("bank", "taxonomy", "--bank", bank, "--out", out)
    assert ran.code == 1
    assert ran.err.splitlines() == [
        f"{bank}:1: “A; B” cannot be a tag: 500 characters at most, without tabs, ; and >",
        f"{bank}:1: two areas or competences are called “same”, and tags need names of their own",
    ]
    assert not Path(out).exists()
