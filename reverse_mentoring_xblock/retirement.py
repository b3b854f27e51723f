"""Receiving the platform's word that an account is retired."""

from typing import Any

from .services.clearing import forget_everywhere


def retire_learner(sender: Any, user: Any, **facts: Any) -> None:
    """Scrub what the models' annotations name. Fast, safe to repeat, and silent for somebody we never knew."""
    forget_everywhere(user.pk, names=(user.get_username(), user.email))
