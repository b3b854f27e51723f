"""A cohort whose true levels are known, through whole rounds: what do the figures make of it?

Each of 400 people stands somewhere on every competence of Core-12 (a general level of their own, and a part of each
competence's own) and answers question by question with noise, at the start and at the end. Topics are those that the
report suggests. Between the rounds either nothing changes, or people have learnt on their topics and nowhere else.
"""

from itertools import pairwise
from math import erf, exp, sqrt
from random import Random
from statistics import correlation, fmean

import pytest
from answering import a_round, told, walked

from reverse_mentoring_xblock.domain.assessment.bank import Form, Rung
from reverse_mentoring_xblock.domain.assessment.cohort import Member, Reading, figures
from reverse_mentoring_xblock.domain.assessment.interchange import chosen_topics
from reverse_mentoring_xblock.domain.assessment.ladder import questions_about
from reverse_mentoring_xblock.domain.assessment.repeating import repeated
from reverse_mentoring_xblock.domain.assessment.scores import check_position, evidence_score
from reverse_mentoring_xblock.domain.assessment.summary import summary

PEOPLE = 400
LEARNT = 21.0
"""On the scale of what people know. Scores move by about two thirds of it: the end asks two rungs of three again."""

HARDER = {Rung.B: -1.2, Rung.I: 0.0, Rung.A: 1.2}
DIFFICULTY = {Rung.B: 30.0, Rung.I: 50.0, Rung.A: 70.0}
MOOD, SLIP = 0.55, 0.5
"""In steps: what somebody makes of a competence on that day, and how far one answer strays from it."""


def knows(level, rung):
    """How likely somebody on that level is to choose rightly; one in five does by luck."""
    return 0.2 + 0.8 / (1 + 10 ** ((DIFFICULTY[rung] - level) / 40))


def answered(said, chance, levels):
    """A round answered by somebody who stands on those ``levels`` (0-100 by competence)."""
    bank, mood = said.bank, {code: chance.gauss(0, MOOD) for code in said.competences}

    def reply(question):
        if question.kind == "matters":
            return chance.choice((1, 2, 2, 3))
        if question.kind == "check":
            is_right = chance.random() < knows(levels[question.competence], bank.checks[question.id].rung)
            return told(bank, question.id, "right" if is_right else "wrong", "even")
        rung = bank.items[question.id.removeprefix("then-")].rung
        view = levels[question.competence] / 25 - HARDER[rung] + mood[question.competence]
        return max(0, min(4, round(chance.gauss(view, SLIP))))

    for code in said.competences:
        for place in range(3):
            question = questions_about(bank, code, said.answers, said.routes)[place]
            said = said.with_answer(question.id, reply(question))
    return walked(said, reply)


def steps_from(view):
    """How likely each step is for somebody who means ``view``."""
    reach = [1.0, *(0.5 + 0.5 * erf((view - step + 0.5) / SLIP / sqrt(2)) for step in (1, 2, 3, 4)), 0.0]
    return [at_least - more for at_least, more in pairwise(reach)]


def expected(end, code, level):
    """The score that the end round would show of that level on average, worked out without a draw."""
    rung = end.routes[code]
    check = next((end.bank.checks[name] for name in end.checks if end.bank.checks[name].competence == code), None)
    moods = [(MOOD * place / 2, exp(-(place**2) / 8)) for place in range(-6, 7)]
    likely, whole = [0.0] * 9, sum(weight for _, weight in moods)
    for mood, weight in moods:
        seconds = steps_from(level / 25 - HARDER[rung] + mood)
        for first, one in enumerate(steps_from(level / 25 + mood)):
            for second, other in enumerate(seconds):
                likely[first + second] += weight / whole * one * other
    unasked = 4 if rung is Rung.A else 0
    return sum(part * with_scenario(100 * (steps + unasked) / 12, check, level) for steps, part in enumerate(likely))


def with_scenario(own, check, level):
    if check is None:
        return own
    right, wrong = (evidence_score(own, [check_position(check.rung, way, own)]) for way in (True, False))
    return wrong + knows(level, check.rung) * (right - wrong)


@pytest.fixture(scope="module")
def starts(shipped_bank):
    """Of each person: their levels, the start round, its scores and topics."""
    found = []
    for number in range(PEOPLE):
        chance = Random(f"start {number}")
        own = chance.gauss(48, 10)
        levels = {code: max(5.0, min(82.0, own + chance.gauss(0, 11))) for code in shipped_bank.sets["core-12"]}
        said = a_round(shipped_bank, tuple(levels), seed=number, form=tuple(Form)[number % 2], uses_checks=True)
        said = answered(said, chance, levels)
        found.append((levels, said, summary(said.profile()), chosen_topics(said.profile())))
    return found


def learnt(starts, points):
    """The members after everybody has learnt so many points on their topics, and their end rounds."""
    members, ends = [], []
    for number, (levels, start, before, topics) in enumerate(starts):
        now = {code: level + (points if code in topics else 0) for code, level in levels.items()}
        end = answered(repeated(start, topics, 0), Random(f"end {number}"), now)
        ends.append(end)
        after = Reading(summary(end.profile()), end.form, False)
        members.append(Member(Reading(before, start.form, False), after, topics))
    return members, ends


def naive_gain(members):
    """What is gained on topics from plain start scores: the picture that misleads."""
    return fmean(
        one.end.scores.competences[code] - one.start.scores.competences[code] for one in members for code in one.topics
    )


def lasting(members):
    """The share of a difference between a person's competences that lasts: the retest correlation within people."""
    before, after = [], []
    for one in members:
        for reading, side in ((one.start, before), (one.end, after)):
            mean = fmean(reading.scores.competences.values())
            side += [score - mean for _, score in sorted(reading.scores.competences.items())]
    return correlation(before, after)


def test_no_change_looks_like_none(shipped_bank, starts):
    members, _ends = learnt(starts, 0.0)
    gain = figures(shipped_bank, members, members).gain
    # The correction rests on rho = .50; this cohort is about as steady.
    assert lasting(members) == pytest.approx(shipped_bank.scoring.rho_within, abs=0.1)
    assert gain.targeted.n == PEOPLE
    assert naive_gain(members) > 8
    assert abs(gain.targeted.mean) < 1.5
    assert gain.difference.low < 0 < gain.difference.high
    assert abs(gain.overall.mean) < 1
    before, after = gain.scenarios
    assert after == pytest.approx(before, abs=0.03)


def test_what_was_learnt_on_topics_is_found(shipped_bank, starts):
    members, ends = learnt(starts, LEARNT)
    gain = figures(shipped_bank, members, members).gain
    true_gain = fmean(
        expected(end, code, levels[code] + LEARNT) - expected(end, code, levels[code])
        for (levels, _start, _before, topics), end in zip(starts, ends, strict=True)
        for code in topics
    )
    assert true_gain == pytest.approx(13, abs=1)
    assert gain.targeted.low < true_gain < gain.targeted.high
    assert gain.difference.low < true_gain < gain.difference.high
    assert gain.untargeted.mean == pytest.approx(0, abs=1)
    assert naive_gain(members) > true_gain + 8
    before, after = gain.scenarios
    assert after > before + 0.02
