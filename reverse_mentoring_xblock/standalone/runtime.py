"""The blocks' runtime on the standalone site.

It keeps the LMS's contract and is as strict: only declared services, the exact payload keys of ``grade`` and
``completion``, writes of a masquerading coordinator go nowhere, and what the platform would answer with an error is an
error here.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse
from opaque_keys.edx.keys import UsageKey
from web_fragments.fragment import Fragment
from xblock.core import XBlock
from xblock.exceptions import NoSuchUsage
from xblock.fields import Scope, ScopeIds
from xblock.runtime import IdGenerator, IdReader, KeyValueStore, KvsFieldData, NullI18nService, Runtime

from .models import BlockState, Completion, CourseNode, ReceivedEvent, Score
from .services import CompletionService, EnrollmentsService, UserService

Person = AbstractBaseUser | AnonymousUser


class UsageIds(IdReader, IdGenerator):
    """Usage keys are their own definitions; there are no asides."""

    def get_definition_id(self, usage_id: UsageKey) -> UsageKey:
        return usage_id

    def get_block_type(self, def_id: UsageKey) -> str:
        return str(def_id.block_type)

    def _none(self, *_arguments: Any) -> Any:
        raise NotImplementedError("the standalone site has no asides and makes no blocks")

    get_usage_id_from_aside = get_definition_id_from_aside = _none
    get_aside_type_from_usage = get_aside_type_from_definition = _none
    create_aside = create_usage = create_definition = _none


class Fields(KeyValueStore):
    """Authored settings from the course, a learner's state from one row per learner and block.

    While staff masquerade, writes stay in memory, as the LMS keeps them in the session.
    """

    def __init__(self, user: Person, nodes: Mapping[UsageKey, CourseNode], keeps: bool) -> None:
        self._user = user
        self._nodes = nodes
        self._keeps = keeps
        self._states: dict[UsageKey, dict[str, Any]] = {}

    def _values(self, key: KeyValueStore.Key) -> dict[str, Any]:
        if key.scope in (Scope.settings, Scope.content):
            return dict(self._nodes[key.block_scope_id].fields)
        if key.scope != Scope.user_state:
            return {}
        usage_key = key.block_scope_id
        if usage_key not in self._states:
            row = self._user.pk and BlockState.objects.filter(user=self._user, usage_key=usage_key).first()
            self._states[usage_key] = dict(row.fields) if row else {}
        return self._states[usage_key]

    def get(self, key: KeyValueStore.Key) -> Any:
        return self._values(key)[key.field_name]

    def has(self, key: KeyValueStore.Key) -> bool:
        return key.field_name in self._values(key)

    def set(self, key: KeyValueStore.Key, value: Any) -> None:
        if key.scope != Scope.user_state:
            raise TypeError(f"{key.scope} is the author's: it cannot be written from the course")
        self._values(key)[key.field_name] = value
        if self._keeps and self._user.pk:
            BlockState.objects.update_or_create(
                user=self._user, usage_key=key.block_scope_id, defaults={"fields": self._states[key.block_scope_id]}
            )

    def delete(self, key: KeyValueStore.Key) -> None:
        raise TypeError("learner state is cleared through the gradebook")


class SiteRuntime(Runtime):
    """Blocks bound to one person. ``acting`` is who really asks: another person while staff masquerade."""

    is_author_mode = False

    def __init__(
        self, user: Person, *, acting: Person | None = None, is_staff: bool = False, preferences: Any = None
    ) -> None:
        self._user = user
        self._acts_for_self = acting is None or acting.pk == user.pk
        self._nodes: dict[UsageKey, CourseNode] = {}
        fields = KvsFieldData(Fields(user, self._nodes, keeps=self._acts_for_self))
        services = {
            "i18n": NullI18nService(),
            "field-data": fields,
            "user": UserService(user, is_staff=is_staff, preferences=preferences or {}),
            "enrollments": EnrollmentsService(),
            "completion": CompletionService() if user.is_authenticated else None,
        }
        ids = UsageIds()
        super().__init__(id_reader=ids, id_generator=ids, services=services)

    def block_of(self, node: CourseNode) -> XBlock:
        """The block at a node of the course. Raises NoSuchUsage when its type is not installed."""
        self._nodes[node.usage_key] = node
        scope_ids = ScopeIds(self._user.pk, node.category, node.usage_key, node.usage_key)
        return self.construct_xblock(node.category, scope_ids)

    def get_block(self, usage_id: UsageKey, for_parent: Any = None) -> XBlock:
        node = CourseNode.objects.filter(usage_key=usage_id).first()
        if node is None:
            raise NoSuchUsage(repr(usage_id))
        return self.block_of(node)

    def publish(self, block: XBlock, event_type: str, event_data: Mapping[str, Any]) -> None:
        """Grades and completion into their tables, everything into the list of events."""
        if event_type == "grade":
            facts = {"value": event_data["value"], "max_value": event_data["max_value"]}
            self._keep(Score, block, facts)
        elif event_type == "completion":
            self._keep(Completion, block, {"completion": event_data["completion"]})
        user = self._user if self._user.is_authenticated else None
        ReceivedEvent.objects.create(user=user, usage_key=block.usage_key, name=event_type, data=dict(event_data))

    def _keep(self, table: Any, block: XBlock, facts: dict[str, Any]) -> None:
        if self._user.is_authenticated and self._acts_for_self:
            table.objects.update_or_create(user=self._user, usage_key=block.usage_key, defaults=facts)

    def handler_url(
        self, block: XBlock, handler_name: str, suffix: str = "", query: str = "", thirdparty: bool = False
    ) -> str:
        if not getattr(getattr(block, handler_name, None), "_is_xblock_handler", False):
            raise ValueError(f"{handler_name} is not a handler of {block.scope_ids.block_type}")
        name = "handler-noauth" if thirdparty else "handler"
        url = reverse(name, args=[block.usage_key.course_key, block.usage_key, handler_name, suffix])
        return f"{url}?{query}" if query else url

    def resource_url(self, resource: str) -> str:
        raise NotImplementedError("blocks use local_resource_url")

    def local_resource_url(self, block: XBlock, uri: str) -> str:
        return reverse("block-resource", args=[block.scope_ids.block_type, uri])

    def applicable_aside_types(self, block: XBlock) -> list[str]:
        return []

    def wrap_xblock(self, block: XBlock, view: str, frag: Fragment, context: Any) -> Fragment:
        """The wrapper that the LMS puts around a block, with what its script needs to start it."""
        wrapped = Fragment()
        wrapped.add_content(
            f'<div class="xblock xblock-{view}" data-usage-id="{block.usage_key}" '
            f'data-init="{frag.js_init_fn or ""}">{frag.body_html()}</div>'
        )
        wrapped.add_fragment_resources(frag)
        return wrapped
