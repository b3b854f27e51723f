"""The editor of an author's own question bank in Studio, and a round with such a bank."""

import re
from pathlib import Path
from textwrap import indent
from urllib.parse import urlencode

import assessing
import factories
import pytest
from callers import Browser
from studio_runtime import StudioRuntime
from webob import Request
from xblock.fields import ScopeIds

import reverse_mentoring_xblock
from reverse_mentoring_xblock.content.instrument import read_instrument
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.models import Attempt, ItemBank
from reverse_mentoring_xblock.selectors.assessment import assessment_of
from reverse_mentoring_xblock.standalone.models import CourseNode

ASSESSMENT = "reverse_mentoring_assessment"
pytestmark = pytest.mark.django_db


def in_studio(*, may_write=True):
    author = factories.user(enrolled_in=None)
    usage_key = factories.COURSE.make_usage_key(ASSESSMENT, "one")
    runtime = StudioRuntime(author, may_write=may_write)
    return runtime.construct_xblock(ASSESSMENT, ScopeIds(author.pk, ASSESSMENT, usage_key, usage_key))


def send(block, bank, **headers):
    body = urlencode({"bank": bank}).encode()
    request = Request.blank("/", method="POST", body=body, headers={"RM-Request": "1", **headers})
    request.content_type = "application/x-www-form-urlencoded"
    return block.runtime.handle(block, "save_bank", request)


@pytest.fixture
def own():
    """A bank of an author's own that can be used: the shipped one under another name, with words of its own."""
    folder = Path(reverse_mentoring_xblock.__file__).parent / "content" / "bank"
    words = (folder / "i18n" / "en.yaml").read_text(encoding="utf-8").replace('.stem: "', '.stem: "Here: ')
    structure = (folder / "bank.yaml").read_text(encoding="utf-8").replace("id: dsc-core", "id: ours")
    return f"{structure}words:\n  en:\n{indent(words, '    ')}"


def test_the_editor_stands_below_the_stock_form():
    html = in_studio().render("studio_view").content
    assert html.index('data-field-name="programme"') < html.index('data-rm-region="bank"')
    assert "Check and use these questions" in html
    assert "data-rm-reads" in html


def test_a_good_bank_is_used(own):
    block = in_studio()
    answer = send(block, own)
    assert (answer.status_code, answer.headers["RM-Region"]) == (200, "bank")
    assert read_instrument(block.own_bank).bank.id == "ours"


def test_what_is_wrong_stands_beside_the_box_with_its_line_and_nothing_is_lost(own):
    block = in_studio()
    broken = own.replace("rung: A", "rung: Z", 1)
    line = broken[: broken.index("rung: Z")].count("\n") + 1
    answer = send(block, broken)
    assert answer.status_code == 422
    assert f"Line {line}: Z is not one of: A, B, I." in answer.text
    assert "rung: Z" in answer.text
    assert answer.text.index("Line ") < answer.text.index("<textarea")
    assert block.own_bank == ""


def test_an_empty_box_goes_back_to_the_questions_of_the_package(own):
    block = in_studio()
    send(block, own)
    assert send(block, "  \n ").status_code == 200
    assert block.own_bank == ""


@pytest.mark.parametrize("text", ["\x00", "- a list", "format: x", "{{", "a: &a [*a]", "!!python/object:os.system x"])
def test_nothing_that_is_sent_is_answered_with_an_exception(text):
    assert send(in_studio(), text).status_code == 422


def test_only_authors_save_and_only_from_the_page_itself(own):
    assert send(in_studio(may_write=False), own).status_code == 403
    assert send(in_studio(), own, **{"RM-Request": ""}).status_code == 403
    block = in_studio()
    assert block.runtime.handle(block, "save_bank", Request.blank("/", method="GET")).status_code == 405


class TestARoundWithIt:
    @pytest.fixture(autouse=True)
    def set_up(self, course, own):
        node = CourseNode.objects.filter(category=ASSESSMENT).order_by("pk")[0]
        node.fields = {**node.fields, "own_bank": own, "scenarios": False}
        node.save()
        self.node, self.own = node, own

    def test_its_words_are_asked_and_it_is_kept_with_the_round(self):
        person = factories.participant(Role.MENTEE)
        html = Browser(person.user).do(ASSESSMENT, "begin").html
        item = re.search(r'name="item" value="([^"]+)"', html)[1]
        assert read_instrument(self.own).words("en")[f"{item}.stem"].startswith("Here: ")
        assert "Here: " in html
        assert ItemBank.objects.get().digest == Attempt.objects.get().bank_digest

    def test_somebody_who_is_in_it_keeps_it_when_the_author_takes_it_away(self):
        person = factories.participant(Role.MENTEE)
        Browser(person.user).do(ASSESSMENT, "begin")
        self.node.fields = {**self.node.fields, "own_bank": ""}
        self.node.save()
        row = assessment_of(person.pk, Role.MENTEE, "start")
        assert row.instrument.bank.id == read_instrument(self.own).bank.id
        assert assessing.open_question(person) is not None
