"""Who was left out before comes first in the next round, from the rows of people to the pairs and the words."""

import factories
import pytest

from reverse_mentoring_xblock.domain import matching
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules, Shares
from reverse_mentoring_xblock.domain.states import Role, RunBasis
from reverse_mentoring_xblock.models import LeftOut, MatchRun, Participant, Proposal
from reverse_mentoring_xblock.selectors.cohort import cohort_of
from reverse_mentoring_xblock.selectors.left_out import why_left_out
from reverse_mentoring_xblock.services import weighing
from reverse_mentoring_xblock.services.overriding import keep_word
from reverse_mentoring_xblock.services.proposing import propose
from reverse_mentoring_xblock.services.releasing import discard, release
from reverse_mentoring_xblock.services.weighing import Ask, Word, weigh
from reverse_mentoring_xblock.shell.pairing_words import why_nobody

pytestmark = pytest.mark.django_db
PLACE = factories.PLACE
OPEN = PairingRules(require_training=False, require_assessment=False)
OFF = PairingRules(require_training=False, require_assessment=False, waiting_first=False)
FIRST = "Those who have waited more rounds came first."


@pytest.fixture
def boss():
    return factories.coordinator().pk


@pytest.fixture
def people():
    """A mentor; somebody who has waited and fits poorly; somebody new who fits well."""
    mentor = factories.mentor(department="it", site="Leeds", topics=("1.2", "4.1"))
    waiting = factories.mentee(department="it", site="Leeds", topics=("5.2",), rounds_waited=1)
    newcomer = factories.mentee(department="law", site="York", topics=("1.2", "4.1"))
    return mentor, waiting, newcomer


def matched():
    return set(Proposal.objects.filter(run=run()).values_list("mentee_id", flat=True))


def run():
    return MatchRun.objects.latest("pk")


def stored_prices(row):
    kept = row.prices
    return matching.Prices(
        kept["bonus"],
        {int(id_): price for id_, price in kept["mentors"].items()},
        {int(id_): price for id_, price in kept["mentees"].items()},
        matching.Witness(**{side: tuple(ids) for side, ids in kept["witness"].items()}),
        kept["first"],
        {
            int(rounds): matching.Witness(**{side: tuple(ids) for side, ids in one.items()})
            for rounds, one in kept["waiting"].items()
        },
    )


def flaws(row, rules=OPEN):
    cohort = cohort_of(PLACE, rules)
    pairs = list(row.proposals.values_list("mentor_id", "mentee_id"))
    policy = rules.policy(factories.timezone.now().date())
    found = matching.violations(cohort.mentors, cohort.mentees, policy, pairs, stored_prices(row), cohort.others)
    return {one.flaw for one in found}


def test_somebody_left_out_is_matched_before_a_newcomer_who_fits_better(people, boss):
    _, waiting, newcomer = people
    assert propose(PLACE, boss, OFF).is_certified
    assert matched() == {newcomer.pk}
    discard(PLACE, boss, run().uuid)
    assert propose(PLACE, boss, OPEN).is_certified
    assert matched() == {waiting.pk}


def test_from_a_round_that_left_them_out_to_one_that_does_not(boss):
    factories.mentor(department="it")
    best = factories.mentee(topics=("1.2", "4.1"))
    poor = factories.mentee(department="it", topics=("5.2",))
    propose(PLACE, boss, OPEN)
    assert matched() == {best.pk}
    release(PLACE, boss, run().uuid, OPEN)
    assert Participant.objects.get(pk=poor.pk).rounds_waited == 1
    factories.mentor(department="it")
    factories.mentee(topics=("1.2", "4.1"))
    propose(PLACE, boss, OPEN)
    assert matched() == {poor.pk}


def test_a_round_by_wishes_keeps_to_it(people, boss):
    _, waiting, _ = people
    propose(PLACE, boss, OPEN, basis=RunBasis.WISH)
    assert matched() == {waiting.pk}


def test_two_rounds_come_before_one(people, boss):
    _, waiting, newcomer = people
    Participant.objects.filter(pk=newcomer.pk).update(rounds_waited=2)
    propose(PLACE, boss, OPEN)
    assert matched() == {newcomer.pk}
    reason = why_left_out(LeftOut.objects.get(participant=waiting).reason)
    assert reason.later
    assert FIRST in why_nobody(Role.MENTEE, reason)


def test_who_is_left_out_for_it_reads_so_and_nobody_else(people, boss):
    *_, newcomer = people
    alone = factories.mentee(languages=["pt"])
    propose(PLACE, boss, OPEN)
    said = {row.participant_id: why_left_out(row.reason) for row in LeftOut.objects.all()}
    assert (said[newcomer.pk].later, said[alone.pk].later) == (True, False)
    assert why_nobody(Role.MENTEE, said[newcomer.pk]) == (
        f"2 mentees fit only the same mentor, who can take 1. {FIRST}"
    )
    discard(PLACE, boss, run().uuid)
    propose(PLACE, boss, OFF)
    assert not any(row.reason["later"] for row in LeftOut.objects.filter(run=run()))


def test_who_competes_with_newcomers_alone_is_not_told_of_others(people, boss):
    """Somebody has waited and is matched, for places that these two cannot have."""
    factories.mentor(languages=["pt"])
    for _ in range(2):
        factories.mentee(languages=["pt"])
    propose(PLACE, boss, OPEN)
    later = {row.participant.languages[0]: row.reason["later"] for row in LeftOut.objects.select_related("participant")}
    assert later == {"en": True, "pt": False}


def test_the_stored_proof_holds_and_every_part_of_it_counts(people, boss):
    factories.mentee(topics=(), rounds_waited=1)
    propose(PLACE, boss, OPEN)
    row = run()
    assert flaws(row) == set()
    row.prices["first"] += 1
    assert flaws(row)
    row.prices["first"] -= 1
    row.prices["waiting"]["1"]["mentors"] = []
    assert flaws(row) == {matching.Flaw.WAITING_REFUTED, matching.Flaw.MORE_WAITING}
    row.prices["waiting"] = {}
    assert flaws(row) == {matching.Flaw.MORE_WAITING}


class TestAWordByHand:
    def test_a_newcomer_kept_by_hand_takes_the_place_and_the_price_says_of_whom(self, people, boss):
        mentor, waiting, newcomer = people
        propose(PLACE, boss, OPEN)
        said = Ask(Word.FIX, mentor.pk, newcomer.pk)
        price = weigh(PLACE, OPEN, run().uuid, said)
        assert (price.alone, price.joined) == ((waiting.pk,), (newcomer.pk,))
        assert price.points > 0
        keep_word(PLACE, boss, OPEN, said, run().uuid, price.seen)
        assert matched() == {newcomer.pk}
        assert run().certified

    def test_the_bound_from_the_prices_counts_who_comes_first(self, people, boss, monkeypatch):
        mentor, waiting, _ = people
        propose(PLACE, boss, OPEN)
        monkeypatch.setattr(weighing, "MOST_PRICED", 1)
        price = weigh(PLACE, OPEN, run().uuid, Ask(Word.FIX, mentor.pk, waiting.pk))
        assert (price.is_bound, price.points) == (True, 0)

    def test_prices_from_before_there_was_this_rule_are_read(self, people, boss, monkeypatch):
        mentor, _, newcomer = people
        propose(PLACE, boss, OFF)
        row = run()
        del row.prices["first"], row.prices["waiting"], row.rules["waiting_first"]
        row.save()
        monkeypatch.setattr(weighing, "MOST_PRICED", 1)
        assert weigh(PLACE, OPEN, row.uuid, Ask(Word.FIX, mentor.pk, newcomer.pk)).points == 0

    def test_a_proposal_from_before_is_worked_out_as_it_was_made(self, people, boss):
        mentor, _, newcomer = people
        propose(PLACE, boss, OFF)
        row = run()
        del row.rules["waiting_first"]
        row.save()
        price = weigh(PLACE, OPEN, row.uuid, Ask(Word.FIX, mentor.pk, newcomer.pk))
        assert (price.points, price.alone, price.joined) == (0, (), ())


def test_mentors_who_waited_have_points_and_no_turn(boss):
    """Of two mentors for one mentee the better is taken, however long the other has waited."""
    factories.mentor(topics=("1.2",))
    factories.mentor(topics=("4.1",), rounds_waited=2)
    factories.mentee(topics=("1.2",))
    propose(PLACE, boss, PairingRules(False, False, shares=Shares(queue=1)))
    assert Proposal.objects.get().reason["topics"] == ["1.2"]
