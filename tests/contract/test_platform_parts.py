"""The platform's own edx-completion and event-tracking read what the blocks publish."""

import json
import logging
from urllib.parse import urlencode

import factories
import pytest
from completion.models import BlockCompletion
from completion.services import CompletionService
from completion.waffle import ENABLE_COMPLETION_TRACKING_SWITCH
from edx_toggles.toggles.testutils import override_waffle_switch
from platform_runtime import block_for
from webob import Request
from xblock.completable import XBlockCompletionMode
from xblock.core import XBlock
from xblock.fields import ScopeIds

from reverse_mentoring_xblock.content.loading import load_training_pack
from reverse_mentoring_xblock.domain.permissions import HANDLERS
from reverse_mentoring_xblock.domain.states import Role
from reverse_mentoring_xblock.shell.reporting import Result, report

TRAINING = "reverse_mentoring_training"
pytestmark = pytest.mark.usefixtures("course")


@pytest.fixture(autouse=True)
def tracking_on(db):
    with override_waffle_switch(ENABLE_COMPLETION_TRACKING_SWITCH, active=True):
        yield


def send(block, handler, **data):
    request = Request.blank("/", method="POST", POST=urlencode(data).encode(), headers={"RM-Request": "1"})
    return block.runtime.handle(block, handler, request)


def pass_training(user):
    pack = load_training_pack()
    for module in pack.modules:
        if module.role == Role.MENTOR:
            answers = {question.id: pack.keys[module.id, question.id] for question in module.check}
            answer = send(block_for(user, TRAINING), "submit_check", module=module.id, attempt=1, **answers)
            assert answer.status_code == 200, answer.text


def test_passing_the_training_writes_the_platforms_completion_row():
    person = factories.participant(Role.MENTOR)
    pass_training(person.user)
    row = BlockCompletion.objects.get(user=person.user)
    assert row.block_type == TRAINING
    assert row.completion == 1.0


def test_a_unit_with_the_block_is_complete_for_the_platform():
    person = factories.participant(Role.MENTOR)
    block = block_for(person.user, TRAINING)
    service = CompletionService(person.user, block.context_key)
    assert service.vertical_is_complete(Unit(block)) is False
    pass_training(person.user)
    assert service.vertical_is_complete(Unit(block)) is True


class Unit:
    """As much of a vertical as the platform's completion service asks of one."""

    completion_mode = XBlockCompletionMode.AGGREGATOR

    def __init__(self, *children):
        self._children = children
        usage_key = children[0].context_key.make_usage_key("vertical", "unit_training")
        self.scope_ids = ScopeIds(None, "vertical", usage_key, usage_key)

    def get_children(self):
        return list(self._children)


def test_somebody_elses_completion_goes_through_the_platforms_service():
    one, other = factories.user(), factories.user()
    block = block_for(one, "reverse_mentoring_pairing")
    report(block, one.pk, [Result(other.pk, completion=1.0)])
    assert BlockCompletion.objects.get(user=other).completion == 1.0
    assert not BlockCompletion.objects.filter(user=one).exists()


def test_our_events_reach_the_tracking_log(caplog):
    person = factories.participant(Role.MENTOR)
    with caplog.at_level(logging.INFO, logger="tracking"):
        pass_training(person.user)
    events = [json.loads(record.message) for record in caplog.records if record.name == "tracking"]
    submitted = [event for event in events if event["name"] == "reverse_mentoring.training.check_submitted"]
    assert len(submitted) == 2
    assert submitted[0]["data"] == {
        "programme": "main",
        "module": "mentor-role",
        "attempt": 1,
        "percent": 100,
        "passed": True,
    }
    assert submitted[0]["context"]["course_id"] == str(factories.COURSE)


@pytest.mark.parametrize("block_type", HANDLERS)
def test_no_block_is_completed_by_looking_at_it(block_type):
    block_class = XBlock.load_class(block_type)
    service = CompletionService(factories.user(), factories.COURSE)
    assert service.can_mark_block_complete_on_view(block_class) is False


def test_the_dashboard_is_left_out_of_a_units_completeness():
    assert XBlockCompletionMode.get_mode(XBlock.load_class("reverse_mentoring")) == XBlockCompletionMode.EXCLUDED
