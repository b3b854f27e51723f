"""The standalone site in a folder of its own, made new for each run, with the runtime that both sides are measured in.

Import this first: it decides which database Django opens.
"""

import os
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parent.parent
EMPTY = "bench_empty"


def set_up(folder: Path) -> None:
    """A new database in ``folder`` with the site's tables, and Django ready to use it."""
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("site.sqlite3*"):
        old.unlink()
    sys.path.insert(0, str(ROOT))
    os.environ.update(
        DJANGO_SETTINGS_MODULE="reverse_mentoring_xblock.standalone.settings",
        RM_VAR=str(folder),
        RM_DATABASE_URL=f"sqlite:///{folder / 'site.sqlite3'}",
        RM_SECRET_KEY="only-for-measuring",
        RM_DEMO="1",
        RM_DEBUG="0",
    )
    django.setup()
    from django.core.management import call_command
    from xblock.core import XBlock

    call_command("migrate", verbosity=0)
    entry = EntryPoint(name=EMPTY, group="xblock.v1", value="empty_block:EmptyBlock")
    XBlock.extra_entry_points.append((EMPTY, entry))


def add_node(course: Any, block_type: str, name: str, fields: Any = None) -> Any:
    """A block of this type in the course, outside its units. Returns its usage key."""
    from reverse_mentoring_xblock.standalone.models import CourseNode

    usage_key = course.key.make_usage_key(block_type, name)
    CourseNode.objects.create(
        course=course, usage_key=usage_key, category=block_type, title=name, position=1000, fields=fields or {}
    )
    return usage_key
