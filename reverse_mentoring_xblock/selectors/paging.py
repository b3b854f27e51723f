"""Long lists a part at a time: pages for people, chunks for statements."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Pages:
    """A page by its ``number``, from 1, of a list with so many rows ``in_all``, ``size`` of them on each page."""

    number: int
    in_all: int
    size: int

    @classmethod
    def at(cls, number: int, in_all: int, size: int) -> "Pages":
        """That page, or the last one for a number beyond the end."""
        return cls(min(max(number, 1), cls(1, in_all, size).pages), in_all, size)

    @property
    def pages(self) -> int:
        """How many there are, at least one."""
        return max(1, -(-self.in_all // self.size))

    @property
    def first(self) -> int:
        """The place in the whole list of the first row."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The place in the whole list of the last row."""
        return min(self.number * self.size, self.in_all)

    @property
    def part(self) -> slice:
        """The rows of this page, to be cut out of the whole list."""
        return slice(self.first - 1, self.number * self.size)


def in_chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """The items in their order, so many at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))
