"""The site's runtime with the platform's own completion and tracking in place of the site's tables.

What follows the LMS's publish service is written from its contract: exact keys, completion through
``BlockCompletion``, every other name to the tracker with the course in its context.
"""

from completion.models import BlockCompletion
from completion.services import CompletionService
from eventtracking import tracker

from reverse_mentoring_xblock.standalone.models import CourseNode
from reverse_mentoring_xblock.standalone.runtime import SiteRuntime


class PlatformRuntime(SiteRuntime):
    """Publishes as the LMS does."""

    def __init__(self, user, course_key, **options):
        super().__init__(user, acting=user, **options)
        self._account = user
        self._services["completion"] = CompletionService(user, course_key)

    def publish(self, block, event_type, event_data):
        if event_type == "completion":
            BlockCompletion.objects.submit_completion(
                user=self._account, block_key=block.usage_key, completion=event_data["completion"]
            )
            return
        context = {"course_id": str(block.context_key), "user_id": self._account.pk}
        with tracker.get_tracker().context("xblock", context):
            tracker.emit(event_type, dict(event_data))


def block_for(user, block_type):
    """The example course's block of a type, bound to a person."""
    node = CourseNode.objects.filter(category=block_type).order_by("pk")[0]
    return PlatformRuntime(user, node.course.key).block_of(node)
