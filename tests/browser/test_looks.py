"""How every main state looks to people who see it in their own way: in forced colours, from right to left and in longer
words, and without motion."""

import casts
import factories
import pseudo_locale
import pytest
from callers import Browser
from django.conf import settings
from django.utils import timezone
from hands import Hands
from playwright.sync_api import expect
from walks import ASSESSMENT, HOME, JOURNAL, PAIRING, TRAINING

from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Action
from reverse_mentoring_xblock.services.deciding import end_pairing

#: Whose page shows which state of a block.
STATES = {
    TRAINING: ("joined mentor", "reading a module", "failed a check", "trained"),
    ASSESSMENT: ("joined mentee", "answering questions", "answered", "assessed mentee", "assessed mentor"),
    PAIRING: (
        "not joined",
        "joined mentee",
        "trained mentor",
        "signed-up mentee",
        "offered mentee",
        "paired mentor",
        "ended pair",
        "paused",
        "withdrawn",
    ),
    JOURNAL: ("joined mentee", "fresh pair", "paired mentee", "mentor at a session", "ended pair"),
    HOME: ("invited", "joined mentee", "offered mentor", "paired mentee", "ended pair", "withdrawn"),
}
DESKS = (HOME, PAIRING, TRAINING, ASSESSMENT, JOURNAL)
PAGES = ("/", "/people", "/gradebook", "/events")

#: A choice: the contrast of its text and of its edge with what they stand on, and how it is marked.
CHOICE = """label => {
  const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(value => value / 255)
    .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
  const ratio = (one, two) => (Math.max(light(one), light(two)) + .05) / (Math.min(light(one), light(two)) + .05);
  const solid = (colour, other) => /, 0\\)$/.test(colour) ? other : colour;
  const paper = solid(getComputedStyle(document.documentElement).backgroundColor, "rgb(255, 255, 255)");
  const style = getComputedStyle(label), ground = solid(style.backgroundColor, paper);
  return {
    text: ratio(style.color, ground), edge: ratio(solid(style.borderTopColor, paper), paper),
    mark: [style.borderTopColor, style.outlineStyle].join(),
  };
}"""
MOVING = """() => document.getAnimations().length + [...document.querySelectorAll("body, body *")].filter(one => {
  const style = getComputedStyle(one);
  return parseFloat(style.transitionDuration) || style.animationName !== "none" || style.scrollBehavior === "smooth";
}).length"""


@pytest.fixture
def everybody(site):
    """Accounts by the name of the place that they have in the programme."""
    accounts = casts.whole_cast()
    fresh = factories.pairing(factories.trained(factories.mentor()), casts.ready_mentee())
    ended = factories.pairing(factories.trained(factories.mentor()), casts.ready_mentee())
    factories.session(ended, mentee_confirmed_at=timezone.now())
    end_pairing(factories.PLACE, ended.mentor.user_id, ended.uuid)
    return {
        **accounts,
        "answered": casts.answering(factories.participant(Role.MENTEE), questions=None).user,
        "trained mentor": factories.trained(factories.participant(Role.MENTOR)).user,
        "fresh pair": fresh.mentee.user,
        "ended pair": ended.mentee.user,
    }


def walk_past(everybody, hands, check=lambda: None):
    """Look at every main state, and at every page of the site; then say all that is wrong."""
    stops = [(everybody[name], block) for block, names in STATES.items() for name in names]
    stops += [(everybody["coordinator"], block) for block in DESKS]
    wrong = []
    for account, block in stops:
        hands.sign_in(account)
        wrong += found_at(lambda block=block: (hands.visit(block), check()))
    for path in PAGES:
        wrong += found_at(lambda path=path: hands.open(path))
    hands.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    wrong += found_at(lambda: hands.open("/login"))
    assert not wrong, "\n\n".join(dict.fromkeys(wrong))


def found_at(stop):
    try:
        stop()
    except AssertionError as error:
        return [str(error)]
    return []


def test_in_forced_colours_and_without_motion(everybody, hands_of):
    hands = hands_of(None, forced_colors="active", reduced_motion="reduce")

    def check():
        assert hands.page.evaluate(MOVING) == 0, f"something moves on {hands.page.title()}"

    walk_past(everybody, hands, check)


def test_from_right_to_left_in_longer_words(everybody, hands_of, settings, tmp_path):
    if not pseudo_locale.write_catalogue(tmp_path):
        pytest.skip("no catalogue to start from, and no GNU gettext to make one: apt install gettext")
    settings.LANGUAGES = [("en", "English"), (pseudo_locale.LANGUAGE, "Arabic")]
    settings.LOCALE_PATHS = [tmp_path]
    hands = hands_of(None)
    hands.page.context.add_cookies([{"name": "django_language", "value": pseudo_locale.LANGUAGE, "url": hands.url}])
    walk_past(everybody, hands, lambda: is_pseudo(hands))


def is_pseudo(hands: Hands):
    """The page is from right to left, and its title is not in English."""
    assert hands.page.evaluate("getComputedStyle(document.querySelector('section.rm')).direction") == "rtl"
    assert hands.page.get_by_text(pseudo_locale.pseudo("All units"), exact=True).count()


@pytest.mark.parametrize("colours", ["none", "active"])
def test_what_is_chosen_is_seen_without_colours(hands_of, site, colours):
    person = factories.trained(factories.participant(Role.MENTOR))
    Browser(person.user).do(PAIRING, "open_step", step="meeting")
    hands = hands_of(person.user, forced_colors=colours)
    hands.visit(PAIRING)
    hands.tick("English")
    chosen = hands.page.locator(".rm-choice:has(:checked)").first.evaluate(CHOICE)
    other = hands.page.locator(".rm-choice:not(:has(:checked))").first.evaluate(CHOICE)
    assert chosen["edge"] >= 3
    assert chosen["mark"] != other["mark"]
    assert min(chosen["text"], other["text"]) >= 4.5
    hands.look()


@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_page_of_the_desk_that_is_open_is_seen_without_colours(hands_of, site, colours):
    hands = hands_of(factories.coordinator(), forced_colors=colours)
    hands.visit(PAIRING)
    look = "tab => [getComputedStyle(tab).backgroundColor, getComputedStyle(tab).borderBlockEndColor].join()"
    tabs = [tab.evaluate(look) for tab in hands.page.locator(".rm-tabs button").all()]
    assert tabs.count(tabs[0]) == 1
    hands.look()


def test_on_a_phone_a_pair_is_read_and_decided_without_moving_sideways(hands_of, site):
    factories.pairing(factories.mentor(account=factories.user("Tomasz", "Nowak")))
    hands = hands_of(factories.coordinator(), width=320)
    hands.visit(PAIRING)
    hands.press("button", "Pairs")
    table = hands.page.get_by_role("region", name="Offers and pairs: 1 to 1 of 1")
    assert table.evaluate("region => region.scrollWidth <= region.clientWidth")
    assert hands.page.get_by_role("row", name="Tomasz Nowak").get_by_role("button", name="Decide").is_visible()


def test_the_roster_on_paper_has_names_and_no_tools(hands_of, site):
    factories.mentor(account=factories.user("Tomasz", "Nowak"))
    hands = hands_of(factories.coordinator())
    hands.visit(PAIRING)
    hands.press("button", "People")
    hands.page.emulate_media(media="print")
    hands.sees("Tomasz Nowak")
    for tool in ("Roster file", "Find people", "Write to people, or remove them"):
        expect(hands.page.locator("section.rm").get_by_text(tool).first).to_be_hidden()


UNBROKEN = "https://intranet.brannock.example/" + "x" * 260


def test_words_without_a_break_widen_no_page_and_push_nothing_out_of_view(hands_of, site):
    pair = factories.pairing(factories.mentor(site="S" * 90))
    Action.objects.create(pairing=pair, owner=pair.mentor, text=UNBROKEN)
    hands = hands_of(pair.mentor.user)
    hands.visit(JOURNAL)
    hands.sees(UNBROKEN)
    hands.sign_in(factories.coordinator())
    hands.visit(PAIRING)
    hands.press("button", "People")
    last = hands.page.get_by_role("columnheader", name="Level", exact=True).bounding_box()
    assert last["x"] + last["width"] <= hands.page.viewport_size["width"]
