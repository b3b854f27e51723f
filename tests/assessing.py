"""Going through the self-assessment in tests, by the services that people's clicks call."""

import factories

from reverse_mentoring_xblock.domain.assessment.topics import TARGETS
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Attempt
from reverse_mentoring_xblock.selectors.assessment import round_of
from reverse_mentoring_xblock.services.assessment import answer_item, begin, submit_assessment

TARGET = TARGETS["intermediate"]


def open_question(person, phase="start"):
    """The question that a person has to answer next, or None."""
    attempt = Attempt.objects.get(participant=person, phase=phase)
    return round_of(attempt, Role(person.role)).position().question


def answered(person, special=None, *, default="3", matters="2", phase="start", competence_set="core-12"):
    """Let somebody answer everything: ``special`` by question id or competence, the rest ``default``."""
    special = special or {}
    begin(factories.PLACE, person.user_id, phase, competence_set)
    while question := open_question(person, phase):
        fallback = matters if question.kind == "matters" else special.get(question.competence, default)
        value = special.get(question.id, fallback)
        answer_item(factories.PLACE, person.user_id, phase, question.id, value)
    return person


def handed_in(person, special=None, *, phase="start", target=TARGET, **answers):
    """Let somebody have answered everything and handed it in."""
    answered(person, special, phase=phase, **answers)
    submit_assessment(factories.PLACE, person.user_id, phase, target)
    return person
