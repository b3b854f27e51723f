"""A coordinator's word on single pairs: its price, what it changes, and that it holds until it is lifted."""

import uuid

import factories
import pytest
from django.db import connection

from reverse_mentoring_xblock.domain import matching
from reverse_mentoring_xblock.domain.errors import Conflict, Invalid, NotFound
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState
from reverse_mentoring_xblock.models import (
    AuditEntry,
    Avoided,
    LeftOut,
    MatchRun,
    Override,
    Pairing,
    Participant,
    Proposal,
    Veto,
)
from reverse_mentoring_xblock.selectors.cohort import cohort_of
from reverse_mentoring_xblock.services import weighing
from reverse_mentoring_xblock.services.overriding import keep_word
from reverse_mentoring_xblock.services.pairing_by_hand import offer_by_hand
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.releasing import discard, release
from reverse_mentoring_xblock.services.signing_up import pause
from reverse_mentoring_xblock.services.weighing import Ask, Word, ask_of, weigh

pytestmark = pytest.mark.django_db
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)


@pytest.fixture
def people(boss):
    """Two mentors and two mentees of whom the best pairs are plain, and the proposal of them."""
    one, two = factories.mentor(topics=("1.2", "4.1", "5.2")), factories.mentor(topics=("2.1",))
    mentees = factories.mentee(topics=("1.2", "4.1", "5.2")), factories.mentee(topics=("2.1",))
    propose(PLACE, boss, OPEN)
    return one, two, *mentees


def run():
    return MatchRun.objects.get(open_slot=1)


def pairs():
    return set(Proposal.objects.filter(run=run()).values_list("mentor_id", "mentee_id"))


def ask(word, mentor, mentee):
    return Ask(word, mentor.pk, mentee.pk)


def keep(boss, said, rules=OPEN):
    price = weigh(PLACE, rules, run().uuid, said)
    return keep_word(PLACE, boss, rules, said, run().uuid, price.seen)


def proof_flaws(rules=OPEN):
    """What the verifier says of the proposal as it is stored."""
    row = run()
    rows = list(row.proposals.filter(released_at=None))
    cohort = cohort_of(PLACE, rules)
    fixed = tuple((one.mentor_id, one.mentee_id) for one in rows if one.is_fixed)
    stored = row.prices
    prices = matching.Prices(
        stored["bonus"],
        {int(id_): price for id_, price in stored["mentors"].items()},
        {int(id_): price for id_, price in stored["mentees"].items()},
        matching.Witness(tuple(stored["witness"]["mentees"]), tuple(stored["witness"]["mentors"])),
    )
    return matching.violations_keeping(
        cohort.mentors,
        cohort.mentees,
        matching.Overrides(fixed, cohort.overrides.forbidden),
        rules.policy(factories.timezone.now().date()),
        [(one.mentor_id, one.mentee_id) for one in rows],
        prices,
        cohort.others,
    )


class TestThePrice:
    def test_to_keep_another_pair_costs_points_and_changes_another(self, people):
        one, _two, _ada, ben = people
        price = weigh(PLACE, OPEN, run().uuid, ask(Word.FIX, one, ben))
        assert price.points < -5000
        assert (price.pairs, price.alone, price.joined, price.others, price.drifted) == (0, (), (), 2, 0)
        assert not Override.objects.exists()

    def test_to_keep_what_is_proposed_costs_nothing(self, people):
        one, _, ada, _ = people
        price = weigh(PLACE, OPEN, run().uuid, ask(Word.FIX, one, ada))
        assert (price.points, price.pairs, price.others) == (0, 0, 0)

    def test_it_says_who_is_left_without_a_partner(self, boss):
        one, two = factories.mentor(), factories.mentor(languages=["pt"])
        ada, ben = factories.mentee(), factories.mentee(languages=["en", "pt"])
        propose(PLACE, boss, OPEN)
        price = weigh(PLACE, OPEN, run().uuid, ask(Word.FIX, one, ben))
        assert (price.pairs, set(price.alone)) == (-1, {ada.pk, two.pk})
        assert weigh(PLACE, OPEN, run().uuid, ask(Word.FORBID, one, ada)).pairs == -1

    def test_people_who_have_changed_since_are_counted_apart(self, people):
        one, _two, ada, ben = people
        Participant.objects.filter(pk=ben.pk).update(level=2)
        price = weigh(PLACE, OPEN, run().uuid, ask(Word.FIX, one, ada))
        assert (price.drifted, price.pairs) == (1, -1)

    def test_a_decided_or_unknown_proposal_has_none(self, people, boss):
        said, gone = ask(Word.FORBID, people[0], people[2]), run().uuid
        discard(PLACE, boss, gone)
        with pytest.raises(Conflict) as refused:
            weigh(PLACE, OPEN, gone, said)
        assert refused.value.code == "discarded_meanwhile"
        with pytest.raises(NotFound):
            weigh(PLACE, OPEN, uuid.uuid4(), said)

    @pytest.mark.parametrize("word", [Word.FIX, Word.FORBID])
    def test_of_many_people_there_is_a_bound_that_the_exact_price_keeps(self, people, monkeypatch, word):
        one, _two, ada, ben = people
        said = ask(word, one, ben if word is Word.FIX else ada)
        exact = weigh(PLACE, OPEN, run().uuid, said)
        monkeypatch.setattr(weighing, "MOST_PRICED", 1)
        bound = weigh(PLACE, OPEN, run().uuid, said)
        assert bound.is_bound
        assert exact.points <= bound.points
        assert (bound.points < 0) == (word is Word.FIX)  # nobody else comes near, so nothing is known of the other

    def test_the_number_of_queries_does_not_grow(self, boss, django_assert_num_queries):
        counts = []
        for _ in range(2):
            mentors = [factories.mentor() for _ in range(3)]
            mentees = [factories.mentee() for _ in range(3)]
            propose(PLACE, boss, OPEN)
            with django_assert_num_queries(99, exact=False) as seen:
                weigh(PLACE, OPEN, run().uuid, ask(Word.FIX, mentors[0], mentees[2]))
            counts.append(len(seen))
            discard(PLACE, boss, run().uuid)
        assert counts[0] == counts[1]


class TestKeeping:
    def test_the_proposal_changes_in_place_and_stays_proved(self, people, boss):
        one, two, ada, ben = people
        before = run()
        price = weigh(PLACE, OPEN, before.uuid, ask(Word.FIX, one, ben))
        outcome = keep_word(PLACE, boss, OPEN, ask(Word.FIX, one, ben), before.uuid, price.seen)
        assert outcome.is_changed
        assert outcome.price == price
        assert pairs() == {(one.pk, ben.pk), (two.pk, ada.pk)}
        now = run()
        assert (now.pk, now.total, now.matched, now.certified) == (before.pk, before.total + price.points, 2, True)
        assert now.bound == now.total
        assert Proposal.objects.get(is_fixed=True).mentee_id == ben.pk
        assert proof_flaws() == []
        entry = AuditEntry.objects.get(act="pairing.kept")
        assert (entry.actor_id, entry.facts["mentor"], entry.facts["points"]) == (boss, one.pk, price.points)

    @pytest.mark.parametrize(
        "corrupt",
        [
            lambda row: row.prices["mentees"].update({next(iter(row.prices["mentees"])): 0}),
            lambda row: row.prices["mentors"].clear(),
            lambda row: row.prices.update(bonus=row.prices["bonus"] + 1),
            lambda row: row.proposals.filter(is_fixed=False).delete(),
            lambda row: row.proposals.update(is_fixed=False),
        ],
        ids=["price", "no prices", "bonus", "pair gone", "word gone"],
    )
    def test_a_corrupted_proposal_is_refused_by_the_verifier(self, people, boss, corrupt):
        keep(boss, ask(Word.FIX, people[0], people[3]))
        row = run()
        corrupt(row)
        row.save()
        assert proof_flaws()

    def test_pairs_that_stay_keep_their_rows(self, boss):
        spoken = [["en"], ["en"], ["pt"]]
        mentors = [factories.mentor(languages=languages) for languages in spoken]
        mentees = [factories.mentee(languages=languages) for languages in spoken]
        propose(PLACE, boss, OPEN)
        row = Proposal.objects.get(mentor=mentors[2])
        with_first = Proposal.objects.get(mentor=mentors[0]).mentee
        keep(boss, ask(Word.FORBID, mentors[0], with_first))
        assert (mentors[0].pk, with_first.pk) not in pairs()
        row.refresh_from_db()
        assert row.mentee_id == mentees[2].pk

    def test_who_is_left_out_then_is_listed_with_a_reason(self, boss):
        mentor, mentee = factories.mentor(), factories.mentee()
        propose(PLACE, boss, OPEN)
        keep(boss, ask(Word.FORBID, mentor, mentee))
        assert pairs() == set()
        assert {row.participant_id for row in LeftOut.objects.all()} == {mentor.pk, mentee.pk}
        assert {row.reason["rule"] for row in LeftOut.objects.all()} == {""}

    def test_saying_it_twice_is_once(self, people, boss):
        said = ask(Word.FIX, people[0], people[3])
        seen = weigh(PLACE, OPEN, run().uuid, said).seen
        keep_word(PLACE, boss, OPEN, said, run().uuid, seen)
        assert not keep_word(PLACE, boss, OPEN, said, run().uuid, seen).is_changed
        assert Override.objects.count() == 1
        assert AuditEntry.objects.filter(act="pairing.kept").count() == 1

    def test_what_changed_since_the_price_was_seen_is_not_kept(self, people, boss):
        one, two, ada, ben = people
        said = ask(Word.FIX, one, ben)
        seen = weigh(PLACE, OPEN, run().uuid, said).seen
        pause(PLACE, two.user_id)
        with pytest.raises(Conflict) as refused:
            keep_word(PLACE, boss, OPEN, said, run().uuid, seen)
        assert refused.value.code == "price_changed"
        assert not Override.objects.exists()
        assert pairs() == {(one.pk, ada.pk), (two.pk, ben.pk)}

    def test_another_coordinators_word_in_between_is_not_overwritten(self, people, boss):
        one, two, ada, ben = people
        said = ask(Word.FORBID, one, ada)
        seen = weigh(PLACE, OPEN, run().uuid, said).seen
        keep(factories.coordinator().pk, ask(Word.FIX, two, ben))
        with pytest.raises(Conflict):
            keep_word(PLACE, boss, OPEN, said, run().uuid, seen)
        assert Override.objects.count() == 1

    def test_one_pair_has_one_word(self, people, boss):
        one, two, ada, ben = people
        keep(boss, ask(Word.FIX, one, ben))
        for said, code in (
            (ask(Word.FORBID, one, ben), "word_against"),
            (ask(Word.FIX, two, ben), "mentee_is_kept"),
            (ask(Word.FIX, one, ada), "mentor_is_kept"),
        ):
            with pytest.raises(Conflict) as refused:
                keep(boss, said)
            assert refused.value.code == code

    def test_of_many_people_the_word_counts_from_the_next_proposal_on(self, people, boss, monkeypatch):
        one, two, ada, ben = people
        monkeypatch.setattr(weighing, "MOST_PRICED", 1)
        assert keep(boss, ask(Word.FIX, one, ben)).price.is_bound
        assert pairs() == {(one.pk, ada.pk), (two.pk, ben.pk)}
        discard(PLACE, boss, run().uuid)
        propose(PLACE, boss, OPEN)
        assert (one.pk, ben.pk) in pairs()


class TestRules:
    @pytest.mark.parametrize(
        ("facts", "broken"),
        [({"languages": ["pt"]}, ("language",)), ({"languages": ["pt"], "level": 9}, ("seniority_gap", "language"))],
    )
    def test_a_pair_that_breaks_rules_is_refused_with_all_of_them(self, people, boss, facts, broken):
        mentor = factories.mentor(**facts)
        with pytest.raises(Invalid) as refused:
            keep(boss, ask(Word.FIX, mentor, people[2]))
        assert (refused.value.code, refused.value.params["broken"]) == ("pair_refused", broken)

    @pytest.mark.parametrize("why", ["veto", "avoid", "manager"])
    def test_what_is_confided_is_refused_in_one_way_and_has_no_price(self, people, boss, why):
        mentor = factories.mentor(manager="the-boss" if why == "manager" else "")
        mentee = factories.mentee(manager="the-boss" if why == "manager" else "")
        if why == "veto":
            Veto.objects.create(participant=mentee, person=mentor.user.username)
        elif why == "avoid":
            Avoided.objects.create(participant=mentee, avoided=mentor)
        with pytest.raises(Invalid) as refused:
            weigh(PLACE, OPEN, run().uuid, ask(Word.FIX, mentor, mentee))
        assert refused.value.params["broken"] == ("apart",)

    def test_people_of_another_programme_or_role_are_not_there(self, people):
        one, two, ada, _ = people
        assert ask_of(PLACE, Word.FIX, one.uuid, ada.uuid) == ask(Word.FIX, one, ada)
        elsewhere = factories.mentee(place=factories.Place(factories.OTHER_COURSE, "main"))
        for pair in ((one.uuid, elsewhere.uuid), (one.uuid, two.uuid), (one.uuid, uuid.uuid4())):
            with pytest.raises(NotFound):
                ask_of(PLACE, Word.FIX, *pair)

    def test_a_kept_pair_that_has_come_to_break_a_rule_is_not_made(self, people, boss):
        one, _two, _ada, ben = people
        keep(boss, ask(Word.FIX, one, ben))
        discard(PLACE, boss, run().uuid)
        Veto.objects.create(participant=ben, person=one.user.username)
        propose(PLACE, boss, OPEN)
        assert (one.pk, ben.pk) not in pairs()
        assert not Proposal.objects.filter(run=run(), is_fixed=True).exists()


class TestLater:
    def test_a_word_holds_in_the_next_rounds_until_it_is_lifted(self, people, boss):
        one, _two, ada, _ben = people
        keep(boss, ask(Word.FORBID, one, ada))
        for _ in range(2):
            discard(PLACE, boss, run().uuid)
            propose(PLACE, boss, OPEN)
            assert (one.pk, ada.pk) not in pairs()
        price = weigh(PLACE, OPEN, run().uuid, ask(Word.LIFT, one, ada))
        assert price.points > 0
        assert keep(boss, ask(Word.LIFT, one, ada)).is_changed
        assert (one.pk, ada.pk) in pairs()
        assert not keep_word(PLACE, boss, OPEN, ask(Word.LIFT, one, ada), run().uuid, "").is_changed
        assert AuditEntry.objects.filter(act="pairing.lifted").count() == 1

    def test_beside_a_proposal_nothing_is_kept_without_its_price(self, people, boss):
        with pytest.raises(Conflict) as refused:
            keep_word(PLACE, boss, OPEN, ask(Word.FIX, people[0], people[3]), None)
        assert refused.value.code == "proposal_open"
        assert not Override.objects.exists()

    def test_without_a_proposal_it_counts_from_the_next_one_on(self, people, boss):
        one, _two, _ada, ben = people
        discard(PLACE, boss, run().uuid)
        keep_word(PLACE, boss, OPEN, ask(Word.FIX, one, ben), None)
        propose(PLACE, boss, OPEN)
        assert (one.pk, ben.pk) in pairs()

    def test_a_pair_that_is_ruled_out_is_not_released_either(self, people, boss):
        one, _two, ada, _ben = people
        factories.programme()
        Override.objects.create(programme=one.programme, mentor=one, mentee=ada, kind="forbid")
        assert release(PLACE, boss, run().uuid, OPEN).dropped == 1

    def test_with_its_offer_the_word_is_kept(self, people, boss):
        one, _two, _ada, ben = people
        keep(boss, ask(Word.FIX, one, ben))
        release(PLACE, boss, run().uuid, OPEN)
        assert Pairing.objects.filter(mentor=one, mentee=ben).exists()
        assert Override.objects.get().slot is None

    def test_after_a_part_is_released_a_word_changes_the_rest_alone(self, boss):
        mentors = [factories.mentor(topics=(code,)) for code in ("1.1", "2.1", "3.1")]
        mentees = [factories.mentee(topics=(code,)) for code in ("1.1", "2.1", "3.1")]
        propose(PLACE, boss, OPEN)
        first = Proposal.objects.get(mentor=mentors[0])
        release(PLACE, boss, run().uuid, OPEN, only=[first.uuid])
        total = run().total
        price = weigh(PLACE, OPEN, run().uuid, ask(Word.FORBID, mentors[1], mentees[1]))
        assert keep(boss, ask(Word.FORBID, mentors[1], mentees[1])).price == price
        first.refresh_from_db()
        assert first.released_at
        assert run().total == run().bound == total + price.points
        assert run().matched == 3
        assert proof_flaws() == []


class TestByHand:
    def offer(self, boss, mentor, mentee):
        return offer_by_hand(PLACE, boss, OPEN, ask(Word.FIX, mentor, mentee))

    def test_a_pair_is_offered_at_once(self, boss):
        mentor, mentee = factories.mentor(), factories.mentee()
        made = self.offer(boss, mentor, mentee)
        pair = Pairing.objects.get()
        assert (str(pair.uuid), pair.state, pair.origin) == (made.pairing, PairingState.OFFERED, "hand")
        assert pair.reason["topics"] == ["1.2", "4.1"]
        assert pair.answer_by
        assert not self.offer(boss, mentor, mentee).is_changed
        assert AuditEntry.objects.filter(act="pairing.offered_by_hand").count() == 1

    def test_the_history_names_the_two_where_rows_made_in_bulk_come_without_keys(self, boss, monkeypatch):
        """As on MySQL."""
        monkeypatch.setattr(type(connection.features), "can_return_rows_from_bulk_insert", False)
        mentor, mentee = factories.mentor(), factories.mentee()
        offer_by_hand(PLACE, boss, OPEN, ask(Word.FIX, mentor, mentee))
        assert AuditEntry.objects.get(act="pairing.offered_by_hand").facts == {"pairing": Pairing.objects.get().pk}

    def test_not_beside_an_open_proposal(self, people, boss):
        with pytest.raises(Conflict) as refused:
            self.offer(boss, people[0], people[3])
        assert refused.value.code == "proposal_open_by_hand"

    def test_every_rule_is_checked(self, boss):
        mentor, mentee = factories.mentor(languages=["pt"]), factories.mentee()
        with pytest.raises(Invalid) as refused:
            self.offer(boss, mentor, mentee)
        assert refused.value.params["broken"] == ("language",)
        away = factories.mentee(ParticipantState.PAUSED)
        with pytest.raises(Invalid) as refused:
            self.offer(boss, factories.mentor(), away)
        assert refused.value.params["broken"] == ("not_ready",)

    def test_not_a_pair_that_was_ruled_out(self, boss):
        mentor, mentee = factories.mentor(), factories.mentee()
        Override.objects.create(programme=mentor.programme, mentor=mentor, mentee=mentee, kind="forbid")
        with pytest.raises(Conflict) as refused:
            self.offer(boss, mentor, mentee)
        assert refused.value.code == "word_against"
