"""Lift the worst pair: the highest floor for every pair that costs the whole no more than it may.

Each floor forbids the pairs below it, and the rest is solved as before. A higher floor never costs less, so the floor
is found by doubling steps and then by halves. What is proved in the end is that the answer is best among those that
keep the floor; as many people are matched as without one, and as many of those who have waited.
"""

from dataclasses import replace

import numpy as np

from .forms import Forms
from .policy import TOP_POINTS
from .pool import ALONE
from .pricing import Pricing, Watch, solve
from .search import Answer, Draws, answer_of, search

Least = tuple[int, int, int]
"""Pairs, rounds that those matched have waited as far as they count, and points."""


def search_lifted(forms: Forms, draws: Draws, watch: Watch, permille: int) -> Answer:
    """The answer whose worst pair is worth most, at a cost of so many thousandths of the total."""
    plain = search(forms, draws, watch)
    matched = plain.partner != ALONE
    if plain.is_cut or not matched.any():
        return plain
    points = forms.points(np.flatnonzero(matched), plain.partner[matched])
    cost = int(points.sum()) * permille // 1000
    least = (int(matched.sum()), int(forms.turns[matched].sum()), int(points.sum()) - cost)
    # No answer that falls short of a pair or a turn is worth more than one that keeps them at this cost.
    first = plain.first and plain.first + cost + 1
    pricing = solve(forms, plain.bonus + cost + 1, first, watch)
    floor = _highest_floor(pricing, int(points.min()), least)
    pricing.change(replace(forms, floor=floor))
    pricing.run()
    lifted = answer_of(pricing, draws)
    return plain if lifted.is_cut else lifted


def _highest_floor(pricing: Pricing, floor: int, least: Least) -> int:
    step = 1
    while _keeps(pricing, floor + step, least):
        floor += step
        step *= 2
    while step > 1:
        step //= 2
        if _keeps(pricing, floor + step, least):
            floor += step
    return floor


def _keeps(pricing: Pricing, floor: int, least: Least) -> bool:
    """Whether as many are matched with this floor, and of those who waited, for no less than the total to reach."""
    if floor > TOP_POINTS or pricing.is_cut:
        return False
    pricing.change(replace(pricing.forms, floor=floor))
    pricing.run()
    if pricing.is_cut:
        return False
    matched = pricing.found.partner != ALONE
    points = pricing.found.total() - pricing.bonuses(pricing.found.partner)
    return (int(matched.sum()), int(pricing.forms.turns[matched].sum()), points) >= least
