"""What a round of the people who are ready now would bring, worked out on the spot. Nothing is kept."""

from dataclasses import replace
from datetime import date

from ..data import Place
from ..domain.errors import Conflict
from ..domain.matching import Forecast, Weighing, forecast, weigh
from ..domain.pairing_rules import PairingRules, Shares
from .cohort import Cohort, cohort_of

SEED = 1
"""The same people give the same forecast, and the same pairs come back when weights are tried again."""


def ready_forecast(place: Place, rules: PairingRules, today: date) -> Forecast:
    """The forecast for everybody who is ready. As many queries as a cohort takes, whatever its size.

    Raises Conflict when there is nobody to match on one of the sides.
    """
    cohort = _ready(place, rules)
    return forecast(cohort.mentors, cohort.mentees, rules.policy(today), SEED, cohort.others)


def tried_weights(place: Place, rules: PairingRules, shares: Shares, today: date) -> Weighing:
    """The best pairs under the author's weights, and what others would change. Queries and refusal as above.

    As if nobody had waited: points for it, taken alone, would tell whose offer somebody else has declined.
    """
    cohort = _ready(place, rules)
    mentors = [replace(one, waited=0) for one in cohort.mentors]
    mentees = [replace(one, waited=0) for one in cohort.mentees]
    return weigh(mentors, mentees, rules.policy(today), shares.weights(), SEED, cohort.others)


def _ready(place: Place, rules: PairingRules) -> Cohort:
    cohort = cohort_of(place, rules)
    if not cohort.mentors or not cohort.mentees:
        raise Conflict("nobody_to_match")
    return cohort
