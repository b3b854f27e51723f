"""Reading the shipped files, and refusing broken ones at the right line."""

from pathlib import Path

import pytest

import reverse_mentoring_xblock
from reverse_mentoring_xblock.content import loading
from reverse_mentoring_xblock.content.bank_file import read_bank
from reverse_mentoring_xblock.content.located import ContentError, parse
from reverse_mentoring_xblock.content.words import fallback_chain, merged_words
from reverse_mentoring_xblock.domain.assessment.bank import LEVELS, Rung

SHIPPED = Path(reverse_mentoring_xblock.__file__).parent / "content"

BANK = """\
format: digital-skills-bank/1
id: small
version: 1.2.3
framework: {id: digcomp, edition: "3.0", licence: CC-BY-4.0}
areas:
  - {id: "1", competences: ["1.1", "1.10"]}
sets:
  tiny: ["1.1", "1.10"]
scales: {autonomy: [0, 1, 2, 3, 4], matters: [0, 1, 2, 3]}
routing: {start_rung: I, up_if: ">=2"}
scoring:
  cuts: {basic: 20, intermediate: 45, advanced: 80}
  rho_within: 0.50
  sem: {competence: 16, area_core: 10, area_all: 8, overall_core: 4.5, overall_all: 3.6}
  provisional: true
items:
""" + "".join(
    f'  - {{id: s-{code}-{rung}, kind: self, competence: "{code}", rung: {rung}, '
    'scale: autonomy, status: live, ai: none, review_by: "2028-11"}\n'
    for code in ("1.1", "1.10")
    for rung in "BIA"
)


def words_of(needs, **changes):
    """YAML with a word for every key that is needed."""
    keys = {**needs.everywhere, **needs.source}
    found = {**{key: f"words of {key}" for key in keys}, **changes}
    return "".join(f'{key}: "{text}"\n' for key, text in found.items() if text)


def write(folder, **languages):
    for name, text in languages.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return folder


def line_of(source, part):
    return source[: source.index(part)].count("\n") + 1


def test_bank():
    bank, _needs = read_bank("bank.yaml", BANK)
    assert (bank.id, bank.version, len(bank.digest)) == ("small", "1.2.3", 64)
    assert bank.areas[0].competences == bank.sets["tiny"] == ("1.1", "1.10")
    assert bank.self_item("1.10", Rung.A).id == "s-1.10-A"
    assert bank.routing.up_from == 2
    assert list(bank.scoring.cuts.values()) == [20, 45, 80]
    assert bank.scoring.provisional is True


def test_a_rung_that_is_not_there():
    bank, _needs = read_bank("bank.yaml", BANK)
    with pytest.raises(KeyError, match=r"no live self item 9\.9 B"):
        bank.self_item("9.9", Rung.B)


def test_bank_cannot_be_changed():
    bank, _needs = read_bank("bank.yaml", BANK)
    with pytest.raises(TypeError):
        bank.items["s-1.1-I"] = None
    with pytest.raises(TypeError):
        bank.scoring.cuts["basic"] = 0


def test_digest_is_of_the_content_not_of_its_line_ends():
    here = read_bank("bank.yaml", BANK)[0].digest
    assert read_bank("bank.yaml", BANK.replace("\n", "\r\n"))[0].digest == here
    assert read_bank("bank.yaml", BANK.replace("1.2.3", "1.2.4"))[0].digest != here


ITEM = 's-1.1-I, kind: self, competence: "1.1", rung: I, scale: autonomy, status: live'


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("digital-skills-bank/1", "digital-skills-bank/2", "is not one of"),
        ("version: 1.2.3", "version: 1.2", "put it in quotes"),
        ('competences: ["1.1", "1.10"]', "competences: [1.1, 1.10]", "put it in quotes"),
        ('competences: ["1.1", "1.10"]', 'competences: ["1.1", "1.1"]', "1.1 is there twice"),
        ('tiny: ["1.1", "1.10"]', 'tiny: ["1.1", "9.9"]', "9.9 is not one of: 1.1, 1.10"),
        ('tiny: ["1.1", "1.10"]', 'tiny: ["1.1", "1.1"]', "1.1 is there twice"),
        ('tiny: ["1.1", "1.10"]', 'tiny: ["1.1"]', "fewer than 2 competences of area 1"),
        ("matters: [0, 1, 2, 3]", "matters: [0, 1, 2]", "matters steps 0 to 3"),
        ("start_rung: I", "start_rung: B", "starts on rung I"),
        ('up_if: ">=2"', 'up_if: "about 2"', "up_if is"),
        ("basic: 20", "basic: 50", "do not ascend"),
        ("basic: 20", "basic: low", "not a number"),
        ("rho_within: 0.50", "rho: 0.50", "rho_within is missing"),
        ("id: small", 'id: ""', "a text is missing"),
        ("id: small", "id: [small]", "a single value is expected"),
        ('tiny: ["1.1", "1.10"]', "tiny: 1.1", "a list is expected"),
        ("provisional: true", "provisional: 1", "not true or false"),
        ("s-1.1-I,", "s-1.1-B,", "s-1.1-B is there twice"),
        (ITEM, ITEM.replace('"1.1"', '"9.9"'), "9.9 is not one of"),
        (ITEM, ITEM.replace('"1.1"', "1.1"), "put it in quotes"),
        (ITEM, ITEM.replace("rung: I", "rung: C"), "C is not one of: A, B, I"),
        (ITEM, ITEM.replace("rung: I", "rung: B"), "second live item on rung B"),
        (ITEM, ITEM.replace("kind: self", "kind: chat"), "chat is not one of"),
        (ITEM, ITEM.replace("scale: autonomy", "scale: matters"), "is not one of: autonomy"),
        (ITEM, ITEM.replace("status: live", "status: old"), "old is not one of"),
        (ITEM, ITEM.replace("kind: self, ", ""), "kind is missing"),
        (ITEM + ', ai: none, review_by: "2028-11"', ITEM + ", ai: none, review_by: soon", "month"),
        ("routing: {", "routing: [", "expected"),
        ("routing: {start_rung: I", "routing: {start_rung: I, start_rung: I", "there twice"),
    ],
)
def test_broken_bank(old, new, reason):
    assert old in BANK
    source = BANK.replace(old, new, 1)
    with pytest.raises(ContentError) as refused:
        read_bank("bank.yaml", source)
    assert refused.value.file == "bank.yaml"
    assert reason in refused.value.reason
    section = "scoring:" if "rho" in old else new
    assert refused.value.line in range(line_of(source, section), line_of(source, section) + 2)


def test_a_rung_is_missing():
    source = BANK.replace(ITEM, ITEM.replace("live", "draft"))
    with pytest.raises(ContentError) as refused:
        read_bank("bank.yaml", source)
    assert (refused.value.line, refused.value.reason) == (8, "1.1 has no live item on rung I")


@pytest.mark.parametrize(("source", "line"), [("", 1), ("a: [1\nb: 2\n", 2), ("a: \x00", 1)])
def test_not_yaml(source, line):
    with pytest.raises(ContentError) as refused:
        parse("bank.yaml", source)
    assert refused.value.line == line
    assert str(refused.value).startswith(f"bank.yaml:{line}: ")


def test_words_fall_back_key_by_key(tmp_path):
    _bank, needs = read_bank("bank.yaml", BANK)
    german = "".join(f'{key}: "deutsch"\n' for key in needs.everywhere)
    write(
        tmp_path,
        en=words_of(needs),
        de=german,
        de_at='lead.self: "österreichisch"\n',
    )
    chain = fallback_chain(tmp_path, "de_AT")
    assert chain == ("en.yaml", "de.yaml", "de-at.yaml")
    words = merged_words(tmp_path, chain, needs)
    assert words["lead.self"] == "österreichisch"
    assert words["s-1.1-I.stem"] == "deutsch"
    assert words["method.body"] == "words of method.body"
    with pytest.raises(TypeError):
        words["lead.self"] = ""


@pytest.mark.parametrize("language", ["fr", "", "../../bank", "EN", "en-gb", "x" * 5000])
def test_any_other_language_is_english(tmp_path, language):
    assert fallback_chain(write(tmp_path, en="a: b", de="a: b"), language) == ("en.yaml",)


def test_a_live_item_without_words_is_refused_where_it_stands(tmp_path):
    _bank, needs = read_bank("bank.yaml", BANK)
    write(tmp_path, en=words_of(needs), de=words_of(needs, **{"s-1.10-A.stem": ""}))
    with pytest.raises(ContentError) as refused:
        merged_words(tmp_path, ("en.yaml", "de.yaml"), needs)
    assert (refused.value.file, refused.value.line) == ("bank.yaml", line_of(BANK, "s-1.10-A"))
    assert refused.value.reason == "s-1.10-A.stem has no words in i18n/de.yaml"


def test_a_draft_needs_no_words():
    live = BANK.replace('tiny: ["1.1", "1.10"]', "").replace("sets:", "sets: {}")
    _bank, needs = read_bank("bank.yaml", live.replace(ITEM, ITEM.replace("live", "draft")))
    assert "s-1.1-I.stem" not in needs.everywhere
    assert "s-1.1-B.stem" in needs.everywhere


@pytest.mark.parametrize("key", ["method.body", "scale.na", "competence.1.10.try", "area.1.name"])
def test_english_is_complete(tmp_path, key):
    _bank, needs = read_bank("bank.yaml", BANK)
    write(tmp_path, en=words_of(needs, **{key: ""}))
    with pytest.raises(ContentError, match=rf"{key} has no words in i18n/en\.yaml"):
        merged_words(tmp_path, ("en.yaml",), needs)


def test_a_word_given_twice_is_refused(tmp_path):
    _bank, needs = read_bank("bank.yaml", BANK)
    write(tmp_path, en=words_of(needs) + 'lead.self: "again"\n')
    with pytest.raises(ContentError, match=r"i18n/en\.yaml:\d+: lead\.self is there twice"):
        merged_words(tmp_path, ("en.yaml",), needs)


@pytest.mark.skipif(not (SHIPPED / "bank/i18n/en.yaml").exists(), reason="not shipped yet")
def test_the_shipped_bank():
    bank = loading.load_bank()
    assert len(bank.areas) == 5
    assert len(bank.competences) == 21
    assert len(bank.sets["core-12"]) == 12
    assert bank.sets["all-21"] == bank.competences
    assert bank is loading.load_bank()
    english = loading.bank_words("en")
    assert {f"level.{name}.name" for name in LEVELS} <= english.keys()
    for file in (SHIPPED / "bank/i18n").glob("*.yaml"):
        words = loading.bank_words(file.stem)
        assert words.keys() == english.keys()
        assert words is loading.bank_words(f"{file.stem}-XX")
