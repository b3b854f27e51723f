"""What both sides of the comparison run with: one way to render, to take time, to weigh and to count.

A side is a process that answers one line of JSON with another. The conductor lets one side work at a time, in short
turns, so that the machine's moods hit all alike.
"""

import gc
import gzip
import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from time import process_time_ns
from typing import Any

from django.db import connection
from web_fragments.fragment import Fragment
from xblock.core import XBlock

GZIP_LEVEL = 6
SITE_TABLES = ("reverse_mentoring_standalone_", "django_")  # what stands for the platform's own tables
RESOURCE = re.compile(r"/xblock/resource/(?P<block_type>[^/]+)/(?P<uri>.+)$")
TABLE = re.compile(r"""\b(?:FROM|JOIN|INTO|UPDATE)\s+["`]?(\w+)""", re.IGNORECASE)


@dataclass(frozen=True)
class View:
    """A page to measure: ``render`` makes its fragment, ``calls`` what its script asks before it shows content."""

    name: str
    render: Callable[[], Fragment]
    calls: Sequence[Callable[[], Any]] = ()


def own_queries(statements: Sequence[str]) -> Sequence[str]:
    """Those that the site's runtime does not make: all but the ones that read its own tables only."""
    return [text for text in statements if not _is_sites(text)]


def _is_sites(statement: str) -> bool:
    tables = TABLE.findall(statement)
    return all(table.startswith(SITE_TABLES) for table in tables)


def resources_of(fragment: Fragment) -> Mapping[str, bytes]:
    """Scripts and style sheets by address, those in the page by their text. Images and other sites' files are not."""
    found = {}
    for resource in fragment.resources:
        if resource.kind == "text":
            found[resource.data] = resource.data.encode()
        elif address := RESOURCE.search(resource.data):
            block_class = XBlock.load_class(address["block_type"])
            with block_class.open_local_resource(address["uri"]) as file:
                # The same file under several block types is sent once: the browser's cache knows it by its text.
                content = file.read()
                found[content.decode()] = content
    return found


def weight(files: Mapping[str, bytes]) -> tuple[int, int]:
    """Bytes raw and gzipped, file by file, as a server sends them."""
    return sum(map(len, files.values())), sum(len(gzip.compress(data, GZIP_LEVEL)) for data in files.values())


class Side:
    """One process's views, and the answers to what the conductor asks."""

    def __init__(self, views: Sequence[View], packages: Sequence[str], people: int = 0) -> None:
        self._views = {view.name: view for view in views}
        self._packages = packages
        self._people = people

    def about(self) -> Mapping[str, Any]:
        """The views' names in order, the versions of what is measured, and the size of the programme."""
        versions = {name: version(name) for name in self._packages}
        return {"views": list(self._views), "versions": versions, "people": self._people}

    def facts(self, name: str) -> Mapping[str, Any]:
        """What does not depend on the clock."""
        view = self._views[name]
        view.render()  # content and templates that are read once per process are read here
        statements: list[str] = []

        def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            fragment = view.render()
            for call in view.calls:
                call()
        raw, zipped = weight(resources_of(fragment))
        own = own_queries(statements)
        return {
            "html": len(fragment.body_html().encode()),
            "raw": raw,
            "gzip": zipped,
            "queries": len(own),
            "repeated": len(own) - len(set(own)),
        }

    def together(self, names: Sequence[str]) -> Mapping[str, int]:
        """The weight of several views' files on one page."""
        files: dict[str, bytes] = {}
        for name in names:
            files.update(resources_of(self._views[name].render()))
        raw, zipped = weight(files)
        return {"raw": raw, "gzip": zipped}

    def turn(self, name: str, times: int) -> Mapping[str, Sequence[float]]:
        """Milliseconds of each render, and of each render with the calls that follow it.

        It is the process's own time at work. A wall clock on a shared machine measures the neighbours, and long
        renders more than short ones.
        """
        view = self._views[name]
        renders, contents = [], []
        gc.collect()
        for _ in range(times):
            began = process_time_ns()
            view.render().body_html()
            rendered = process_time_ns()
            for call in view.calls:
                call()
            renders.append((rendered - began) / 1e6)
            contents.append((process_time_ns() - began) / 1e6)
        return {"render": renders, "content": contents}


def serve(side: Side) -> None:
    """Answer the conductor until it closes the line. What else the process prints goes to the error stream."""
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)
        for line in sys.stdin:
            ask = json.loads(line)
            answer = getattr(side, ask.pop("do"))(**ask)
            print(json.dumps(answer), file=answers, flush=True)
