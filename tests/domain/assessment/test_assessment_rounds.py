"""One round as a whole: what is asked, where a person stands."""

from collections import Counter
from dataclasses import replace

import pytest
from answering import a_round, ids, right, walked

from reverse_mentoring_xblock.domain.assessment.answers import Chosen
from reverse_mentoring_xblock.domain.assessment.bank import CheckRouting, Form, Rung
from reverse_mentoring_xblock.domain.assessment.repeating import repeated
from reverse_mentoring_xblock.domain.assessment.rounds import Participation

CODES = ("1.1", "1.2", "2.1", "2.2")


def threes(question):
    """3 to everything that takes it, the last option of a scenario, the top of a shorter scale."""
    if question.kind == "check":
        return Chosen("four", "fairly")
    return 2 if question.kind in ("term", "goal") else 3


def kinds(said):
    return Counter(question.kind for question in said.path())


def test_the_path_holds_the_answered_and_the_next(bank):
    said = a_round(bank, ("1.1", "2.1"), answers={"s-1.1-I": 3, "s-1.1-A": 1})
    assert ids(said.path()) == ["s-1.1-I", "s-1.1-A", "m-1.1"]


def test_back_and_forward(bank):
    said = a_round(bank, ("1.1", "2.1"), answers={"s-1.1-I": 3, "s-1.1-A": 1})
    here = said.position()
    assert (here.question.id, here.number, here.following) == ("m-1.1", 3, None)
    assert here.previous.id == "s-1.1-A"
    back = said.position("s-1.1-A")
    assert (back.number, back.previous.id, back.following.id) == (2, "s-1.1-I", "m-1.1")
    start = a_round(bank, ("1.1",)).position()
    assert (start.question.id, start.number, start.previous) == ("s-1.1-I", 1, None)


def test_position_at_the_end(bank):
    said = a_round(bank, ("1.1",), answers={"s-1.1-I": "na"})
    here = said.position()
    assert (here.question, here.number, here.previous.id) == (None, 2, "s-1.1-I")
    assert said.is_answered
    assert not a_round(bank, ("1.1",)).is_answered


def test_rerouting_asks_the_new_rung_and_keeps_the_old_answer_out(bank):
    said = walked(a_round(bank, ("1.1", "2.1")), threes).with_answer("s-1.1-I", 1)
    assert said.position().question.id == "s-1.1-B"
    assert ids(said.path()) == ["s-1.1-I", "s-1.1-B", "m-1.1", "s-2.1-I", "s-2.1-A", "m-2.1"]
    assert said.position("s-1.1-A").question.id == "s-1.1-B"
    assert said.with_answer("s-1.1-I", 4).is_answered


@pytest.mark.parametrize("asks_matters", [True, False])
def test_numbers_and_neighbours_leave_no_gap(bank, asks_matters):
    said = walked(a_round(bank, asks_matters=asks_matters, uses_checks=True), threes)
    walk = said.path()
    for place, question in enumerate(walk):
        position = said.position(question.id)
        assert position.number == place + 1
        assert position.previous == (walk[place - 1] if place else None)
        assert position.following == (walk[place + 1] if place + 1 < len(walk) else None)


def test_progress_starts_at_three_questions_each_and_shrinks_when_a_competence_is_out(bank):
    def progress(**answers):
        found = a_round(bank, answers={f"s-{code}-I": answer for code, answer in answers.items()}).progress()
        return found.done, found.about

    assert progress() == (0, 33)
    assert progress(**{"1.1": 3}) == (1, 33)
    assert progress(**{"1.1": "na"}) == (1, 31)


def test_progress_of_a_mentor_counts_two_questions_a_skill(bank):
    said = a_round(bank, CODES, asks_matters=False)
    assert (said.progress().done, said.progress().about) == (0, 8)
    said = replace(said, answers={"s-1.1-I": "na", "s-1.2-I": 1})
    assert (said.progress().done, said.progress().about) == (2, 7)


def test_progress_counts_the_scenarios_to_come(bank):
    assert a_round(bank, uses_checks=True).progress().about == 33 + 10
    few = replace(bank, routing=replace(bank.routing, checks=CheckRouting(per_area=1, most=3)))
    assert a_round(few, uses_checks=True).progress().about == 33 + 3
    assert a_round(replace(bank, checks={}), uses_checks=True).progress().about == 33


def test_mentors_are_asked_self_items_alone(bank):
    said = walked(a_round(bank, CODES, asks_matters=False), threes)
    assert kinds(said) == {"self": 8}


def test_two_scenarios_follow_an_area_and_those_left_over_come_last(bank):
    said = walked(a_round(bank, uses_checks=True), threes)
    about = [(question.kind, question.competence[:1]) for question in said.path() if question.kind != "matters"]
    areas = []
    for area in "12345":
        selfs = [("self", area)] * (6 if area == "1" else 4)
        areas += [*selfs, ("check", area), ("check", area)]
    assert about == areas
    roomy = replace(bank, routing=replace(bank.routing, checks=CheckRouting(per_area=1, most=8)))
    said = walked(a_round(roomy, uses_checks=True), threes)
    assert [question.kind for question in said.path()[-3:]] == ["check"] * 3
    assert kinds(said)["check"] == 8


def test_no_scenario_before_an_area_is_answered(bank):
    said = a_round(bank, uses_checks=True)
    for code in ("1.1", "1.2", "1.3"):
        for question in (f"s-{code}-I", f"s-{code}-A"):
            said = said.with_answer(question, 3)
        assert said.checks == ()
        said = said.with_answer(f"m-{code}", 2)
    assert len(said.checks) == 2
    assert {bank.checks[name].competence[0] for name in said.checks} == {"1"}


def test_a_competence_that_is_out_takes_its_scenario_along_and_brings_it_back(bank):
    said = walked(a_round(bank, uses_checks=True), threes)
    taken = said.checks[0]
    first = f"s-{bank.checks[taken].competence}-I"
    without = said.with_answer(first, "na")
    assert taken in without.checks
    assert taken not in ids(without.path())
    assert taken not in [one.check.id for one in without.profile().verdicts]
    assert without.with_answer(first, 3).checks[0] == taken
    assert taken in ids(without.with_answer(first, 3).path())


def test_retired_scenarios_are_not_chosen(bank):
    assert bank.checks["k-1.3-I-a"].status == "retired"
    for seed in range(20):
        assert "k-1.3-I-a" not in walked(a_round(bank, seed=seed, uses_checks=True), threes).checks


def test_an_order_of_the_programme_comes_first(bank):
    wanted = replace(bank, routing=replace(bank.routing, checks=CheckRouting(per_area=1, most=5, first=("1.3",))))
    for seed in range(10):
        said = walked(a_round(wanted, seed=seed, uses_checks=True), threes)
        assert said.checks[0] == "k-1.3-A-a"


def test_terms_come_after_the_scenarios_half_of_them_in_each_form(bank):
    said = walked(a_round(bank, uses_checks=True, uses_terms=True), threes)
    assert [question.kind for question in said.path()][-8:] == ["term"] * 8
    asked = {form: set(a_round(bank, form=form, uses_terms=True).terms) for form in Form}
    assert asked[Form.A].isdisjoint(asked[Form.B])
    for names in asked.values():
        assert Counter(bank.terms[name].is_real for name in names) == {True: 6, False: 2}
    assert a_round(bank, seed=1).terms != a_round(bank, seed=2).terms
    assert "t-old" not in asked[Form.A] | asked[Form.B]


def test_the_end_looks_back_at_the_topics_and_the_goals(bank):
    def low_in_one(question):
        return 1 if question.competence == "1.1" and question.kind == "self" else threes(question)

    start = walked(a_round(bank, uses_checks=True), low_in_one)
    end = walked(repeated(start, ("1.1", "4.2"), 2), threes)
    assert ids(end.path())[-6:] == [
        "then-s-1.1-I", "then-s-1.1-B", "then-s-4.2-I", "then-s-4.2-A", "g-1", "g-2",
    ]  # fmt: skip
    assert end.looking_back() == pytest.approx({"1.1": 50, "4.2": 250 / 3})


def test_looking_back_can_be_skipped(bank):
    start = walked(a_round(bank, CODES), threes)
    end = walked(repeated(start, ("1.1", "2.1"), 0), lambda question: "skip" if question.kind == "then" else 3)
    assert end.looking_back() == {}
    half = end.with_answer("then-s-2.1-I", 2)
    assert half.looking_back() == {"2.1": pytest.approx(100 * (4 + 2 + 2) / 12)}


def test_a_topic_that_is_out_of_the_role_now_is_not_looked_back_on(bank):
    start = walked(a_round(bank, CODES), threes)
    end = walked(repeated(start, ("1.1",), 0), lambda question: "na" if question.id == "s-1.1-I" else 3)
    assert kinds(end)["then"] == 0


def test_areas_are_finished_one_by_one_and_looking_back_leaves_none_open(bank):
    said = a_round(bank, uses_checks=True)
    finished = [0]
    while question := said.position().question:
        said = said.with_answer(question.id, threes(question))
        finished.append(said.finished_areas)
    assert sorted(set(finished)) == [0, 1, 2, 3, 4, 5]
    assert finished == sorted(finished)
    end = repeated(said, ("1.1", "2.1", "3.1"), 1)
    while (question := end.position().question).kind not in ("then", "goal"):
        end = end.with_answer(question.id, threes(question))
    assert end.finished_areas == 5


def test_participation_counts_answers_on_the_path(bank):
    answers = {"s-1.1-I": 3, "s-1.1-A": "skip", "s-1.1-B": 2, "m-1.1": 2, "s-1.2-I": "na"}
    said = a_round(bank, ("1.1", "1.2"), answers=answers)
    assert said.participation() == Participation(answered=3, skipped=1, asked=4)
    assert said.participation().share == 0.75


def test_participation_counts_scenarios_and_what_is_open(bank):
    said = walked(a_round(bank, uses_checks=True), threes)
    said = replace(said, answers={**said.answers, said.checks[0]: "skip"})
    assert said.participation() == Participation(answered=42, skipped=1, asked=43)
    half = a_round(bank, ("1.1", "1.2"), answers={"s-1.1-I": 3, "s-1.1-A": 2, "m-1.1": 2})
    assert half.participation().share == 0.5


def test_participation_of_no_questions(bank):
    assert Participation(0, 0, 0).share == 0
    assert a_round(bank).participation().share == 0


@pytest.mark.parametrize(
    ("item", "facts", "expected"),
    [
        ("s-1.1-B", {}, True),
        ("m-1.1", {}, True),
        ("m-1.1", {"asks_matters": False}, False),
        ("s-3.1-I", {}, False),
        ("m-3.1", {}, False),
        ("s-old", {}, False),
        ("m-", {}, False),
        ("", {}, False),
        ("k-1.1-B-a", {"uses_checks": True}, False),
        ("k-1.1-B-a", {"uses_checks": True, "checks": ("k-1.1-B-a",)}, True),
        ("t-0", {}, False),
        ("t-0", {"uses_terms": True}, True),
        ("then-s-1.1-I", {}, False),
        ("then-s-1.1-I", {"looks_back": ("1.1",)}, True),
        ("then-s-1.2-I", {"looks_back": ("1.1",)}, False),
        ("g-1", {}, False),
        ("g-1", {"goals": 1}, True),
        ("g-2", {"goals": 1}, False),
    ],
)
def test_a_round_knows_what_it_asks(bank, item, facts, expected):
    assert a_round(bank, CODES, **facts).asks(item) is expected


def test_calibration_rests_on_the_scenarios_in_play(bank):
    def sure(question):
        return right(bank, question.id, "certain") if question.kind == "check" else 3

    said = walked(a_round(bank, uses_checks=True), sure)
    assert said.calibration().n == 10
    out = said.with_answer(f"s-{bank.checks[said.checks[0]].competence}-I", "na")
    out = replace(out, checks=said.checks)
    assert out.calibration().n == 9


def test_the_own_view_follows_a_settled_rung(bank):
    said = a_round(bank, ("1.1",), answers={"s-1.1-I": 4, "s-1.1-B": 4}, routes={"1.1": Rung.B})
    assert said.self_score("1.1") == pytest.approx(100 * 8 / 12)
    assert said.profile().scores == {"1.1": pytest.approx(100 * 8 / 12)}
