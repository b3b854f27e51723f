"""A coordinator looks through a proposal, decides a pair by hand after seeing the price, and releases a part."""

import factories
import pytest

from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Override, Pairing, Wish
from reverse_mentoring_xblock.standalone.models import CourseNode

PAIRING = "reverse_mentoring_pairing"
PEOPLE = [
    (Role.MENTOR, "Tomasz Nowak", ("1.2", "4.1", "5.2"), {"site": "Oslo"}),
    (Role.MENTOR, "Ines Roy", ("2.1",), {}),
    (Role.MENTOR, "Kwame Mensah", ("1.2", "2.1"), {"department": "Marketing"}),
    (Role.MENTOR, "Sofía Herrera", ("3.1",), {"languages": ["pt"]}),
    (Role.MENTEE, "Margaret Oduya", ("1.2", "4.1", "5.2"), {"department": "Finance and Internal Audit"}),
    (Role.MENTEE, "Paolo Conti", ("2.1",), {"department": "Marketing"}),
    (Role.MENTEE, "Ingeborg Åström", ("2.1", "4.1"), {}),
    (Role.MENTEE, "Grace Whitmore", ("1.1",), {}),
    (Role.MENTEE, "Henk de Vries", ("1.1",), {}),
]


@pytest.fixture
def people(site):
    node = CourseNode.objects.get(category=PAIRING)
    node.fields = {**node.fields, "require_training": False, "require_assessment": False}
    node.save()
    made = {}
    for role, name, topics, facts in PEOPLE:
        make = factories.mentor if role is Role.MENTOR else factories.mentee
        made[name] = make(account=factories.user(*name.split(maxsplit=1)), topics=topics, **facts)
    Wish.objects.create(participant=made["Margaret Oduya"], wished=made["Tomasz Nowak"], rank=1)
    return made


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_look_decide_release(people, hands_of, keyboard):
    desk = hands_of(factories.coordinator(first_name="Ingrid", last_name="Solheim"), keyboard=keyboard)
    desk.visit(PAIRING)
    desk.press("button", "Propose pairs")
    desk.sees("3 pairs are proposed and wait for your decision.")
    desk.choose("Order", "By name of the mentee")
    desk.press("button", "Arrange the list")
    desk.unfold("More, and decide: Tomasz Nowak")
    desk.sees("The mentee wished for this mentor.")
    row = desk.page.locator("tr", has=desk.page.get_by_label("Tick Tomasz Nowak and Margaret Oduya"))
    desk.press("button", "Not this pair", within=row)
    desk.sees("Do not pair Tomasz Nowak and Margaret Oduya")
    desk.press("button", "Go back without saving")
    desk.unfold("More, and decide: Tomasz Nowak")
    desk.press("button", "Keep this pair whatever comes", within=row)
    desk.sees("It costs nothing: points and partners stay as they are.")
    desk.press("button", "Save this decision")
    desk.sees("Kept by hand")
    assert Override.objects.get().kind == "fix"
    desk.unfold("Pair two people by hand")
    desk.write("Name of the mentor", "ines")
    desk.write("Name of the mentee", "grace")
    desk.press("button", "Look for both")
    desk.press("button", "Check this pair")
    desk.sees("Keep Ines Roy and Grace Whitmore together")
    desk.press("button", "Save this decision")
    desk.tick("Tick Ines Roy and Grace Whitmore")
    desk.press("button", "Release only the ticked pairs")
    desk.sees("1 pair of this proposal is released already.")
    assert Pairing.objects.get().mentor == people["Ines Roy"]
    desk.press("button", "Release only the ticked pairs")
    desk.sees("Tick at least one pair. Nothing was released.")
    desk.press("button", "Finish this round")
    desk.misses("Your decision")
    assert Pairing.objects.count() == 1
