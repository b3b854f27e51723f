"""An hour of a coordinator's work: four hundred people from the roster file to accepted pairs.

The coordinator does everything in the browser, with axe on every state; two of the people do their part there, too. The
others do theirs through the services that the pages call.
"""

import factories
import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect
from walks import PAIRING

from reverse_mentoring_xblock.content.loading import load_training_pack
from reverse_mentoring_xblock.domain.pairing_rules import PairingRules
from reverse_mentoring_xblock.domain.profile import Step
from reverse_mentoring_xblock.domain.states import PairingState, Role
from reverse_mentoring_xblock.models import MatchRun, ModuleProgress, Override, Pairing, Participant, Proposal, Veto
from reverse_mentoring_xblock.services.deciding import accept
from reverse_mentoring_xblock.services.joining import join
from reverse_mentoring_xblock.services.signing_up import keep_step, sign_up
from reverse_mentoring_xblock.standalone.models import CourseNode, Enrolment

PLACE = factories.PLACE
A_SIDE = 200
DEPARTMENTS = ("Operations", "Finance", "Networks", "Legal", "Customer Service")
SITES = ("Leeds", "Kraków", "Nairobi", "Rotterdam")
HOURS = ("mon 09:00-12:00;wed 09:00-12:00", "tue 09:00-12:00;wed 09:00-12:00;thu 14:00-17:00")
TOPICS = ("1.2", "2.1", "2.4", "3.1", "4.1", "5.2")


@pytest.fixture
def rules(site):
    """As the author sets them: training first, the self-assessment as people like."""
    node = CourseNode.objects.get(category=PAIRING)
    node.fields = {**node.fields, "require_assessment": False}
    node.save()
    return PairingRules(require_assessment=False)


def usernames(role):
    return [f"{role}.{number:03d}" for number in range(A_SIDE)]


@pytest.fixture
def accounts(site):
    user = get_user_model()
    names = [(role, name) for role in Role for name in usernames(role)]
    user.objects.bulk_create(
        user(username=name, email=f"{name}@brannock.example", first_name=role.capitalize(), last_name=name[-3:])
        for role, name in names
    )
    made = {one.username: one for one in user.objects.filter(username__in=[name for _, name in names])}
    Enrolment.objects.bulk_create(Enrolment(user=one, course_id=factories.COURSE) for one in made.values())
    return made


def roster_file():
    """What the people department sends, as a spreadsheet program writes it."""
    lines = ["person;role;level;department;site;manager;languages;time_zone;windows;mode;capacity"]
    for role in Role:
        for n, name in enumerate(usernames(role)):
            level = 1 + n % 3 if role is Role.MENTOR else 5 + n % 4
            languages = ("en", "en;pl", "en;nl")[n % 3]
            lines.append(
                f'{name};{role};{level};{DEPARTMENTS[n % 5]};{SITES[n % 4]};head.{n % 40};"{languages}";Europe/London;'
                f'"{HOURS[n % 2]}";both;{1 if role is Role.MENTEE else 1 + (n % 10 == 0)}'
            )
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def come_in(accounts, rules):
    """Everybody accepts the invitation, trains, confirms what the roster says and signs up."""
    for role in Role:
        for name in usernames(role):
            join(PLACE, accounts[name].pk, role)
    people = {one.user.username: one for one in Participant.objects.select_related("user")}
    ModuleProgress.objects.bulk_create(
        ModuleProgress(participant=one, module=module.id, step=len(module.pages), passed_at=timezone.now())
        for one in people.values()
        for module in load_training_pack().modules
        if module.role == one.role
    )
    for n, (_name, one) in enumerate(sorted(people.items())):
        topics = {TOPICS[(n + step) % len(TOPICS)]: 1 + step for step in range(3)}
        said = {Step.TOPICS: {"topics": topics}, Step.COMMITMENT: {"capacity": one.capacity, "has_committed": True}}
        for step in Step:
            keep_step(PLACE, one.user_id, step, said.get(step, {}), rules)
        assert sign_up(PLACE, one.user_id, rules).is_new
    return people


def test_from_the_roster_to_accepted_pairs(accounts, rules, hands_of, tmp_path):
    boss = hands_of(factories.coordinator(first_name="Ingrid", last_name="Solheim"))
    _take_the_roster_in(boss, tmp_path)
    people = come_in(accounts, rules)
    _keep_apart(hands_of(accounts["mentee.000"]))
    ruled_out, kept = _decide(boss)
    boss.press("button", "Release", exact=False)
    boss.sees("are offered. Both people of each see it here")
    _accept(hands_of, accounts)
    _is_right(people, ruled_out, kept)


def _take_the_roster_in(boss, tmp_path):
    (tmp_path / "roster.csv").write_bytes(roster_file())
    boss.visit(PAIRING)
    boss.press("button", "People")
    boss.page.get_by_label("Choose the file").set_input_files(tmp_path / "roster.csv")
    boss.page.wait_for_function("document.querySelector('[name=packed]').value")
    boss.press("button", "Show what it changes")
    boss.sees("400 people are new in the roster")
    boss.press("button", "Take it in")
    boss.sees("1 to 50 of 400")
    assert Participant.objects.count() == 2 * A_SIDE


def _keep_apart(mentee):
    """One of the people names somebody whom they would rather not work with: the mentor whom they would get."""
    mentee.visit(PAIRING)
    mentee.press("button", "Change what you said at sign-up")
    mentee.press("button", "Change People to keep apart from")
    mentee.write("People you would rather not be paired with", "mentor.000")
    mentee.press("button", "Save", exact=False)
    assert Veto.objects.get().person == "mentor.000"


def _decide(boss):
    """Propose; rule one pair out and keep two others together, each after its price."""
    boss.visit(PAIRING)
    boss.press("button", "The round")
    boss.press("button", "Propose pairs")
    boss.sees("200 pairs are proposed and wait for your decision.")
    boss.sees("Certified")
    first = boss.page.locator("tr", has_text="More, and decide").first
    names = [first.locator(".rm-name").nth(side).inner_text().split("\n")[0] for side in (0, 1)]
    ruled_out = tuple(name.replace(" ", ".").lower() for name in names)
    boss.unfold("More, and decide", within=first)
    boss.press("button", "Not this pair", within=first)
    _sees_the_price(boss)
    boss.press("button", "Save this decision")
    kept = _another_pair(ruled_out)
    boss.unfold("Pair two people by hand")
    boss.write("Name of the mentor", kept[0])
    boss.write("Name of the mentee", kept[1])
    boss.press("button", "Look for both")
    boss.press("button", "Check this pair")
    _sees_the_price(boss)
    boss.press("button", "Save this decision")
    expect(boss.page.locator("caption", has_text="Decided by hand")).to_be_visible()
    assert sorted(Override.objects.values_list("kind", flat=True)) == ["fix", "forbid"]
    return ruled_out, kept


def _sees_the_price(boss):
    expect(boss.page.get_by_text("Nothing is saved yet.").first).to_be_visible(timeout=30_000)


def _another_pair(ruled_out):
    """Two people who are proposed to others and may be paired, by username."""
    rows = list(Proposal.objects.select_related("mentor__user", "mentee__user").order_by("pk"))
    mentor = rows[-1].mentor
    taken = {rows[-1].mentee_id}
    mentee = next(
        row.mentee
        for row in rows
        if row.mentee_id not in taken
        and row.mentee.manager != mentor.manager
        and row.mentee.user.username not in ("mentee.000", ruled_out[1])
    )
    return mentor.user.username, mentee.user.username


def _accept(hands_of, accounts):
    """Two of the people in the browser, all others through the service."""
    offers = list(Pairing.objects.select_related("mentor", "mentee").order_by("pk"))
    for person in (offers[0].mentor, offers[0].mentee):
        hands = hands_of(person.user)
        hands.visit(PAIRING)
        hands.press("button", "Accept", exact=False)
    hands.sees("Your mentor")
    for offer in offers[1:]:
        for person in (offer.mentor, offer.mentee):
            accept(PLACE, person.user_id, offer.uuid)


def _is_right(people, ruled_out, kept):
    """Everybody has a partner whom the rules permit, and every word was kept: checked from the rows."""
    active = set(Pairing.objects.filter(state=PairingState.ACTIVE).values_list("mentor_id", "mentee_id"))
    assert len(active) == Pairing.objects.count() == A_SIDE
    ids = {name: one.pk for name, one in people.items()}
    assert tuple(ids[name] for name in kept) in active
    assert tuple(ids[name] for name in ruled_out) not in active
    assert (ids["mentor.000"], ids["mentee.000"]) not in active
    run = MatchRun.objects.get()
    assert (run.state, run.certified, run.matched) == ("released", True, A_SIDE)
    facts = Participant.objects.in_bulk()
    for mentor, mentee in ((facts[one], facts[other]) for one, other in active):
        assert mentor.level < mentee.level
        assert mentor.manager != mentee.manager
        assert set(mentor.languages) & set(mentee.languages)
