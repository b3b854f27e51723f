"""Going through the self-assessment in tests, by the services that people's clicks call."""

from datetime import timedelta
from uuid import uuid4

import factories
from django.utils import timezone

from reverse_mentoring_xblock.content.instrument import shipped
from reverse_mentoring_xblock.domain.assessment.answers import Chosen
from reverse_mentoring_xblock.domain.assessment.scenarios import most_checks
from reverse_mentoring_xblock.domain.assessment.setup import RoleProfile, Setup
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Attempt
from reverse_mentoring_xblock.selectors.rounds import round_of
from reverse_mentoring_xblock.services.assessment import answer_item, begin, submit_assessment
from reverse_mentoring_xblock.standalone.models import CourseNode

TARGET = 60.0


def author_sets(**fields):
    """Let the author change settings of the start block."""
    node = CourseNode.objects.filter(category="reverse_mentoring_assessment").order_by("pk")[0]
    node.fields = {**node.fields, **fields}
    node.save()


def setup(competence_set="core-12", *, target=TARGET, scenarios=False, **facts):
    """What an author set: one role and no scenarios unless told otherwise."""
    bank = shipped().bank
    competences = bank.sets[competence_set]
    checks = most_checks(bank, len(competences)) if scenarios else 0
    return Setup(competences, (RoleProfile("general", target),), most_checks=checks, **facts)


def started(person, phase="start", competence_set="core-12", **facts):
    """Let somebody begin a round; an end round seven weeks after the start."""
    if phase == "end":
        long_ago = timezone.now() - timedelta(weeks=7)
        recent = Attempt.objects.filter(participant=person, phase="start", submitted_at__gt=long_ago)
        recent.update(submitted_at=long_ago)
    return begin(factories.PLACE, person.user_id, phase, setup(competence_set, **facts), shipped())


def open_question(person, phase="start"):
    """The question that a person has to answer next, or None."""
    attempt = Attempt.objects.get(participant=person, phase=phase)
    return round_of(attempt, Role(person.role)).position().question


def answered(person, special=None, *, default="3", matters="2", right=True, phase="start", **facts):
    """Let somebody answer everything: ``special`` by question id or competence, the rest ``default``. Scenarios are
    answered rightly or not, fairly sure."""
    special = special or {}
    started(person, phase, **facts)
    while question := open_question(person, phase):
        if question.kind == "check":
            choice = a_choice(question.id, right=right)
            answer_item(factories.PLACE, person.user_id, phase, question.id, choice.choice, choice.confidence)
            continue
        fallback = matters if question.kind == "matters" else special.get(question.competence, default)
        value = special.get(question.id, "1" if question.kind in ("term", "goal") else fallback)
        answer_item(factories.PLACE, person.user_id, phase, question.id, value)
    return person


def a_choice(check, *, right):
    """The right option of a scenario or the first wrong one."""
    known = shipped().bank.checks[check]
    wrong = next(option for option in known.options if option != known.key)
    return Chosen(known.key if right else wrong, "fairly")


def handed_in(person, special=None, *, phase="start", **facts):
    """Let somebody have answered everything and handed it in."""
    answered(person, special, phase=phase, **facts)
    submit_assessment(factories.PLACE, person.user_id, phase)
    return person


def answer_until(person, prefix, *, phase="start", answer="3"):
    """Let somebody go on answering until a question of that kind is open, or none is."""
    while (question := open_question(person, phase)) and not question.id.startswith(prefix):
        choice = a_choice(question.id, right=True) if question.kind == "check" else None
        value = choice.choice if choice else "2" if question.kind in ("matters", "term", "goal") else answer
        answer_item(factories.PLACE, person.user_id, phase, question.id, value, choice.confidence if choice else "")


def crowd_like(first, count):
    """So many other mentees who answered as ``first`` did, in the same department, by copies of the rows.

    A test answers in no time, which would leave all of them out of the figures as careless.
    """
    first.attempts.update(careless=[])
    rows = list(first.attempts.order_by("pk"))
    for _ in range(count):
        person = factories.participant(Role.MENTEE, department=first.department)
        start = None
        for row in rows:
            copy = Attempt.objects.get(pk=row.pk)
            copy.pk, copy.uuid, copy.participant = None, uuid4(), person
            copy.repeats = start if row.repeats_id else None
            copy.submitted_at = timezone.now()
            copy.save(force_insert=True)
            start = start or copy
