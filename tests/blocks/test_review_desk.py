"""The table of a proposal in the page: arranged, read, decided by hand with the price first, released in parts."""

import gzip
import html
import re
import uuid

import factories
import pytest
from callers import Browser, text_of
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reverse_mentoring_xblock.domain.states import PairingState, ParticipantState, Role, RunState
from reverse_mentoring_xblock.models import (
    LeftOut,
    MatchRun,
    Override,
    Pairing,
    Participant,
    Proposal,
    Veto,
)
from reverse_mentoring_xblock.services import weighing
from reverse_mentoring_xblock.shell.review_words import points_in_parts
from reverse_mentoring_xblock.standalone.models import BlockState, CourseNode, ReceivedEvent

PAIRING = "reverse_mentoring_pairing"
CERTIFIED = (
    "Certified: no other assignment matches more people or more of those who have waited, and none that matches as "
    "many of both scores higher."
)
MOST_BYTES, MOST_PACKED = 200_000, 16_000
pytestmark = pytest.mark.usefixtures("course", "open_gates")


@pytest.fixture
def open_gates(course):
    """The author asks for neither training nor assessment."""
    node = CourseNode.objects.get(category=PAIRING)
    node.fields = {**node.fields, "require_training": False, "require_assessment": False}
    node.save()


@pytest.fixture
def desk():
    return Browser(factories.coordinator(first_name="Ingrid", last_name="Solheim"))


def person(role, name, *topics, **facts):
    make = factories.mentor if role is Role.MENTOR else factories.mentee
    return make(account=factories.user(*name.split()), topics=topics, **facts)


@pytest.fixture
def people(desk):
    """Two pairs of whom each is plainly the best, proposed."""
    made = (
        person(Role.MENTOR, "Tomasz Nowak", "1.2", "4.1", "5.2"),
        person(Role.MENTOR, "Ines Roy", "2.1"),
        person(Role.MENTEE, "Margaret Oduya", "1.2", "4.1", "5.2"),
        person(Role.MENTEE, "Paolo Conti", "2.1"),
    )
    assert desk.do(PAIRING, "propose").status == 200
    return made


def run():
    return str(MatchRun.objects.get(open_slot=1).uuid)


def said(word, mentor, mentee):
    return f"{word}:{mentor.uuid}:{mentee.uuid}"


def field(page, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def weigh(desk, word, mentor, mentee):
    return desk.do(PAIRING, "weigh_word", run=run(), said=said(word, mentor, mentee))


def save(desk, shown):
    sent = {name: field(shown.html, name) for name in ("run", "said", "seen")}
    return desk.do(PAIRING, "keep_word", **sent)


def pairs():
    return set(Proposal.objects.filter(run__open_slot=1).values_list("mentor_id", "mentee_id"))


def rows(answer):
    """The names of the mentors, in the order of the table."""
    return re.findall(r"Tick (\w+ \w+) and", answer.html)


def focused(answer):
    """The tag that gets the focus."""
    (tag,) = re.findall(r"<[^<>]*\bdata-rm-focus\b[^<>]*>", answer.html)
    return tag


class TestWhereTheFocusGoes:
    """To what was asked for, and not to the top of a page of fifty rows."""

    def test_a_list_that_is_arranged_or_turned_is_where_one_goes_on(self, desk, people):
        for handler, sent in (("arrange_pairs", {"sort": "mentor", "show": "all"}), ("turn_pairs_page", {"page": 1})):
            assert 'aria-label="Proposed pairs: 1 to 2 of 2"' in focused(desk.do(PAIRING, handler, **sent))
        nobody = desk.do(PAIRING, "arrange_pairs", sort="mentor", show="all", search="nobody")
        assert f"{focused(nobody)}No pair is like this." in nobody.html

    def test_so_are_those_who_are_left_out(self, desk):
        for n in range(51):
            person(Role.MENTOR, f"Ada Name{n:02d}", "2.1")
        person(Role.MENTEE, "Paolo Conti", "2.1")
        desk.do(PAIRING, "propose")
        assert "Without a partner in this round: 1 to 50" in focused(desk.do(PAIRING, "turn_left_out_page", page=1))

    def test_people_who_were_looked_up_are_where_one_goes_on(self, desk, people):
        found = desk.do(PAIRING, "find_pair", mentor_name="Tomasz", mentee_name="Paolo")
        assert "-hand-mentor" in focused(found)
        assert "<h4" in focused(desk.do(PAIRING, "open_desk_page", page="round"))

    def test_a_link_leads_over_the_list_to_the_decision(self, desk, people):
        target = re.search(r'data-rm-jump="([^"]+)">Go to your decision', desk.see(PAIRING))[1]
        assert f'<h4 id="{target}" tabindex="-1">Your decision' in desk.see(PAIRING)


class TestTheTable:
    def test_a_row_says_why_what_else_and_which_rules(self, desk, people):
        page = text_of(desk.see(PAIRING))
        assert "The mentor covers everything that the mentee chose: " in page
        assert "Points: needs and topics covered 6,000; shared topics 600; different departments 500." in page
        assert "Rules that hold: seniority, reporting line, no shared manager, language, shared hours" in page
        assert "No other mentor comes near for Margaret Oduya." in page
        assert CERTIFIED in page
        assert "Points come second for mentees who have waited" in page

    def test_where_waiting_people_do_not_come_first_nothing_says_so(self, desk, people):
        desk.do(PAIRING, "discard", run=run())
        node = CourseNode.objects.get(category=PAIRING)
        node.fields |= {"waiting_first": False}
        node.save()
        page = text_of(desk.do(PAIRING, "propose").html)
        assert "Certified: no other assignment matches more people or scores higher." in page
        assert "Points come second" not in page
        answer = save(desk, weigh(desk, "fix", people[0], people[3]))
        kept = (
            "Certified: no other assignment that keeps what was decided by hand matches more people or scores higher."
        )
        assert kept in text_of(answer.html)

    def test_it_is_ordered_filtered_and_searched_and_stays_so(self, desk, people):
        Proposal.objects.filter(mentor=people[0]).update(utility=9000)
        Proposal.objects.filter(mentor=people[1]).update(utility=100, covered=0)
        assert rows(desk.do(PAIRING, "arrange_pairs", sort="points_down", show="all", search="")) == [
            "Tomasz Nowak",
            "Ines Roy",
        ]
        assert rows(desk.do(PAIRING, "arrange_pairs", sort="points_up", show="all", search="")) == [
            "Ines Roy",
            "Tomasz Nowak",
        ]
        answer = desk.do(PAIRING, "arrange_pairs", sort="mentor", show="uncovered", search="")
        assert rows(answer) == ["Ines Roy"]
        assert "No chosen topic covered (1)" in answer.html
        assert 'aria-sort="ascending">Mentor' in answer.html
        assert rows(desk.do(PAIRING, "arrange_pairs", sort="mentor", show="all", search=" oduya ")) == ["Tomasz Nowak"]
        assert 'value="oduya"' in desk.see(PAIRING)
        answer = desk.do(PAIRING, "arrange_pairs", sort="mentor", show="all", search="nobody")
        assert "No pair is like this." in answer.html

    @pytest.mark.parametrize("sent", [{"sort": "x", "show": "all"}, {"sort": "mentor", "show": "x"}, {}])
    def test_an_arrangement_that_is_none_is_refused(self, desk, people, sent):
        assert desk.do(PAIRING, "arrange_pairs", **sent).status == 422
        assert rows(desk.do(PAIRING, "drop_word")) != []

    def test_at_two_thousand_pairs_a_page_is_bounded(self, desk):
        sizes, queries = [], []
        for count in (60, 2000):
            MatchRun.objects.all().delete()
            large_round(count)
            desk.do(PAIRING, "turn_pairs_page", page=2)
            with CaptureQueriesContext(connection) as seen:
                page = desk.do(PAIRING, "turn_pairs_page", page=1).html
            queries.append(len(seen))
            sizes.append(len(page))
            assert len(rows(desk.do(PAIRING, "turn_pairs_page", page=1))) == 50
        assert queries[0] == queries[1]
        assert sizes[1] < sizes[0] * 1.05 < MOST_BYTES
        assert len(gzip.compress(page.encode(), 6)) < MOST_PACKED
        assert "51 to 100 of 2000" in desk.do(PAIRING, "turn_pairs_page", page=2).html
        assert "51 to 100 of 100" in desk.do(PAIRING, "turn_left_out_page", page=2).html

    def test_those_who_compete_are_counted_and_the_binding_rule_is_named(self, desk):
        person(Role.MENTOR, "Tomasz Nowak", capacity=1)
        for name in ("Ada Berg", "Bo Cruz", "Cai Dahl"):
            person(Role.MENTEE, name)
        for number in range(3):
            person(Role.MENTOR, f"Lone Wolf{number}", languages=["pt"])
        page = text_of(desk.do(PAIRING, "propose").html)
        assert "3 mentees fit only the same mentor, who can take 1." in page
        assert "What keeps most other mentors from them is language." in page

    def test_wishes_are_said(self, desk, people):
        Proposal.objects.filter(mentor=people[0]).update(reason={"wished_by": ["mentor", "mentee"]})
        Proposal.objects.filter(mentor=people[1]).update(reason={"wished_by": ["mentee"]})
        page = desk.see(PAIRING)
        assert "They wished for each other." in page
        assert "The mentee wished for this mentor." in page


def large_round(count):
    """A proposal of so many pairs, with a hundred people left out."""
    User = factories.everybody().model
    before = User.objects.count()
    accounts = User.objects.bulk_create(
        User(username=f"u{before + n}", first_name="Ada", last_name=f"Name{n:04d}") for n in range(2 * count + 100)
    )
    made = Participant.objects.bulk_create(
        Participant(
            programme=factories.programme(),
            user=account,
            role="mentor" if number < count else "mentee",
            state=ParticipantState.SIGNED_UP,
            department="Internal Audit",
            site="Leeds",
        )
        for number, account in enumerate(accounts)
    )
    row = MatchRun.objects.create(programme=factories.programme(), seed=1, certified=True)
    reason = {"topics": ["1.2", "4.1"], "wanted": 3, "minutes": 180, "languages": ["en"], "other_site": True}
    Proposal.objects.bulk_create(
        Proposal(
            run=row,
            mentor=made[n],
            mentee=made[count + n],
            utility=n,
            minutes=180,
            covered=2,
            next_mentor=made[0],
            next_cost=14,
            reason={**reason, "parts": {"cover": 4000, "site": 300}},
        )
        for n in range(count)
    )
    LeftOut.objects.bulk_create(
        LeftOut(run=row, participant=one, reason={"why": "no_partner", "rule": "hours"}) for one in made[2 * count :]
    )


class TestAWordOnAPair:
    def test_the_price_comes_before_the_decision(self, desk, people):
        one, _two, _margaret, paolo = people
        before = pairs()
        shown = weigh(desk, "fix", one, paolo)
        page = text_of(shown.html)
        assert "Keep Tomasz Nowak and Paolo Conti together" in page
        assert re.search(r"\u2212[\d,]+ points in total\.", page)
        assert "2 other pairs change." in page
        assert "Nothing is saved yet." in page
        assert (pairs(), Override.objects.count()) == (before, 0)
        assert "Keep Tomasz Nowak" in desk.see(PAIRING)
        back = desk.do(PAIRING, "drop_word")
        assert "Proposed pairs: 1 to 2 of 2" in back.html
        assert not Override.objects.exists()

    def test_who_would_be_without_a_partner_is_named(self, desk):
        one, _two = person(Role.MENTOR, "Tomasz Nowak"), person(Role.MENTOR, "Ines Roy", languages=["pt"])
        person(Role.MENTEE, "Margaret Oduya")
        paolo = person(Role.MENTEE, "Paolo Conti", languages=["en", "pt"])
        desk.do(PAIRING, "propose")
        page = text_of(weigh(desk, "fix", one, paolo).html)
        assert "Leaves 2 people without a partner: Ines Roy, Margaret Oduya." in page

    def test_saving_changes_the_proposal_and_is_listed_until_it_is_lifted(self, desk, people):
        one, two, margaret, paolo = people
        answer = save(desk, weigh(desk, "fix", one, paolo))
        assert answer.said == "Kept. The pair is made in this round and the next ones until you change that."
        assert pairs() == {(one.pk, paolo.pk), (two.pk, margaret.pk)}
        page = text_of(answer.html)
        assert "Kept by hand" in page
        assert "Decided by Ingrid Solheim." in page
        assert "Certified: of all assignments that keep what was decided by hand, none matches more people or" in page
        event = ReceivedEvent.objects.get(name="reverse_mentoring.pairing.overridden")
        assert {**event.data, "run": ""} == {"programme": "main", "run": "", "word": "fix"}
        shown = weigh(desk, "lift", one, paolo)
        assert re.search(r"\+[\d,]+ points in total\.", text_of(shown.html))
        assert save(desk, shown).status == 200
        assert pairs() == {(one.pk, margaret.pk), (two.pk, paolo.pk)}

    def test_not_this_pair(self, desk, people):
        one, _two, margaret, _paolo = people
        assert save(desk, weigh(desk, "forbid", one, margaret)).status == 200
        assert (one.pk, margaret.pk) not in pairs()
        assert "Not paired." in desk.see(PAIRING)

    def test_a_proposal_that_changed_meanwhile_shows_the_new_price_and_saves_nothing(self, desk, people):
        one, two, margaret, paolo = people
        shown = weigh(desk, "fix", one, paolo)
        other = Browser(factories.coordinator())
        assert save(other, weigh(other, "forbid", two, margaret)).status == 200
        answer = save(desk, shown)
        assert answer.status == 409
        page = text_of(answer.html)
        assert "nothing was saved. Here is what it would mean now; decide again." in page
        assert "Keep Tomasz Nowak and Paolo Conti together" in page
        assert Override.objects.count() == 1
        assert save(desk, answer).status == 200

    def test_a_proposal_that_was_decided_meanwhile(self, desk, people):
        shown = weigh(desk, "fix", people[0], people[3])
        Browser(factories.coordinator()).do(PAIRING, "discard", run=run())
        answer = save(desk, shown)
        assert answer.status == 409
        assert "This proposal was discarded meanwhile" in answer.html
        assert not Override.objects.exists()

    def test_the_same_click_twice_is_once(self, desk, people):
        shown = weigh(desk, "fix", people[0], people[3])
        assert [save(desk, shown).status for _ in range(2)] == [200, 200]
        assert Override.objects.count() == 1
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.overridden").count() == 1

    def test_a_veto_reads_like_anything_else_that_was_confided(self, desk, people):
        one, two, margaret, paolo = people
        Veto.objects.create(participant=paolo, person=one.user.username)
        Participant.objects.filter(pk__in=(two.pk, margaret.pk)).update(manager="the-boss")
        said = {weigh(desk, "fix", *pair).said for pair in ((one, paolo), (two, margaret))}
        assert said == {
            "The two cannot be paired, and nothing was changed. "
            "Something that is kept in confidence or was decided keeps the two apart."
        }

    def test_the_same_pair_has_one_word(self, desk, people):
        save(desk, weigh(desk, "fix", people[0], people[3]))
        answer = weigh(desk, "forbid", people[0], people[3])
        assert answer.status == 409
        assert "The opposite was decided about this pair before." in answer.html

    def test_with_many_people_there_is_a_bound_and_the_proposal_stays(self, desk, people, monkeypatch):
        monkeypatch.setattr(weighing, "MOST_PRICED", 1)
        before = pairs()
        shown = weigh(desk, "fix", people[0], people[3])
        page = text_of(shown.html)
        assert re.search(r"It costs at least [\d,]+ points in total, or somebody their place\.", page)
        assert "what you keep counts from the next one on" in page
        assert save(desk, shown).status == 200
        assert pairs() == before
        assert "To be kept together, but not in this proposal" in desk.see(PAIRING)

    @pytest.mark.parametrize("sent", ["", "fix", "fix:x:y", f"keep:{uuid.UUID(int=1)}:{uuid.UUID(int=2)}", "\x00" * 3])
    def test_words_that_are_none_are_refused(self, desk, people, sent):
        assert desk.do(PAIRING, "weigh_word", run=run(), said=sent).status == 422
        assert desk.do(PAIRING, "keep_word", run=run(), said=sent).status == 422

    def test_people_who_are_not_here_are_not_found(self, desk, people):
        elsewhere = factories.mentee(place=factories.Place(factories.OTHER_COURSE, "main"))
        assert weigh(desk, "fix", people[0], elsewhere).status == 404

    def test_without_a_proposal_it_is_lifted_at_once(self, desk, people):
        one, _, _, paolo = people
        save(desk, weigh(desk, "fix", one, paolo))
        desk.do(PAIRING, "discard", run=run())
        answer = desk.do(PAIRING, "weigh_word", said=said("lift", one, paolo))
        assert answer.said == "Done. The matcher decides about these two again."
        assert not Override.objects.filter(slot=1).exists()


class TestByHand:
    def test_two_are_found_checked_and_offered(self, desk):
        mentor, mentee = person(Role.MENTOR, "Tomasz Nowak"), person(Role.MENTEE, "Margaret Oduya")
        found = desk.do(PAIRING, "find_pair", mentor_name="tom now", mentee_name="oduya")
        assert f'value="{mentor.uuid}"' in found.html
        assert f'value="{mentee.uuid}"' in found.html
        shown = desk.do(PAIRING, "weigh_pair", mentor=mentor.uuid, mentee=mentee.uuid)
        assert "Offer Tomasz Nowak and Margaret Oduya to each other" in shown.html
        assert not Pairing.objects.exists()
        for _ in range(2):
            answer = desk.do(PAIRING, "offer_pair", mentor=mentor.uuid, mentee=mentee.uuid)
            assert answer.said == "The pair is offered. Both people see it here and accept or decline."
        assert Pairing.objects.get().origin == "hand"
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.offered_by_hand").count() == 1

    def test_in_an_open_proposal_it_has_a_price_first(self, desk, people):
        shown = desk.do(PAIRING, "weigh_pair", run=run(), mentor=people[0].uuid, mentee=people[3].uuid)
        assert "points in total" in shown.html
        assert save(desk, shown).status == 200
        assert (people[0].pk, people[3].pk) in pairs()
        answer = desk.do(PAIRING, "offer_pair", mentor=people[1].uuid, mentee=people[2].uuid)
        assert answer.status == 409

    def test_rules_that_stand_in_the_way_are_all_named_and_the_choice_is_kept(self, desk):
        mentor = person(Role.MENTOR, "Tomasz Nowak", languages=["pt"], level=9)
        mentee = person(Role.MENTEE, "Margaret Oduya")
        desk.do(PAIRING, "find_pair", mentor_name="tomasz", mentee_name="margaret")
        answer = desk.do(PAIRING, "weigh_pair", mentor=mentor.uuid, mentee=mentee.uuid)
        assert answer.status == 422
        assert "The mentor has to be the more junior" in answer.html
        assert "They share no language." in answer.html
        assert f'value="{mentor.uuid}" checked' in answer.html

    def test_nobody_of_that_name(self, desk):
        person(Role.MENTOR, "Tomasz Nowak")
        answer = desk.do(PAIRING, "find_pair", mentor_name="tomasz", mentee_name="nobody")
        assert "Nobody in this role has such a name." in answer.html
        assert "Check this pair" not in answer.html
        refused = desk.do(PAIRING, "find_pair", mentor_name="", mentee_name="Oduya")
        assert refused.status == 422
        assert "Give a part of the name of the mentor." in refused.html
        assert 'value="Oduya"' in refused.html
        assert desk.do(PAIRING, "weigh_pair", mentor="", mentee="").status == 422


class TestReleasingAPart:
    def ids(self, **facts):
        return [str(uuid_) for uuid_ in Proposal.objects.filter(**facts).values_list("uuid", flat=True)]

    def test_ticked_pairs_are_offered_and_the_rest_stays(self, desk, people):
        ticked = self.ids(mentor=people[0])
        answer = desk.do(PAIRING, "release_part", run=run(), pairs=ticked)
        assert answer.said == "1 pair is offered. Both people see it here and accept or decline."
        page = text_of(answer.html)
        assert "1 pair is proposed and waits for your decision. 1 pair of this proposal is released already." in page
        assert rows(answer) == ["Ines Roy"]
        assert Pairing.objects.get().mentor == people[0]
        again = desk.do(PAIRING, "release_part", run=run(), pairs=ticked)
        assert (again.status, again.said) == (200, answer.said)
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.released").count() == 1
        last = desk.do(PAIRING, "release_part", run=run(), pairs=self.ids(mentor=people[1]))
        assert last.status == 200
        assert MatchRun.objects.get().state == RunState.RELEASED

    def test_the_pairs_of_a_filter_are_offered(self, desk, people):
        desk.do(PAIRING, "arrange_pairs", sort="mentor", show="all", search="roy")
        answer = desk.do(PAIRING, "release_part", run=run(), shown=1)
        assert (answer.status, Pairing.objects.get().mentor) == (200, people[1])
        assert desk.do(PAIRING, "release_part", run=run(), shown=1).status == 200
        desk.do(PAIRING, "arrange_pairs", sort="mentor", show="all", search="")
        assert desk.do(PAIRING, "release_part", run=run(), shown=2).status == 409
        assert Pairing.objects.count() == 1

    def test_a_proposal_that_changed_since_it_was_seen_is_not_released(self, desk, people):
        seen = field(desk.see(PAIRING), "seen")
        other = Browser(factories.coordinator())
        save(other, weigh(other, "forbid", people[0], people[2]))
        answer = desk.do(PAIRING, "release", run=run(), seen=seen)
        assert answer.status == 409
        assert "Pairs have changed while you were reviewing, so nothing was released." in answer.html
        assert not Pairing.objects.exists()
        assert desk.do(PAIRING, "release", run=run(), seen=field(answer.html, "seen")).status == 200

    def test_nothing_ticked_or_something_else_is_refused_and_ticks_stay(self, desk, people):
        for sent in ({}, {"pairs": "x"}, {"shown": "0"}):
            assert desk.do(PAIRING, "release_part", run=run(), **sent).status == 422
        ticked = [*self.ids(mentor=people[0]), str(uuid.uuid4())]
        answer = desk.do(PAIRING, "release_part", run=run(), pairs=ticked)
        assert answer.status == 409
        assert (
            f'value="{ticked[0]}" form="{re.search("form=.(rm-[^ ]*-ticked)", answer.html)[1]}" checked' in answer.html
        )
        assert not Pairing.objects.exists()

    def test_a_round_of_which_a_part_is_released_is_finished_and_not_discarded(self, desk, people):
        sent = run()
        assert desk.do(PAIRING, "finish_round", run=sent).status == 409
        desk.do(PAIRING, "release_part", run=sent, pairs=self.ids(mentor=people[0]))
        refused = desk.do(PAIRING, "discard", run=sent)
        assert refused.status == 409
        assert "A part of this proposal is released already" in refused.html
        for _ in range(2):
            assert desk.do(PAIRING, "finish_round", run=sent).status == 200
        assert ReceivedEvent.objects.filter(name="reverse_mentoring.pairing.finished").count() == 1
        waited = dict(Participant.objects.values_list("pk", "rounds_waited"))
        assert [waited[one.pk] for one in people] == [0, 1, 0, 1]
        assert Pairing.objects.get().state == PairingState.OFFERED


def test_what_is_no_person_is_not_kept_as_one_who_was_chosen(desk):
    """What a block keeps goes into a database that may take no NUL, and back into the page."""
    answer = desk.do(PAIRING, "weigh_pair", mentor="\0<b>", mentee="\0")
    assert answer.status == 422
    kept = BlockState.objects.filter(fields__has_key="by_hand").values_list("fields__by_hand", flat=True)
    assert all("\0" not in text for one in kept for text in one.values())


def test_points_do_not_tell_who_has_waited_since_an_offer_fell_through():
    """Whoever was declined has waited one more round than whoever declined."""
    shown = [
        points_in_parts({"cover": 4000, "style": style, "queue": queue}) for style, queue in ((100, 200), (300, 0))
    ]
    assert shown == ["needs and topics covered 4,000; ways of working and rounds waited 300"] * 2
