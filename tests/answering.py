"""Going through a round of the self-assessment in tests, in the domain alone."""

from reverse_mentoring_xblock.domain.assessment.answers import UNSURE, Chosen
from reverse_mentoring_xblock.domain.assessment.rounds import Round


def ids(questions):
    return [question.id for question in questions]


def a_round(bank, competences=None, **facts):
    return Round(**{"bank": bank, "competences": competences or bank.competences, "seed": 7, "answers": {}, **facts})


def walked(said, reply):
    """Answer question after question with ``reply(question)`` until nothing is left."""
    while question := said.position().question:
        assert question.id not in said.answers
        said = said.with_answer(question.id, reply(question))
    return said


def right(bank, check, confidence=None):
    return Chosen(bank.checks[check].key, confidence)


def wrong(bank, check, confidence=None):
    asked = bank.checks[check]
    return Chosen(next(option for option in asked.options if option != asked.key), confidence)


def told(bank, check, what, confidence=None):
    """An answer to a scenario in one word: right, wrong, unsure or skip."""
    if what == "skip":
        return "skip"
    if what == "unsure":
        return Chosen(UNSURE)
    return right(bank, check, confidence) if what == "right" else wrong(bank, check, confidence)
