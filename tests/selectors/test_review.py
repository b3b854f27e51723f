"""The table of a proposal: every order, filter and search, page by page, with as many queries for 2,000 pairs as for
three."""

import uuid

import factories
import pytest

from reverse_mentoring_xblock.domain.errors import NotFound
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import ParticipantState, Role
from reverse_mentoring_xblock.models import LeftOut, MatchRun, Override, Participant, Proposal, Wish
from reverse_mentoring_xblock.selectors.review import (
    FILTERS,
    PAGE,
    SORTS,
    Table,
    left_out_page,
    pair_counts,
    pairs_page,
    pairs_shown,
    people_named,
    run_id_of,
    standing_words,
)
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.releasing import release

pytestmark = pytest.mark.django_db
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)


def new_run():
    return MatchRun.objects.create(programme=factories.programme(), seed=1, open_slot=None)


def pair(run, mentor, mentee, **facts):
    return Proposal.objects.create(run=run, mentor=mentor, mentee=mentee, **{"utility": 100, "reason": {}, **facts})


def crowd(role, count):
    """So many people in two writes."""
    programme = factories.programme()
    User = factories.everybody().model
    before = User.objects.count()
    accounts = User.objects.bulk_create(
        User(username=f"{role}{before + number}", first_name=f"Ada{number}", last_name=role) for number in range(count)
    )
    return Participant.objects.bulk_create(
        Participant(
            programme=programme, user=account, role=role, state=ParticipantState.SIGNED_UP, department=f"D{number % 7}"
        )
        for number, account in enumerate(accounts)
    )


def many(count):
    run = new_run()
    mentors, mentees = crowd("mentor", count), crowd("mentee", count)
    Proposal.objects.bulk_create(
        Proposal(
            run=run,
            mentor=mentor,
            mentee=mentee,
            utility=(number * 7919) % 10_000,
            minutes=number % 600,
            reason={},
            next_mentor=mentors[0],
            next_cost=number % 300,
        )
        for number, (mentor, mentee) in enumerate(zip(mentors, mentees, strict=True))
    )
    return run


def shown(run, **arranged):
    return pairs_page(run.pk, Table(**arranged), pair_counts(run.pk))


class TestTheTable:
    @pytest.fixture
    def run(self):
        run = new_run()
        names = [("Zoë", "Adeyemi", "Ana", "Zapata"), ("Ben", "Okoro", "Mia", "Berg"), ("Cai", "Li", "Lea", "Cruz")]
        facts = [
            {"utility": 300, "minutes": 60, "covered": 2, "next_cost": 500, "is_fixed": True},
            {"utility": 100, "minutes": 180, "covered": 0, "next_cost": 100},
            {"utility": 200, "minutes": 120, "covered": 1, "is_wished": True},
        ]
        for name, more in zip(names, facts, strict=True):
            mentor = factories.mentor(account=factories.user(*name[:2]), department="")
            pair(run, mentor, factories.mentee(account=factories.user(*name[2:]), department=""), **more)
        Participant.objects.filter(user__first_name__in=("Ben", "Mia")).update(department="Finance")
        return run

    @pytest.mark.parametrize(
        ("sort", "points"),
        [
            ("points_up", [100, 200, 300]),
            ("points_down", [300, 200, 100]),
            ("mentor", [100, 200, 300]),
            ("mentee", [300, 200, 100]),
            ("hours_up", [300, 200, 100]),
            ("hours_down", [100, 200, 300]),
        ],
    )
    def test_every_order(self, run, sort, points):
        assert [row.utility for row in shown(run, sort=sort).rows] == points

    @pytest.mark.parametrize(
        ("show", "points"),
        [
            ("all", [100, 200, 300]),
            ("fixed", [300]),
            ("uncovered", [100]),
            ("wished", [200]),
            ("department", [100]),
            ("close", [100]),
        ],
    )
    def test_every_filter_and_its_count(self, run, show, points):
        page = shown(run, show=show)
        assert [row.utility for row in page.rows] == points
        assert pair_counts(run.pk).waiting[show] == page.at.in_all == len(points)

    def test_nothing_is_left_untried(self):
        assert set(SORTS) == {"points_up", "points_down", "mentor", "mentee", "hours_up", "hours_down"}
        assert set(FILTERS) == {"all", "fixed", "uncovered", "wished", "department", "close"}

    @pytest.mark.parametrize(
        ("search", "points"),
        [("okoro", [100]), ("BEN berg", [100]), ("a", [100, 200, 300]), ("nobody", []), ("ben li", []), ("%", [])],
    )
    def test_a_search_looks_for_every_word_on_both_sides(self, run, search, points):
        page = shown(run, search=search)
        assert [row.utility for row in page.rows] == points
        assert page.at.in_all == len(points)

    def test_pairs_that_are_released_are_counted_and_not_listed(self, run):
        Proposal.objects.filter(utility=100).update(released_at=factories.timezone.now())
        assert [row.utility for row in shown(run).rows] == [200, 300]
        counts = pair_counts(run.pk)
        assert (counts.released, counts.waiting["all"], counts.waiting["close"]) == (1, 2, 0)
        ids, waiting = pairs_shown(run.pk, Table(show="close"))
        assert (len(ids), waiting) == (1, 0)

    def test_a_run_is_found_in_its_own_programme_alone(self, run):
        assert run_id_of(PLACE, run.uuid) == run.pk
        for place, name in ((factories.Place(factories.OTHER_COURSE, "main"), run.uuid), (PLACE, uuid.uuid4())):
            with pytest.raises(NotFound):
                run_id_of(place, name)


class TestLargeRounds:
    @pytest.mark.parametrize(
        "arranged", [{}, {"sort": "mentor", "show": "close"}, {"sort": "hours_down", "search": "1"}]
    )
    def test_the_queries_of_a_page_do_not_grow(self, arranged, django_assert_num_queries):
        for count in (3, 2000):
            run = many(count)
            with django_assert_num_queries(3 if "search" in arranged else 2):
                page = shown(run, **arranged)
            assert len(page.rows) == min(PAGE, page.at.in_all)

    def test_pages_follow_each_other_without_a_gap(self):
        run = many(120)
        points = [row.utility for number in (1, 2, 3) for row in shown(run, page=number).rows]
        assert points == sorted(Proposal.objects.values_list("utility", flat=True))
        last = shown(run, page=999).at
        assert (last.number, last.first, last.last, last.pages) == (3, 101, 120, 3)
        assert shown(run, page=-4).at.number == 1

    def test_those_left_out_come_in_pages(self, django_assert_num_queries):
        run = new_run()
        LeftOut.objects.bulk_create(
            LeftOut(run=run, participant=one, reason={"why": "competition", "rivals": 7, "partners": 4})
            for one in [*crowd("mentor", 30), *crowd("mentee", 70)]
        )
        with django_assert_num_queries(2):
            first = left_out_page(run.pk, 1)
        assert ({row.role for row in first.rows}, len(first.rows)) == ({Role.MENTEE}, PAGE)
        second = left_out_page(run.pk, 2)
        assert [row.role for row in second.rows].count(Role.MENTOR) == 30
        assert (second.rows[0].reason.rivals, second.rows[0].reason.partners) == (7, 4)


class TestWhatIsKept:
    def test_a_round_keeps_what_the_table_asks_for(self):
        mentors = [factories.mentor(), factories.mentor(topics=("1.2",)), factories.mentor(topics=())]
        mentee = factories.mentee()
        Wish.objects.create(participant=mentee, wished=mentors[0], rank=1)
        propose(PLACE, factories.coordinator().pk, OPEN)
        row = shown(MatchRun.objects.get()).rows[0]
        assert (row.mentor.id, row.wished_by) == (mentors[0].pk, (Role.MENTEE,))
        assert (row.reason.hours, sum(row.parts.values())) == (9, row.utility)
        stored = Proposal.objects.get()
        assert (stored.minutes, stored.covered, stored.is_wished) == (540, 2, True)

    def test_the_next_best_is_a_name_and_the_least_it_costs(self):
        account = factories.user("Tomasz", "Nowak")
        shared = {"department": "Sales", "site": "Oslo"}
        factories.mentor(account=account, **shared), factories.mentor(account=factories.user("Ines", "Roy"), **shared)
        factories.mentee()
        propose(PLACE, factories.coordinator().pk, OPEN)
        row = shown(MatchRun.objects.get()).rows[0]
        assert {row.mentor.name, row.next_mentor} == {"Tomasz Nowak", "Ines Roy"}
        assert row.next_cost == 0

    def test_an_offer_does_not_name_the_next_best(self):
        factories.mentor(), factories.mentor(), factories.mentee()
        propose(PLACE, factories.coordinator().pk, OPEN)
        run = MatchRun.objects.get()
        release(PLACE, factories.coordinator().pk, run.uuid, OPEN)
        assert "next" not in str(run.pairings.get().reason)


class TestWords:
    def test_words_that_stand_and_whether_they_are_kept(self, django_assert_num_queries):
        run = new_run()
        made, open_pair = [(factories.mentor(), factories.mentee()) for _ in range(2)]
        pair(run, *made, is_fixed=True)
        boss = factories.coordinator(first_name="Ingrid", last_name="Solheim")
        for two in (made, open_pair):
            Override.objects.create(programme=run.programme, mentor=two[0], mentee=two[1], kind="fix", made_by=boss)
        Override.objects.create(programme=run.programme, mentor=made[0], mentee=open_pair[1], kind="forbid", slot=None)
        with django_assert_num_queries(2):
            rows = standing_words(PLACE, run.pk)
        assert [(row.mentee.id, row.is_made) for row in rows] == [(open_pair[1].pk, False), (made[1].pk, True)]
        assert rows[0].made_by == "Ingrid Solheim"
        assert all(row.is_made for row in standing_words(PLACE, None))

    def test_people_are_found_by_role_and_every_word_of_a_name(self, django_assert_num_queries):
        wanted = factories.mentor(account=factories.user("Tomasz", "Nowak"))
        factories.mentee(account=factories.user("Tomasz", "Nowak"))
        factories.mentor(account=factories.user("Tomasz", "Berg"))
        with django_assert_num_queries(1):
            found = people_named(PLACE, Role.MENTOR, "now TOM")
        assert [row.id for row in found] == [wanted.pk]
        for number in range(25):
            factories.mentor(account=factories.user("Ada", f"Many{number}"))
        assert len(people_named(PLACE, Role.MENTOR, "many")) == 20
