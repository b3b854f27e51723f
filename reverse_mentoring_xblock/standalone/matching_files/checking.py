"""Checking a result that somebody gives, with nothing but the people and the policy."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ...domain.matching import Policy, Violation, utility, violations
from .people_file import Roster
from .result_file import Claim, policy_of


def flaws_of(claim: Claim, roster: Roster, policy: Policy) -> Iterator[str]:
    """What is wrong with a claimed result, a line for each thing.

    The day from which the weeks are counted is taken from the result: it is the day of the match, not of the check.
    """
    policy = replace(policy, reference_date=date.fromisoformat(str(claim.policy.get("reference_date"))))
    own = policy_of(policy)
    for name in sorted(own.keys() | claim.policy.keys()):
        if own.get(name) != claim.policy.get(name):
            yield f"policy: {name} is {own.get(name)} here and {claim.policy.get(name)} in the result"
    mentors = {mentor.id: mentor for mentor in roster.mentors}
    mentees = {mentee.id: mentee for mentee in roster.mentees}
    for (one, other), told in zip(claim.pairs, claim.utilities, strict=True):
        worth = utility(mentors[one], mentees[other], policy).total
        if worth != told:
            yield f"utility: {roster.names[one]} and {roster.names[other]} are worth {worth}, not {told}"
    if claim.matched != len(claim.pairs):
        yield f"matched: there are {len(claim.pairs)} pairs, not {claim.matched}"
    if claim.total != sum(claim.utilities):
        yield f"total: the pairs add up to {sum(claim.utilities)}, not {claim.total}"
    if claim.bound != claim.total:
        yield f"bound: {claim.bound} leaves {claim.bound - claim.total} above the total"
    if not claim.certified:
        yield "certified: the result itself does not claim to be the best"
    found = violations(roster.mentors, roster.mentees, policy, claim.pairs, claim.prices, floor=claim.floor)
    for violation in found:
        yield _told(violation, roster)


def _told(violation: Violation, roster: Roster) -> str:
    people = [roster.names.get(id_, str(id_)) for id_ in (violation.mentor, violation.mentee) if id_ is not None]
    amount = f" by {violation.amount}" if violation.amount else ""
    return f"{violation.flaw}: {', '.join(people)}{amount}" if people else f"{violation.flaw}{amount}"
