"""Lift the worst pair: the highest floor for every pair that costs the whole no more than it may.

Each floor forbids the pairs below it, and the rest is solved as before. A higher floor never costs less, so the floor
is found by doubling steps and then by halves. What is proved in the end is that the answer is best among those that
keep the floor; as many people are matched as without one.
"""

from dataclasses import replace

import numpy as np

from .forms import Forms
from .policy import TOP_POINTS
from .pool import ALONE
from .pricing import Pricing, Watch, solve
from .search import BONUS, Answer, Draws, answer_of, search


def search_lifted(forms: Forms, draws: Draws, watch: Watch, permille: int) -> Answer:
    """The answer whose worst pair is worth most, at a cost of so many thousandths of the total."""
    plain = search(forms, draws, watch)
    matched = plain.partner != ALONE
    if plain.is_cut or not matched.any():
        return plain
    points = forms.points(np.flatnonzero(matched), plain.partner[matched])
    cost = int(points.sum()) * permille // 1000
    least = (int(matched.sum()), int(points.sum()) - cost)
    pricing = solve(forms, max(BONUS, cost + TOP_POINTS), watch)
    floor = _highest_floor(pricing, int(points.min()), least)
    pricing.change(replace(forms, floor=floor))
    pricing.run()
    lifted = answer_of(pricing, draws)
    return plain if lifted.is_cut else lifted


def _highest_floor(pricing: Pricing, floor: int, least: tuple[int, int]) -> int:
    step = 1
    while _keeps(pricing, floor + step, least):
        floor += step
        step *= 2
    while step > 1:
        step //= 2
        if _keeps(pricing, floor + step, least):
            floor += step
    return floor


def _keeps(pricing: Pricing, floor: int, least: tuple[int, int]) -> bool:
    """Whether as many are matched with this floor, for no less than the total that has to be reached."""
    if floor > TOP_POINTS or pricing.is_cut:
        return False
    pricing.change(replace(pricing.forms, floor=floor))
    pricing.run()
    matched = int((pricing.best != ALONE).sum())
    return not pricing.is_cut and (matched, pricing.found.total() - matched * pricing.bonus) >= least
