"""A round as a file, and scores as a row keeps them."""

import json

import pytest
from answering import a_round, right, walked, wrong

from reverse_mentoring_xblock.domain.assessment.bank import Form, Rung
from reverse_mentoring_xblock.domain.assessment.interchange import (
    Unusable,
    profile_as_json,
    round_as_json,
    round_from_json,
)
from reverse_mentoring_xblock.domain.assessment.repeating import repeated
from reverse_mentoring_xblock.domain.assessment.summary import Summary, summary

ONE = {"answers": {"s-1.1-I": 4, "s-1.1-A": 3, "k-1.1-B-a": {"choice": "one", "confidence": "certain"}}}


def sure(bank, is_right=True):
    choose = right if is_right else wrong

    def reply(question):
        return choose(bank, question.id, "certain") if question.kind == "check" else 2

    return reply


def test_answers_alone_are_enough(bank):
    said = round_from_json(bank, {"answers": {"s-1.1-I": 4, "s-1.1-A": 3}})
    assert said.competences == ("1.1",)
    plain = profile_as_json(said)
    assert (
        plain["competences"]["1.1"]["self"] == plain["competences"]["1.1"]["evidence"] == pytest.approx(91.7, abs=0.05)
    )
    assert plain["competences"]["1.1"]["level"] == "advanced"
    assert plain["competences"]["1.1"]["gap"] == 0
    assert (plain["areas"], plain["overall"]) == (
        {"1": {"score": pytest.approx(91.667, abs=1e-3), "level": "advanced"}},
        None,
    )
    assert plain["calibration"] == {"n": 0, "bias": None, "shrunk": None, "words": None}


def test_a_scenario_alone_has_no_score_and_counts_for_how_sure_one_was(bank):
    plain = profile_as_json(
        round_from_json(bank, {"answers": {"k-1.1-B-a": {"choice": "two", "confidence": "certain"}}})
    )
    assert plain["competences"] == {}
    assert plain["calibration"]["n"] == 1


def test_everything_in_the_file_counts(bank):
    kept = {
        "phase": "end",
        "competences": ["1.2", "1.1"],
        "answers": {
            "s-1.1-I": 3,
            "s-1.1-B": 1,
            "s-1.2-I": "na",
            "k-1.1-B-b": {"choice": "two", "confidence": "fairly"},
            "then-s-1.1-I": 1,
            "then-s-1.1-B": 1,
        },
        "matters": {"1.1": 3},
        "targets": {"1.1": 85},
        "weights": {"1.1": 1.5},
        "topics": ["1.1"],
        "routes": {"1.1": "B"},
    }
    said = round_from_json(bank, kept)
    assert (said.form, said.routes, said.looks_back) == (Form.B, {"1.1": Rung.B}, ("1.1",))
    # S = 100 (3 + 1 + 0) / 12 = 33.3; wrong on B: (2 * 33.3 + 10) / 3 = 25.6; P = 59.4 * 1 * 1.5 = 89.2.
    (first, second) = said.profile().competences
    assert first.self_score == pytest.approx(33.333, abs=1e-3)
    assert first.score == pytest.approx(25.556, abs=1e-3)
    assert first.priority == pytest.approx(89.167, abs=1e-3)
    assert second.score is None
    assert said.looking_back() == {"1.1": pytest.approx(100 * 2 / 12)}
    assert round_from_json(bank, {**kept, "phase": "start"}).looking_back() == {}


def test_only_answers_that_count_go_into_the_file(bank):
    said = walked(a_round(bank, ("1.1", "2.1")), lambda question: 3).with_answer("s-1.1-I", 1).with_answer("s-1.1-B", 4)
    kept = round_as_json(said, "start", ("1.1",))
    assert set(kept["answers"]) == {"s-1.1-I", "s-1.1-B", "s-2.1-I", "s-2.1-A"}
    assert kept["matters"] == {"1.1": 3, "2.1": 3}
    assert kept["bank"] == {"id": "small", "version": "1.0.0", "sha256": "0" * 64}
    assert "routes" not in kept


def test_a_file_is_plain_and_says_how_sure(bank):
    said = walked(a_round(bank, uses_checks=True), sure(bank))
    kept = json.loads(json.dumps(round_as_json(said, "start", ())))
    assert kept["answers"][said.checks[0]] == {"choice": "one", "confidence": "certain"}
    assert profile_as_json(round_from_json(bank, kept)) == profile_as_json(said)


def test_an_end_round_keeps_its_settled_rungs(bank):
    start = walked(a_round(bank), lambda question: 1)
    end = walked(repeated(start, ("1.1",), goals=1), lambda question: 2 if question.kind == "goal" else 3)
    kept = json.loads(json.dumps(round_as_json(end, "end", ("1.1",))))
    assert kept["routes"]["1.1"] == "B"
    back = round_from_json(bank, kept)
    assert back.profile().scores == end.profile().scores
    assert back.looking_back() == end.looking_back()


def test_settled_topics_stand_in_for_those_that_the_scores_suggest(bank):
    said = walked(a_round(bank), lambda question: 2)
    assert profile_as_json(said, ("5.2",))["topics"] == ["5.2"]
    assert profile_as_json(said)["topics"] == [topic.competence for topic in said.profile().topics.chosen]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"answers": None}, "answers: a mapping is expected"),
        ({"answers": [1]}, "answers: a mapping is expected"),
        ({"answers": {"s-1.1-I": 5}}, "answers: s-1.1-I does not take 5"),
        ({"answers": {"s-1.1-I": True}}, "answers: s-1.1-I does not take True"),
        ({"answers": {"s-1.1-I": [1]}}, "does not take"),
        ({"answers": {"s-9.9-I": 1}}, "answers: s-9.9-I is not a question of this bank"),
        ({"answers": {"k-1.1-B-a": {"confidence": "even"}}}, "answers: k-1.1-B-a has no choice"),
        ({"answers": {"k-1.1-B-a": {"choice": ["one"]}}}, "answers: k-1.1-B-a has no choice"),
        ({"answers": {"k-1.1-B-a": {"choice": "one", "confidence": ["even"]}}}, "the confidence of k-1.1-B-a"),
        ({"answers": {"k-1.1-B-a": {"choice": "one", "confidence": "so so"}}}, "k-1.1-B-a does not take"),
        ({"answers": {"k-1.1-B-a": "one"}}, "k-1.1-B-a does not take 'one'"),
        ({"matters": {"1.1": 4}}, "matters: 1.1 does not take 4"),
        ({"matters": 3}, "matters: a mapping is expected"),
        ({"competences": ["1.1", "9.9"]}, "competences: 9.9 is not a competence"),
        ({"competences": 5}, "competences: a list is expected"),
        ({"competences": "1.1"}, "competences: a list is expected"),
        ({"competences": [["1.1"]]}, "competences: ['1.1'] is not a competence"),
        ({"targets": {"1.1": 101}}, "targets: 1.1 is not a number from 0 to 100"),
        ({"targets": {"1.1": "60"}}, "targets: 1.1 is not a number"),
        ({"targets": {"1.1": float("nan")}}, "targets: 1.1 is not a number"),
        ({"targets": {"9.9": 60}}, "targets: 9.9 is not a competence"),
        ({"weights": {"1.1": 0.4}}, "weights: 1.1 is not a number from 0.5 to 1.5"),
        ({"weights": {"1.1": True}}, "weights: 1.1 is not a number"),
        ({"topics": ["9.9"]}, "topics: 9.9 is not a competence"),
        ({"topics": 1}, "topics: a list is expected"),
        ({"routes": {"1.1": "I"}}, "routes: the second rung of 1.1 is B or A"),
        ({"routes": {"1.1": ["A"]}}, "routes: the second rung of 1.1 is B or A"),
        ({"routes": {"9.9": "A"}}, "routes: 9.9 is not a competence"),
        ({"routes": ["A"]}, "routes: a mapping is expected"),
    ],
)
def test_files_that_cannot_be_scored(bank, change, reason):
    with pytest.raises(Unusable) as refused:
        round_from_json(bank, {**ONE, "phase": "end", **change})
    assert reason in str(refused.value)


def test_no_answers_at_all(bank):
    with pytest.raises(Unusable, match="answers: a mapping is expected"):
        round_from_json(bank, {})


def test_a_competence_that_is_listed_twice_is_asked_once(bank):
    said = round_from_json(bank, {**ONE, "competences": ["1.1", "1.1"]})
    assert said.competences == ("1.1",)


@pytest.mark.parametrize("is_right", [True, False])
def test_scores_that_a_row_keeps(bank, is_right):
    said = walked(a_round(bank, uses_checks=True), sure(bank, is_right)).with_answer("s-2.1-I", "na")
    read = said.profile()
    kept = summary(read)
    assert kept.competences == read.scores
    assert "2.1" not in kept.competences
    assert "2" not in kept.areas
    assert kept.areas["1"] == (read.areas[0].score, read.areas[0].level.name)
    assert kept.priorities["1.1"] == read.competences[0].priority
    assert kept.overall == read.overall
    asked = len(read.verdicts)
    assert kept.rights == ((asked if is_right else 0), asked)
    assert Summary.from_json(json.loads(json.dumps(kept.as_json()))) == kept


def test_a_row_from_before_holds_no_scores():
    assert Summary.from_json({}) == Summary()
