"""A card without a name must not name its person after all."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.unnamed import FEWEST, Known, told

EN, BOTH = frozenset({"en"}), frozenset({"en", "pl"})
KINDS = [
    Known(*facts) for facts in product(["", "Finance", "IT", "Law"], ["", "Leeds", "Oslo"], [frozenset(), EN, BOTH])
]


def told_of(*groups):
    """What is told of people, given as numbers of people who are alike; each group has to be told one thing."""
    people = [known for number, known in groups for _ in range(number)]
    said = told(dict(enumerate(people)))
    found, first = [], 0
    for number, _known in groups:
        [one] = {said[id_] for id_ in range(first, first + number)}
        found.append(one)
        first += number
    return found


def test_all_is_told_where_five_are_alike_in_all():
    [said] = told_of((FEWEST, Known("Finance", "Leeds", EN)))
    assert said == Known("Finance", "Leeds", EN)


def test_four_are_told_of_nothing():
    [said] = told_of((FEWEST - 1, Known("Finance", "Leeds", EN)))
    assert said == Known()


@pytest.mark.parametrize(
    ("known", "others", "said"),
    [
        (Known("Finance", "Leeds", EN), Known("Finance", "Oslo", EN), Known("Finance", languages=EN)),
        (Known("Finance", "Leeds", EN), Known("IT", "Leeds", EN), Known(site="Leeds", languages=EN)),
        (Known("Finance", "Leeds", EN), Known("IT", "Oslo", EN), Known(languages=EN)),
        (Known("Finance", "Leeds", BOTH), Known("Finance", "Oslo", EN), Known("Finance")),
        (Known("Finance", "Leeds", BOTH), Known("IT", "Oslo", EN), Known()),
    ],
)
def test_of_fewer_as_much_is_told_as_they_share_with_others(known, others, said):
    assert told_of((3, known), (4, others)) == [said, said]


def test_what_is_left_out_tells_nobody_either():
    """Five in Finance at Leeds and one at Oslo: were the five told with their site, the card without one would be the
    sixth person's."""
    assert set(told_of((5, Known("Finance", "Leeds")), (1, Known("Finance", "Oslo")))) == {Known("Finance")}
    assert set(told_of((5, Known("Finance", "Leeds")), (1, Known("Law", "Leeds")))) == {Known(site="Leeds")}


def test_a_rare_language_is_not_told():
    """Colleagues know who speaks Polish."""
    assert told_of((6, Known("Finance", "Leeds", EN)), (1, Known("Finance", "Leeds", BOTH))) == [
        Known("Finance"),
        Known("Finance"),
    ]


@given(st.lists(st.sampled_from(KINDS), max_size=40))
def test_every_card_is_one_of_five_that_tell_the_same_and_true(people):
    everybody = dict(enumerate(people))
    said = told(everybody)
    assert said.keys() == everybody.keys()
    for id_, one in said.items():
        known = everybody[id_]
        assert one.department in ("", known.department)
        assert one.site in ("", known.site)
        assert one.languages in (frozenset(), known.languages)
    assert all(number >= min(FEWEST, len(people)) for number in Counter(said.values()).values())
    assert len(people) >= FEWEST or set(said.values()) <= {Known()}
