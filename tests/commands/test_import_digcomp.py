"""``import_digcomp``: the framework's own statements, from the file as it is published."""

import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from running import run, run_script

from reverse_mentoring_xblock.content.loading import bank_words
from reverse_mentoring_xblock.models import CompetenceStatement
from reverse_mentoring_xblock.selectors.framework import statements_of
from reverse_mentoring_xblock.shell.rendering import render

PUBLISHED = os.environ.get("RM_DIGCOMP_FILE", "")
AI = {"explicit": "AI-Explicit", "implicit": "AI-Implicit", "none": "AI not Implicit or Explicit"}


def competence(code, name):
    area = code.partition(".")[0]
    facts = {"@type": "Competence", "@id": f"Competence/{code}", "name": name, "description": "Invented for a test."}
    return {**facts, "competence_area_id": f"CompetenceArea/{area}"}


def statement(code, text, level="Basic", ai="none"):
    about = code[2:].rpartition(".")[0]
    return {
        "@type": "CompetenceStatement",
        "@id": f"CompetenceStatement/{code}",
        "description": text,
        "ai_label": AI[ai],
        "competence_area_id": f"CompetenceArea/{about.partition('.')[0]}",
        "competence_id": f"Competence/{about}",
        **({"four_levels_proficiency_name": f"ProficiencyLevel/{level}"} if level else {}),
    }


def supplement(*entries):
    others = [{"@type": "CompetenceArea", "@id": "CompetenceArea/1", "name": "An area"}, {"@type": "Glossary"}]
    return {"@context": {}, "@graph": [*others, *entries]}


GRAPH = supplement(
    competence("1.1", "Looking for things"),
    competence("2.4", "Working together"),
    statement("CS1.1.02", "Compares two ways to <look>.", "Highly advanced", "explicit"),
    statement("CS1.1.01", "Looks for a thing.", "Basic", "implicit"),
    statement("CS2.4.01", "Works with others.", ""),
)


@pytest.fixture
def file(tmp_path):
    """A supplement in a file, from the document that a test gives it."""

    def write(document):
        path = tmp_path / "supplement.jsonld"
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return path

    return write


@pytest.mark.django_db
class TestImporting:
    def test_statements_are_stored_with_their_competence_level_and_label(self, file):
        ran = run("import_digcomp", file(GRAPH))
        assert ran.out.splitlines() == [
            "Stored 2 competences and 3 statements.",
            bank_words("en")["attribution"],
        ]
        fields = ("code", "competence", "competence_name", "text", "level", "ai")
        assert list(CompetenceStatement.objects.order_by("code").values_list(*fields)) == [
            ("CS1.1.01", "1.1", "Looking for things", "Looks for a thing.", "basic", "implicit"),
            ("CS1.1.02", "1.1", "Looking for things", "Compares two ways to <look>.", "highly_advanced", "explicit"),
            ("CS2.4.01", "2.4", "Working together", "Works with others.", "", "none"),
        ]

    def test_a_second_import_replaces_the_first(self, file):
        run("import_digcomp", file(GRAPH))
        newer = supplement(competence("1.1", "Finding"), statement("CS1.1.09", "Finds a thing."))
        assert run("import_digcomp", file(newer)).code == 0
        assert list(CompetenceStatement.objects.values_list("code", "competence_name")) == [("CS1.1.09", "Finding")]

    @pytest.mark.parametrize(
        ("document", "told"),
        [
            ("{", "the file is not JSON"),
            ("[]", "the file has no list of entries under “@graph”"),
            ({"@graph": ["a"]}, "the file has no list of entries under “@graph”"),
            (supplement(), "there is no entry of the type Competence"),
            (supplement(competence("1.1", "A")), "there is no entry of the type CompetenceStatement"),
            (supplement(competence("1.1", "")), "Competence/1.1 has no “name”, or one that is too long"),
            (
                supplement(competence("1.1", "A"), competence("1.1", "B")),
                "1.1 is not an id of a Competence, or is there",
            ),
            (supplement(competence("1.1", "A"), statement("CS1.2.01", "x")), "CS1.2.01 belongs to no competence"),
            (
                supplement(competence("1.1", "A"), {**statement("CS1.1.01", "x"), "ai_label": "maybe"}),
                "CS1.1.01 has no AI label that is known",
            ),
            (
                supplement(competence("1.1", "A"), statement("CS1.1.01", "x", "Godlike")),
                "CS1.1.01 has a level that is not",
            ),
            (
                supplement({"@type": "Competence", "@id": "1.1", "name": "A"}),
                "has no “@id” that begins with “Competence/”",
            ),
        ],
    )
    def test_a_file_of_another_shape_is_refused_with_a_sentence_and_changes_nothing(self, file, document, told):
        run("import_digcomp", file(GRAPH))
        ran = run("import_digcomp", file(document))
        assert ran.code == 1
        assert ran.err.startswith("This is not the data supplement of DigComp 3.0: ")
        assert told in ran.err
        assert CompetenceStatement.objects.count() == 3

    def test_a_file_that_is_not_there_is_refused(self, tmp_path):
        ran = run("import_digcomp", tmp_path / "none.jsonld")
        assert (ran.code, ran.err) == (1, f"{tmp_path / 'none.jsonld'} cannot be read: No such file or directory.")

    @pytest.mark.skipif(not PUBLISHED, reason="RM_DIGCOMP_FILE does not name the published data supplement")
    def test_the_published_file_is_read_whole(self):
        ran = run("import_digcomp", PUBLISHED)
        assert ran.out.startswith("Stored 21 competences and 362 statements.\n")
        count = CompetenceStatement.objects.filter
        assert [count(ai=label).count() for label in ("explicit", "implicit", "none")] == [49, 246, 67]
        assert not count(level="").exists()
        names = dict(CompetenceStatement.objects.values_list("competence", "competence_name"))
        assert names == {code: bank_words("en")[f"competence.{code}.name"] for code in names}
        assert len(names) == 21


@pytest.mark.django_db
class TestReading:
    def test_statements_come_by_competence_in_order_with_one_query(self, file):
        run("import_digcomp", file(GRAPH))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = statements_of(["1.1", "2.4", "5.1"])
        assert len(asked) == 1
        assert {code: [row.code for row in rows] for code, rows in found.items()} == {
            "1.1": ["CS1.1.01", "CS1.1.02"],
            "2.4": ["CS2.4.01"],
        }

    def test_a_fold_shows_them_by_level_with_their_source(self, file):
        run("import_digcomp", file(GRAPH))
        facts = {"name": "Finding", "words": bank_words("en")}
        html = render("assessment/_statements.html", {**facts, "statements": statements_of(["1.1"])["1.1"]})
        assert html.index("Basic") < html.index("Looks for a thing.") < html.index("Highly advanced")
        assert '<dd lang="en" dir="ltr">Compares two ways to &lt;look&gt;.</dd>' in html
        assert "CC BY 4.0" in html
        plain = render("assessment/_statements.html", {**facts, "statements": statements_of(["2.4"])["2.4"]})
        assert "<dt>" not in plain
        assert "Works with others." in plain

    def test_without_an_import_there_is_nothing(self):
        assert statements_of(["1.1"]) == {}
        facts = {"name": "Finding", "words": bank_words("en"), "statements": statements_of(["1.1"]).get("1.1", ())}
        assert render("assessment/_statements.html", facts).strip() == ""


def test_the_console_script_imports_too(file, tmp_path, monkeypatch):
    monkeypatch.setenv("RM_VAR", str(tmp_path))
    monkeypatch.setenv("RM_DATABASE_URL", f"sqlite:///{Path(tmp_path) / 'site.sqlite3'}")
    assert run_script("migrate", "--verbosity", "0").code == 0
    ran = run_script("import_digcomp", file(GRAPH))
    assert (ran.code, ran.out.splitlines()[0]) == (0, "Stored 2 competences and 3 statements.")
