"""What authors see and set."""

import json

import factories
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.locator import LibraryLocatorV2, LibraryUsageLocatorV2
from studio_runtime import StudioRuntime
from webob import Request
from xblock.fields import ScopeIds

from reverse_mentoring_xblock.domain.permissions import HANDLERS

pytestmark = pytest.mark.django_db
BLOCKS = list(HANDLERS)


def block_in_studio(block_type, *, may_write=True, preview=False, usage_key=None):
    author = factories.user(enrolled_in=None)
    runtime = StudioRuntime(author, may_write=may_write, preview=preview)
    usage_key = usage_key or factories.COURSE.make_usage_key(block_type, "one")
    return runtime.construct_xblock(block_type, ScopeIds(author.pk, block_type, usage_key, usage_key))


def save(block, values, defaults=()):
    body = json.dumps({"values": values, "defaults": list(defaults)}).encode()
    return block.runtime.handle(block, "submit_studio_edits", Request.blank("/", method="POST", body=body))


@pytest.mark.parametrize("block_type", BLOCKS)
def test_the_form_offers_every_setting_with_a_name_and_an_explanation(block_type):
    block = block_in_studio(block_type)
    html = block.render("studio_view").content
    for name in block.editable_fields:
        field = block.fields[name]
        assert str(field.display_name) != name
        assert field.help, name
        assert f'data-field-name="{name}"' in html


@pytest.mark.parametrize("block_type", BLOCKS)
def test_settings_as_they_come_are_valid(block_type):
    assert block_in_studio(block_type).validate().empty


@pytest.mark.parametrize("block_type", BLOCKS)
def test_an_author_saves_settings(block_type):
    block = block_in_studio(block_type)
    assert save(block, {"display_name": "Ours", "programme": "spring"}).status_code == 200
    assert (block.display_name, block.programme) == ("Ours", "spring")


@pytest.mark.parametrize("block_type", BLOCKS)
def test_a_bad_setting_is_refused_with_a_sentence_and_changes_nothing(block_type):
    block = block_in_studio(block_type)
    answer = save(block, {"programme": "not a name!"})
    assert answer.status_code == 400
    assert "Programme:" in answer.text
    assert block.programme == "main"


@pytest.mark.parametrize("block_type", BLOCKS)
def test_somebody_who_may_not_write_the_course_saves_nothing(block_type):
    block = block_in_studio(block_type, may_write=False)
    assert save(block, {"display_name": "Theirs"}).status_code == 403


@pytest.mark.parametrize("block_type", BLOCKS)
@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"values": 3, "defaults": null}', b"\xff", b'{"values": {"programme": {}}}']
)
def test_unreadable_settings_are_refused_in_words(block_type, body):
    block = block_in_studio(block_type)
    answer = block.runtime.handle(block, "submit_studio_edits", Request.blank("/", method="POST", body=body))
    assert 400 <= answer.status_code < 500


def test_a_setting_that_cannot_be_read_is_named():
    answer = save(block_in_studio("reverse_mentoring_pairing"), {"weeks": 20, "sign_up_from": "next week"})
    assert answer.status_code == 400
    assert (
        answer.json["error"] == "“Sign-up opens” could not be read, so nothing was saved. Correct it, then save again."
    )


@pytest.mark.parametrize("block_type", BLOCKS)
def test_wrong_types_of_numbers_are_refused_in_words(block_type):
    block = block_in_studio(block_type)
    numbers = [
        n
        for n in block.editable_fields
        if block.fields[n].default is not None
        and isinstance(block.fields[n].default, int | float)
        and not isinstance(block.fields[n].default, bool)
    ]
    for name in numbers:
        for value in (-1, 10**9, None, "abc"):
            answer = save(block, {name: value})
            assert answer.status_code == 400, (name, value)
            assert block.validate() is not None


@pytest.mark.parametrize("block_type", BLOCKS)
def test_the_preview_shows_what_learners_see_with_everything_switched_off(block_type):
    block = block_in_studio(block_type, preview=True)
    with CaptureQueriesContext(connection) as queries:
        html = block.render("author_view").content
    assert '<fieldset class="rm-bare" disabled>' in html
    assert "nothing is saved here" in html
    assert not [q for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


@pytest.mark.parametrize("block_type", BLOCKS)
def test_handlers_do_nothing_in_the_preview(block_type):
    block = block_in_studio(block_type, preview=True)
    request = Request.blank("/", method="POST", body=b"role=mentor", headers={"RM-Request": "1"})
    answer = block.runtime.handle(block, "join", request)
    assert answer.status_code == 403
    assert "preview in Studio" in answer.text


@pytest.mark.parametrize("block_type", BLOCKS)
@pytest.mark.parametrize("view", ["student_view", "author_view"])
def test_in_a_library_a_notice_stands_in_place_of_the_block(block_type, view):
    library = LibraryLocatorV2(org="Brannock", slug="parts")
    usage_key = LibraryUsageLocatorV2(library, block_type, "one")
    html = block_in_studio(block_type, preview=True, usage_key=usage_key).render(view).content
    assert "works inside a course" in html


@pytest.mark.parametrize("block_type", BLOCKS)
def test_visitors_are_asked_to_sign_in(block_type):
    html = block_in_studio(block_type).render("public_view").content
    assert "Sign in and enrol" in html
