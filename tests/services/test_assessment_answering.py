import assessing
import factories
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reverse_mentoring_xblock.content.instrument import shipped
from reverse_mentoring_xblock.content.loading import load_bank
from reverse_mentoring_xblock.domain.assessment.rounds import Sharing
from reverse_mentoring_xblock.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Answer, Attempt
from reverse_mentoring_xblock.services.assessment import (
    Begun,
    Saved,
    answer_item,
    begin,
    submit_assessment,
)
from reverse_mentoring_xblock.services.clearing import forget_in_block
from reverse_mentoring_xblock.services.report_choices import choose_sharing

PLACE = factories.PLACE
pytestmark = pytest.mark.django_db


@pytest.fixture
def mentee():
    return factories.participant(Role.MENTEE)


def start(person, phase="start"):
    return assessing.started(person, phase)


def test_beginning_stores_what_is_asked_and_from_which_bank(mentee):
    assert start(mentee) == Begun(is_new=True, competences=12)
    attempt = Attempt.objects.get()
    bank = load_bank()
    assert (attempt.bank, attempt.bank_version, attempt.bank_digest) == (bank.id, bank.version, bank.digest)
    assert attempt.competences == list(bank.sets["core-12"])
    assert 0 <= attempt.seed < 2**31
    assert (attempt.open_slot, attempt.submitted_at) == (1, None)


def test_beginning_twice_is_one_round(mentee):
    start(mentee)
    assert assessing.started(mentee, competence_set="all-21") == Begun(is_new=False, competences=12)
    assert Attempt.objects.count() == 1


def test_nobody_begins_without_a_role():
    with pytest.raises(NotAllowed, match="join_first"):
        begin(PLACE, factories.user().pk, "start", assessing.setup(), shipped())


def test_a_round_that_is_handed_in_is_not_begun_again(mentee):
    assessing.handed_in(mentee)
    with pytest.raises(Conflict, match="assessment_handed_in"):
        start(mentee)


def test_the_two_phases_are_two_rounds(mentee):
    assessing.handed_in(mentee)
    assert start(mentee, "end").is_new
    assert Attempt.objects.count() == 2


def test_the_end_round_starts_with_the_sharing_chosen_last(mentee):
    assessing.handed_in(mentee)
    choose_sharing(PLACE, mentee.user_id, "start", Sharing(topics=False, levels=True))
    start(mentee, "end")
    attempt = Attempt.objects.get(phase="end")
    assert (attempt.share_topics, attempt.share_levels, attempt.share_strength) == (False, True, False)


def test_an_answer_is_kept_and_says_how_far_one_is(mentee):
    start(mentee)
    question = assessing.open_question(mentee)
    assert answer_item(PLACE, mentee.user_id, "start", question.id, "2") == Saved(done=1, about=36)
    assert Answer.objects.values_list("item", "value").get() == (question.id, "2")


def test_leaving_a_skill_out_shortens_the_way(mentee):
    start(mentee)
    question = assessing.open_question(mentee)
    assert answer_item(PLACE, mentee.user_id, "start", question.id, "na") == Saved(done=1, about=34)


def test_a_second_tab_updates_the_answer(mentee):
    start(mentee)
    question = assessing.open_question(mentee)
    answer_item(PLACE, mentee.user_id, "start", question.id, "2")
    answer_item(PLACE, mentee.user_id, "start", question.id, "0")
    assert Answer.objects.values_list("item", "value").get() == (question.id, "0")


def test_an_answer_that_left_the_path_is_kept_and_counts_again_when_its_path_comes_back(mentee):
    start(mentee)
    item = assessing.open_question(mentee).id
    answer_item(PLACE, mentee.user_id, "start", item, "3")
    upper = assessing.open_question(mentee).id
    answer_item(PLACE, mentee.user_id, "start", upper, "1")
    assert answer_item(PLACE, mentee.user_id, "start", item, "0").done == 1
    assert answer_item(PLACE, mentee.user_id, "start", item, "4").done == 2


@pytest.mark.parametrize("item", ["s-1.1-I", "m-1.1", "s-no", "m-", "", "x" * 32])
def test_a_question_that_this_round_does_not_ask_is_not_here(mentee, item):
    start(mentee)
    with pytest.raises(NotFound, match="not_here"):
        answer_item(PLACE, mentee.user_id, "start", item, "2")


def test_mentors_are_not_asked_what_matters():
    mentor = factories.participant(Role.MENTOR)
    start(mentor)
    with pytest.raises(NotFound, match="not_here"):
        answer_item(PLACE, mentor.user_id, "start", "m-1.2", "2")


@pytest.mark.parametrize(("item", "value"), [("s-1.2-I", "5"), ("s-1.2-I", ""), ("m-1.2", "4"), ("m-1.2", "na")])
def test_an_answer_off_the_scale_is_refused(mentee, item, value):
    start(mentee)
    with pytest.raises(Invalid, match="not_an_answer"):
        answer_item(PLACE, mentee.user_id, "start", item, value)
    assert not Answer.objects.exists()


def test_nothing_is_answered_before_it_is_begun(mentee):
    with pytest.raises(NotFound, match="nothing_begun"):
        answer_item(PLACE, mentee.user_id, "start", "s-1.2-I", "2")


def test_nothing_is_answered_after_it_is_handed_in(mentee):
    assessing.handed_in(mentee)
    with pytest.raises(Conflict, match="assessment_handed_in"):
        answer_item(PLACE, mentee.user_id, "start", "s-1.2-I", "0")
    assert Answer.objects.get(item="s-1.2-I").value == "3"


def test_nobody_answers_in_somebody_elses_round(mentee):
    start(mentee)
    with pytest.raises(NotFound, match="nothing_begun"):
        answer_item(PLACE, factories.participant(Role.MENTEE).user_id, "start", "s-1.2-I", "2")
    assert not Answer.objects.exists()


def test_handing_in_closes_the_round_and_settles_three_topics(mentee):
    assessing.answered(mentee, {"4.1": "0", "5.2": "1", "1.3": "1"})
    outcome = submit_assessment(PLACE, mentee.user_id, "start")
    attempt = Attempt.objects.get()
    assert (outcome.is_new, outcome.answered, outcome.skipped) == (True, 36, 0)
    assert attempt.submitted_at
    assert attempt.open_slot is None
    assert set(attempt.topics) == {"4.1", "5.2", "1.3"}


def test_handing_in_twice_is_handing_in_once(mentee):
    assessing.handed_in(mentee)
    before = Attempt.objects.values().get()
    assert not submit_assessment(PLACE, mentee.user_id, "start").is_new
    assert Attempt.objects.values().get() == {**before, "modified": Attempt.objects.get().modified}


def test_a_round_with_an_open_question_is_not_handed_in(mentee):
    assessing.answered(mentee)
    answer_item(PLACE, mentee.user_id, "start", "s-1.2-I", "0")  # opens the simpler question of that skill
    with pytest.raises(Conflict, match="questions_open"):
        submit_assessment(PLACE, mentee.user_id, "start")
    assert Attempt.objects.get().submitted_at is None


def test_a_round_may_consist_of_skips(mentee):
    assessing.answered(mentee, default="skip")
    outcome = submit_assessment(PLACE, mentee.user_id, "start")
    assert (outcome.answered, outcome.skipped) == (0, 12)
    assert Attempt.objects.get().topics == []


def test_mentors_hand_in_without_topics():
    mentor = assessing.answered(factories.participant(Role.MENTOR), default="1")
    outcome = submit_assessment(PLACE, mentor.user_id, "start")
    assert (outcome.answered, outcome.skipped) == (24, 0)
    assert Attempt.objects.get().topics == []


def test_nothing_is_handed_in_before_it_is_begun(mentee):
    with pytest.raises(NotFound, match="nothing_begun"):
        submit_assessment(PLACE, mentee.user_id, "start")


def test_a_round_outlives_a_skill_that_a_new_bank_dropped(mentee):
    assessing.answered(mentee)
    Attempt.objects.update(competences=["1.2", "9.9", "4.1"])
    Answer.objects.filter(item="s-1.2-A").update(value="9")
    with pytest.raises(Conflict, match="questions_open"):
        submit_assessment(PLACE, mentee.user_id, "start")
    answer_item(PLACE, mentee.user_id, "start", "s-1.2-A", "2")
    assert submit_assessment(PLACE, mentee.user_id, "start").is_new


def test_after_staff_delete_the_state_a_person_begins_anew(mentee):
    assessing.handed_in(mentee)
    forget_in_block(PLACE, mentee.user_id, "assessment")
    assert not Answer.objects.exists()
    assert start(mentee).is_new


def queries_of_saving(person, item, value):
    with CaptureQueriesContext(connection) as queries:
        answer_item(PLACE, person.user_id, "start", item, value)
    return len(queries)


def test_saving_an_answer_costs_the_same_early_and_late_in_a_small_and_a_large_programme(mentee):
    start(mentee)
    first = queries_of_saving(mentee, assessing.open_question(mentee).id, "3")
    changed = queries_of_saving(mentee, Answer.objects.get().item, "4")
    for _ in range(5):
        assessing.handed_in(factories.participant(Role.MENTEE), competence_set="all-21")
    while (question := assessing.open_question(mentee)).id and Answer.objects.filter(
        attempt__participant=mentee
    ).count() < 35:
        answer_item(PLACE, mentee.user_id, "start", question.id, "3")
    last = queries_of_saving(mentee, question.id, "3")
    assert first == last <= 9  # two of them open and close the transaction
    assert changed == first - 1
