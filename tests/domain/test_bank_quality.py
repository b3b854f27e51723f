"""The shipped bank as an instrument: complete, in balance, in date, within its lengths."""

import re
from collections import Counter

import pytest

from reverse_mentoring_xblock.content.loading import bank_languages, bank_words, load_bank
from reverse_mentoring_xblock.domain.assessment.bank import Form, Rung

BANK = load_bank()
CHECKS = tuple(BANK.checks.values())
WRITTEN = "2026-11"
LANGUAGES = bank_languages()
ROOM = {"en": 1.0}
"""How many more words a language may take than English; one that is not named gets ``MORE_ROOM``."""
MORE_ROOM = 1.2


def months_after(month, since):
    (year, number), (start, first) = (map(int, one.split("-")) for one in (month, since))
    return 12 * (year - start) + number - first


def count(text):
    return len(text.split())


def within(language, least, most, texts):
    """The texts, by key, that are shorter or longer than the language may be."""
    room = ROOM.get(language, MORE_ROOM)
    return {key: count(text) for key, text in texts.items() if not least / room <= count(text) <= most * room}


def texts(language, part):
    """Those words of live scenarios whose key ends with ``part``, or whose part begins with ``opt``."""
    words = bank_words(language)
    if part == "opt":
        keys = [f"{check.id}.opt.{option}" for check in CHECKS for option in check.options]
    else:
        keys = [f"{check.id}.{part}" for check in CHECKS]
    return {key: words[key] for key in keys}


def test_it_is_whole():
    live = [item for item in BANK.items.values() if item.is_live]
    assert Counter(item.rung for item in live) == dict.fromkeys(Rung, 21)
    assert {(item.competence, item.rung) for item in live} == {(c, rung) for c in BANK.competences for rung in Rung}
    assert len(BANK.askable) == 21
    assert Counter((check.competence, check.form) for check in CHECKS if check.is_live) == {
        (code, form): 1 for code in BANK.competences for form in Form
    }
    assert Counter(term.is_real for term in BANK.terms.values() if term.is_live) == {True: 12, False: 4}
    assert {name: len(codes) for name, codes in BANK.sets.items()} == {"core-12": 12, "all-21": 21}


def test_it_routes_and_scores_as_it_is_documented():
    routing, scoring = BANK.routing, BANK.scoring
    assert (routing.start_rung, routing.up_from) == (Rung.I, 2)
    assert (routing.checks.per_area, routing.checks.most, routing.checks.most_in_large_sets) == (2, 10, 12)
    assert (dict(scoring.cuts), scoring.rho_within) == ({"basic": 20, "intermediate": 45, "advanced": 80}, 0.5)
    assert dict(scoring.sem) == {
        "competence": 16, "area_core": 10, "area_all": 8, "overall_core": 4.5, "overall_all": 3.6,
    }  # fmt: skip
    assert scoring.provisional


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language):
    words = bank_words(language)
    assert words.keys() == bank_words("en").keys()
    for term in BANK.terms:
        assert words[f"{term}.term"] != words[f"{term}.meaning"]
    for check in CHECKS:
        options = [words[f"{check.id}.opt.{option}"] for option in check.options]
        assert len(set(options)) == 4, check.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("longest", [True, False], ids=["longest", "shortest"])
def test_length_does_not_give_the_key_away(language, longest):
    """In letters, as the eye sees it. By chance the key is the longest in a quarter and the shortest in a quarter."""
    words, keys = bank_words(language), 0
    for check in CHECKS:
        lengths = {option: len(words[f"{check.id}.opt.{option}"]) for option in check.options}
        keys += lengths[check.key] == (max if longest else min)(lengths.values())
    assert 0.15 <= keys / len(CHECKS) <= 0.35


def test_the_keys_place_in_the_file_varies():
    places = Counter(check.options.index(check.key) for check in CHECKS)
    assert all(0.15 <= places[place] / len(CHECKS) <= 0.35 for place in range(4))


def test_two_forms_are_alike():
    for check in CHECKS:
        other = BANK.checks[BANK.counterpart(check.id)]
        assert (other.competence, other.rung, other.form) == (check.competence, check.rung, check.form.other)
        assert (other.is_risk, other.ai, other.topics) == (check.is_risk, check.ai, check.topics)
        assert BANK.counterpart(other.id) == check.id


def test_both_forms_put_the_same_to_different_words():
    for language in LANGUAGES:
        words = bank_words(language)
        stems = [words[f"{check.id}.stem"] for check in CHECKS]
        assert len(set(stems)) == len(stems)


def test_scenarios_are_spread_over_the_rungs():
    assert {check.rung for check in CHECKS} == set(Rung)
    assert Counter(check.is_risk for check in CHECKS)[True] >= 10
    assert any(check.is_risk for check in CHECKS if check.competence == "4.1")


def test_what_ages_fast_is_reviewed_within_a_year():
    # What is overdue today is said by `bank check` and in Studio: a month that ends turns no test red.
    for entry in (*BANK.items.values(), *CHECKS):
        ages_fast = entry.ai == "explicit" or entry.competence == "4.1"
        assert 0 < months_after(entry.review_by, WRITTEN) <= (12 if ages_fast else 24), entry.id
    for term in BANK.terms.values():
        assert 0 < months_after(term.review_by, WRITTEN) <= 24, term.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_lengths(language):
    assert within(language, 25, 60, texts(language, "stem")) == {}
    assert within(language, 6, 22, texts(language, "opt")) == {}
    assert within(language, 1, 45, texts(language, "why")) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tone_is_calm(language):
    shouting = {key: text for key, text in bank_words(language).items() if "!" in text}
    assert shouting == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_asked(language):
    """Each scenario ends on its question, and no option says "all of the above"."""
    stems, options = texts(language, "stem"), texts(language, "opt")
    assert {key: text for key, text in stems.items() if not text.rstrip().endswith("?")} == {}
    catch_all = re.compile(r"\b(all|none) of (the above|these)\b|\balle genannten\b|\bkeine davon\b", re.IGNORECASE)
    assert {key: text for key, text in options.items() if catch_all.search(text)} == {}
