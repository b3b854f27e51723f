"""From the file to the bank, and every refusal with its file, line and reason."""

import pytest
from bank_files import BANK, line_of

from reverse_mentoring_xblock.content.bank_file import read_bank
from reverse_mentoring_xblock.content.located import ContentError, Located, parse
from reverse_mentoring_xblock.domain.assessment.bank import CheckRouting, Form, Rung

ITEM = 's-1.1-I, kind: self, competence: "1.1", rung: I, scale: autonomy, status: live'
CHECK = 'k-1.1-I-a, kind: check, competence: "1.1", rung: I, form: A'
OPTIONS = "options: [one, two, three, four]"
TERM = "t-passkey, real: true, status: live"


def refused(source):
    with pytest.raises(ContentError) as found:
        read_bank("bank.yaml", source)
    return found.value


def test_bank():
    bank, _needs = read_bank("bank.yaml", BANK)
    assert (bank.id, bank.version, bank.major, len(bank.digest)) == ("small", "1.2.3", "1", 64)
    assert bank.areas[0].competences == bank.sets["tiny"] == ("1.1", "1.10")
    assert bank.self_item("1.10", Rung.A).id == "s-1.10-A"
    assert bank.routing.up_from == 2
    assert bank.routing.checks == CheckRouting(1, 3, 4, ("1.10",))
    assert list(bank.scoring.cuts.values()) == [20, 45, 80]
    assert bank.scoring.provisional is True


def test_scenarios_and_terms():
    bank, _needs = read_bank("bank.yaml", BANK)
    check = bank.checks["k-1.1-I-a"]
    assert (check.competence, check.rung, check.form, check.key) == ("1.1", Rung.I, Form.A, "two")
    assert (check.options, check.is_risk, check.ai) == (("one", "two", "three", "four"), True, "explicit")
    assert (check.review_by, check.topics, check.is_live) == ("2027-11", ("sharing",), True)
    assert bank.counterpart("k-1.1-I-a") == "k-1.1-I-b"
    assert {name: term.is_real for name, term in bank.terms.items()} == {"t-passkey": True, "t-slant-consent": False}


def test_a_bank_needs_no_scenarios_no_terms_and_no_rules_for_them():
    bare = BANK[: BANK.index("  - {id: k-1.1-I-a")].replace(line(BANK, "  checks: {min"), "")
    bank, needs = read_bank("bank.yaml", bare)
    assert (bank.checks, bank.terms, bank.routing.checks) == ({}, {}, CheckRouting())
    assert "lead.sure" not in needs.everywhere
    assert "lead.met" not in needs.everywhere
    assert {"lead.sure", "scale.sure.guess", "scale.met.2"} <= read_bank("bank.yaml", BANK)[1].everywhere.keys()


def line(source, part):
    return source.splitlines(keepends=True)[line_of(source, part) - 1]


def test_a_rung_that_is_not_there():
    bank, _needs = read_bank("bank.yaml", BANK)
    with pytest.raises(KeyError, match=r"no live self item 9\.9 B"):
        bank.self_item("9.9", Rung.B)


def test_bank_cannot_be_changed():
    bank, _needs = read_bank("bank.yaml", BANK)
    for mapping in (bank.items, bank.checks, bank.terms, bank.sets, bank.scoring.cuts, bank.scoring.sem):
        with pytest.raises(TypeError):
            mapping["anything"] = None


def test_digest_is_of_the_content_not_of_its_line_ends():
    here = read_bank("bank.yaml", BANK)[0].digest
    assert read_bank("bank.yaml", BANK.replace("\n", "\r\n"))[0].digest == here
    assert read_bank("bank.yaml", BANK.replace("1.2.3", "1.2.4"))[0].digest != here


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("digital-skills-bank/1", "digital-skills-bank/2", "is not one of"),
        ("version: 1.2.3", "version: 1.2", "put it in quotes"),
        ("version: 1.2.3", 'version: "1.2"', "is not a version such as 1.0.0"),
        ('competences: ["1.1", "1.10"]', "competences: [1.1, 1.10]", "1.1 is read as float: put it in quotes"),
        ('competences: ["1.1", "1.10"]', 'competences: ["1.1", "1.1"]', "1.1 is there twice"),
        ('tiny: ["1.1", "1.10"]', 'tiny: ["1.1", "9.9"]', "9.9 is not one of: 1.1, 1.10"),
        ('tiny: ["1.1", "1.10"]', 'tiny: ["1.1", "1.1"]', "1.1 is there twice"),
        ('tiny: ["1.1", "1.10"]', 'tiny: ["1.1"]', "fewer than 2 competences of area 1"),
        ('sets:\n  tiny: ["1.1", "1.10"]', "sets: {}", "one set of competences at least"),
        ("matters: [0, 1, 2, 3]", "matters: [0, 1, 2]", "matters steps 0 to 3"),
        ("autonomy: [0, 1, 2, 3, 4]", "autonomy: [1, 2, 3, 4, 5]", "autonomy steps 0 to 4"),
        ("start_rung: I", "start_rung: B", "starts on rung I"),
        ('up_if: ">=2"', 'up_if: "about 2"', "up_if is"),
        ("min_per_area: 1", "min_per_area: 4", "at most max_total"),
        ("min_per_area: 1", "min_per_area: -1", "at least 0"),
        ("min_per_area: 1", "min_per_area: 1.5", "is not a whole number"),
        ("max_total_large: 4", "max_total_large: 2", "at least max_total"),
        ('first: ["1.10"]', 'first: ["9.9"]', "9.9 is not one of"),
        ("basic: 20", "basic: 50", "do not ascend"),
        ("basic: 20", "basic: .nan", "do not ascend"),
        ("basic: 20", "basic: low", "not a number"),
        ("rho_within: 0.50", "rho: 0.50", "rho_within is missing"),
        ("rho_within: 0.50", "rho_within: 1.5", "between 0 and 1"),
        ("rho_within: 0.50", "rho_within: .nan", "between 0 and 1"),
        ("competence: 16,", "competence: 0,", "an error of measurement"),
        ("competence: 16,", "competence: .inf,", "an error of measurement"),
        ("id: small", 'id: ""', "a text is missing"),
        ("id: small", "id: [small]", "a single value is expected"),
        ("id: small", "id: !!made-up small", "small cannot be read"),
        ("id: small", "id: 2028-13-45", "2028-13-45 cannot be read"),
        ('tiny: ["1.1", "1.10"]', "tiny: 1.1", "a list is expected"),
        ("provisional: true", "provisional: 1", "not true or false"),
        ("s-1.1-I,", "s-1.1-B,", "s-1.1-B is there twice"),
        ("s-1.1-I,", "m-1.1,", "m-1.1 is kept for a question of another kind"),
        ("s-1.1-I,", "then-s-1.1-B,", "then-s-1.1-B is kept for"),
        ("s-1.1-I,", "g-1,", "g-1 is kept for"),
        ("s-1.1-I,", "s-" + "x" * 31 + ",", "an id has at most 32 characters"),
        (ITEM, ITEM.replace('"1.1"', '"9.9"'), "9.9 is not one of"),
        (ITEM, ITEM.replace('"1.1"', "1.1"), "put it in quotes"),
        (ITEM, ITEM.replace("rung: I", "rung: C"), "C is not one of: A, B, I"),
        (ITEM, ITEM.replace("rung: I", "rung: B"), "second live item on rung B"),
        (ITEM, ITEM.replace("kind: self", "kind: chat"), "chat is not one of"),
        (ITEM, ITEM.replace("scale: autonomy", "scale: matters"), "is not one of: autonomy"),
        (ITEM, ITEM.replace("status: live", "status: old"), "old is not one of"),
        (ITEM, ITEM.replace("kind: self, ", ""), "kind is missing"),
        (ITEM + ', ai: none, review_by: "2028-11"', ITEM + ", ai: none, review_by: soon", "soon is not a month"),
        (ITEM + ', ai: none, review_by: "2028-11"', ITEM + ', ai: none, review_by: "2028-13"', "is not a month"),
        (ITEM + ", ai: none", ITEM + ", ai: some", "some is not one of"),
        (CHECK, CHECK.replace('"1.1"', '"9.9"'), "9.9 is not one of"),
        (CHECK, CHECK.replace("form: A", "form: C"), "C is not one of: A, B"),
        (CHECK, CHECK.replace("form: A", "form: B"), "1.1 has a second live scenario of form B on rung I"),
        (CHECK, CHECK.replace("k-1.1-I-a", "s-1.10-A"), "s-1.10-A is there twice"),
        (CHECK, CHECK.replace("rung: I", "rung: A"), "k-1.1-I-a of form A has no form B"),
        (OPTIONS, "options: [one, two, three]", "a scenario has 4 options"),
        (OPTIONS, "options: [one, two, three, two]", "two is there twice"),
        (OPTIONS, "options: [one, two, three, unsure]", "other than skip and unsure"),
        (OPTIONS, "options: [one, two, three, skip]", "other than skip and unsure"),
        (OPTIONS, "options: [one, two, three, 4]", "put it in quotes"),
        (OPTIONS, "options: [one, two, three, " + "x" * 33 + "]", "a short name of its own"),
        ("key: two", "key: five", "the key five is not among the options"),
        ("key: two, ", "", "key is missing"),
        ("unsure: true", "unsure: false", "write true"),
        ("confidence: sure", "confidence: none", "none is not one of: sure"),
        ("risk: true", "risk: maybe", "not true or false"),
        ("topics: [sharing]", "topics: sharing", "a list is expected"),
        (TERM, TERM.replace("t-passkey", "s-1.1-B"), "s-1.1-B is there twice"),
        (TERM, TERM.replace("real: true", "real: sometimes"), "not true or false"),
        (TERM, TERM.replace("t-passkey", "m-1.1"), "m-1.1 is kept for"),
        ("  start_rung: I", "  start_rung: I\n  start_rung: I", "start_rung is there twice"),
    ],
)
def test_broken_bank(old, new, reason):
    assert old in BANK
    source = BANK.replace(old, new, 1)
    error = refused(source)
    assert error.file == "bank.yaml"
    assert reason in error.reason
    section = {"rho: 0.50": "scoring:", "": "k-1.1-I-a"}.get(new, new)
    assert error.line in range(line_of(source, section), line_of(source, section) + 2)
    assert str(error) == f"bank.yaml:{error.line}: {error.reason}"


@pytest.mark.parametrize("gone", ["form: B", "status: live"])
def test_a_form_a_without_b(gone):
    """Taken out or no longer live: the other one stands alone, and it is named at its own line."""
    second = line(BANK, "k-1.1-I-b")
    source = BANK.replace(second, "" if gone == "form: B" else second.replace("status: live", "status: retired"))
    error = refused(source)
    assert (error.line, error.reason) == (line_of(BANK, "k-1.1-I-a"), "k-1.1-I-a of form A has no form B")


def test_a_form_b_without_a():
    error = refused(BANK.replace(line(BANK, "k-1.1-I-a"), ""))
    assert (error.line, error.reason) == (line_of(BANK, "k-1.1-I-a"), "k-1.1-I-b of form B has no form A")


def test_a_pair_of_drafts_is_no_scenario_yet():
    source = BANK
    for form in "ab":
        entry = line(BANK, f"k-1.1-I-{form}")
        source = source.replace(entry, entry.replace("status: live", "status: draft"))
    bank, needs = read_bank("bank.yaml", source)
    assert bank.checks_of("1.1", Form.A) == ()
    assert "k-1.1-I-a.stem" not in needs.everywhere


def test_several_problems_are_told_at_once():
    source = (
        BANK.replace("s-1.1-B,", "m-1.1,")
        .replace(ITEM, ITEM.replace('"1.1"', '"9.9"'))
        .replace("key: two", "key: five", 1)
    )
    error = refused(source)
    first = line_of(BANK, "s-1.1-B")
    assert [(problem.line, problem.reason.split(":")[0]) for problem in error.problems] == [
        (first, "m-1.1 is kept for a question of another kind"),
        (first + 1, "9.9 is not one of"),
        (line_of(BANK, "k-1.1-I-a"), "the key five is not among the options"),
    ]
    assert (error.line, error.reason) == (error.problems[0].line, error.problems[0].reason)
    assert str(error.problems[1]).startswith(f"bank.yaml:{first + 1}: 9.9 is not one of")


def test_a_rung_is_missing():
    error = refused(BANK.replace(ITEM, ITEM.replace("live", "draft")))
    assert (error.line, error.reason) == (line_of(BANK, "tiny:"), "1.1 has no live item on rung I")


@pytest.mark.parametrize(
    ("source", "line"),
    [("", 1), ("a: [1\nb: 2\n", 2), ("a: \x00", 1), ("[" * 20_000, 1), ("# nothing but a remark\n", 1)],
)
def test_not_yaml(source, line):
    with pytest.raises(ContentError) as found:
        parse("bank.yaml", source)
    assert found.value.line == line
    assert str(found.value).startswith(f"bank.yaml:{line}: ")


@pytest.mark.parametrize(
    ("read", "text", "reason"),
    [
        (Located.text, "1.10", "1.10 is read as float: put it in quotes"),
        (Located.text, "yes", "yes is read as bool: put it in quotes"),
        (Located.text, "2028-11-01", "2028-11-01 is read as date: put it in quotes"),
        (Located.text, '"  "', "a text is missing"),
        (Located.text, "!!python/name:os.system", "cannot be read"),
        (Located.text, "9" * 5000, "9999999999999999999999999999999999999999 cannot be read"),
        (Located.whole, "true", "true is not a whole number"),
        (Located.whole, "2.0", "2.0 is not a whole number"),
        (Located.number, "false", "false is not a number"),
        (Located.flag, "0", "0 is not true or false"),
        (Located.entries, "{a: b}", "a list is expected"),
        (Located.fields, "[a]", "a mapping is expected"),
        (Located.fields, "{a: 1, a: 2}", "a is there twice"),
    ],
)
def test_values_of_another_kind(read, text, reason):
    place = parse("any.yaml", f"\nvalue: {text}\n").field("value")
    with pytest.raises(ContentError) as found:
        read(place)
    assert reason in found.value.reason
    assert (found.value.file, found.value.line) == ("any.yaml", 2)
