"""The coordinator's page "People", over HTTP: a roster file, finding people, mail, conflicts, names on cards."""

import gzip
from base64 import b64encode
from datetime import timedelta

import factories
import pytest
from callers import Browser, text_of
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role
from reverse_mentoring_xblock.models import AuditEntry, DeclaredConflict, Participant, Programme, RosterFile
from reverse_mentoring_xblock.selectors.roster_file import open_roster_file
from reverse_mentoring_xblock.services import inviting
from reverse_mentoring_xblock.standalone.models import ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture
def desk():
    browser = Browser(factories.coordinator(first_name="Ingrid", last_name="Solheim"))
    browser.do(PAIRING, "open_desk_page", page="people")
    return browser


def packed(*lines, heading="person,role,level"):
    content = "\r\n".join([heading, *lines]).encode("utf-8-sig")
    return "data:application/gzip;base64," + b64encode(gzip.compress(content)).decode()


def decide(desk, handler="take_in_roster", **data):
    file = open_roster_file(factories.PLACE)
    return desk.do(PAIRING, handler, file=file.uuid, digest=file.summary["digest"], **data)


def events():
    return [
        (event.name.removeprefix("reverse_mentoring."), event.data) for event in ReceivedEvent.objects.order_by("pk")
    ]


class TestRosterFile:
    def test_from_file_to_roster(self, desk):
        factories.user("Tomasz", "Nowak", username="tomasz")
        factories.mentor(ParticipantState.JOINED, account=factories.user("Ada", "Okafor", username="ada"), level=3)
        answer = desk.do(PAIRING, "send_roster", packed=packed("tomasz,mentor,2", "ada,mentor,4"))
        assert answer.said == "This is what the file would change. Nothing is taken in yet."
        text = text_of(desk.see(PAIRING))
        assert "Sent by Ingrid Solheim" in text
        assert "1 person is new in the roster 1 person changes" in text
        assert "level: 3 → 4" in text
        answer = decide(desk)
        assert answer.said == ("The file is taken in. 1 person is new and can be invited now. 1 person was changed.")
        assert "Tomasz Nowak" in answer.html
        assert "waits for your decision" not in answer.html
        (event,) = events()
        assert event == ("roster.taken_in", {"programme": "main", "new": 1, "changed": 1, "left_out": 0})

    def test_pasted_text(self, desk):
        factories.user(username="tomasz")
        answer = desk.do(PAIRING, "send_roster", pasted="person;role;level\ntomasz;mentor;2")
        assert "1 person is new" in answer.html

    def test_a_file_that_changes_nothing_is_not_offered_to_be_taken_in(self, desk):
        factories.mentor(ParticipantState.JOINED, account=factories.user(username="ada"), level=3)
        page = text_of(desk.do(PAIRING, "send_roster", packed=packed("ada,mentor,3")).html)
        assert "There is nothing to take in." in page
        assert "Take it in" not in page
        assert "Drop it" in page

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ({}, "Choose a file, or paste the text of one."),
            ({"packed": "data:;base64,%%%"}, "The file did not arrive as a whole."),
            ({"packed": "data:;base64," + b64encode(b"\x1f\x8bx").decode()}, "This is no CSV file"),
        ],
    )
    def test_what_is_no_file_is_refused_in_words(self, desk, data, sentence):
        answer = desk.do(PAIRING, "send_roster", **data)
        assert answer.status == 422
        assert sentence in answer.html
        assert not RosterFile.objects.exists()

    def test_a_file_of_the_machines_old_code_page_says_how_to_save_it(self, desk):
        content = b64encode("person,role\nzoë,mentor".encode("cp1252")).decode()
        answer = desk.do(PAIRING, "send_roster", packed=f"data:;base64,{content}")
        assert "The file is not in UTF-8" in answer.html
        assert "“CSV UTF-8”" in answer.html
        assert "Take it in" not in answer.html

    def test_a_bomb_is_refused(self, desk):
        bomb = b64encode(gzip.compress(b"a" * 30_000_000)).decode()
        answer = desk.do(PAIRING, "send_roster", packed=f"data:;base64,{bomb}")
        assert answer.status == 422
        assert "larger than 16 MB" in answer.html

    def test_a_body_above_the_limit_is_refused_and_a_large_one_below_is_not(self, desk):
        assert desk.do(PAIRING, "send_roster", pasted="x" * 2_400_001).status == 422
        assert desk.do(PAIRING, "send_roster", pasted="person,role\n" + "\n" * 300_000).status == 200
        assert desk.do(PAIRING, "choose_people", text="x" * 200_000).status == 422

    def test_errors_are_told_by_line_and_column(self, desk):
        answer = desk.do(PAIRING, "send_roster", packed=packed("tomasz,mentor,99", "kim,coach,1", "lee,mentor"))
        text = text_of(answer.html)
        assert "3 things have to be put right" in text
        assert "Line 2, column level: 99 is not between 1 and 10." in text
        assert "Line 3, column role: “coach” is not one of: mentor, mentee." in text
        assert "Line 4: The number of cells in this line is 2, that of the columns 3." in text
        assert decide(desk).status == 409

    def test_a_column_that_is_not_known_is_named(self, desk):
        answer = desk.do(PAIRING, "send_roster", packed=packed("a,mentor,x", heading="person,role,avoid"))
        assert "Line 1, column avoid: There is no such column." in answer.html

    def test_unknown_people_are_listed_and_left_out_by_a_tick(self, desk):
        factories.user(username="tomasz")
        answer = desk.do(PAIRING, "send_roster", packed=packed("tomasz,mentor,2", "<b>ghost</b>,mentor,2"))
        assert "&lt;b&gt;ghost&lt;/b&gt;" in answer.html
        assert decide(desk).status == 422
        assert decide(desk, leave_out="true").said.endswith("1 person was left out.")

    def test_the_second_coordinator_sees_the_file_of_the_first(self, desk):
        factories.user(username="tomasz")
        desk.do(PAIRING, "send_roster", packed=packed("tomasz,mentor,2"))
        second = Browser(factories.coordinator())
        assert "Sent by Ingrid Solheim" in second.do(PAIRING, "open_desk_page", page="people").html
        answer = second.do(PAIRING, "send_roster", packed=packed("tomasz,mentor,3"))
        assert answer.status == 409
        assert "Yours was not kept" in answer.html
        assert decide(second).status == 200
        assert Participant.objects.get().level == 2

    def test_what_changed_meanwhile_is_shown_first(self, desk):
        tomasz = factories.user(username="tomasz")
        desk.do(PAIRING, "send_roster", packed=packed("tomasz,mentor,2"))
        file = open_roster_file(factories.PLACE)
        factories.mentor(account=tomasz, level=5)
        answer = desk.do(PAIRING, "take_in_roster", file=file.uuid, digest=file.summary["digest"])
        assert answer.status == 409
        assert "level: 5 → 2" in answer.html

    def test_dropped(self, desk):
        desk.do(PAIRING, "send_roster", packed=packed("tomasz,mentor,2"))
        answer = decide(desk, "drop_roster")
        assert answer.said == "The file is dropped. Nothing of it was taken in."
        assert RosterFile.objects.get().content is None

    def test_export(self, desk):
        factories.mentor(account=factories.user(username="tomasz"), manager="the-boss")
        answer = desk.do(PAIRING, "export_roster", _method="get")
        assert answer.html.startswith(
            "\ufeffperson,role,level,department,site,manager,languages,time_zone,windows,mode,"
        )
        assert "tomasz,mentor,2," in answer.html
        assert "the-boss" in answer.html
        assert events() == [("roster.exported", {"programme": "main", "people": 1})]


class TestFinding:
    def test_by_standing_role_and_name(self, desk):
        factories.trained(factories.mentor(account=factories.user("Tomasz", "Nowak")))
        factories.participant(Role.MENTEE, ParticipantState.INVITED, account=factories.user("Grace", "Whitmore"))
        factories.participant(Role.MENTEE, account=factories.user("Ewa", "Majewska", username="ewa.m"))

        def found(**data):
            html = desk.do(PAIRING, "choose_people", **data).html
            return {name for name in ("Tomasz", "Grace", "Ewa") if name in html}

        assert found() == {"Tomasz", "Grace", "Ewa"}
        assert found(standing="ready") == {"Tomasz"}
        assert found(standing="invited") == {"Grace"}
        assert found(standing="unready") == {"Ewa"}
        assert found(role="mentee") == {"Grace", "Ewa"}
        assert found(text="majew ewa") == found(text="EWA.M") == found(text="ewa.m@brannock.example") == {"Ewa"}
        assert found(text="100%_") == set()
        assert "Nobody fits" in desk.see(PAIRING)

    def test_a_person_says_why_they_are_not_ready(self, desk):
        person = factories.participant(Role.MENTEE, account=factories.user("Grace", "Whitmore"))
        html = desk.do(PAIRING, "open_person", person=person.uuid).html
        assert "Training not passed, self-assessment not handed in, not signed up" in html
        assert "Send a reminder" in html
        assert "Send a reminder" not in desk.do(PAIRING, "open_person").html

    def test_the_number_of_queries_does_not_depend_on_the_number_of_people(self, desk):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                desk.do(PAIRING, "choose_people", role="mentor")
            return len(queries)

        factories.mentor()
        asked()
        before = asked()
        for number in range(60):
            mentor = factories.mentor(account=factories.user("Ada", f"Name{number}"))
            DeclaredConflict.objects.create(programme=mentor.programme, mentor=mentor, mentee=factories.mentee())
        assert asked() == before


class TestMail:
    def invited(self, **facts):
        return factories.participant(Role.MENTEE, ParticipantState.INVITED, account=factories.user(**facts))

    def test_an_invitation(self, desk):
        person = self.invited(first_name="Grace")
        answer = desk.do(PAIRING, "invite", person=person.uuid)
        assert answer.said == "1 mail was sent."
        (letter,) = mail.outbox
        assert letter.to == [person.user.email]
        assert letter.from_email == "mentoring@localhost"
        assert letter.body.startswith("Hello Grace,")
        assert "http://localhost/units/" in letter.body
        person.refresh_from_db()
        assert person.invited_at
        assert desk.do(PAIRING, "invite", person=person.uuid).status == 409
        assert len(mail.outbox) == 1
        Participant.objects.update(invited_at=timezone.now() - timedelta(hours=25))
        assert desk.do(PAIRING, "invite", person=person.uuid).status == 200
        assert events()[0] == ("roster.invited", {"programme": "main", "people": 1, "failed": 0})

    def test_a_reminder_says_what_is_left(self, desk):
        person = factories.trained(factories.participant(Role.MENTEE))
        desk.do(PAIRING, "remind", person=person.uuid)
        (letter,) = mail.outbox
        assert "- Hand in your self-assessment.\n- Sign up for a partner." in letter.body
        assert "training" not in letter.body
        assert "unit_starting_point" in letter.body

    def test_nobody_is_reminded_who_is_ready_paused_or_gone(self, desk):
        factories.trained(factories.mentor())
        factories.mentor(ParticipantState.PAUSED)
        factories.participant(Role.MENTEE, ParticipantState.WITHDRAWN)
        assert desk.do(PAIRING, "remind", standing="everybody").status == 409
        assert not mail.outbox

    def test_so_many_at_once_and_then_the_next(self, desk, monkeypatch):
        monkeypatch.setattr(inviting, "AT_ONCE", 2)
        for _ in range(3):
            self.invited()
        assert desk.do(PAIRING, "invite", standing="invited").said == (
            "2 mails were sent. 1 person is left for the next mails."
        )
        assert desk.do(PAIRING, "invite", standing="invited").said == "1 mail was sent."
        assert len({letter.to[0] for letter in mail.outbox}) == 3

    def test_only_those_who_are_shown(self, desk):
        grace = self.invited(first_name="Grace")
        self.invited(first_name="Ewa")
        desk.do(PAIRING, "invite", standing="everybody", text="grace")
        assert [letter.to for letter in mail.outbox] == [[grace.user.email]]

    def test_what_could_not_be_sent_does_not_count(self, desk, settings):
        person, homeless = self.invited(), self.invited()
        type(homeless.user).objects.filter(pk=homeless.user_id).update(email="")
        answer = desk.do(PAIRING, "invite", standing="everybody")
        assert answer.said.startswith("1 mail was sent. 1 could not be sent")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        Participant.objects.filter(pk=person.pk).update(invited_at=None)
        assert desk.do(PAIRING, "invite", person=person.uuid).said.startswith("No mail was sent. 1 could not be sent")
        person.refresh_from_db()
        assert person.invited_at is None


class TestRemoving:
    def test_somebody_on_whom_nobody_counts(self, desk):
        person = factories.participant(Role.MENTEE)
        assert desk.do(PAIRING, "remove_people", person=person.uuid).said == "1 person is removed."
        assert not Participant.objects.exists()
        assert AuditEntry.objects.get().act == "roster.removed"

    def test_nobody_else(self, desk):
        signed_up = factories.mentor()
        was_paired = factories.pairing(state=PairingState.ENDED).mentee
        Participant.objects.filter(pk=was_paired.pk).update(state="joined", signed_up_at=None)
        for person in (signed_up, was_paired):
            assert desk.do(PAIRING, "remove_people", person=person.uuid).status == 409
        factories.participant(Role.MENTEE, ParticipantState.INVITED)
        before = Participant.objects.count()
        assert desk.do(PAIRING, "remove_people").status == 422
        assert Participant.objects.count() == before
        assert desk.do(PAIRING, "remove_people", standing="everybody").said == "1 person is removed."
        assert Participant.objects.count() == before - 1


class TestConflicts:
    @pytest.fixture
    def two(self):
        ada = factories.mentor(account=factories.user("Ada", "Okafor", username="ada"))
        grace = factories.mentee(account=factories.user("Grace", "Whitmore", username="grace"))
        return ada, grace

    def test_declared_listed_taken_back(self, desk, two):
        answer = desk.do(PAIRING, "declare_conflict", one="Grace", other="ada@brannock.example")
        assert answer.status == 200
        assert "Ada Okafor and Grace Whitmore" in answer.html
        assert desk.do(PAIRING, "declare_conflict", one="ada", other="grace").status == 200
        row = DeclaredConflict.objects.get()
        assert (row.mentor, row.mentee) == two
        assert [entry.act for entry in AuditEntry.objects.all()] == ["conflict.declared"]
        for _ in range(2):
            assert desk.do(PAIRING, "take_back_conflict", conflict=row.uuid).status == 200
        assert not DeclaredConflict.objects.exists()
        assert [name for name, _ in events()] == ["conflict.declared", "conflict.taken_back"]

    def test_nobody_several_and_the_same_side(self, desk, two):
        factories.mentee(account=factories.user("Grace", "Miller", username="miller"))
        answer = desk.do(PAIRING, "declare_conflict", one="grace ", other="nobody")
        assert answer.status == 422
        assert "Nobody in the programme has this name or username." in answer.html
        assert 'value="nobody"' in answer.html
        answer = desk.do(PAIRING, "declare_conflict", one="i", other="ada")
        assert "Several people fit. Give the username: Grace Miller (miller), Grace Whitmore (grace)." in answer.html
        answer = desk.do(PAIRING, "declare_conflict", one="miller", other="whitmore")
        assert answer.status == 422
        assert "are never paired" in answer.html
        assert not DeclaredConflict.objects.exists()


def test_names_on_the_cards(desk):
    assert "Names on the cards: not shown" in desk.see(PAIRING)
    for _ in range(2):
        assert desk.do(PAIRING, "show_names", shown="true").said == "The cards show names now."
    assert Programme.objects.get().names_shown_at
    assert "Names on the cards: shown" in desk.see(PAIRING)
    assert desk.do(PAIRING, "show_names").said == "The cards show no names now."
    assert Programme.objects.get().names_shown_at is None
    assert [entry.act for entry in AuditEntry.objects.order_by("pk")] == ["roster.names_shown", "roster.names_hidden"]
