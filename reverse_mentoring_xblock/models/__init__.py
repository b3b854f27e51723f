"""The rows: what people did. What an author decides is a block's field and is never stored here.

Rows hang from a programme in a learning context, never from a block, so that a copied or re-run course starts with
the same settings and nobody in it. Facts are appended; a state moves in one service along ``domain.states``.
"""

from .assessment import Answer, Attempt, Goal, ItemBank
from .framework import CompetenceStatement
from .journal import Action, Reflection, Session
from .pairing import LeftOut, MatchRun, Pairing, Proposal
from .participant import Interest, Participant, Veto
from .programme import AuditEntry, Programme
from .training import CheckAttempt, ModuleProgress

__all__ = [
    "Action",
    "Answer",
    "Attempt",
    "AuditEntry",
    "CheckAttempt",
    "CompetenceStatement",
    "Goal",
    "Interest",
    "ItemBank",
    "LeftOut",
    "MatchRun",
    "ModuleProgress",
    "Pairing",
    "Participant",
    "Programme",
    "Proposal",
    "Reflection",
    "Session",
    "Veto",
]
