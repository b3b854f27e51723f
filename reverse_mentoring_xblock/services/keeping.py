"""Keeping the matcher's answer with its reasons and its proof, until a coordinator decides."""

from ..domain import matching
from ..domain.pairing_rules import PairingRules
from ..models import LeftOut, MatchRun, Proposal
from ..selectors.cohort import Cohort
from .round_rows import CHUNK, certificate_of, figures_for, left_out_of, proposals_of


def keep_answer(run: MatchRun, cohort: Cohort, rules: PairingRules, outcome: matching.Outcome) -> None:
    """Write the answer to a run that has none yet. ``rules`` are the author's, whatever the pairs were chosen by."""
    proof = certificate_of(outcome)
    for name, value in proof.items():
        setattr(run, name, value)
    run.figures = figures_for(run, cohort, rules, outcome)
    run.save(update_fields=[*proof, "figures", "modified"])
    Proposal.objects.bulk_create(proposals_of(run, cohort, outcome), batch_size=CHUNK)
    LeftOut.objects.bulk_create(left_out_of(run, outcome), batch_size=CHUNK)
