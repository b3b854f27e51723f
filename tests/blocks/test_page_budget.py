"""What a page may cost: bytes, queries, and that looking changes nothing."""

import gzip
import re
from dataclasses import dataclass
from pathlib import Path

import casts
import factories
import pytest
from callers import Browser
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from studio_runtime import StudioRuntime

from reverse_mentoring_xblock.domain.permissions import HANDLERS
from reverse_mentoring_xblock.models import Participant
from reverse_mentoring_xblock.standalone.models import CourseNode
from reverse_mentoring_xblock.standalone.olx import load_course
from reverse_mentoring_xblock.standalone.runtime import SiteRuntime

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "onboarding-course"

MOST_BYTES = 10_000
MOST_QUERIES = 8
EVERYBODY = (*casts.LEARNERS, *casts.STAFF)
MOST_QUERIES_OF_STAFF = 12  # the desk, and below it the coordinator's own part

SMALL = {"more": 0, "sessions": 1}
LARGE = {"more": 8, "sessions": 6}

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP)\b|.*\bFOR UPDATE\b", re.I | re.S)
TABLES = re.compile(r"""\b(?:FROM|JOIN|INTO|UPDATE)\s+["`]?(\w+)""", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """One view of one block: its HTML, and all queries as text without parameters."""

    html: str
    queries: tuple[str, ...]

    @property
    def own(self):
        """What the block asks. The runtime's tables stand for the platform's."""
        return [text for text in self.queries if not _is_sites(text)]

    @property
    def writes(self):
        return [text for text in self.queries if WRITES.match(text)]


def _is_sites(query):
    tables = TABLES.findall(query)
    return all(table.startswith(("reverse_mentoring_standalone_", "django_")) for table in tables)


def _repeats(queries):
    return len(queries) != len(set(queries))


def see(runtime, node, view="student_view"):
    queries = []

    def note(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        html = runtime.block_of(node).render(view).body_html()
    return Page(html, tuple(queries))


def see_everything(accounts):
    """Every block as everybody, by block type and name."""
    nodes = {block_type: CourseNode.objects.filter(category=block_type).first() for block_type in HANDLERS}
    return {
        (block_type, name): see(SiteRuntime(account, is_staff=name in casts.STAFF), node)
        for block_type, node in nodes.items()
        for name, account in accounts.items()
    }


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """Every page in a small programme and in a large one, seen once; the rows are gone before the first test."""
    found = []
    with django_db_blocker.unblock():
        for size in (SMALL, LARGE):
            with transaction.atomic():
                load_course(EXAMPLE)
                accounts = casts.whole_cast(**size)
                see_everything(accounts)  # content that a process reads once is read here
                found.append(see_everything(accounts))
                transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("block_type", HANDLERS)
class TestQueries:
    """For everybody in the programme; what fails is listed by person."""

    def test_a_view_stays_within_its_number_of_queries(self, pages, block_type):
        most = {name: MOST_QUERIES_OF_STAFF if name in casts.STAFF else MOST_QUERIES for name in EVERYBODY}
        for programme in pages:
            counts = {name: len(programme[block_type, name].own) for name in EVERYBODY}
            assert not {name: count for name, count in counts.items() if count > most[name]}

    def test_the_number_of_queries_is_the_same_in_a_large_programme(self, pages, block_type):
        small, large = pages
        grown = {}
        for name in EVERYBODY:
            before, after = small[block_type, name].own, large[block_type, name].own
            if len(before) != len(after):
                grown[name] = len(before), len(after), set(before) ^ set(after)
        assert not grown

    def test_no_query_is_made_twice(self, pages, block_type):
        for programme in pages:
            queries = {name: programme[block_type, name].own for name in EVERYBODY}
            assert not {name: {q for q in own if own.count(q) > 1} for name, own in queries.items() if _repeats(own)}

    def test_looking_writes_and_locks_nothing(self, pages, block_type):
        for programme in pages:
            written = {name: programme[block_type, name].writes for name in EVERYBODY}
            assert not {name: queries for name, queries in written.items() if queries}


@pytest.mark.parametrize("block_type", HANDLERS)
class TestLookingFromOutside:
    """Those who are not in the cast: visitors, authors and staff who view as a learner."""

    def node(self, block_type):
        return CourseNode.objects.filter(category=block_type).first()

    def test_a_visitors_view_asks_nothing(self, course, block_type):
        factories.pairing()
        page = see(SiteRuntime(AnonymousUser()), self.node(block_type))
        assert not page.own
        assert not page.writes

    @pytest.mark.parametrize("view", ["author_view", "studio_view", "student_view"])
    def test_a_preview_writes_nothing(self, course, block_type, view):
        page = see(StudioRuntime(factories.user(), preview=True), self.node(block_type), view)
        assert page.html
        assert not page.writes
        assert len(page.own) <= MOST_QUERIES

    @pytest.mark.parametrize("who", ["learner", "coordinator", "coordinator viewing as the learner"])
    def test_opening_the_unit_writes_no_row_of_ours(self, course, block_type, who):
        pair = factories.pairing()
        client = Client(HTTP_HOST="localhost")
        client.force_login(pair.mentee.user if who == "learner" else factories.coordinator())
        if "viewing" in who:
            client.post("/masquerade", {"view_as": pair.mentee.user.username})
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/units/{self.node(block_type).parent.usage_key}")
        assert answer.status_code == 200
        assert not [row["sql"] for row in captured if WRITES.match(row["sql"])]


STATES = {
    "a step": ("trained mentor", "open_step", {"step": "work"}),
    "the step with the suggested topics": ("ready mentee", "open_step", {"step": "topics"}),
    "the check": ("ready mentee", "open_profile", {}),
    "what was said": ("waiting mentee", "open_profile", {}),
    "a step to change": ("waiting mentee", "open_step", {"step": "hours"}),
    "the cards": ("waiting mentee", "open_cards", {"page": "1"}),
    "more cards": ("waiting mentor", "open_cards", {"page": "2"}),
    "the line": ("waiting mentor", "open_cards", {"page": "0"}),
}


@pytest.fixture
def people_of_sign_up(course):
    """Somebody on the way into the pool, somebody in it, and more than a page of cards."""
    for _ in range(12):
        factories.trained(factories.mentor())
        casts.ready_mentee()
    waiting = casts.ready_mentee()
    Participant.objects.filter(pk=waiting.pk).update(rounds_waited=1, manager="boss")
    return {
        "trained mentor": factories.trained(factories.participant("mentor")),
        "ready mentee": casts.assessed(factories.trained(factories.participant("mentee", manager="boss"))),
        "waiting mentee": waiting,
        "waiting mentor": factories.trained(factories.mentor(rounds_waited=2)),
    }


@pytest.mark.parametrize("state", STATES)
def test_pages_of_sign_up_and_cards_stay_within_their_number_of_queries(people_of_sign_up, state):
    name, handler, sent = STATES[state]
    account = people_of_sign_up[name].user
    assert Browser(account).do("reverse_mentoring_pairing", handler, **sent).status == 200
    node = CourseNode.objects.filter(category="reverse_mentoring_pairing").first()
    see(SiteRuntime(account), node)
    page = see(SiteRuntime(account), node)
    assert len(page.own) <= MOST_QUERIES, page.own
    assert not _repeats(page.own)
    assert not page.writes


def test_scripts_and_style_sheets_of_all_blocks_stay_within_their_bytes(course):
    client = Client(HTTP_HOST="localhost")
    runtime = SiteRuntime(factories.mentee().user)
    files = {}
    for block_type in HANDLERS:
        fragment = runtime.block_of(CourseNode.objects.filter(category=block_type).first()).render("student_view")
        assert fragment.resources
        for resource in fragment.resources:
            inline = resource.kind == "text"
            data = resource.data.encode() if inline else b"".join(client.get(resource.data).streaming_content)
            files[data] = len(gzip.compress(data, 6))
    assert sum(files.values()) < MOST_BYTES


def test_every_block_sends_the_same_two_files(course):
    runtime = SiteRuntime(factories.mentee().user)
    for block_type in HANDLERS:
        fragment = runtime.block_of(CourseNode.objects.filter(category=block_type).first()).render("student_view")
        names = [resource.data.rsplit("/", 1)[-1] for resource in fragment.resources]
        assert sorted(names) == ["reverse_mentoring.css", "reverse_mentoring.js"]
