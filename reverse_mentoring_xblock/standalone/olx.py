"""Loading a course from OLX, the format that Studio exports and imports."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from lxml import etree
from opaque_keys.edx.keys import CourseKey
from xblock.core import XBlock
from xblock.fields import Scope

from .models import Course, CourseNode

CONTAINERS = ("course", "chapter", "sequential", "vertical")


class OlxError(Exception):
    """The course cannot be loaded; the message names the file and what is wrong with it."""


@dataclass
class _Loader:
    folder: Path
    course: Course
    seen: list[int] = field(default_factory=list)

    def node(self, pointer: Any, parent: CourseNode | None) -> None:
        element, name = self._definition(pointer)
        stored, _made = CourseNode.objects.update_or_create(
            usage_key=self.course.key.make_usage_key(element.tag, name),
            defaults={
                "course": self.course,
                "parent": parent,
                "category": element.tag,
                "title": element.get("display_name") or name,
                "position": len(self.seen),
                "fields": _settings(element),
                "html": self._html(element, name) if element.tag == "html" else "",
            },
        )
        self.seen.append(stored.pk)
        if element.tag in CONTAINERS:
            for child in element:
                if isinstance(child.tag, str):
                    self.node(child, stored)

    def _definition(self, pointer: Any) -> tuple[Any, str]:
        name = pointer.get("url_name")
        if not name:
            raise OlxError(f"<{pointer.tag}> without url_name")
        path = self.folder / pointer.tag / f"{name}.xml"
        is_pointer = len(pointer) == 0 and set(pointer.attrib) <= {"url_name", "org", "course"}
        return (_parsed(path) if is_pointer and path.exists() else pointer), name

    def _html(self, element: Any, name: str) -> str:
        path = self.folder / "html" / f"{element.get('filename') or name}.html"
        return path.read_text(encoding="utf-8") if path.exists() else ""


def _parsed(path: Path) -> Any:
    try:
        return etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise OlxError(f"{path}: {error}") from error


def _settings(element: Any) -> dict[str, Any]:
    """Attributes as the block's own fields read them: only settings and content, only fields that it has."""
    if element.tag == "html" or element.tag in CONTAINERS:
        return {name: element.attrib[name] for name in ("graded", "format") if name in element.attrib}
    fields = XBlock.load_class(element.tag).fields
    kept = {}
    for name, text in element.attrib.items():
        field = fields.get(name)
        if field is not None and field.scope in (Scope.settings, Scope.content):
            kept[name] = json.loads(json.dumps(field.to_json(field.from_string(text))))
    return kept


def _language(folder: Path, run: str) -> str:
    """The language that the course's policy names, else English."""
    policy = folder / "policies" / run / "policy.json"
    if not policy.exists():
        return "en"
    try:
        named = json.loads(policy.read_text(encoding="utf-8"))[f"course/{run}"].get("language")
    except (ValueError, KeyError, AttributeError) as error:
        raise OlxError(f"{policy}: {error!r}") from error
    return str(named or "en")


@transaction.atomic
def load_course(folder: Path) -> Course:
    """Load or refresh the course in ``folder``; blocks that are no longer in it are removed. Raises OlxError."""
    root = _parsed(folder / "course.xml")
    try:
        org, number, run = (root.attrib[name] for name in ("org", "course", "url_name"))
    except KeyError as error:
        raise OlxError(f"{folder / 'course.xml'}: no {error} attribute") from error
    key = CourseKey.from_string(f"course-v1:{org}+{number}+{run}")
    title = _parsed(folder / "course" / f"{run}.xml").get("display_name") or number
    facts = {"title": title, "language": _language(folder, run)}
    course, _made = Course.objects.update_or_create(key=key, defaults=facts)
    loader = _Loader(folder, course)
    loader.node(root, None)
    CourseNode.objects.filter(course=course).exclude(pk__in=loader.seen).delete()
    return course
