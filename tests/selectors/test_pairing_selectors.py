import casts
import factories
import pytest
from django.utils import timezone

from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role, RunState
from reverse_mentoring_xblock.models import LeftOut, MatchRun, Pairing, Veto
from reverse_mentoring_xblock.selectors.left_out import last_round
from reverse_mentoring_xblock.selectors.pairings import active_pairing_rows, all_pairings_of
from reverse_mentoring_xblock.selectors.participants import participant_of
from reverse_mentoring_xblock.selectors.profiles import settled_topics, sign_up_of
from reverse_mentoring_xblock.selectors.roster import PAGE, role_counts, roster_page

pytestmark = pytest.mark.django_db
PLACE = factories.PLACE
RULES = PairingRules()


def count_of(role, rules=RULES):
    return next(row for row in role_counts(PLACE, rules) if row.role is role)


def roster(rules=RULES, number=1):
    people = sum(row.people for row in role_counts(PLACE, rules))
    return roster_page(PLACE, rules, number, people)


def run(**facts):
    return MatchRun.objects.create(
        programme=factories.programme(), seed=1, matched=0, total=0, bound=0, certified=True, **facts
    )


class TestPairings:
    def test_an_offer_shows_no_address(self):
        offer = factories.pairing(state=PairingState.OFFERED)
        (row,) = all_pairings_of(offer.mentee_id, timezone.now()).live
        assert row.state is PairingState.OFFERED
        assert not row.has_accepted
        assert row.partner.name == "Ada Okafor"
        assert (row.partner.role, row.partner.email) == (Role.MENTOR, "")

    def test_an_active_pairing_shows_the_address_to_both(self):
        pair = factories.pairing()
        assert all_pairings_of(pair.mentee_id, timezone.now()).live[0].partner.email == pair.mentor.user.email
        assert all_pairings_of(pair.mentor_id, timezone.now()).live[0].partner.email == pair.mentee.user.email
        assert all_pairings_of(pair.mentor_id, timezone.now()).live[0].since == pair.active_at

    @pytest.mark.parametrize("state", [PairingState.DECLINED, PairingState.ENDED])
    def test_what_is_over_is_not_live(self, state):
        pair = factories.pairing(state=state)
        assert all_pairings_of(pair.mentee_id, timezone.now()).live == ()

    def test_how_the_newest_pairing_came_to_its_end(self):
        pair = factories.pairing(state=PairingState.DECLINED, closed_at=factories.timezone.now())
        found = all_pairings_of(pair.mentee_id, timezone.now())
        assert found.was_active is False
        assert found.over_since == pair.closed_at
        assert all_pairings_of(factories.mentor().pk, timezone.now()).was_active is None

    def test_it_takes_one_query(self, django_assert_num_queries):
        mentor = factories.mentor(capacity=2)
        factories.pairing(mentor)
        Pairing.objects.create(programme=mentor.programme, mentor=mentor, mentee=factories.mentee(), mentor_slot=2)
        with django_assert_num_queries(1):
            assert len(all_pairings_of(mentor.pk, timezone.now()).live) == 2

    def test_active_pairs_of_a_programme_newest_first_and_in_parts(self, django_assert_num_queries):
        pairs = [factories.pairing() for _ in range(3)]
        factories.pairing(state=PairingState.OFFERED)
        with django_assert_num_queries(1):
            rows = active_pairing_rows(PLACE)
        assert [row.id for row in rows] == [pair.pk for pair in reversed(pairs)]
        assert [row.id for row in active_pairing_rows(PLACE, first=1, count=1)] == [pairs[1].pk]
        assert active_pairing_rows(factories.Place(factories.OTHER_COURSE, "main")) == ()


class TestRoster:
    def test_an_empty_programme(self):
        assert [row.people for row in role_counts(PLACE, RULES)] == [0, 0]
        assert roster().rows == ()
        assert (roster().at.number, roster().at.pages) == (1, 1)

    def test_who_is_ready_and_what_the_others_need(self):
        casts.assessed(factories.trained(factories.mentee(department="Finance")))
        factories.trained(factories.mentee())
        factories.mentee()
        factories.participant(Role.MENTEE)
        factories.participant(Role.MENTEE, ParticipantState.INVITED)
        factories.participant(Role.MENTEE, ParticipantState.WITHDRAWN)
        factories.trained(factories.mentee(ParticipantState.PAUSED))
        count = count_of(Role.MENTEE)
        assert (count.people, count.signed_up, count.ready, count.paused) == (7, 4, 1, 1)
        assert sorted(row.missing for row in roster().rows) == [
            (),
            ("assessment",),
            ("assessment", "paused"),
            ("invited",),
            ("training", "assessment"),
            ("training", "assessment", "sign_up"),
            ("withdrawn",),
        ]
        assert [row.department for row in roster().rows if row.is_ready] == ["Finance"]

    def test_a_mentor_needs_no_assessment(self):
        factories.trained(factories.mentor())
        assert count_of(Role.MENTOR).ready == 1

    def test_open_gates_make_everybody_ready(self):
        factories.mentor(), factories.mentee()
        rules = PairingRules(require_training=False, require_assessment=False)
        assert (count_of(Role.MENTOR, rules).ready, count_of(Role.MENTEE, rules).ready) == (1, 1)
        assert all(row.is_ready for row in roster(rules).rows)

    def test_a_mentor_is_ready_up_to_the_capacity_and_a_mentee_once(self):
        rules = PairingRules(require_training=False, require_assessment=False)
        pair = factories.pairing(factories.mentor(capacity=2))
        factories.pairing(state=PairingState.OFFERED)
        mentors, mentees = count_of(Role.MENTOR, rules), count_of(Role.MENTEE, rules)
        assert (mentors.ready, mentors.offered, mentors.paired) == (1, 1, 1)
        assert (mentees.ready, mentees.offered, mentees.paired) == (0, 1, 1)
        ready = [row for row in roster(rules).rows if row.is_ready]
        assert [(row.active, row.offered) for row in ready] == [(1, 0)]
        assert count_of(Role.MENTOR, PairingRules(False, False, max_capacity=1)).ready == 0
        assert pair.mentor.capacity == 2

    def test_pages_come_in_order_of_names(self):
        for number in range(PAGE + 2):
            factories.mentee(account=factories.user("Ada", f"Name{number:03d}"))
        first, last = roster(), roster(number=2)
        assert [row.name for row in first.rows][:2] == ["Ada Name000", "Ada Name001"]
        assert [row.name for row in last.rows] == ["Ada Name050", "Ada Name051"]
        assert (first.at.first, first.at.last, last.at.first, last.at.last) == (1, 50, 51, 52)
        assert roster(number=99).at.number == 2
        assert roster(number=-5).at.number == 1

    def test_somebody_without_a_name_is_listed_by_username(self):
        factories.mentor(account=factories.user("", "", username="nameless"))
        assert roster().rows[0].name == "nameless"

    def test_the_roster_takes_two_queries(self, django_assert_num_queries):
        for _ in range(5):
            factories.pairing()
        with django_assert_num_queries(2):
            roster()


class TestLastRound:
    def test_only_a_released_round_is_told(self):
        mentee = factories.mentee()
        open_one = run()
        LeftOut.objects.create(run=open_one, participant=mentee, reason={"why": "no_partner", "rule": "hours"})
        assert last_round(mentee.pk) is None
        open_one.state = RunState.RELEASED
        open_one.save()
        assert last_round(mentee.pk).reason.rule == "hours"


class TestOwnProfile:
    def test_a_person_reads_their_own_lists(self, django_assert_num_queries):
        mentee = factories.mentee(topics=("4.1", "1.2"))
        for name in ("paolo", "grace"):
            Veto.objects.create(participant=mentee, person=name)
        row = participant_of(factories.PLACE, mentee.user_id)
        with django_assert_num_queries(2):
            profile = sign_up_of(row).profile
        assert (dict(profile.topics), profile.vetoes) == ({"1.2": 2, "4.1": 2}, ("grace", "paolo"))

    def test_topics_settled_on_in_the_report(self):
        mentee = factories.participant(Role.MENTEE)
        assert settled_topics(mentee.pk) == ()
        casts.assessed(mentee)
        assert len(settled_topics(mentee.pk)) == 3
