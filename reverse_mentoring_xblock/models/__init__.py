"""The rows: what people did. What an author decides is a block's field and is never stored here.

Rows hang from a programme in a learning context, never from a block, so that a copied or re-run course starts with
the same settings and nobody in it. Facts are appended; a state moves in one service along ``domain.states``.
"""

from .assessment import Answer, Attempt, Goal, ItemBank
from .framework import CompetenceStatement
from .journal import Action, Reflection, Session
from .pairing import (
    Circle,
    DeclaredConflict,
    DeclineReason,
    LeftOut,
    MatchRun,
    Override,
    Pairing,
    PartnerRequest,
    Proposal,
)
from .participant import Avoided, Interest, Participant, SignUpDraft, Veto, Wish
from .programme import AuditEntry, Programme
from .roster import RosterFile
from .training import CheckAttempt, ModuleProgress

__all__ = [
    "Action",
    "Answer",
    "Attempt",
    "AuditEntry",
    "Avoided",
    "CheckAttempt",
    "Circle",
    "CompetenceStatement",
    "DeclaredConflict",
    "DeclineReason",
    "Goal",
    "Interest",
    "ItemBank",
    "LeftOut",
    "MatchRun",
    "ModuleProgress",
    "Override",
    "Pairing",
    "Participant",
    "PartnerRequest",
    "Programme",
    "Proposal",
    "Reflection",
    "RosterFile",
    "Session",
    "SignUpDraft",
    "Veto",
    "Wish",
]
