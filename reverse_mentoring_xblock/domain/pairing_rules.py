"""What an author asks before a pairing and of a pairing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from .errors import NotAllowed
from .matching import Policy, Weights
from .states import Role, RunBasis

LEVELS = range(1, 11)
"""Ranks from the first year of work to the board; only differences between them count."""
MOST_TOPICS = 5
"""Topics that a mentee may choose. A mentor offers as many as they like."""
MOST_VETOES = 20
MOST_AVOIDED = 20
"""Cards that one person may pass over."""
PERCENT = 100
"""Points of a pair for each percent of a weight: together they make up `matching.TOP_POINTS`."""
BY_WISH = {"wishes": 60, "cover": 20, "interests": 4, "style": 2, "department": 3, "site": 3, "queue": 8}
"""Weights, in percent, of a round that puts wishes first."""


_NEVER_ZERO = frozenset({"min_level_gap", "line_levels", "max_capacity", "weeks", "answer_days"})


def _is_empty(name: str, value: object) -> bool:
    return value is None or (name in _NEVER_ZERO and not value)


@dataclass(frozen=True)
class Shares:
    """What a pair earns points for, in percent; together at most 100."""

    cover: int = 60
    interests: int = 8
    wishes: int = 12
    style: int = 4
    department: int = 5
    site: int = 3
    queue: int = 8

    @property
    def are_possible(self) -> bool:
        """Whether each is there to give and all of them fit into 100."""
        parts: list[int] = list(asdict(self).values())
        return min(parts) >= 0 and 0 < sum(parts) <= 100

    def weights(self) -> Weights:
        """The same in points."""
        return Weights(**{name: PERCENT * part for name, part in asdict(self).items()})


@dataclass(frozen=True)
class PairingRules:
    """The author's settings: gates and windows before sign-up, the hard limits of a pair, and what earns points.

    The reporting line is a rule that nobody can turn off.
    """

    require_training: bool = True
    require_assessment: bool = True
    min_level_gap: int = 1
    line_levels: int = 2
    min_shared_minutes: int = 60
    max_capacity: int = 2
    same_language: bool = True
    way_of_meeting: bool = True
    shared_manager: bool = True
    past_partner: bool = True
    starts_on: date | None = None
    weeks: int = 26
    lift_percent: int = 0
    waiting_first: bool = True
    shares: Shares = Shares()
    sign_up_from: datetime | None = None
    sign_up_until: datetime | None = None
    answer_days: int = 7
    ask_wishes: bool = True
    allow_requests: bool = False

    @classmethod
    def of_settings(cls, settings: Mapping[str, Any]) -> "PairingRules":
        """What the author asks, from the fields of the block; a setting that was emptied counts as its default."""
        standard = vars(cls())
        kept = {name: standard[name] if _is_empty(name, settings.get(name)) else settings[name] for name in standard}
        if isinstance(kept["starts_on"], datetime):  # the block's field has hours, too
            kept["starts_on"] = kept["starts_on"].date()
        parts = {name: settings.get(f"share_{name}") for name in vars(standard["shares"])}
        known = {name: int(part) for name, part in parts.items() if part is not None}
        shares = replace(standard["shares"], **known)
        return cls(**{**kept, "shares": shares if shares.are_possible else standard["shares"]})

    def policy(self, today: date) -> Policy:
        """The matcher's policy for a round proposed today."""
        return Policy(
            reference_date=max(self.starts_on or today, today),
            reference_weeks=tuple(sorted({0, self.weeks // 2, self.weeks})),
            min_level_gap=self.min_level_gap,
            line_levels=self.line_levels,
            manager_levels=1 if self.shared_manager else 0,
            min_shared_minutes=self.min_shared_minutes,
            require_training=self.require_training,
            weights=self.shares.weights(),
            lift_permille=10 * self.lift_percent,
            waiting_first=self.waiting_first,
        )

    def by_wish(self) -> "PairingRules":
        """The same rules with weights that put wishes first."""
        return replace(self, shares=Shares(**BY_WISH))

    def on(self, basis: RunBasis) -> "PairingRules":
        """The rules of a round on this basis."""
        return self.by_wish() if basis is RunBasis.WISH else self

    def as_json(self) -> Mapping[str, Any]:
        """To be stored with a proposal."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "PairingRules":
        """What `as_json` gave, also before there was the rule that waiting people come first."""
        kept = {"waiting_first": False, **stored}
        kept["shares"] = Shares(**kept["shares"])
        kept["starts_on"] = date.fromisoformat(kept["starts_on"]) if kept["starts_on"] else None
        for name in ("sign_up_from", "sign_up_until"):
            kept[name] = datetime.fromisoformat(kept[name]) if kept[name] else None
        return cls(**kept)

    def check_sign_up_is_open(self, now: datetime) -> None:
        """Raise NotAllowed before the author opens sign-up and after they close it."""
        if self.sign_up_from and now < self.sign_up_from:
            raise NotAllowed("sign_up_early")
        if self.sign_up_until and now >= self.sign_up_until:
            raise NotAllowed("sign_up_late")

    def asks_for_assessment(self, role: Role) -> bool:
        """Only mentees have needs that pairing rests on; for mentors the assessment is a choice."""
        return self.require_assessment and role is Role.MENTEE

    def check_gates(self, role: Role, *, is_trained: bool, is_assessed: bool) -> None:
        """Raise NotAllowed for the first gate that this person has not gone through."""
        if self.require_training and not is_trained:
            raise NotAllowed("train_first")
        if self.asks_for_assessment(role) and not is_assessed:
            raise NotAllowed("assess_first")
