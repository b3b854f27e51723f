"""The words of a bank, language by language, and the bank that is shipped."""

from pathlib import Path

import pytest
from bank_files import BANK, line_of, words_of

import reverse_mentoring_xblock
from reverse_mentoring_xblock.content import loading
from reverse_mentoring_xblock.content.bank_file import read_bank
from reverse_mentoring_xblock.content.located import ContentError
from reverse_mentoring_xblock.content.words import fallback_chain, merged_words
from reverse_mentoring_xblock.domain.assessment.bank import LEVELS

SHIPPED = Path(reverse_mentoring_xblock.__file__).parent / "content"


def write(folder, **languages):
    for name, text in languages.items():
        (folder / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return folder


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


def test_all_that_is_missing_is_told_at_once(tmp_path):
    _bank, needs = read_bank("bank.yaml", BANK)
    gone = ("s-1.1-B.stem", "k-1.1-I-b.opt.three", "k-1.1-I-b.why", "t-passkey.meaning", "scale.sure.guess")
    write(tmp_path, en=words_of(needs), de=words_of(needs, **dict.fromkeys(gone, "")))
    with pytest.raises(ContentError) as refused:
        merged_words(tmp_path, ("en.yaml", "de.yaml"), needs)
    assert {(problem.line, problem.reason) for problem in refused.value.problems} == {
        (line_of(BANK, line), f"{key} has no words in i18n/de.yaml")
        for key, line in zip(gone, ("s-1.1-B", "k-1.1-I-b", "k-1.1-I-b", "t-passkey", "scales:"), strict=True)
    }


def test_a_regional_language_holds_what_it_likes(tmp_path):
    _bank, needs = read_bank("bank.yaml", BANK)
    write(tmp_path, en=words_of(needs), de=words_of(needs), de_at='s-1.1-B.stem: "anders"\n')
    words = merged_words(tmp_path, ("en.yaml", "de.yaml", "de-at.yaml"), needs)
    assert words["s-1.1-B.stem"] == "anders"


def test_a_draft_needs_no_words():
    draft = BANK.replace(
        "items:\n",
        'items:\n  - {id: s-new, kind: self, competence: "1.1", rung: I, scale: autonomy, status: draft, ai: none, '
        'review_by: "2028-11"}\n',
    )
    bank, needs = read_bank("bank.yaml", draft)
    assert "s-new" in bank.items
    assert "s-new.stem" not in needs.everywhere
    assert "s-1.1-B.stem" in needs.everywhere


def test_a_key_is_no_word(tmp_path):
    """Which option is right stands in no file of words."""
    _bank, needs = read_bank("bank.yaml", BANK)
    assert not [key for key in (*needs.everywhere, *needs.source) if "key" in key.split(".")]


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
