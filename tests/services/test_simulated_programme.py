"""People whose true skills are known, answering through rows: the report for the group shows about what is true."""

from random import Random

import factories
import pytest
from django.utils import timezone

from reverse_mentoring_xblock.content.loading import load_bank
from reverse_mentoring_xblock.domain.assessment.answers import Chosen
from reverse_mentoring_xblock.domain.assessment.bank import Form, Rung
from reverse_mentoring_xblock.domain.assessment.repeating import repeated
from reverse_mentoring_xblock.domain.assessment.rounds import Round
from reverse_mentoring_xblock.domain.assessment.summary import summary
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Answer, Attempt
from reverse_mentoring_xblock.selectors.assessment import assessment_of
from reverse_mentoring_xblock.selectors.cohort_report import cohort_report

PEOPLE = 120
HARDER = {Rung.B: -1.2, Rung.I: 0.0, Rung.A: 1.2}
pytestmark = pytest.mark.django_db


def reply(rng, bank, question, skill):
    """A noisy answer of somebody with this true skill, 0 to 4: the same way of answering at both times."""
    if question.kind == "matters":
        return rng.choice((1, 2, 3))
    if question.kind == "check":
        check = bank.checks[question.id]
        is_right = rng.random() < 0.25 + 0.15 * max(0.0, min(4.0, skill))
        wrong = next(option for option in check.options if option != check.key)
        return Chosen(check.key if is_right else wrong, "even")
    item = question.id.removeprefix("then-")
    return max(0, min(4, round(rng.gauss(skill - HARDER[bank.items[item].rung], 1.1))))


def answered(rng, said, skills):
    while question := said.position().question:
        said = said.with_answer(question.id, reply(rng, said.bank, question, skills[question.competence]))
    return said


def store(person, said, phase, repeats=None):
    """The round as handing in leaves it; reading it back goes through the selectors alone."""
    read = said.profile()
    attempt = Attempt.objects.create(
        participant=person, phase=phase, bank=said.bank.id, bank_version=said.bank.version,
        bank_digest=said.bank.digest, competences=list(said.competences), seed=said.seed, form=said.form,
        uses_checks=True, checks=list(said.checks), repeats=repeats, routes=dict(said.routes),
        looks_back=list(said.looks_back), open_slot=None, submitted_at=timezone.now(),
        topics=[topic.competence for topic in read.topics.chosen], scores=summary(read).as_json(),
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(attempt=attempt, item=item, value=getattr(answer, "choice", str(answer)),
               confidence=getattr(answer, "confidence", None) or "")
        for item, answer in said.answers.items()
    )  # fmt: skip
    return attempt


def programme(gain):
    """Everybody's two rounds; true skills in topics grow by ``gain`` steps of the scale, all others stay."""
    rng, bank = Random(2026), load_bank()
    codes = bank.sets["core-12"]
    for _ in range(PEOPLE):
        person = factories.participant(Role.MENTEE)
        general = rng.gauss(2.0, 0.6)
        skills = {code: rng.gauss(general, 0.55) for code in codes}
        seed = rng.randrange(2**31)
        first = Round(bank, codes, seed, {}, form=(Form.A, Form.B)[seed % 2], uses_checks=True)
        start = answered(rng, first, skills)
        attempt = store(person, start, "start")
        now = {code: skill + gain * (code in attempt.topics) for code, skill in skills.items()}
        store(person, answered(rng, repeated(start, attempt.topics, 0), now), "end", attempt)
    return person


def test_where_nothing_changed_the_report_says_so():
    programme(0.0)
    gain = cohort_report(factories.PLACE).gain
    assert abs(gain.targeted.mean) < 3
    assert gain.difference.low < 0 < gain.difference.high
    assert gain.overall.low < 0 < gain.overall.high
    before, after = gain.scenarios
    assert abs(before - after) < 0.05


def test_a_true_gain_is_found_where_it_was_made():
    person = programme(1.0)
    gain = cohort_report(factories.PLACE).gain
    assert gain.targeted.n == PEOPLE
    assert 8 < gain.targeted.mean < 25
    assert gain.difference.low > 5
    assert abs(gain.untargeted.mean) < 3
    row = assessment_of(person.pk, Role.MENTEE, "end")
    kept = Attempt.objects.get(participant=person, phase="end").scores
    assert kept["overall"] == pytest.approx(row.round.profile().overall)
