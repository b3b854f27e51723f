"""Studio's side: previews and the settings form, with the few services that Studio gives there."""

from xblock.runtime import DictKeyValueStore, KvsFieldData, NullI18nService

from reverse_mentoring_xblock.standalone.runtime import SiteRuntime
from reverse_mentoring_xblock.standalone.services import UserService


class Permissions:
    """Studio's service: may this author write the course?"""

    def __init__(self, may_write):
        self._may_write = may_write

    def can_write(self, course_key):
        return self._may_write


class StudioRuntime(SiteRuntime):
    """No completion, no grades, no enrolments; ``publish`` goes nowhere; staff is not marked as such."""

    def __init__(self, user, *, may_write=True, preview=False):
        super().__init__(user, acting=user)
        self.is_author_mode = preview
        fields = KvsFieldData(DictKeyValueStore())
        self._services = {
            "i18n": NullI18nService(),
            "field-data": fields,
            "user": UserService(user, is_staff=False, preferences={}),
            "studio_user_permissions": Permissions(may_write),
        }

    def publish(self, block, event_type, event_data):
        """The publish service is absent in Studio: a silent no-op."""
