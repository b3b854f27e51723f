"""A card without a name must not name its person after all."""

from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.unnamed import LEAST_ALIKE, Where, shown_places

WHERE = st.builds(Where, st.sampled_from(["", "Finance", "IT", "Law"]), st.sampled_from(["", "Leeds", "Oslo"]))


def test_as_much_is_said_as_three_people_share():
    people = {
        **{n: Where("Finance", "Leeds") for n in range(3)},
        3: Where("Finance", "Oslo"),
        4: Where("Law", "Oslo"),
        5: Where("IT", "Oslo"),
        6: Where("Law", "Bergen"),
    }
    shown = shown_places(people)
    assert shown[0] == Where("Finance", "Leeds")
    assert shown[3] == Where("Finance")
    assert shown[4] == Where(site="Oslo")
    assert shown[6] == Where()


@given(st.lists(WHERE, max_size=12))
def test_whatever_is_said_holds_for_three_people(people):
    everybody = dict(enumerate(people))
    for id_, said in shown_places(everybody).items():
        assert said.department in ("", everybody[id_].department)
        assert said.site in ("", everybody[id_].site)
        alike = [one for one in people if said.department in ("", one.department) and said.site in ("", one.site)]
        assert said == Where() or len(alike) >= LEAST_ALIKE
