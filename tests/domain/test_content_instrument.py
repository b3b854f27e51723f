"""An author's own bank in one file: its questions and its words."""

from datetime import date

import pytest
import yaml
from bank_files import line_of

from reverse_mentoring_xblock.content.bank_file import read_bank
from reverse_mentoring_xblock.content.instrument import LONGEST_FILE, overdue, read_instrument, shipped
from reverse_mentoring_xblock.content.loading import bank_languages, load_bank
from reverse_mentoring_xblock.content.located import ContentError

AREAS = [{"id": str(n), "competences": [f"{n}.1", f"{n}.2"]} for n in range(1, 6)]


def an_item(code, rung, **more):
    facts = {"id": f"s-{code}-{rung}", "kind": "self", "competence": code, "rung": rung, "scale": "autonomy"}
    return {**facts, "status": "live", "ai": "none", "review_by": "2028-11", **more}


def a_bank(**changes):
    """What an author would write, as a mapping."""
    codes = [code for area in AREAS for code in area["competences"]]
    return {
        "format": "digital-skills-bank/1",
        "id": "ours",
        "version": "1.0.0",
        "framework": {"id": "digcomp", "edition": "3.0", "licence": "CC-BY-4.0"},
        "areas": AREAS,
        "sets": {"ours": codes},
        "scales": {"autonomy": [0, 1, 2, 3, 4], "matters": [0, 1, 2, 3]},
        "routing": {"start_rung": "I", "up_if": ">=2"},
        "scoring": {
            "cuts": {"basic": 20, "intermediate": 45, "advanced": 80},
            "rho_within": 0.5,
            "sem": {"competence": 16, "area_core": 10, "area_all": 8, "overall_core": 4.5, "overall_all": 3.6},
            "provisional": True,
        },
        "items": [an_item(code, rung) for code in codes for rung in "BIA"],
        **changes,
    }


def written(bank, **languages):
    return yaml.safe_dump({**bank, "words": languages}, sort_keys=False, allow_unicode=True)


def needs_of(bank):
    return read_bank("bank", yaml.safe_dump(bank, sort_keys=False))[1]


def words_in(bank, tongue, *, whole=True):
    needs = needs_of(bank)
    return {key: f"{tongue} {key}" for key in (*needs.everywhere, *(needs.source if whole else ()))}


@pytest.fixture
def source():
    bank = a_bank()
    german = words_in(bank, "deutsch", whole=False)
    return written(bank, en=words_in(bank, "english"), de=german, **{"de-AT": {"lead.self": "österreichisch"}})


def refused(source):
    with pytest.raises(ContentError) as found:
        read_instrument(source)
    return found.value


def test_questions_and_words_of_ones_own(source):
    found = read_instrument(source)
    assert (found.bank.id, found.languages, found.is_shipped) == ("ours", ("en", "de", "de-AT"), False)
    assert found.source == source
    assert found.words("de")["s-1.1-B.stem"] == "deutsch s-1.1-B.stem"
    assert found.words("de")["intro.body"] == "english intro.body"
    assert found.words("de_at")["lead.self"] == "österreichisch"
    assert found.words("de-AT")["lead.matters"] == "deutsch lead.matters"


@pytest.mark.parametrize("language", ["fr", "", "EN", "en-gb", "../en", "x" * 3000])
def test_any_other_language_is_the_source(source, language):
    assert read_instrument(source).words(language)["lead.self"] == "english lead.self"


def test_the_first_language_is_the_source_whichever_it_is():
    bank = a_bank()
    found = read_instrument(written(bank, fr=words_in(bank, "français")))
    assert found.words("de")["lead.self"] == "français lead.self"


def test_what_is_read_once_is_shared(source):
    assert read_instrument(source) is read_instrument(source)
    with pytest.raises(TypeError):
        read_instrument(source).words("de")["lead.self"] = ""


def test_the_shipped_one():
    found = shipped()
    assert found.is_shipped
    assert found.bank is load_bank()
    assert found.languages == bank_languages()
    assert found.languages[0] == "en"
    assert found.words("de")["lead.self"] != found.words("en")["lead.self"]


def test_the_shipped_id_is_refused():
    bank = a_bank(id=load_bank().id)
    source = written(bank, en=words_in(bank, "english"))
    error = refused(source)
    assert (error.file, error.line) == ("bank", line_of(source, "id: dsc-core"))
    assert "dsc-core is the bank that comes with the package" in error.reason


def test_a_competence_that_nobody_else_knows_is_refused():
    areas = [*AREAS[:4], {"id": "5", "competences": ["5.1", "5.9"]}]
    bank = a_bank(areas=areas, sets={"ours": [code for area in areas for code in area["competences"]]})
    bank["items"] = [an_item(code, rung) for area in areas for code in area["competences"] for rung in "BIA"]
    error = refused(written(bank, en=words_in(bank, "english")))
    assert error.reason.startswith("5.9 is not one of: 1.1, 1.2")


@pytest.mark.parametrize("areas", [AREAS[:4], [AREAS[1], AREAS[0], *AREAS[2:]], [*AREAS[:4], {**AREAS[4], "id": "6"}]])
def test_the_five_areas_stand_in_their_order(areas):
    codes = [code for area in areas for code in area["competences"]]
    bank = a_bank(areas=areas, sets={"ours": codes}, items=[an_item(c, rung) for c in codes for rung in "BIA"])
    source = written(bank, en=words_in(bank, "english"))
    error = refused(source)
    assert error.reason == "the five areas of DigComp stand in their order, 1 to 5"
    assert error.line == line_of(source, "- id: '") or error.line == line_of(source, "areas:") + 1


def test_missing_words_are_told_with_their_language_and_all_at_once():
    bank = a_bank()
    english, german = words_in(bank, "english"), words_in(bank, "deutsch", whole=False)
    del english["intro.body"], german["s-1.1-B.stem"], german["scale.na"]
    source = written(bank, en=english, de=german)
    found = [(problem.file, problem.line, problem.reason) for problem in refused(source).problems]
    assert sorted(found) == sorted(
        [
            ("bank", 1, "intro.body has no words in words.en"),
            ("bank", line_of(source, "- id: s-1.1-B"), "s-1.1-B.stem has no words in words.de"),
            ("bank", line_of(source, "autonomy:"), "scale.na has no words in words.de"),
        ]
    )


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "the file is empty"),
        ("x" * (LONGEST_FILE + 1), "the file is longer than"),
        ("just a sentence", "a mapping is expected"),
        ("format: digital-skills-bank/1\n", "scales is missing"),
    ],
)
def test_what_is_no_bank(source, reason):
    assert reason in refused(source).reason


@pytest.mark.parametrize(("words", "reason"), [({}, "the words of one language at least"), (None, "a mapping")])
def test_a_bank_without_words(words, reason):
    source = yaml.safe_dump({**a_bank(), "words": words}, sort_keys=False)
    error = refused(source)
    assert reason in error.reason
    assert error.line == line_of(source, "words:")


def test_no_words_at_all():
    assert refused(yaml.safe_dump(a_bank())).reason == "words is missing"


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2027, 5, 31), []),
        (date(2027, 6, 1), ["s-1.1-B"]),
        (date(2028, 11, 30), ["s-1.1-B"]),
    ],
)
def test_what_is_overdue_for_review(today, late):
    items = [
        an_item("1.1", "B", review_by="2027-05"),
        an_item("1.2", "B", id="s-old", status="retired", review_by="2020-01"),
        *(an_item(code, rung) for area in AREAS for code in area["competences"] for rung in "BIA"),
    ]
    items = [item for n, item in enumerate(items) if n < 2 or item["id"] != "s-1.1-B"]
    bank, _needs = read_bank("bank", yaml.safe_dump(a_bank(items=items)))
    assert overdue(bank, today) == late


def test_scenarios_and_terms_are_reviewed_as_well():
    bank = load_bank()
    late = overdue(bank, date(2040, 1, 1))
    live = {entry.id for part in (bank.items, bank.checks, bank.terms) for entry in part.values() if entry.is_live}
    assert set(late) == live
