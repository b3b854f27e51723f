"""Whole units shared out in proportion, without losing or inventing one."""

from collections.abc import Mapping
from math import floor, fsum


def shared_out(units: int, claims: Mapping[str, float]) -> dict[str, int]:
    """Units for each claim above 0, in proportion and summing to `units`; nothing where nobody claims.

    Largest remainders (Hamilton's method): everybody gets the whole part of their quota, and what is left goes to the
    largest remainders, in the order of the names where they are equal.
    """
    names = sorted(name for name, claim in claims.items() if claim > 0)
    whole = fsum(claims[name] for name in names)
    if not whole > 0:
        return {}
    quotas = {name: units * (claims[name] / whole) for name in names}
    shares = {name: floor(quota) for name, quota in quotas.items()}
    left = units - sum(shares.values())
    for name in sorted(names, key=lambda name: shares[name] - quotas[name])[:left]:
        shares[name] += 1
    return shares
