"""A coordinator before a search that goes on without them: the page looks again by itself and disturbs nobody."""

import casts
import factories
import pytest
from playwright.sync_api import expect

from reverse_mentoring_xblock.domain.states import RunState
from reverse_mentoring_xblock.models import MatchRun, Wish
from reverse_mentoring_xblock.services.working import work_out

PAIRING = "reverse_mentoring_pairing"
LONG = 15_000  # milliseconds within which a page that looks every five seconds has looked twice


@pytest.fixture
def hands(hands_of):
    people = []
    for _ in range(3):
        people += [factories.trained(factories.mentor()), casts.assessed(factories.trained(factories.mentee()))]
    Wish.objects.create(participant=people[1], wished=people[2], rank=1)
    return hands_of(factories.coordinator(first_name="Ingrid", last_name="Solheim"))


def status_line(hands):
    return hands.page.locator("[data-rm-live]")


def test_the_page_follows_a_search_without_moving_the_focus_or_saying_anything(hands):
    round_ = factories.asked(worker="somebody", phase="people")
    hands.visit(PAIRING)
    hands.sees("Reading who is ready.")
    cancel = hands.page.get_by_role("button", name="Cancel the search")
    cancel.focus()
    for phase, share, words in (
        ("candidates", 100, "10 percent of this step is done."),
        ("scan", 640, "64 percent of this step is done."),
    ):
        MatchRun.objects.update(phase=phase, share=share, bound=20_400)
        expect(hands.page.get_by_text(words)).to_be_visible(timeout=LONG)
        expect(cancel).to_be_focused()
        expect(status_line(hands)).to_have_text("")
    hands.look()

    MatchRun.objects.update(worker="")
    work_out(round_.pk)
    expect(hands.page.get_by_role("button", name="Release 3 pairs")).to_be_visible(timeout=LONG)
    expect(hands.page.get_by_role("heading", name="The round", exact=True)).to_be_focused()
    expect(status_line(hands)).to_have_text("3 pairs are proposed. Nobody is told until you release them.")
    hands.look()


def test_somebody_who_reads_elsewhere_is_left_there(hands):
    round_ = factories.asked()
    hands.visit(PAIRING)
    hands.page.evaluate("document.activeElement.blur(); window.scrollTo(0, document.body.scrollHeight)")
    before = hands.page.evaluate("window.scrollY")
    work_out(round_.pk)
    expect(hands.page.get_by_role("button", name="Release 3 pairs")).to_be_visible(timeout=LONG)
    assert hands.page.evaluate("document.activeElement === document.body")
    assert hands.page.evaluate("window.scrollY") == before


@pytest.mark.parametrize("keyboard", [False, True])
def test_two_proposals_are_made_compared_and_chosen_between(hands, keyboard):
    hands.keyboard = keyboard
    hands.visit(PAIRING)
    hands.press("button", "Propose pairs")
    hands.unfold("A second proposal to compare with")
    hands.press("button", "Propose pairs by wishes first")
    hands.press("button", "Compare the two")
    hands.sees("Two proposals side by side")
    hands.press("button", "By wishes first: 3 pairs")
    hands.press("button", "Release 3 pairs")
    assert sorted(MatchRun.objects.values_list("basis", "state")) == [("score", "discarded"), ("wish", "released")]


def test_looking_cancelling_and_a_failure(hands):
    factories.asked()
    hands.visit(PAIRING)
    hands.press("button", "Look again")
    hands.press("button", "Cancel the search")
    hands.sees("Ready to be matched now")
    factories.asked(state=RunState.FAILED, phase="lost")
    hands.visit(PAIRING)
    hands.sees("The last search came to no answer.")
    hands.press("button", "Propose pairs again")
    hands.sees("3 pairs are proposed")
