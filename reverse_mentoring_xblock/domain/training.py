"""Role training as values, and the marking of its checks.

The right options are kept apart from the questions, in ``TrainingPack.keys``: whatever a page walks
through to show a check cannot reach them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import Invalid, NotFound
from .states import Role


@dataclass(frozen=True)
class CheckQuestion:
    """One question of a check and its options in the author's order. Not which of them is right."""

    id: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Module:
    """A short course of pages for one role, and the check at its end (may have no questions)."""

    id: str
    role: Role
    minutes: int
    pages: tuple[str, ...]
    check: tuple[CheckQuestion, ...]


@dataclass(frozen=True)
class TrainingPack:
    """All modules. ``keys`` maps (module id, question id) to the right option: server only."""

    id: str
    version: str
    digest: str
    modules: tuple[Module, ...]
    keys: Mapping[tuple[str, str], str] = field(repr=False)

    def module(self, module_id: str) -> Module:
        """The module of that id. Raises NotFound."""
        for module in self.modules:
            if module.id == module_id:
                return module
        raise NotFound("not_here")


@dataclass(frozen=True)
class MarkedQuestion:
    """One question after marking. ``chosen`` is None when it was left open."""

    id: str
    chosen: str | None
    is_right: bool


@dataclass(frozen=True)
class Marked:
    """A check after marking, question by question in the module's order."""

    correct: int
    total: int
    questions: tuple[MarkedQuestion, ...]

    @property
    def share(self) -> float:
        """``correct`` of ``total``, 0 to 1; 1 for a module without questions."""
        return self.correct / self.total if self.total else 1.0


def mark(pack: TrainingPack, module_id: str, answers: Mapping[str, str | None]) -> Marked:
    """Mark one check: ``answers`` maps question id to option id. An open question is wrong.

    Raises NotFound for an unknown module, Invalid for a question or an option that the check does
    not have.
    """
    module = pack.module(module_id)
    options = {question.id: question.options for question in module.check}
    for question_id, chosen in answers.items():
        if chosen is not None and chosen not in options.get(question_id, ()):
            raise Invalid("unreadable", field=question_id)
    questions = tuple(
        MarkedQuestion(
            id=question.id,
            chosen=answers.get(question.id),
            is_right=answers.get(question.id) == pack.keys[module_id, question.id],
        )
        for question in module.check
    )
    return Marked(sum(question.is_right for question in questions), len(questions), questions)
