"""Nobody reads what is somebody else's: every view and every handler, as every kind of person."""

import factories
import pytest
from callers import Browser, method_of
from django.db import transaction

from reverse_mentoring_xblock.domain.permissions import HANDLERS
from reverse_mentoring_xblock.models import Action, Answer, Attempt, Participant, Programme, Reflection, Session, Veto
from reverse_mentoring_xblock.shell.desk_tabs import DESK_PAGES
from reverse_mentoring_xblock.standalone.models import CourseNode, ReceivedEvent

pytestmark = pytest.mark.usefixtures("course")

#: What is written, and who may ever see it in a page or a file.
WORDS = {
    "reflection-what-7c1": {"author"},
    "reflection-so-what-7c1": {"author"},
    "reflection-now-what-7c1": {"author"},
    "extract-shared-7c1": {"author", "partner"},
    "veto-somebody-7c1@brannock.example": {"author"},
    "action-text-7c1": {"author", "partner"},
    "boss-of-the-author-7c1": {"author", "a coordinator"},
    "Unnamed-7c1": {"a coordinator"},
    "Department-of-one-7c1": {"a coordinator"},
}


@pytest.fixture
def pair():
    node = CourseNode.objects.get(category="reverse_mentoring_pairing")
    node.fields |= {"require_assessment": False, "allow_requests": True}
    node.save()
    pair = factories.pairing()
    author = pair.mentee
    Participant.objects.filter(pk=author.pk).update(manager="boss-of-the-author-7c1")
    factories.trained(
        factories.mentor(account=factories.user("Una", "Unnamed-7c1"), department="Department-of-one-7c1")
    )
    session = factories.session(pair)
    Reflection.objects.create(
        session=session,
        author=author,
        revision=1,
        what="reflection-what-7c1",
        so_what="reflection-so-what-7c1",
        now_what="reflection-now-what-7c1",
        extract="extract-shared-7c1",
    )
    Veto.objects.create(participant=author, person="veto-somebody-7c1@brannock.example")
    Action.objects.create(pairing=pair, owner=author, text="action-text-7c1")
    attempt = Attempt.objects.create(
        participant=author, bank="dsc-core", bank_version="1.0.0", bank_digest="0", competences=["1.2"], seed=1
    )
    Answer.objects.create(attempt=attempt, item="s-1.2-I", value="0")
    return pair


def readers(pair):
    masquerading = Browser(factories.coordinator())
    masquerading.client.post("/masquerade", {"view_as": pair.mentee.user.username}, headers={"X-CSRFToken": "t" * 32})
    return {
        "author": Browser(pair.mentee.user),
        "partner": Browser(pair.mentor.user),
        "another mentor": Browser(factories.trained(factories.mentor()).user),
        "another mentee": Browser(factories.trained(factories.mentee()).user),
        "a learner outside the programme": Browser(factories.user()),
        "a coordinator": Browser(factories.coordinator()),
        "staff of another course": Browser(factories.user(staff_of=factories.OTHER_COURSE)),
        "a coordinator viewing as the author": masquerading,
        "nobody signed in": Browser(),
    }


def everything_shown(browser, pair):
    """Every page, and every act with an empty form and with one about the author; each begins with all as it was."""
    for block_type, handlers in HANDLERS.items():
        yield f"{block_type} page", browser.see(block_type)
        for handler in handlers:
            for sent in ({}, *everything_sent(pair, handler)):
                mark = transaction.savepoint()
                answer = browser.do(block_type, handler, _method=method_of(handler), **sent)
                yield f"{block_type}.{handler} {sent.get('page', '')}", answer.html
                transaction.savepoint_rollback(mark)


def everything_sent(pair, handler):
    """A form with everything that an act could ask for; one for each page that it opens by name."""
    author, session = pair.mentee, Session.objects.get()
    form = dict.fromkeys(("card", "mentee", "person", "participant"), author.uuid)
    form |= {"mentor": pair.mentor.uuid, "pairing": pair.uuid, "session": session.uuid}
    form |= {"page": 1, "standing": "everybody", "revision": 1, "rank": 1}
    names = {"open_desk_page": ("page", DESK_PAGES), "open_step": ("step", ("work", "apart"))}
    field, pages = names.get(handler, ("page", (1,)))
    return [{**form, field: page} for page in pages]


@pytest.mark.parametrize(
    "reader",
    [
        "partner",
        "another mentor",
        "another mentee",
        "a learner outside the programme",
        "a coordinator",
        "staff of another course",
        "a coordinator viewing as the author",
        "nobody signed in",
    ],
)
def test_private_words_reach_nobody_else(pair, reader):
    for where, html in everything_shown(readers(pair)[reader], pair):
        for word, allowed in WORDS.items():
            if reader not in allowed:
                assert word not in html, f"{reader} reads {word} in {where}"


def test_the_author_still_reads_their_own_words(pair):
    shown = "".join(html for _, html in everything_shown(readers(pair)["author"], pair))
    for word, allowed in WORDS.items():
        assert (word in shown) == ("author" in allowed), word


def test_the_coordinator_reads_the_roster_and_nothing_else(pair):
    shown = "".join(html for _, html in everything_shown(readers(pair)["a coordinator"], pair))
    for word, allowed in WORDS.items():
        assert (word in shown) == ("a coordinator" in allowed), word


def test_the_partner_reads_the_extract_and_the_next_step(pair):
    shown = "".join(html for _, html in everything_shown(readers(pair)["partner"], pair))
    assert "extract-shared-7c1" in shown
    assert "action-text-7c1" in shown


def test_events_carry_no_words_and_no_names(pair):
    browser = Browser(pair.mentee.user)
    for block_type, handlers in HANDLERS.items():
        for handler in handlers:
            for sent in everything_sent(pair, handler):
                browser.do(block_type, handler, _method=method_of(handler), **sent)
    told = " ".join(str(data) for data in ReceivedEvent.objects.values_list("data", flat=True))
    for word in WORDS:
        assert word not in told
    for person in (pair.mentee.user, pair.mentor.user):
        assert person.last_name not in told
        assert person.email not in told


@pytest.mark.parametrize("reader", ["partner", "another mentee", "a coordinator"])
def test_names_and_departments_are_never_markup(pair, reader):
    """A roster file and an account can hold anything."""
    for person in (
        pair.mentor,
        pair.mentee,
        factories.trained(factories.mentor()),
        factories.trained(factories.mentee()),
    ):
        type(person.user).objects.filter(pk=person.user_id).update(last_name="<b>name", username=f"<b>{person.pk}")
    Participant.objects.update(department="<b>department", site="'\"><b>site", manager="<b>manager")
    Programme.objects.update(names_shown_at=factories.timezone.now())
    for where, html in everything_shown(readers(pair)[reader], pair):
        if not where.startswith(tuple(f"{block}.export" for block in HANDLERS)):
            assert "<b>" not in html, where
