"""The page's script: what is typed survives, blocks live side by side, frames and other loaders do no harm."""

import re
from base64 import b64decode

import factories
import pytest
from django.contrib.sessions.models import Session as LoginSession
from playwright.sync_api import expect

from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Participant
from reverse_mentoring_xblock.standalone.models import CourseNode

TRAINING = "reverse_mentoring_training"


@pytest.fixture
def at_the_check(hands_of):
    """A mentor before the first knowledge check, with one answer chosen."""

    def open_it(**options):
        person = factories.participant(Role.MENTOR)
        hands = hands_of(person.user, **options)
        hands.visit(TRAINING)
        hands.press("button", "Start Your role as a mentor")
        for _ in range(5):
            hands.press("button", "Next page")
        hands.press("button", "Go to the check")
        hands.page.locator("input[value=ask-last-time]").check()
        return hands

    return open_it


def chosen(hands):
    return hands.page.locator("input[value=ask-last-time]")


def test_what_is_entered_survives_a_reload(at_the_check):
    hands = at_the_check()
    hands.page.reload()
    expect(chosen(hands)).to_be_checked()


def test_what_is_entered_survives_a_lost_connection_and_a_sentence_says_so(at_the_check):
    hands = at_the_check()
    hands.page.context.set_offline(True)
    hands.page.get_by_role("button", name="Hand in the check").click()
    hands.sees("The server did not answer")
    expect(chosen(hands)).to_be_checked()
    hands.page.context.set_offline(False)
    hands.page.get_by_role("button", name="Hand in the check").click()
    hands.sees("Some answers need another look")


def test_what_is_entered_survives_an_expired_login(at_the_check):
    hands = at_the_check()
    LoginSession.objects.all().delete()
    hands.page.get_by_role("button", name="Hand in the check").click()
    hands.sees("You may have been signed out")
    expect(chosen(hands)).to_be_checked()


def test_a_refused_form_moves_focus_to_its_summary_and_its_links_lead_to_the_fields(at_the_check):
    hands = at_the_check()
    hands.press("button", "Hand in the check")
    summary = hands.page.locator(".rm-problem")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    assert hands.page.evaluate("document.activeElement.type") == "radio"
    assert "/units/" in hands.page.url


def test_what_one_person_entered_is_not_shown_to_the_next(at_the_check, site):
    hands = at_the_check()
    hands.sign_in(factories.trained(factories.participant(Role.MENTOR)).user)
    hands.page.reload()
    hands.misses("You have been asked")
    assert hands.page.locator("input:checked").count() == 0


def test_two_blocks_on_a_page_keep_to_themselves(hands_of, site):
    node = CourseNode.objects.get(category=TRAINING)
    twin = CourseNode.objects.get(pk=node.pk)
    twin.pk = None
    twin.usage_key = node.usage_key.course_key.make_usage_key(TRAINING, "twin")
    twin.position = node.position + 1
    twin.save()
    hands = hands_of(factories.participant(Role.MENTOR).user)
    unit = node.parent
    hands.page.goto(f"{hands.url}/units/{unit.usage_key}")
    hands.look()
    blocks = hands.page.locator("section.rm")
    expect(blocks).to_have_count(2)
    blocks.nth(0).get_by_role("button", name="Start Your role as a mentor").click()
    expect(blocks.nth(0).get_by_role("heading", level=3)).to_have_text("You teach a skill to somebody who outranks you")
    expect(blocks.nth(1).get_by_role("heading", level=3)).to_have_text("Role training")


FRAME = """<!doctype html><html lang="en"><head><title>Unit</title>
<script>window.define = function () {{ window.definedBy = arguments; }}; window.define.amd = {{}};</script></head>
<body><main><h1>Unit</h1><iframe title="Unit" name="unit" style="width:100%;height:80rem;border:0" src="{src}"></iframe>
</main></body></html>"""


@pytest.mark.parametrize("wrapped", [False, True], ids=["element", "jquery-like"])
def test_in_a_frame_with_a_parent_base_and_an_amd_loader(hands_of, site, wrapped):
    """As in the learning MFE: one frame, <base target="_parent">, RequireJS's define on the page."""
    unit = CourseNode.objects.get(category=TRAINING).parent
    src = f"{site.url}/units/{unit.usage_key}"
    hands = hands_of(factories.participant(Role.MENTOR).user)

    def with_base(route):
        answer = route.fetch()
        loader = "<script>window.define = function () { window.wasDefined = true; }; window.define.amd = {};</script>"
        body = answer.text().replace("<head>", f'<head><base target="_parent">{loader}', 1)
        if wrapped:
            body = body.replace("({}, element)", "({}, {jquery: '3', 0: element})")
        headers = {k: v for k, v in answer.headers.items() if k.lower() != "x-frame-options"}
        route.fulfill(response=answer, body=body, headers=headers)

    hands.page.route("**/units/**", with_base)
    hands.page.route("**/frame", lambda route: route.fulfill(body=FRAME.format(src=src), content_type="text/html"))
    hands.page.goto(f"{site.url}/frame")
    frame = hands.page.frame(name="unit")
    frame.get_by_role("button", name="Start Your role as a mentor").click()
    expect(frame.locator("section.rm").get_by_role("heading", level=3)).to_have_text(
        "You teach a skill to somebody who outranks you"
    )
    assert hands.page.url.endswith("/frame")
    assert not frame.evaluate("window.wasDefined || false")


def test_a_second_click_while_the_first_is_under_way_sends_nothing(hands_of, site):
    hands = hands_of(factories.participant(Role.MENTOR).user)
    hands.visit(TRAINING)
    sent = []
    hands.page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    hands.page.get_by_role("button", name="Start Your role as a mentor").dblclick()
    hands.settle()
    assert len(sent) == 1


PAIRING = "reverse_mentoring_pairing"
KEPT = "Object.keys(sessionStorage).filter(name => name.startsWith('rm:'))"


@pytest.fixture
def changing_the_profile(hands_of):
    """Somebody who is signed up, with another department typed and not sent."""
    hands = hands_of(factories.trained(factories.mentor(department="Finance")).user)
    hands.visit(PAIRING)
    hands.press("button", "Change what you said at sign-up")
    hands.press("button", "Change Where you work")
    hands.page.get_by_label("Department").fill("Legal")
    assert hands.page.evaluate(KEPT)
    return hands


def department(hands):
    return hands.page.get_by_label("Department")


def test_back_without_saving_leaves_nothing_behind(changing_the_profile):
    hands = changing_the_profile
    hands.press("button", "Back without saving")
    assert not hands.page.evaluate(KEPT)
    hands.press("button", "Change Where you work")
    expect(department(hands)).to_have_value("Finance")


def test_a_draft_is_not_laid_over_answers_that_were_saved_since(changing_the_profile):
    hands = changing_the_profile
    hands.page.reload()
    expect(department(hands)).to_have_value("Legal")
    Participant.objects.update(department="Engineering")
    hands.page.reload()
    expect(department(hands)).to_have_value("Engineering")


def test_what_was_typed_goes_when_its_author_signs_out(changing_the_profile):
    hands = changing_the_profile
    with hands.page.expect_navigation():
        hands.page.get_by_role("button", name="Sign out", exact=False).click()
    assert not hands.page.evaluate(KEPT)


def test_what_was_typed_goes_when_somebody_else_comes(changing_the_profile):
    hands = changing_the_profile
    hands.sign_in(factories.trained(factories.mentor()).user)
    hands.visit(PAIRING)
    assert not hands.page.evaluate(KEPT)
    expect(hands.page.get_by_role("button", name="Change what you said at sign-up")).to_be_visible()


@pytest.mark.parametrize("packs", [True, False], ids=["packed by the browser", "a browser that cannot pack"])
def test_a_roster_file_arrives_byte_by_byte(hands_of, tmp_path, packs):
    account = factories.user(username="zoe")
    path = tmp_path / "roster.csv"
    path.write_bytes('\ufeffperson;role;department\r\nzoe;mentor;"Köln; R&D + Ünder"\r\n'.encode())
    hands = hands_of(factories.coordinator())
    if not packs:
        hands.page.add_init_script("delete window.CompressionStream")
    hands.visit("reverse_mentoring_pairing")
    hands.press("button", "People")
    hands.page.get_by_label("Choose the file").set_input_files(path)
    expect(hands.page.locator("input[name=packed]")).to_have_value(re.compile("^data:"))
    packed = hands.page.locator("input[name=packed]").input_value()
    assert b64decode(packed.partition(",")[2]).startswith(b"\x1f\x8b") is packs
    hands.press("button", "Show what it changes")
    hands.sees("1 person is new in the roster")
    hands.press("button", "Take it in")
    row = Participant.objects.get()
    assert (row.user, row.department) == (account, "Köln; R&D + Ünder")
