"""Grades and completion, in the exact form that the platform reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .. import compat


@dataclass(frozen=True)
class Result:
    """What a person has reached in a block: shares from 0 to 1, None to leave one as it is."""

    user_id: int
    score: float | None = None
    completion: float | None = None


def report(block: Any, acting_user_id: int, results: Sequence[Result]) -> None:
    """Publish results. The person who acts is graded through the runtime, anybody else through the platform's signal,
    because ``publish`` ignores a ``user_id`` and would grade whoever clicked."""
    for result in results:
        if result.user_id == acting_user_id:
            _publish_own(block, result)
        else:
            _publish_other(block, result)


def _publish_own(block: Any, result: Result) -> None:
    if result.score is not None:
        block.runtime.publish(block, "grade", {"value": result.score, "max_value": block.max_score()})
    if result.completion is not None:
        block.emit_completion(result.completion)


def _publish_other(block: Any, result: Result) -> None:
    if result.score is not None:
        compat.publish_grade_of(result.user_id, block, result.score, block.max_score())
    service = block.runtime.service(block, "completion")
    if result.completion is not None and service is not None:
        service.submit_group_completion(block.usage_key, result.completion, user_ids=[result.user_id])
