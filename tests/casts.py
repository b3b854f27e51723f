"""A whole programme at once: somebody in every place that people can have in it, and as many more as a test wants."""

from datetime import timedelta

import assessing
import factories
from callers import Browser
from django.utils import timezone

from reverse_mentoring_xblock.content.loading import load_training_pack
from reverse_mentoring_xblock.domain.assessment.answers import Chosen
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role, SessionState
from reverse_mentoring_xblock.models import Action, Answer, Attempt, CheckAttempt, ModuleProgress, Reflection
from reverse_mentoring_xblock.services.assessment import answer_item, submit_assessment
from reverse_mentoring_xblock.services.proposing import propose

TRAINING = "reverse_mentoring_training"
JOURNAL = "reverse_mentoring_journal"

#: Everybody who looks at a page, by the name under which ``whole_cast`` returns their account.
LEARNERS = (
    "not joined",
    "invited",
    "joined mentor",
    "joined mentee",
    "reading a module",
    "failed a check",
    "trained",
    "answering questions",
    "assessed mentee",
    "assessed mentor",
    "signed-up mentor",
    "signed-up mentee",
    "offered mentor",
    "offered mentee",
    "paired mentor",
    "paired mentee",
    "mentor at a session",
    "mentee at a session",
    "after a pairing",
    "paused",
    "withdrawn",
)
STAFF = ("coordinator", "coordinator who takes part")


def whole_cast(*, more=0, sessions=3):
    """One account for each name of ``LEARNERS`` and ``STAFF``; ``more`` casts beside them, in all the same places.

    ``sessions`` is how many of each kind a pair has. At the end there is an open proposal of pairs.
    """
    accounts = _cast(sessions)
    _open_pages(accounts)
    for _ in range(more):
        _cast(sessions)
    accounts["coordinator"] = factories.coordinator()
    accounts["coordinator who takes part"] = factories.coordinator()
    factories.participant(Role.MENTOR, account=accounts["coordinator who takes part"])
    proposed = propose(factories.PLACE, accounts["coordinator"].pk, PairingRules())
    assert proposed.pairs > more
    assert proposed.left_out > 0
    return accounts


def _cast(sessions):
    trained = factories.trained
    paired = _pair(sessions)
    reading = _pair(sessions)
    offered = factories.pairing(trained(factories.mentor()), ready_mentee(), PairingState.OFFERED)
    ended = factories.pairing(trained(factories.mentor()), ready_mentee(), PairingState.ENDED)
    factories.session(ended)
    people = {
        "invited": factories.participant(Role.MENTEE, ParticipantState.INVITED),
        "joined mentor": factories.participant(Role.MENTOR),
        "joined mentee": factories.participant(Role.MENTEE),
        "reading a module": factories.participant(Role.MENTOR),
        "failed a check": failed(factories.participant(Role.MENTEE)),
        "trained": trained(factories.participant(Role.MENTEE)),
        "answering questions": answering(factories.participant(Role.MENTEE)),
        "assessed mentee": assessed(factories.participant(Role.MENTEE)),
        "assessed mentor": assessed(factories.participant(Role.MENTOR)),
        "signed-up mentor": assessed(trained(factories.mentor(capacity=2))),
        "signed-up mentee": ready_mentee(),
        "offered mentor": offered.mentor,
        "offered mentee": offered.mentee,
        "paired mentor": paired.mentor,
        "paired mentee": paired.mentee,
        "mentor at a session": reading.mentor,
        "mentee at a session": reading.mentee,
        "after a pairing": ended.mentee,
        "paused": trained(factories.mentor(ParticipantState.PAUSED)),
        "withdrawn": factories.participant(Role.MENTEE, ParticipantState.WITHDRAWN),
    }
    trained(factories.mentor(level=1, languages=["pt"]))  # speaks with nobody, so every proposal leaves somebody out
    return {"not joined": factories.user(), **{name: person.user for name, person in people.items()}}


def ready_mentee():
    """A mentee who has gone through every gate."""
    return assessed(factories.trained(factories.mentee()))


def failed(person):
    """Let somebody have handed in one check of their role, all wrong."""
    pack = load_training_pack()
    module = next(one for one in pack.modules if one.role == person.role)
    progress = ModuleProgress.objects.create(
        participant=person, module=module.id, step=len(module.pages), attempts=1, best_percent=0
    )
    wrong = {
        question.id: next(option for option in question.options if option != pack.keys[module.id, question.id])
        for question in module.check
    }
    CheckAttempt.objects.create(progress=progress, number=1, answers=wrong, percent=0)
    return person


def answering(person, questions=5):
    """Let somebody have answered some questions of the assessment, or all of them with ``questions=None``."""
    assessing.started(person, scenarios=True)
    while questions is None or questions:
        question = assessing.open_question(person)
        if question is None:
            break
        said = assessing.a_choice(question.id, right=True) if question.kind == "check" else Chosen("2")
        answer_item(factories.PLACE, person.user_id, "start", question.id, said.choice, said.confidence or "")
        questions = questions and questions - 1
    return person


_answered = {}  # role: what somebody of that role answered before, so that a crowd need not be asked one by one


def assessed(person):
    """Let somebody have handed in the assessment."""
    if person.role not in _answered:
        answering(person, questions=None)
        answers = list(Answer.objects.filter(attempt__participant=person).values("item", "value", "confidence"))
        drawn = Attempt.objects.filter(participant=person).values("seed", "form", "checks").get()
        _answered[person.role] = (answers, drawn)
    else:
        answers, drawn = _answered[person.role]
        assessing.started(person, scenarios=True)
        Attempt.objects.filter(participant=person).update(**drawn)
        attempt = Attempt.objects.get(participant=person)
        Answer.objects.bulk_create(Answer(attempt=attempt, **answer) for answer in answers)
    submit_assessment(factories.PLACE, person.user_id, "start")
    return person


def _pair(sessions):
    """A pair with sessions of every kind, reflections of both with extracts, and next steps of both."""
    pair = factories.pairing(assessed(factories.trained(factories.mentor())), ready_mentee())
    now = timezone.now().replace(microsecond=0)
    for number in range(sessions):
        back = now - timedelta(days=7 + 10 * number)
        done = factories.session(pair, starts_at=back, topic="4.1", mentor_confirmed_at=back, mentee_confirmed_at=back)
        factories.session(pair, starts_at=back - timedelta(days=1), mentor_confirmed_at=back)
        factories.session(pair, SessionState.PLANNED, starts_at=now + timedelta(days=2 + number), topic="1.2")
        factories.session(pair, SessionState.CANCELLED, starts_at=back - timedelta(days=2), cancelled_by="mentee")
        factories.session(pair, SessionState.DISPUTED, starts_at=back - timedelta(days=3), mentor_confirmed_at=back)
        for author in (pair.mentor, pair.mentee):
            for revision in (1, 2):
                Reflection.objects.create(
                    session=done, author=author, revision=revision, what="This.", now_what="That.", extract="Both."
                )
            Action.objects.create(pairing=pair, owner=author, text=f"Try it, {number}", due_on=now.date())
            Action.objects.create(pairing=pair, owner=author, text=f"Done, {number}", done_at=now)
    return pair


def _open_pages(accounts):
    """What people have open in a block is remembered by the block itself, so they open it as people do."""
    module = next(one for one in load_training_pack().modules if one.role == Role.MENTOR)
    _do(accounts["reading a module"], TRAINING, "turn_page", module=module.id, step=1)
    module = next(one for one in load_training_pack().modules if one.role == Role.MENTEE)
    _do(accounts["failed a check"], TRAINING, "open_module", module=module.id)
    for name in ("mentor at a session", "mentee at a session"):
        reflection = Reflection.objects.filter(author__user=accounts[name]).first()
        _do(accounts[name], JOURNAL, "open_session", session=reflection.session.uuid)


def _do(account, block_type, handler, **data):
    answer = Browser(account).do(block_type, handler, **data)
    assert answer.status == 200, answer.html
