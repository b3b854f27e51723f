"""``assessment_reliability``: figures on the instrument from what people answered, and never one on a person."""

from datetime import timedelta
from random import Random

import factories
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from running import run

from reverse_mentoring_xblock.content.loading import load_bank
from reverse_mentoring_xblock.data import Place
from reverse_mentoring_xblock.domain.assessment.answers import Chosen
from reverse_mentoring_xblock.domain.assessment.bank import Rung
from reverse_mentoring_xblock.domain.assessment.rounds import Round
from reverse_mentoring_xblock.management.answer_tables import (
    common_competences,
    competence_table,
    item_answers,
    retest_tables,
    rung_table,
)
from reverse_mentoring_xblock.models import Answer, Attempt
from reverse_mentoring_xblock.selectors.reliability import sample_of

CODES = load_bank().sets["core-12"]
SCENARIOS = ("k-1.2-I-a", "k-2.4-I-a", "k-4.1-A-a")
OTHER = Place(factories.OTHER_COURSE, "main")


def handed_in(answers, *, days_ago=30, account=None, place=factories.PLACE, **facts):
    """A round as it lies in the database after somebody handed it in."""
    bank = load_bank()
    facts = {"bank": bank.id, "bank_version": bank.version, "bank_digest": bank.digest, "seed": 1, **facts}
    attempt = Attempt.objects.create(
        participant=factories.participant(account=account, place=place),
        competences=list(CODES),
        uses_checks=True,
        checks=list(SCENARIOS),
        open_slot=None,
        submitted_at=timezone.now() - timedelta(days=days_ago),
        **facts,
    )
    Answer.objects.bulk_create(
        Answer(attempt=attempt, item=item, value=str(value).partition(":")[0], confidence=str(value).partition(":")[2])
        for item, value in answers.items()
    )
    return attempt


def someone(random):
    """Answers of somebody whose skills go together: a level of their own, and chance."""
    level, answers = random.gauss(2, 0.9), {}
    for code in CODES:
        first, second = (min(4, max(0, round(level + random.gauss(0, 0.7)))) for _ in "12")
        answers |= {f"s-{code}-I": first, f"s-{code}-{'A' if first >= 2 else 'B'}": second, f"m-{code}": 2}
    for name in SCENARIOS:
        check = load_bank().checks[name]
        is_right = random.random() < 0.2 + level / 5
        answers[name] = f"{check.key if is_right else check.options[0]}:fairly"
    return answers


def crowd(people, **facts):
    random = Random(3)
    return [handed_in(someone(random), **facts) for _ in range(people)]


def cells(out, name):
    """The columns of the line with that name, up to the next empty line."""
    return next(line[18:].split() for line in out.splitlines() if line.startswith(name))


@pytest.mark.django_db
class TestTheCommand:
    def test_it_refuses_below_a_hundred_people_and_says_why(self):
        crowd(99)
        ran = run("assessment_reliability")
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("99 people have handed in this round, and it takes 100.")
        assert ".35 to .82" in ran.err

    def test_it_refuses_where_nobody_has_answered(self):
        assert run("assessment_reliability", "--phase", "end").err.startswith("0 people")

    def test_it_prints_both_reliabilities_of_each_area(self):
        crowd(110)
        out = run("assessment_reliability").out
        assert out.startswith("110 people, start round, bank dsc-core 1.")
        for area, skills in {"1": 2, "2": 3, "3": 2, "4": 3, "5": 2}.items():
            alpha, omega, parts, people = cells(out, f"area {area}, skills")
            assert (int(parts), int(people)) == (skills, 110)
            assert 0.5 < float(alpha) <= float(omega) + 0.011 < 1
            alpha, omega, parts, people = cells(out, f"area {area}, rungs")
            assert (int(parts), int(people)) == (3 * skills, 110)
            assert 0.5 < float(alpha) < 1
        assert "There are none." in out

    def test_it_prints_figures_on_every_question_that_was_asked(self):
        crowd(98)
        for answers in ({"s-1.2-I": "na"}, {"s-1.2-I": "skip"}):
            handed_in({**someone(Random(5)), **answers})
        out = run("assessment_reliability").out
        mean, rest, answers, skipped, _per, not_in_role, _cent = cells(out, "s-1.2-I")
        assert 1 < float(mean) < 3
        assert float(rest) > 0.5
        assert (int(answers), skipped, not_in_role) == (98, "1", "1")
        mean, rest, answers = cells(out, "k-4.1-A-a")[:3]
        assert 0.3 < float(mean) < 0.9
        assert int(answers) == 100
        assert "s-1.1-I" not in out

    def test_it_measures_the_error_of_people_who_did_it_twice(self):
        crowd(90)
        random = Random(9)
        for _ in range(12):
            account, answers = factories.user(), someone(random)
            handed_in(answers, account=account, days_ago=20)
            again = {**answers, "s-1.3-I": max(2, min(4, int(answers["s-1.3-I"]) + random.choice((-1, 0, 1))))}
            handed_in(again, account=account, days_ago=10, place=OTHER)
        out = run("assessment_reliability").out
        assert out.startswith("102 people"), "somebody who did it twice counts once"
        error, people = cells(out, "area 1  ")
        assert 0 < float(error) < 20
        assert int(people) == 12
        assert cells(out, "area 5  ") == ["0.0", "12"]

    def test_course_and_programme_narrow_it_down(self):
        crowd(100)
        crowd(2, place=OTHER)
        assert run("assessment_reliability", "--course", factories.OTHER_COURSE).err.startswith("2 people")
        assert run("assessment_reliability", "--programme", "second").err.startswith("0 people")
        assert run("assessment_reliability", "--course", "nonsense").err == "nonsense is not a course key."


@pytest.mark.django_db
class TestTheSample:
    def test_rounds_that_look_clicked_through_are_left_out_and_counted(self):
        crowd(3)
        crowd(2, careless=["quick", "straight"])
        crowd(1, careless=["quick"])
        sample = sample_of("start")
        assert (len(sample.rounds), sample.careless) == (4, 2)

    def test_open_rounds_other_phases_and_other_banks_are_not_in_it(self):
        crowd(1, bank="depots", days_ago=40)
        crowd(1, bank_version="0.9.0", days_ago=40)
        crowd(2)
        crowd(1, phase="end")
        Attempt.objects.filter(pk=crowd(1)[0].pk).update(submitted_at=None)
        assert len(sample_of("start").rounds) == 2

    @pytest.mark.parametrize(("apart", "pairs"), [(6, 0), (7, 1), (14, 1), (15, 0)])
    def test_two_rounds_within_one_to_two_weeks_are_a_retest(self, apart, pairs):
        account = factories.user()
        first = handed_in(someone(Random(1)), account=account)
        second = handed_in(someone(Random(2)), account=account, place=OTHER)
        Attempt.objects.filter(pk=second.pk).update(submitted_at=first.submitted_at + timedelta(days=apart))
        assert len(sample_of("start").retests) == pairs

    def test_it_takes_two_queries_however_many_people_there_are(self):
        crowd(5)
        with CaptureQueriesContext(connection) as asked:
            sample_of("start")
        assert len(asked) == 2


def a_round(checks=(), **answers):
    said = {item.replace("_", "-"): answer for item, answer in answers.items()}
    return Round(load_bank(), ("1.2", "1.3"), seed=0, answers=said, uses_checks=True, checks=checks, keeps_checks=True)


def of(steps, **more):
    """A round over 1.2 and 1.3 from the steps on their two rungs: up for 2 and more, else down."""
    answers = {}
    for code, (first, second) in zip(("1.2", "1.3"), steps, strict=True):
        answers |= {f"s-{code}-I": first, f"s-{code}-{'A' if first in (2, 3, 4) else 'B'}": second}
    return a_round(**answers, **more)


class TestTheTables:
    def test_rungs_that_were_not_asked_count_as_in_the_score(self):
        """B, I, A of 1.2, then of 1.3. In the column of 1.3's B everybody has 4, so it is left out."""
        rounds = [of([(3, 1), (2, 2)]), of([(1, 3), (4, 0)])]
        assert rung_table(rounds, ("1.2", "1.3")) == [[4, 3, 1, 2, 2], [3, 1, 0, 4, 0]]

    def test_people_without_every_answer_are_in_no_table(self):
        rounds = [of([(3, 1), (2, 2)]), of([("na", 0), (4, 0)]), of([(3, "skip"), (4, 0)])]
        assert len(rung_table(rounds, ("1.2", "1.3"))) == 1
        assert len(competence_table([said.profile() for said in rounds], ("1.2", "1.3"))) == 2

    def test_only_competences_that_everybody_was_asked_about_are_compared(self):
        area = load_bank().areas[0]
        few = Round(load_bank(), ("1.2",), seed=0, answers={})
        assert common_competences([of([(3, 1), (2, 2)])], area) == ("1.2", "1.3")
        assert common_competences([of([(3, 1), (2, 2)]), few], area) == ("1.2",)

    def test_an_item_goes_with_the_rest_of_the_same_person(self):
        """1.2 at I = 3, A = 1: its rest is 1.3, 100 (4 + 2 + 2) / 12. One scenario right, one wrong, one skipped."""
        checks = ("k-1.2-I-a", "k-1.3-A-a", "k-2.4-I-a")
        said = of([(3, 1), (2, 2)], checks=checks, **{"k-1.2-I-a": Chosen("open"), "k-1.3-A-a": Chosen("unsure")})
        found = item_answers(load_bank(), [said, of([("na", 0), (2, 2)]), of([(3, "skip"), (2, 2)])])
        assert found["s-1.2-I"].pairs == [[3, pytest.approx(800 / 12)], [3, pytest.approx(800 / 12)]]
        assert (found["s-1.2-I"].not_in_role, found["s-1.2-A"].skipped, found["s-1.2-A"].asked) == (1, 1, 2)
        assert found["k-1.2-I-a"].pairs == [[1.0, 0.0]]
        assert found["k-1.3-A-a"].pairs == [[0.0, 1.0]]
        assert "s-1.2-B" not in found

    def test_two_rounds_give_pairs_of_scores(self):
        """1.2: 66.7 then 75; 1.3: 66.7 both times; area 1 their mean; too few areas for an overall score."""
        tables = retest_tables(load_bank(), [(of([(3, 1), (2, 2)]), of([(3, 2), (2, 2)]))])
        assert tables["area 1"] == [[pytest.approx(66.667, abs=0.001), pytest.approx(70.833, abs=0.001)]]
        assert len(tables["skills"]) == 2
        assert tables["overall"] == tables["area 2"] == []

    def test_a_settled_second_rung_is_the_one_that_counts(self):
        said = Round(
            load_bank(),
            ("1.2",),
            seed=0,
            answers={"s-1.2-I": 3, "s-1.2-A": 4, "s-1.2-B": 2},
            routes={"1.2": Rung.B},
        )
        assert rung_table([said, of([(0, 0), (0, 0)])], ("1.2",)) == [[2, 3], [0, 0]]
