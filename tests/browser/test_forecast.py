"""The page that looks ahead, as a coordinator goes through it, with a mouse and with a keyboard alone."""

import casts
import factories
import pytest
from walks import PAIRING

TOPICS = (["1.3"], ["1.3", "2.1"], ["2.1", "4.1"])


@pytest.fixture
def ready(site):
    """More mentees than places, one topic that is scarce, one language that nobody else speaks."""
    factories.trained(factories.mentor(account=factories.user("Tomasz", "Nowak"), topics=["1.3", "2.1"]))
    factories.trained(factories.mentor(account=factories.user("Aiko", "Tanaka"), topics=["4.1"], capacity=2))
    for number, name in enumerate(("Oduya", "Whitmore", "Solheim", "Herrera", "Brandt", "Acheampong")):
        person = factories.mentee(
            account=factories.user("Margaret", name),
            topics=TOPICS[number % 3],
            languages=["pt"] if name == "Herrera" else ["en"],
        )
        casts.assessed(factories.trained(person))


@pytest.mark.parametrize("keyboard", [False, True])
def test_a_coordinator_looks_ahead(ready, hands_of, keyboard):
    hands = hands_of(factories.coordinator(), keyboard=keyboard)
    hands.visit(PAIRING)
    hands.press("button", "Before the round")
    hands.press("button", "Work out the forecast")
    hands.sees("3 of 6 mentees would have a mentor")
    hands.sees("Each mentor takes one mentee more")
    hands.unfold("Show their names")
    hands.sees("Herrera")
    hands.write("Mentees", "0", exact=True)
    hands.press("button", "Invent people and work it out")
    hands.sees("Please look at this again")
    hands.write("Mentees", "90", exact=True)
    hands.press("button", "Invent people and work it out")
    hands.sees("invented cohorts")
    hands.write("Points for needs that the mentor covers", "90")
    hands.press("button", "Try these weights")
    hands.sees("these are 130 percent")
    hands.write("Points for needs that the mentor covers", "0")
    hands.press("button", "Try these weights")
    hands.sees("Pairs that would be proposed, from the most")


@pytest.mark.parametrize("look", [{"forced_colors": "active"}, {"width": 320}])
def test_it_holds_in_forced_colours_and_on_a_phone(ready, hands_of, look):
    hands = hands_of(factories.coordinator(), **look)
    hands.visit(PAIRING)
    hands.press("button", "Before the round")
    hands.press("button", "Work out the forecast")
    hands.press("button", "Try these weights")
    hands.sees("Pairs that would be proposed")
