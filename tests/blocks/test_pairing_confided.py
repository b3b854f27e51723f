"""What somebody confided about somebody else is read nowhere: every page and every act, with it and without it."""

import re
from datetime import timedelta

import factories
import pytest
from callers import Browser, method_of, text_of
from django.db import transaction
from django.utils import timezone

from reverse_mentoring_xblock.domain.permissions import HANDLERS, Audience
from reverse_mentoring_xblock.domain.states import PairingState
from reverse_mentoring_xblock.models import (
    Avoided,
    DeclaredConflict,
    MatchRun,
    Pairing,
    Participant,
    PartnerRequest,
    Programme,
    Proposal,
    Veto,
    Wish,
)
from reverse_mentoring_xblock.standalone.models import CourseNode, ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
BLOCKS = ("reverse_mentoring", PAIRING, "reverse_mentoring_journal")
pytestmark = pytest.mark.usefixtures("course")

#: Acts whose answer rests on who may be paired: what keeps two people apart changes it, and is never told from another.
RESTING_ON_RULES = {
    *("propose", "look_at_search", "show_round", "release", "release_part", "finish_round"),
    *("weigh_word", "keep_word", "weigh_pair", "offer_pair", "find_mentor", "hand_over"),
    *("open_circles", "offer_circle", "forecast_ready", "try_points"),
}


@pytest.fixture
def world():
    """Two people who could be paired and are proposed, others of both roles, a pair, an offer and a mentor who is to be
    handed over; wishes, requests and names allowed."""
    node = CourseNode.objects.get(category=PAIRING)
    node.fields |= {"require_training": False, "require_assessment": False, "allow_requests": True}
    node.save()
    people = {
        "mentor": factories.mentor(account=factories.user("Tomasz", "Nowak"), manager="boss"),
        "mentee": factories.mentee(account=factories.user("Margaret", "Oduya"), manager="director"),
        "another mentor": factories.mentor(),
        "another mentee": factories.mentee(),
        "asker": factories.mentee(),
    }
    for _ in range(6):
        factories.mentor(), factories.mentee()
    factories.pairing(), factories.pairing(state=PairingState.OFFERED)
    Programme.objects.update(names_shown_at=timezone.now())
    boss = factories.coordinator(first_name="Ingrid", last_name="Solheim")
    assert Browser(boss).do(PAIRING, "propose").status == 200
    return {**people, "boss": boss, "outsider": factories.participant("mentee")}


def everything_sent(world):
    """One form with everything that any act could ask for, about the two."""
    mentor, mentee = world["mentor"], world["mentee"]
    run = MatchRun.objects.get()
    pair = Pairing.objects.get(state=PairingState.ACTIVE)
    shares = {"cover": 50, "interests": 8, "wishes": 12, "style": 4, "department": 5, "site": 3, "queue": 8}
    return {
        **{"card": mentor.uuid, "rank": 1, "mentor": mentor.uuid, "mentee": mentee.uuid, "step": "hours"},
        **{"run": run.uuid, "said": f"fix:{mentor.uuid}:{mentee.uuid}", "mentor_name": "Nowak", "mentee_name": "Oduya"},
        **{"pairing": pair.uuid, "participant": mentee.uuid, "person": mentee.uuid, "search": "", "topic": "4.1"},
        "mentees": [one.uuid for one in Participant.objects.filter(role="mentee", state="signed_up")[:3]],
        "pairs": [one.uuid for one in Proposal.objects.filter(mentor=mentor)],
        **{"sort": "mentor", "show": "all", "standing": "everybody", "one": "nobody.at.all", "other": "nobody"},
        **shares,
    }


def walk(account, handlers, sent):
    """What somebody sees of every page and as the answer to every act; each begins with everything as it was."""
    browser = Browser(account)
    seen = {f"{block} page": (200, _plain(browser.see(block))) for block in BLOCKS}
    for handler in handlers:
        for page in pages_of(handler):
            mark = transaction.savepoint()
            answer = browser.do(PAIRING, handler, _method=method_of(handler), **{**sent, "page": page})
            told = list(ReceivedEvent.objects.order_by("pk").values_list("name", flat=True))
            seen[f"{handler} {page}"] = answer.status, _plain(answer.html), answer.said, told
            transaction.savepoint_rollback(mark)
    return seen


def pages_of(handler):
    if handler == "open_desk_page":
        return ("people", "pairs", "history")
    return (1,)


def _plain(page):
    """Without tokens, and numbers that stand for a moment or for a draw."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d\d:\d\d|\d{7,}", "", text_of(page))


def handlers_for(audience):
    return [handler for handler, whose in HANDLERS[PAIRING].items() if whose is audience]


def said_about(world):
    """What the mentor or a coordinator said about the two, or who they said is their manager."""
    mentor, mentee = world["mentor"], world["mentee"]
    request = {"programme": mentor.programme, "mentor": mentor, "answer_by": timezone.now() + timedelta(days=5)}
    return {
        "wish": lambda: Wish.objects.create(participant=mentor, wished=mentee, rank=1),
        "request": lambda: PartnerRequest.objects.create(mentee=world["asker"], **request),
        "veto": lambda: Veto.objects.create(participant=mentor, person=mentee.user.username),
        "passed over": lambda: Avoided.objects.create(participant=mentor, avoided=mentee),
        "conflict": lambda: DeclaredConflict.objects.create(programme=mentor.programme, mentor=mentor, mentee=mentee),
        "manager": lambda: Participant.objects.filter(pk=mentor.pk).update(manager=mentee.user.username),
    }


@pytest.mark.parametrize("reader", ["mentee", "another mentor", "another mentee", "outsider"])
@pytest.mark.parametrize("what", ["wish", "request", "veto", "passed over", "conflict", "manager"])
def test_no_learner_sees_a_difference(world, reader, what):
    account = world[reader].user
    handlers, sent = handlers_for(Audience.LEARNER), everything_sent(world)
    before = walk(account, handlers, sent)
    assert (before["ask_mentor 1"][0] == 200) == (reader in ("mentee", "another mentee"))
    said_about(world)[what]()
    assert walk(account, handlers, sent) == before


@pytest.mark.parametrize("what", ["request", "veto", "passed over"])
def test_no_coordinator_sees_a_difference_where_nothing_rests_on_it(world, what):
    handlers = [one for one in handlers_for(Audience.COORDINATOR) if one not in RESTING_ON_RULES]
    sent = everything_sent(world)
    before = walk(world["boss"], handlers, sent)
    said_about(world)[what]()
    assert walk(world["boss"], handlers, sent) == before


def test_where_something_rests_on_it_a_veto_reads_like_what_a_coordinator_declared(world):
    sent, seen = everything_sent(world), []
    for what in ("veto", "passed over", "conflict"):
        mark = transaction.savepoint()
        said_about(world)[what]()
        seen.append(walk(world["boss"], sorted(RESTING_ON_RULES), sent))
        transaction.savepoint_rollback(mark)
    assert seen[0] == seen[1] == seen[2]
    assert "kept in confidence" in seen[0]["weigh_pair 1"][1]


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_nobody_else_sees_that_one_of_two_has_accepted(world, side):
    offer = Pairing.objects.get(state=PairingState.OFFERED)
    sent = {**everything_sent(world), "pairing": offer.uuid}
    other = getattr(offer, "mentee" if side == "mentor" else "mentor").user
    readers = {
        other: [one for one in handlers_for(Audience.LEARNER) if one != "accept"],
        world["boss"]: handlers_for(Audience.COORDINATOR),
    }
    before = [walk(account, handlers, sent) for account, handlers in readers.items()]
    assert before[0]["decline 1"][0] == before[1]["withdraw_offer 1"][0] == 200
    Pairing.objects.update(**{f"{side}_accepted_at": timezone.now()})
    assert [walk(account, handlers, sent) for account, handlers in readers.items()] == before
