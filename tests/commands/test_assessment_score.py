"""``assessment score``: a file of answers in, the profile out, worked by hand here."""

import json

import own_bank
import pytest
from running import run, run_script

from reverse_mentoring_xblock.content.loading import load_bank
from reverse_mentoring_xblock.domain.assessment.answers import Chosen
from reverse_mentoring_xblock.domain.assessment.bank import Rung
from reverse_mentoring_xblock.domain.assessment.interchange import profile_as_json, round_as_json, scored
from reverse_mentoring_xblock.domain.assessment.rounds import Round


@pytest.fixture
def score(tmp_path):
    """Score answers that are written into a file first."""

    def of(kept, *more, name="answers.json"):
        file = tmp_path / name
        file.write_text(kept if isinstance(kept, str) else json.dumps(kept), encoding="utf-8")
        return run("assessment", "score", "--answers", file, *more)

    return of


def profile_of(ran):
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def check(choice, confidence="fairly"):
    return {"choice": choice, "confidence": confidence}


def test_self_ratings_alone(score):
    """I = 4, A = 3, and B = 4 that was not asked: 100 (4 + 4 + 3) / 12 = 91.7. I = 0, B = 2, A = 0: 16.7."""
    found = profile_of(score({"answers": {"s-1.3-I": 4, "s-1.3-A": 3, "s-5.1-I": 0, "s-5.1-B": 2}}))
    assert found["competences"]["1.3"] == {"self": 91.7, "evidence": 91.7, "level": "advanced", "gap": 0, "priority": 0}
    assert found["competences"]["5.1"]["self"] == 16.7
    assert found["competences"]["5.1"]["level"] == "starting"
    assert found["competences"]["5.1"]["gap"] == 43.3  # 60 - 16.67
    assert found["competences"]["5.1"]["priority"] == 30.3  # 43.33 (0.4 + 0.2 * 1.5)
    assert found["areas"] == {"1": {"score": 91.7, "level": "advanced"}, "5": {"score": 16.7, "level": "starting"}}
    assert found["overall"] is None
    assert found["calibration"] == {"n": 0, "bias": None, "shrunk": None, "words": None}
    assert "change" not in found


@pytest.mark.parametrize(
    ("answers", "evidence", "level"),
    [
        ({"s-1.3-I": 4, "s-1.3-A": 3, "k-1.3-A-a": check("season")}, 79.4, "intermediate"),  # (2 * 91.67 + 55) / 3
        ({"s-1.3-I": 4, "s-1.3-A": 3, "k-1.3-A-a": check("recount")}, 92.8, "advanced"),  # (2 * 91.67 + 95) / 3
        ({"s-1.2-I": 2, "s-1.2-A": 1, "k-1.2-I-a": check("open")}, 60.6, "intermediate"),  # (2 * 58.33 + 65) / 3
        ({"s-1.2-I": 2, "s-1.2-A": 1, "k-1.2-I-a": check("ask-again")}, 48.9, "intermediate"),  # (116.67 + 30) / 3
        ({"s-1.2-I": 2, "s-1.2-A": 1, "k-1.2-I-a": {"choice": "unsure"}}, 48.9, "intermediate"),  # as a wrong one
        ({"s-1.2-I": 4, "s-1.2-A": 4, "k-1.2-I-a": check("open")}, 100.0, "advanced"),  # right never lowers
        ({"s-3.3-I": 0, "s-3.3-B": 0, "k-3.3-B-a": check("credit")}, 0.0, "starting"),  # wrong never raises
        ({"s-1.2-I": 2, "s-1.2-A": 1, "k-1.2-I-a": "skip"}, 58.3, "intermediate"),  # 700 / 12
        ({"s-1.2-I": 2, "s-1.2-A": "skip"}, 66.7, "intermediate"),  # the middle step stands in: 100 (4 + 2 + 2) / 12
    ],
)
def test_scenarios_move_a_score(score, answers, evidence, level):
    (found,) = profile_of(score({"answers": answers}))["competences"].values()
    assert (found["evidence"], found["level"]) == (evidence, level)


def test_what_is_not_in_the_role_has_no_score(score):
    """Of area 1 one competence in three is scored, below 60 per cent, so the area has none; of area 2 two in three."""
    answers = {"s-1.1-I": "na", "s-1.2-I": "skip", "s-1.3-I": 2, "s-1.3-A": 2}
    answers |= {"s-2.1-I": 2, "s-2.1-A": 2, "s-2.2-I": 1, "s-2.2-B": 1, "s-2.3-I": "na"}
    found = profile_of(score({"answers": answers}))
    nothing = dict.fromkeys(("self", "evidence", "level", "gap", "priority"))
    assert found["competences"]["1.1"] == found["competences"]["1.2"] == nothing
    assert found["areas"]["1"] == {"score": None, "level": None}
    assert found["areas"]["2"] == {"score": 41.7, "level": "basic"}  # (66.67 + 16.67) / 2


def test_a_sure_mistake_where_it_does_harm_raises_the_priority(score):
    """E = (2 * 58.33 + 30) / 3 = 48.89, T = 60: gap 11.11; 11.11 (0.4 + 0.2 * 3) 1.5 * 1.25 = 20.8."""
    kept = {"answers": {"s-1.2-I": 2, "s-1.2-A": 1, "k-1.2-I-a": check("cite-ai")}}
    kept |= {"matters": {"1.2": 3}, "targets": {"1.2": 60}, "weights": {"1.2": 1.5}}
    found = profile_of(score(kept))["competences"]["1.2"]
    assert (found["gap"], found["priority"]) == (11.1, 20.8)
    kept["answers"]["k-1.2-I-a"]["confidence"] = "even"
    assert profile_of(score(kept))["competences"]["1.2"]["priority"] == 16.7


def test_topics_strength_overall_and_sureness(score):
    """All at I = 3, A = 3 (83.3) but three: I = 1, B = 1 (16.7). Six scenarios, all wrong, two of them at .95, the
    others at .75: b = (2 * .95 + 4 * .75) / 6 = .817, b* = .817 * 6 / 16 = .306."""
    low, codes = ("1.2", "2.4", "4.2"), ("1.2", "1.3", "2.1", "2.4", "3.1", "3.3", "4.1", "4.2", "5.1", "5.2")
    answers = {}
    for code in codes:
        rung, step = ("B", 1) if code in low else ("A", 3)
        answers |= {f"s-{code}-I": step, f"s-{code}-{rung}": step}
    bank = load_bank()
    for place, name in enumerate(("k-1.2-I-a", "k-2.1-I-a", "k-2.4-I-a", "k-3.1-I-a", "k-4.2-I-a", "k-5.2-I-a")):
        wrong = next(option for option in bank.checks[name].options if option != bank.checks[name].key)
        answers[name] = check(wrong, "certain" if place < 2 else "fairly")
    found = profile_of(score({"answers": answers, "matters": {"1.3": 2, "3.3": 3}}))
    assert sorted(found["topics"]) == sorted(low)
    assert found["strength"] == "1.3"
    said = "You tended to feel surer than the answers bore out. That is worth checking twice."
    assert found["calibration"] == {"n": 6, "bias": 0.8, "shrunk": 0.3, "words": said}
    areas = [found["areas"][area]["score"] for area in "12345"]
    assert found["overall"] == pytest.approx(sum(areas) / 5, abs=0.06)


def test_an_end_round_is_compared_with_its_start(score, tmp_path):
    """Start: 1.2 at 58.3, 1.3 at 91.7, mean 75. Baseline of 1.2: 75 + 0.5 (58.33 - 75) = 66.7. End: 83.3."""
    start = {"answers": {"s-1.2-I": 2, "s-1.2-A": 1, "s-1.3-I": 4, "s-1.3-A": 3}, "topics": ["1.2"]}
    end = {"phase": "end", "answers": {"s-1.2-I": 3, "s-1.2-A": 3, "s-1.3-I": 4, "s-1.3-A": 3}}
    end["answers"] |= {"then-s-1.2-I": 1, "then-s-1.2-A": 1}
    (tmp_path / "start.json").write_text(json.dumps(start))
    named = profile_of(score({**end, "start": "start.json"}))
    assert named["change"]["areas"]["1"] == {"before": 75.0, "after": 87.5, "change": "none"}  # 12.5 / 14.1 = 0.88
    assert named["change"]["topics"] == {
        "1.2": {"before": 58.3, "baseline": 66.7, "after": 83.3, "gain": 16.7, "then": 50.0}
    }
    assert (named["change"]["topic_gain"], named["change"]["topic_change"]) == (16.7, "none")  # one topic: from 26 on
    assert named["change"]["overall"] is None
    assert profile_of(score({**end, "start": start})) == named


def test_an_end_round_keeps_the_ladder_of_its_start(score):
    """Going down at the start settles rung B, though the first answer is 3 now: 100 (3 + 4 + 0) / 12."""
    start = {"answers": {"s-1.2-I": 1, "s-1.2-B": 2}, "targets": {"1.2": 85}}
    end = {"phase": "end", "start": start, "answers": {"s-1.2-I": 3, "s-1.2-B": 4}}
    found = profile_of(score(end))["competences"]["1.2"]
    assert (found["self"], found["gap"]) == (58.3, 26.7)


def test_a_persons_own_export_gives_the_same_scores():
    bank = load_bank()
    codes = bank.sets["core-12"]
    answers = {f"s-{code}-I": 1 + place % 4 for place, code in enumerate(codes)}
    answers |= {f"s-{code}-{rung}": place % 5 for place, code in enumerate(codes) for rung in "AB"}
    answers |= {f"m-{code}": place % 4 for place, code in enumerate(codes)}
    answers |= {"k-1.2-I-b": Chosen("read-study", "even"), "k-4.1-A-b": Chosen("unsure"), "k-2.4-I-b": "skip"}
    said = Round(
        bank,
        codes,
        seed=7,
        answers=answers,
        uses_checks=True,
        checks=("k-1.2-I-b", "k-4.1-A-b", "k-2.4-I-b"),
        routes={"1.3": Rung.B},
        targets={"1.2": 85},
        weights={"4.1": 1.5},
        keeps_checks=True,
    )
    assert said.is_answered
    kept = json.loads(json.dumps(round_as_json(said, "start", ("1.2", "2.6"))))
    assert scored(bank, kept) == json.loads(json.dumps(profile_as_json(said, ("1.2", "2.6"))))


def test_another_bank_scores_its_own_answers(score, tmp_path):
    bank = own_bank.folder(tmp_path / "own")
    kept = {
        "bank": {"id": "depots", "version": "2.1.0"},
        "answers": {"s-4.1-I": 4, "s-4.1-A": 3, "k-4.1-A-b": check("ring")},
    }
    found = profile_of(score(kept, "--bank", bank))
    assert found["competences"]["4.1"]["evidence"] == 92.8
    ran = score(kept)
    assert (ran.code, ran.err.count("\n")) == (1, 0)
    assert "bank: these answers belong to depots 2.1.0, not to dsc-core" in ran.err


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("{", "not JSON: "),
        ("[]", "a mapping with answers is expected"),
        ({}, "answers: a mapping is expected"),
        ({"answers": 3}, "answers: a mapping is expected"),
        ({"answers": {"s-9.9-I": 1}}, "answers: s-9.9-I is not a question of this bank"),
        ({"answers": {"s-1.3-I": 5}}, "answers: s-1.3-I does not take 5"),
        ({"answers": {"s-1.3-I": True}}, "answers: s-1.3-I does not take True"),
        ({"answers": {"s-1.3-I": "3"}}, "answers: s-1.3-I does not take '3'"),
        ({"answers": {"k-1.2-I-a": "open"}}, "answers: k-1.2-I-a does not take 'open'"),
        ({"answers": {"k-1.2-I-a": {"choice": "shut"}}}, "answers: k-1.2-I-a does not take {'choice': 'shut'}"),
        (
            {"answers": {"k-1.2-I-a": {"choice": "open", "confidence": []}}},
            "answers: the confidence of k-1.2-I-a is not a text",
        ),
        ({"answers": {}, "matters": {"1.3": 4}}, "matters: 1.3 does not take 4"),
        ({"answers": {}, "matters": {"9.9": 1}}, "matters: 9.9 is not a competence of this bank"),
        ({"answers": {}, "targets": {"1.3": 101}}, "targets: 1.3 is not a number from 0 to 100"),
        ({"answers": {}, "weights": {"1.3": 2}}, "weights: 1.3 is not a number from 0.5 to 1.5"),
        ({"answers": {}, "competences": "1.3"}, "competences: a list is expected"),
        ({"answers": {}, "topics": [1.3]}, "topics: 1.3 is not a competence of this bank"),
        ({"answers": {}, "routes": {"1.3": "I"}}, "routes: the second rung of 1.3 is B or A, not 'I'"),
        ({"answers": {}, "phase": "middle"}, "phase: 'middle' is not start or end"),
        ({"answers": {}, "bank": {"version": "9.0.0"}}, "bank: these answers belong to dsc-core 9.0.0, not to"),
        ({"answers": {}, "phase": "start", "start": {}}, "start: only an end round has a start round"),
        ({"answers": {}, "start": {"answers": {"s-1.3-I": 9}}}, "start: answers: s-1.3-I does not take 9"),
        ({"answers": {}, "start": "nowhere.json"}, "start: nowhere.json: the file cannot be read: No such file"),
    ],
)
def test_a_file_that_cannot_be_scored_says_which_part_and_why(score, kept, told):
    ran = score(kept)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert "\n" not in ran.err


def test_a_competence_without_questions_is_refused(score, tmp_path):
    wider = own_bank.STRUCTURE.replace('competences: ["1.1", "1.2"]', 'competences: ["1.1", "1.2", "1.3"]')
    extra = (
        '  - {id: s-1.3-I, kind: self, competence: "1.3", rung: I, scale: autonomy, status: live, ai: none, '
        'review_by: "2031-11"}\n'
    )
    texts = own_bank.words(**{f"competence.1.3.{part}": "x" for part in ("name", "short", "about", "topic", "try")})
    texts["s-1.3-I.stem"] = "x"
    bank = own_bank.folder(tmp_path / "own", wider + extra, en=texts)
    ran = score({"answers": {"s-1.3-I": 3}}, "--bank", bank)
    assert "competences: 1.3 is not a competence of this bank" in ran.err


def test_parts_that_are_not_read_are_named(score):
    ran = score({"answers": {"s-1.3-I": 4, "s-1.3-A": 3}, "target": {"1.3": 85}, "profile": {}})
    assert profile_of(ran)["competences"]["1.3"]["gap"] == 0
    assert ran.err.endswith("answers.json: target: this part is not used\n")


def test_the_console_script_prints_json(tmp_path):
    file = tmp_path / "answers.json"
    file.write_text('{"answers": {"s-1.3-I": 4, "s-1.3-A": 3}}')
    ran = run_script("assessment", "score", "--answers", file)
    assert json.loads(ran.out)["competences"]["1.3"]["self"] == 91.7
    file.write_text('{"answers": {"s-1.3-I": 7}}')
    ran = run_script("assessment", "score", "--answers", file)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.splitlines() == [f"CommandError: {file}: answers: s-1.3-I does not take 7"]
