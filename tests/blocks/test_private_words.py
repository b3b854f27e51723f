"""Nobody reads what is somebody else's: every view and every handler, as every kind of person."""

import factories
import pytest
from callers import Browser

from reverse_mentoring_xblock.domain.permissions import HANDLERS
from reverse_mentoring_xblock.models import Action, Answer, Attempt, Reflection, Veto
from reverse_mentoring_xblock.standalone.models import ReceivedEvent

pytestmark = pytest.mark.usefixtures("course")
EXPORTS = {"export_history", "export_states", "export_cohort", "export_roster"}

#: What is written, and who of "author", "partner" may ever see it in a page.
WORDS = {
    "reflection-what-7c1": {"author"},
    "reflection-so-what-7c1": {"author"},
    "reflection-now-what-7c1": {"author"},
    "extract-shared-7c1": {"author", "partner"},
    "veto-somebody-7c1@brannock.example": {"author"},
    "action-text-7c1": {"author", "partner"},
}


@pytest.fixture
def pair():
    pair = factories.pairing()
    author = pair.mentee
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
        "another mentor": Browser(factories.mentor().user),
        "another mentee": Browser(factories.mentee().user),
        "a learner outside the programme": Browser(factories.user()),
        "a coordinator": Browser(factories.coordinator()),
        "a coordinator viewing as the author": masquerading,
        "nobody signed in": Browser(),
    }


def everything_shown(browser):
    for block_type, handlers in HANDLERS.items():
        yield f"{block_type} page", browser.see(block_type)
        for handler in handlers:
            if handler in ("withdraw", "end_pairing"):
                continue
            method = "get" if handler in EXPORTS else "post"
            yield f"{block_type}.{handler}", browser.do(block_type, handler, _method=method).html


@pytest.mark.parametrize(
    "reader",
    [
        "partner",
        "another mentor",
        "another mentee",
        "a learner outside the programme",
        "a coordinator",
        "a coordinator viewing as the author",
        "nobody signed in",
    ],
)
def test_private_words_reach_nobody_else(pair, reader):
    for where, html in everything_shown(readers(pair)[reader]):
        for word, allowed in WORDS.items():
            if reader not in allowed:
                assert word not in html, f"{reader} reads {word} in {where}"


def test_the_author_still_reads_their_own_words(pair):
    shown = "".join(html for _, html in everything_shown(readers(pair)["author"]))
    for word in WORDS:
        assert word in shown, word


def test_the_partner_reads_the_extract_and_the_next_step(pair):
    shown = "".join(html for _, html in everything_shown(readers(pair)["partner"]))
    assert "extract-shared-7c1" in shown
    assert "action-text-7c1" in shown


def test_events_carry_no_words_and_no_names(pair):
    browser = Browser(pair.mentee.user)
    list(everything_shown(browser))
    told = " ".join(str(data) for data in ReceivedEvent.objects.values_list("data", flat=True))
    for word in WORDS:
        assert word not in told
    for person in (pair.mentee.user, pair.mentor.user):
        assert person.last_name not in told
        assert person.email not in told
