"""A roster file from its preview to the rows: all of it or nothing, once, never over what people said themselves."""

import gzip
import tracemalloc

import factories
import pytest
import rosters
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reverse_mentoring_xblock.domain.errors import Conflict, Invalid, NotFound
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role
from reverse_mentoring_xblock.models import AuditEntry, Participant, RosterFile, Veto, Wish
from reverse_mentoring_xblock.selectors.roster_file import open_roster_file, roster_rows
from reverse_mentoring_xblock.services.roster_files import drop_roster, send_roster, take_in
from reverse_mentoring_xblock.shell.roster_words import roster_lines

pytestmark = pytest.mark.django_db
PLACE = factories.PLACE


@pytest.fixture
def ingrid():
    return factories.coordinator(username="ingrid")


def summary(file, *names):
    return [file.summary[name] for name in names]


class TestNewPeople:
    def test_they_are_invited_with_what_is_known_of_them(self, ingrid):
        ada = factories.user(username="ada")
        made = rosters.taken_in(
            ingrid,
            rosters.roster(
                "ada@brannock.example,mentor,2,IT,Leeds,boss,en;de,Europe/London,mon 09:00-10:30,onsite,2",
                heading="person,role,level,department,site,manager,languages,time_zone,windows,mode,capacity",
            ),
        )
        row = Participant.objects.get()
        assert (made.new, made.changed) == (1, 0)
        assert (row.user, row.role, row.state, row.invited_at) == (ada, "mentor", "invited", None)
        assert (row.level, row.department, row.site, row.manager) == (2, "IT", "Leeds", "boss")
        assert (row.languages, row.time_zone, row.windows) == (["de", "en"], "Europe/London", [[0, 540, 630]])
        assert (row.mode, row.capacity) == ("onsite", 2)

    def test_nothing_happens_before_the_decision(self, ingrid):
        factories.user(username="ada")
        file = rosters.sent(ingrid, rosters.roster("ada,mentor,2"))
        assert summary(file, "new", "changed", "problems") == [1, 0, 0]
        assert not Participant.objects.exists()

    def test_another_spelling_finds_the_same_account(self, ingrid):
        factories.user(username="Ada.O")
        factories.user(username="kim")
        file = rosters.sent(ingrid, rosters.roster("ada.o,mentor,2", "KIM@Brannock.Example,mentee,5"))
        assert summary(file, "new", "unknown") == [2, 0]

    def test_two_names_of_one_person_are_a_duplicate(self, ingrid):
        factories.user(username="ada")
        file = rosters.sent(ingrid, rosters.roster("ada,mentor,2", "ada@brannock.example,mentor,2", "ADA,mentee,1"))
        assert rosters.problems(file) == [(3, "person", "person_twice"), (4, "person", "person_twice")]

    def test_an_address_of_two_accounts_names_nobody(self, ingrid):
        first, second = factories.user(), factories.user()
        type(first).objects.filter(pk=second.pk).update(email=first.email)
        file = rosters.sent(ingrid, rosters.roster(f"{first.email},mentor,2"))
        assert rosters.problems(file) == [(2, "person", "person_ambiguous")]

    def test_nobody_is_their_own_manager(self, ingrid):
        factories.user(username="ada")
        file = rosters.sent(ingrid, rosters.roster("ada,mentor,ADA@brannock.example", heading="person,role,manager"))
        assert rosters.problems(file) == [(2, "manager", "own_manager")]


class TestUnknownPeople:
    FILE = rosters.roster("ada,mentor,2", "nobody-here,mentee,5")

    def test_they_have_to_be_left_out_by_name(self, ingrid):
        factories.user(username="ada")
        file = rosters.sent(ingrid, self.FILE)
        assert file.summary["unknown_first"] == [[3, "nobody-here"]]
        with pytest.raises(Invalid, match="roster_unknown"):
            take_in(PLACE, ingrid.pk, file.uuid, file.summary["digest"], leave_out=False)
        assert not Participant.objects.exists()
        made = take_in(PLACE, ingrid.pk, file.uuid, file.summary["digest"], leave_out=True)
        assert (made.new, made.left_out) == (1, 1)

    def test_an_error_stops_the_whole_file(self, ingrid):
        factories.user(username="ada")
        file = rosters.sent(ingrid, rosters.roster("ada,mentor,2", "kim,mentee,99"))
        with pytest.raises(Conflict, match="roster_problems"):
            take_in(PLACE, ingrid.pk, file.uuid, file.summary["digest"], leave_out=True)
        assert not Participant.objects.exists()

    def test_long_reports_are_bounded_and_say_how_many_more(self, ingrid):
        file = rosters.sent(ingrid, rosters.roster(*(f"p{n},mentor,99" for n in range(250))))
        assert summary(file, "problems", "unknown") == [250, 250]
        assert len(file.summary["problems_first"]) == len(file.summary["unknown_first"]) == 200


class TestKnownPeople:
    HEADING = "person,role,level,department,manager,languages,windows,capacity"
    LINE = "ada,mentor,4,Sales,boss,fr,fri 08:00-12:00,3"

    def person(self, state, **facts):
        account = factories.user(username="ada")
        return factories.mentor(state, account=account, **facts)

    def test_until_sign_up_the_file_says_everything(self, ingrid):
        ada = self.person(ParticipantState.JOINED, level=2, department="IT")
        file = rosters.sent(ingrid, rosters.roster(self.LINE, heading=self.HEADING))
        assert file.summary["changed_first"][0][2][:2] == [["level", 2, 4], ["department", "IT", "Sales"]]
        rosters.taken_in(ingrid, rosters.roster(self.LINE, heading=self.HEADING))
        ada.refresh_from_db()
        assert (ada.level, ada.manager, ada.languages, ada.windows) == (4, "boss", ["fr"], [[4, 480, 720]])
        assert (ada.capacity, ada.state) == (3, ParticipantState.JOINED)

    @pytest.mark.parametrize("state", [ParticipantState.SIGNED_UP, ParticipantState.PAUSED, ParticipantState.WITHDRAWN])
    def test_after_it_only_what_the_organisation_knows(self, ingrid, state):
        ada = self.person(state, languages=["en"], windows=[[0, 540, 720]], capacity=1)
        Veto.objects.create(participant=ada, person="kim")
        file = rosters.sent(ingrid, rosters.roster(self.LINE, heading=self.HEADING))
        assert summary(file, "changed", "kept") == [1, 1]
        rosters.taken_in(ingrid, rosters.roster(self.LINE, heading=self.HEADING))
        ada.refresh_from_db()
        assert (ada.level, ada.department, ada.manager) == (4, "Sales", "boss")
        assert (ada.languages, ada.windows, ada.capacity, ada.state) == (["en"], [[0, 540, 720]], 1, state)
        assert ada.vetoes.count() == 1
        assert ada.interests.count() == 3

    def test_a_role_can_change_until_somebody_counts_on_it(self, ingrid):
        ada = self.person(ParticipantState.INVITED)
        rosters.taken_in(ingrid, rosters.roster("ada,mentee,5"))
        ada.refresh_from_db()
        assert ada.role == Role.MENTEE

    def test_the_role_of_somebody_who_has_signed_up_is_theirs(self, ingrid):
        self.person(ParticipantState.SIGNED_UP)
        assert rosters.problems(rosters.sent(ingrid, rosters.roster("ada,mentee,5"))) == [
            (2, "role", "role_is_settled")
        ]

    def test_the_role_of_somebody_who_was_paired_stays(self, ingrid):
        ada = self.person(ParticipantState.JOINED)
        factories.pairing(ada, state=PairingState.ENDED)
        assert rosters.problems(rosters.sent(ingrid, rosters.roster("ada,mentee,5"))) == [
            (2, "role", "role_is_settled")
        ]

    def test_who_is_not_in_the_file_is_left_alone(self, ingrid):
        self.person(ParticipantState.JOINED, level=2)
        others = [factories.mentee().pk for _ in range(3)]
        file = rosters.sent(ingrid, rosters.roster("ada,mentor,2"))
        assert summary(file, "unchanged", "left_alone", "changed", "new") == [1, 3, 0, 0]
        rosters.taken_in(ingrid, rosters.roster("ada,mentor,2"))
        assert Participant.objects.filter(pk__in=others, state=ParticipantState.SIGNED_UP).count() == 3


class TestDecisions:
    FILE = rosters.roster("ada,mentor,2")

    def test_twice_is_once_and_the_content_is_gone(self, ingrid):
        factories.user(username="ada")
        file = rosters.sent(ingrid, self.FILE)
        digest = file.summary["digest"]
        first = take_in(PLACE, ingrid.pk, file.uuid, digest, leave_out=False)
        again = take_in(PLACE, ingrid.pk, file.uuid, digest, leave_out=False)
        assert (first.is_changed, again.is_changed, again.new) == (True, False, 1)
        row = RosterFile.objects.get()
        assert (row.content, row.summary, row.open_slot) == (None, {}, None)
        assert AuditEntry.objects.filter(act="roster.taken_in").count() == 1
        with pytest.raises(Conflict, match="roster_decided"):
            drop_roster(PLACE, ingrid.pk, file.uuid)
        with pytest.raises(Conflict, match="roster_decided"):
            take_in(PLACE, factories.coordinator().pk, file.uuid, digest, leave_out=False)

    def test_dropped_is_dropped(self, ingrid):
        factories.user(username="ada")
        file = rosters.sent(ingrid, self.FILE)
        assert drop_roster(PLACE, ingrid.pk, file.uuid) is True
        assert drop_roster(PLACE, ingrid.pk, file.uuid) is False
        assert open_roster_file(PLACE) is None
        with pytest.raises(Conflict, match="roster_decided"):
            take_in(PLACE, ingrid.pk, file.uuid, file.summary["digest"], leave_out=False)
        assert not Participant.objects.exists()

    def test_what_has_changed_since_is_shown_before_it_is_done(self, ingrid):
        ada = factories.user(username="ada")
        file = rosters.sent(ingrid, self.FILE)
        factories.mentor(account=ada, level=7)
        with pytest.raises(Conflict, match="roster_changed"):
            take_in(PLACE, ingrid.pk, file.uuid, file.summary["digest"], leave_out=False)
        assert Participant.objects.get().level == 7
        shown = open_roster_file(PLACE)
        assert summary(shown, "new", "changed") == [0, 1]
        take_in(PLACE, ingrid.pk, shown.uuid, shown.summary["digest"], leave_out=False)
        assert Participant.objects.get().level == 2

    def test_ones_own_file_is_replaced_and_anothers_is_not(self, ingrid):
        first = rosters.sent(ingrid, self.FILE)
        assert rosters.sent(ingrid, self.FILE).uuid == first.uuid
        second = rosters.sent(ingrid, rosters.roster("kim,mentor,2"))
        assert second.uuid != first.uuid
        with pytest.raises(Conflict, match="roster_waits"):
            send_roster(PLACE, factories.coordinator().pk, self.FILE)
        assert open_roster_file(PLACE).uuid == second.uuid

    def test_a_file_of_another_programme_is_not_there(self, ingrid):
        file = rosters.sent(ingrid, self.FILE)
        elsewhere = PLACE._replace(slug="other")
        factories.programme(elsewhere)
        with pytest.raises(NotFound):
            take_in(elsewhere, ingrid.pk, file.uuid, "", leave_out=True)

    def test_what_is_no_file_is_not_kept(self, ingrid):
        with pytest.raises(Invalid, match="file_unreadable"):
            send_roster(PLACE, ingrid.pk, b"\x1f\x8bnothing")
        assert not RosterFile.objects.exists()


class TestExport:
    def exported(self):
        return b"".join(roster_lines(roster_rows(PLACE)))

    def test_it_comes_back_without_a_change(self, ingrid):
        hard = {"department": "=1+1", "site": "'-Leeds; “West”", "manager": "+boss@x.example"}
        mentor = factories.mentor(account=factories.user(username="@ada"), capacity=2, languages=["fr", "en"], **hard)
        mentee = factories.mentee(department="'=quoted", windows=[[0, 540, 600], [6, 0, 1440]], mode="remote")
        factories.participant(Role.MENTEE, ParticipantState.INVITED)
        factories.participant(Role.MENTOR, ParticipantState.WITHDRAWN, department="-")
        Wish.objects.create(participant=mentee, wished=mentor, rank=1)
        before = list(Participant.objects.order_by("pk").values())
        file = rosters.sent(ingrid, self.exported())
        assert summary(file, "problems", "unknown", "new", "changed", "kept", "left_alone") == [0] * 6
        assert file.summary["unchanged"] == 4
        rosters.taken_in(ingrid, self.exported())
        assert list(Participant.objects.order_by("pk").values()) == before

    def test_wishes_are_there_and_what_is_private_is_not(self):
        mentee = factories.mentee()
        first, second, third = (factories.mentor() for _ in range(3))
        for wished, rank in ((second, 1), (first, 2), (third, 2)):
            Wish.objects.create(participant=mentee, wished=wished, rank=rank)
        Veto.objects.create(participant=mentee, person="somebody-else")
        text = self.exported().decode()
        names = [person.user.username for person in (second, *sorted((first, third), key=lambda p: p.user.username))]
        assert "{};{}={}".format(*names) in text
        assert "somebody-else" not in text

    def test_the_command_reads_it(self, tmp_path):
        from reverse_mentoring_xblock.standalone.matching_files.people_file import read_people

        mentor, mentee = factories.mentor(manager="boss"), factories.mentee()
        Wish.objects.create(participant=mentee, wished=mentor, rank=1)
        path = tmp_path / "roster.csv"
        path.write_bytes(self.exported())
        roster = read_people(path)
        assert roster.names[roster.mentors[0].id] == mentor.user.username
        assert roster.mentors[0].windows == tuple(map(tuple, mentor.windows))
        assert roster.mentees[0].wishes == (frozenset({roster.mentors[0].id}),)

    def test_it_is_read_in_pieces(self, django_assert_max_num_queries):
        for _ in range(3):
            factories.mentor()
        with django_assert_max_num_queries(3):
            assert len(list(roster_rows(PLACE))) == 3


MANY = 2000


def test_two_thousand_people_take_few_queries_and_little_memory(ingrid):
    users = type(ingrid)
    users.objects.bulk_create(users(username=f"many{n}", email=f"Many.{n}@brannock.example") for n in range(MANY))

    def lines(shift):
        return rosters.roster(
            *(
                f"{f'many{n}' if n % 2 else f'many.{n}@brannock.example'},{'mentor' if n % 3 else 'mentee'},"
                f"{1 + (n + shift) % 10},Department {(n + shift) % 40},chief{n // 8},en;de,Europe/Berlin,"
                f"mon {8 + (n + shift) % 9:02d}:00-18:00"
                for n in range(MANY)
            ),
            heading="person,role,level,department,manager,languages,time_zone,windows",
        )

    for shift, expected in ((0, (MANY, 0)), (1, (0, MANY))):
        tracemalloc.start()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            made = rosters.taken_in(ingrid, lines(shift))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (made.new, made.changed) == expected
        assert len(asked) < 150, len(asked)
        assert peak < 24 * 2**20, peak
    assert Participant.objects.filter(state=ParticipantState.INVITED, level=1).count() == MANY / 10
    assert len(gzip.compress(lines(0))) < len(lines(0)) / 4
