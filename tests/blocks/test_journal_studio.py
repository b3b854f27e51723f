"""The journal for authors, and what clearing a learner's state leaves behind."""

import json

import factories
import pytest
from callers import Browser
from journal_acts import JOURNAL, held, write
from studio_runtime import StudioRuntime
from webob import Request
from xblock.fields import ScopeIds

from reverse_mentoring_xblock.models import Reflection, Session
from reverse_mentoring_xblock.standalone.anonymous import anonymous_id_of
from reverse_mentoring_xblock.standalone.models import CourseNode
from reverse_mentoring_xblock.standalone.runtime import SiteRuntime


def block_in_studio(preview=False):
    author = factories.user(enrolled_in=None)
    usage_key = factories.COURSE.make_usage_key(JOURNAL, "one")
    return StudioRuntime(author, preview=preview).construct_xblock(
        JOURNAL, ScopeIds(author.pk, JOURNAL, usage_key, usage_key)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"required_sessions": 0}, "Sessions required"),
        ({"required_sessions": 25}, "Sessions required"),
        ({"session_minutes": 4}, "Minutes of a session"),
        ({"session_minutes": 481}, "Minutes of a session"),
        ({"weight": -1}, "Points"),
        ({"weight": None}, "Points"),
    ],
)
def test_a_setting_out_of_range_is_refused_in_words(values, says):
    block = block_in_studio()
    body = json.dumps({"values": values, "defaults": []}).encode()
    answer = block.runtime.handle(block, "submit_studio_edits", Request.blank("/", method="POST", body=body))
    assert answer.status_code == 400
    assert says in answer.text


@pytest.mark.django_db
def test_the_preview_shows_what_a_learner_sees_first_with_the_authors_numbers():
    block = block_in_studio(preview=True)
    block.required_sessions, block.session_minutes = 3, 45
    html = block.render("author_view").content
    assert "You have no partner yet" in html
    assert "Plan 3 sessions of about 45 minutes" in html


def test_deleting_a_learners_state_takes_their_words_and_leaves_the_partners(course):
    pair = factories.pairing()
    session = held(pair)
    session.mentor_confirmed_at = session.mentee_confirmed_at = session.starts_at
    session.save()
    write(Browser(pair.mentee.user), session, what="Mine")
    write(Browser(pair.mentor.user), session, what="Theirs")
    block = SiteRuntime(factories.coordinator()).block_of(CourseNode.objects.get(category=JOURNAL))
    block.clear_student_state(user_id=anonymous_id_of(pair.mentee.user_id))
    assert [row.what for row in Reflection.objects.all()] == ["Theirs"]
    assert Session.objects.get().mentee_confirmed_at is None
    assert Session.objects.get().mentor_confirmed_at is not None
