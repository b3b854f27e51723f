"""Two programmes in one course: the same people, other roles, and nothing of one in the other."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import factories
import pytest
from callers import Browser, method_of, text_of

from reverse_mentoring_xblock.domain.permissions import HANDLERS
from reverse_mentoring_xblock.domain.states import ParticipantState
from reverse_mentoring_xblock.models import (
    AuditEntry,
    Circle,
    DeclaredConflict,
    MatchRun,
    Override,
    Pairing,
    Participant,
    PartnerRequest,
    Programme,
    Proposal,
    RosterFile,
    Session,
    Wish,
)
from reverse_mentoring_xblock.services.clearing import forget_in_block
from reverse_mentoring_xblock.standalone.models import Completion, CourseNode, ReceivedEvent

FIRST, SECOND = factories.PLACE, factories.Place(factories.COURSE, "second")
HOME, PAIRING, JOURNAL = "reverse_mentoring", "reverse_mentoring_pairing", "reverse_mentoring_journal"
SETTINGS = {"require_training": False, "require_assessment": False, "allow_requests": True}


class Programmes(Browser):
    """A browser that finds the blocks of one programme."""

    def __init__(self, account, place):
        super().__init__(account)
        self.place = place

    def node(self, block_type):
        nodes = CourseNode.objects.filter(category=block_type)
        return next(node for node in nodes if node.fields.get("programme", "main") == self.place.slug)

    def see(self, block_type):
        page = self.client.get(f"/units/{self.node(block_type).parent.usage_key}").content.decode()
        sections = page.split('<section class="rm"')[1:]
        [own] = [one for one in sections if f'data-rm-id="{self.node(block_type).usage_key.block_id}"' in one]
        return own.split("</section>")[0]

    def do(self, block_type, handler, **sent):
        url = f"/courses/{factories.COURSE}/xblock/{self.node(block_type).usage_key}/handler/{handler}"
        headers = {"RM-Request": "1", "X-CSRFToken": "t" * 32}
        kind = "application/x-www-form-urlencoded"
        answer = self.client.post(url, urlencode(sent, doseq=True), content_type=kind, headers=headers)
        assert answer.status_code < 500
        return answer


@pytest.fixture(autouse=True)
def _course(course):
    """Every block stands a second time in its unit, for the second programme."""
    for node in list(CourseNode.objects.filter(category__in=HANDLERS)):
        if node.category == PAIRING:
            node.fields |= SETTINGS
            node.save()
        again = f"{node.usage_key.block_id}-second"
        CourseNode.objects.create(
            course=node.course,
            parent=node.parent,
            usage_key=factories.COURSE.make_usage_key(node.category, again),
            category=node.category,
            title=node.title,
            position=node.position + 1000,
            fields={**node.fields, "programme": "second"},
        )


@pytest.fixture
def boss():
    return factories.coordinator()


@pytest.fixture
def both():
    """Tomasz and Margaret are in both programmes, each in another role there."""
    tomasz, margaret = factories.user("Tomasz", "Nowak"), factories.user("Margaret", "Oduya")
    junior, senior = factories.user("Grace", "Whitmore"), factories.user("Henrik", "Lindqvist")
    factories.mentor(account=tomasz)
    factories.mentee(account=margaret)
    factories.mentor(account=junior, place=SECOND, level=1)
    factories.mentee(account=tomasz, place=SECOND, level=2)
    factories.mentee(account=senior, place=SECOND, level=8)
    factories.mentor(account=margaret, place=SECOND, level=7)
    return {"tomasz": tomasz, "margaret": margaret, "junior": junior, "senior": senior}


def names_in(html):
    return {name for name in ("Nowak", "Oduya", "Whitmore", "Lindqvist") if name in html}


def offers(place):
    return Pairing.objects.filter(programme__slug=place.slug)


def answered(account, place, handler="accept"):
    row = offers(place).filter(state="offered").filter(mentor__user=account) | offers(place).filter(
        state="offered", mentee__user=account
    )
    return Programmes(account, place).do(PAIRING, handler, pairing=row.get().uuid)


def released(boss, place):
    desk = Programmes(boss, place)
    assert desk.do(PAIRING, "propose").status_code == 200
    run = MatchRun.objects.get(programme__slug=place.slug, state="proposed")
    assert desk.do(PAIRING, "release", run=run.uuid).status_code == 200
    return run


def test_one_person_signs_up_in_both_in_two_roles():
    account = factories.user()
    for place, role in ((FIRST, "mentor"), (SECOND, "mentee")):
        assert Programmes(account, place).do(HOME, "join", role=role).status_code == 200
    rows = Participant.objects.filter(user=account).order_by("programme__slug")
    assert [(row.programme.slug, row.role) for row in rows] == [("main", "mentor"), ("second", "mentee")]
    assert Programme.objects.count() == 2


def test_a_round_in_one_is_no_round_in_the_other(boss, both):
    released(boss, FIRST)
    [offer] = Pairing.objects.all()
    assert (offer.programme.slug, offer.mentor.user, offer.mentee.user) == ("main", both["tomasz"], both["margaret"])
    assert "could be your mentee" in Programmes(both["tomasz"], FIRST).see(PAIRING)
    assert not names_in(Programmes(both["tomasz"], SECOND).see(PAIRING))
    released(boss, SECOND)
    pairs = {(row.mentor.user, row.mentee.user) for row in offers(SECOND)}
    assert pairs == {(both["junior"], both["tomasz"]), (both["margaret"], both["senior"])}


def test_the_whole_life_side_by_side(boss, both):
    released(boss, FIRST), released(boss, SECOND)
    for account, place in (
        (both["tomasz"], FIRST),
        (both["tomasz"], SECOND),
        (both["margaret"], FIRST),
        (both["margaret"], SECOND),
        (both["junior"], SECOND),
        (both["senior"], SECOND),
    ):
        assert answered(account, place).status_code == 200
    assert set(Pairing.objects.values_list("state", flat=True)) == {"active"}
    for place, mine in ((FIRST, {"Oduya"}), (SECOND, {"Whitmore"})):
        for block in (PAIRING, JOURNAL, HOME):
            assert names_in(Programmes(both["tomasz"], place).see(block)) == mine, (place.slug, block)
    blocks = {row.usage_key for row in Completion.objects.filter(user=both["tomasz"], completion=1.0)}
    assert len(blocks) == 2
    told = ReceivedEvent.objects.filter(name__endswith="pairing.activated").values_list("data", flat=True)
    assert sorted(data["programme"] for data in told) == ["main", "second", "second"]


def test_nobody_acts_on_a_pairing_or_a_session_from_the_other_programmes_block(boss, both):
    released(boss, FIRST)
    [offer] = Pairing.objects.all()
    wrong = Programmes(both["tomasz"], SECOND)
    for handler in ("accept", "decline", "end_pairing"):
        assert wrong.do(PAIRING, handler, pairing=offer.uuid).status_code == 404
    answered(both["tomasz"], FIRST), answered(both["margaret"], FIRST)
    held = Session.objects.create(pairing=offer, starts_at=factories.timezone.now())
    for handler in ("open_session", "cancel_session"):
        assert wrong.do(JOURNAL, handler, session=held.uuid).status_code == 404
    assert wrong.do(JOURNAL, "open_pairing", pairing=offer.uuid).status_code == 404


def test_a_coordinator_decides_about_a_round_from_its_own_desk_only(boss, both):
    desk, wrong = Programmes(boss, FIRST), Programmes(boss, SECOND)
    desk.do(PAIRING, "propose")
    run = MatchRun.objects.get()
    for handler in ("release", "discard"):
        assert wrong.do(PAIRING, handler, run=run.uuid).status_code == 404
    assert "1 pair is proposed" in text_of(desk.see(PAIRING))
    assert "1 pair is proposed" not in text_of(wrong.see(PAIRING))


def test_the_roster_of_one_does_not_know_the_other(boss, both):
    for place, there in ((FIRST, {"Nowak", "Oduya"}), (SECOND, {"Nowak", "Oduya", "Whitmore", "Lindqvist"})):
        answer = Programmes(boss, place).do(PAIRING, "open_desk_page", page="people")
        assert names_in(answer.content.decode()) == there


def test_leaving_one_is_not_leaving_the_other(boss, both):
    released(boss, FIRST), released(boss, SECOND)
    Programmes(both["tomasz"], FIRST).do(PAIRING, "withdraw")
    assert [row.state for row in offers(FIRST)] == ["ended"]
    assert {row.state for row in offers(SECOND)} == {"offered"}
    states = dict(Participant.objects.filter(user=both["tomasz"]).values_list("programme__slug", "state"))
    assert states == {"main": ParticipantState.WITHDRAWN, "second": ParticipantState.SIGNED_UP}


def test_deleting_a_state_in_one_leaves_the_other(boss, both):
    released(boss, FIRST), released(boss, SECOND)
    forget_in_block(SECOND, both["tomasz"].pk, "pairing")
    assert [row.state for row in offers(FIRST)] == ["offered"]
    assert sorted(row.state for row in offers(SECOND)) == ["ended", "offered"]
    assert Participant.objects.get(user=both["tomasz"], programme__slug="main").interests.exists()
    assert not Participant.objects.get(user=both["tomasz"], programme__slug="second").interests.exists()


def test_requests_stay_in_their_programme(both):
    mentor = Participant.objects.get(user=both["tomasz"], programme__slug="main")
    mentee = Programmes(both["margaret"], FIRST)
    page = mentee.do(PAIRING, "open_mentors", page=1).content.decode()
    assert re.findall(r'name="mentor" value="([^"]+)"', page) == [str(mentor.uuid)]
    stranger = Participant.objects.get(user=both["junior"])
    assert mentee.do(PAIRING, "ask_mentor", mentor=stranger.uuid).status_code == 409
    assert mentee.do(PAIRING, "ask_mentor", mentor=mentor.uuid).status_code == 200
    request = PartnerRequest.objects.get()
    wrong, right = Programmes(both["tomasz"], SECOND), Programmes(both["tomasz"], FIRST)
    assert "asks you" not in wrong.see(PAIRING)
    assert "Answer a request" not in wrong.see(HOME)
    assert wrong.do(PAIRING, "accept_request", request=request.uuid).status_code == 404
    assert right.do(PAIRING, "accept_request", request=request.uuid).status_code == 200
    assert names_in(right.see(PAIRING)) == {"Oduya"}


def test_circles_stay_in_their_programme(boss):
    mentor = factories.mentor()
    mentees = [factories.mentee() for _ in range(3)]
    for _ in range(4):
        factories.mentee(place=SECOND)
    sent = {"topic": "4.1", "mentor": mentor.uuid, "mentees": [one.uuid for one in mentees]}
    desk, wrong = Programmes(boss, FIRST), Programmes(boss, SECOND)
    assert wrong.do(PAIRING, "offer_circle", **sent).status_code == 404
    assert desk.do(PAIRING, "offer_circle", **sent).status_code == 200
    circle = Circle.objects.get()
    assert wrong.do(PAIRING, "end_circle", circle=circle.uuid).status_code == 404
    assert "Circles that there are" not in wrong.do(PAIRING, "open_desk_page", page="circles").content.decode()


class TestEveryActFromTheOtherProgrammesBlock:
    """A form that names people and rows of the first programme, sent to every handler of the second."""

    @pytest.fixture
    def sent(self, boss):
        mentor = factories.mentor(account=factories.user("Tomasz", "Nowak"))
        mentee = factories.mentee(account=factories.user("Margaret", "Oduya"))
        offer = factories.pairing(state="offered", answer_by=factories.timezone.now() + timedelta(days=5))
        kept = DeclaredConflict.objects.create(programme=mentor.programme, mentor=mentor, mentee=mentee)
        request = PartnerRequest.objects.create(
            programme=mentor.programme, mentor=mentor, mentee=mentee, answer_by=offer.answer_by
        )
        Programmes(boss, FIRST).do(PAIRING, "send_roster", pasted=f"person,role\n{boss.username},mentor")
        Programmes(boss, FIRST).do(PAIRING, "propose")
        run = MatchRun.objects.get()
        file = RosterFile.objects.get()
        return {
            **{"card": mentor.uuid, "rank": 1, "mentor": mentor.uuid, "mentee": mentee.uuid, "request": request.uuid},
            **{"run": run.uuid, "said": f"forbid:{mentor.uuid}:{mentee.uuid}", "pairing": offer.uuid, "days": 3},
            **{"seen": offer.answer_by.isoformat(), "participant": mentee.uuid, "person": mentee.uuid, "topic": "4.1"},
            **{"conflict": kept.uuid, "file": file.uuid, "digest": file.summary["digest"], "search": "", "page": 1},
            "pairs": [one.uuid for one in Proposal.objects.all()],
            "mentees": [mentee.uuid, *(factories.mentee().uuid for _ in range(2))],
            **{"one": "Nowak", "other": "Oduya", "mentor_name": "Nowak", "mentee_name": "Oduya", "text": "Nowak"},
        }

    def kept_of(self, place):
        tables = (
            Participant,
            Pairing,
            PartnerRequest,
            MatchRun,
            DeclaredConflict,
            RosterFile,
            AuditEntry,
            Wish,
            Override,
        )
        path = {Wish: "participant__programme__slug"}
        return [
            list(table.objects.filter(**{path.get(table, "programme__slug"): place.slug}).order_by("pk").values())
            for table in tables
        ]

    @pytest.mark.parametrize("role", ["mentor", "mentee", "boss"])
    def test_it_reads_and_changes_nothing_there(self, boss, sent, role):
        account = boss if role == "boss" else factories.participant(role, "signed_up", place=SECOND).user
        factories.mentor(place=SECOND), factories.mentee(place=SECOND)
        before, block = self.kept_of(FIRST), Programmes(account, SECOND)
        for handler in HANDLERS[PAIRING]:
            if method_of(handler) == "post" and handler not in ("submit_studio_edits", "withdraw"):
                page = block.do(PAIRING, handler, **sent).content.decode()
                assert not names_in(page.replace('value="Nowak"', "").replace('value="Oduya"', "")), handler
                assert self.kept_of(FIRST) == before, handler
