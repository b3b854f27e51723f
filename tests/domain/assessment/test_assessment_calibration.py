"""How sure and how right, worked by hand: b = mean(p - o), b* = b n / (n + 10), SE = sqrt(sum p (1 - p)) / n."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reverse_mentoring_xblock.domain.assessment.answers import Chosen
from reverse_mentoring_xblock.domain.assessment.bank import SURE
from reverse_mentoring_xblock.domain.assessment.calibration import Sureness, calibration
from reverse_mentoring_xblock.domain.assessment.scenarios import verdicts


@pytest.fixture
def read(bank):
    """The calibration of answers such as ("certain", True); None as the confidence is "I'm not sure"."""

    def read(*said):
        names = [check.id for check in bank.checks.values() if check.is_live][: len(said)]
        answers = {
            name: Chosen("unsure") if sure is None else Chosen("one" if is_right else "two", sure or None)
            for name, (sure, is_right) in zip(names, said, strict=True)
        }
        return calibration(verdicts(bank, names, answers))

    return read


def test_nobody_said_how_sure(read):
    found = read((None, False), ("", True))
    assert (found.n, found.bias, found.shrunk, found.brier, found.words) == (0, None, None, None, None)


def test_figures_by_hand(read):
    # p - o: -.05, .95, .75, -.25; the bias is 1.40 / 4, shrunk by 4 / 14; squares .0025, .9025, .5625, .0625.
    found = read(("certain", True), ("certain", False), ("fairly", False), ("fairly", True))
    assert found.n == 4
    assert found.bias == pytest.approx(0.35)
    assert found.shrunk == pytest.approx(0.10)
    assert found.brier == pytest.approx(1.53 / 4)


def test_nothing_is_said_below_six_answers(read):
    assert read(*[("certain", False)] * 5).words is None
    assert read(*[("certain", False)] * 6).words is Sureness.SURER


def test_not_sure_and_no_confidence_are_left_out(read):
    five = [("certain", False)] * 5
    found = read(*five, (None, False), (None, False), ("", False), ("", True))
    assert (found.n, found.words) == (5, None)
    assert found == read(*five)


def test_a_small_bias_is_about_right(read):
    # Six "certain", five of them right: b = .95 - 5/6 = .117, b* = .117 * 6 / 16 = .044.
    found = read(*[("certain", True)] * 5, ("certain", False))
    assert found.bias == pytest.approx(0.95 - 5 / 6)
    assert found.shrunk == pytest.approx(0.04375)
    assert found.words is Sureness.ABOUT_RIGHT


def test_a_bias_within_its_noise_is_about_right(read):
    # Six "even", one right: b = .5 - 1/6 = .333, b* = .125, SE = sqrt(6 * .25) / 6 = .204, b / SE = 1.633.
    found = read(*[("even", False)] * 5, ("even", True))
    assert found.shrunk == pytest.approx(0.125)
    assert found.words is Sureness.ABOUT_RIGHT
    # Seven "even", one right: b = .357, b* = .147, SE = sqrt(7 * .25) / 7 = .189, b / SE = 1.890.
    found = read(*[("even", False)] * 6, ("even", True))
    assert found.shrunk == pytest.approx(5 / 14 * 7 / 17)
    assert found.words is Sureness.SURER


def test_beyond_noise_and_still_too_little_to_speak_of(read):
    # Ten "certain", eight right: b = .15, SE = sqrt(10 * .0475) / 10 = .0689, b / SE = 2.18, and b* = .075.
    found = read(*[("certain", True)] * 8, *[("certain", False)] * 2)
    assert found.shrunk == pytest.approx(0.075)
    assert found.words is Sureness.ABOUT_RIGHT


def test_surer_than_the_answers_bear_out(read):
    # Eight "fairly", three right: b = .75 - .375 = .375, b* = .167, SE = sqrt(8 * .1875) / 8 = .153, b / SE = 2.45.
    found = read(*[("fairly", True)] * 3, *[("fairly", False)] * 5)
    assert found.shrunk == pytest.approx(0.375 * 8 / 18)
    assert found.words is Sureness.SURER


def test_knows_more_than_they_say(read):
    # Eight guesses, six right: b = .25 - .75 = -.5, b* = -.222, SE = sqrt(8 * .1875) / 8 = .153, |b| / SE = 3.27.
    found = read(*[("guess", True)] * 6, *[("guess", False)] * 2)
    assert found.shrunk == pytest.approx(-0.5 * 8 / 18)
    assert found.words is Sureness.KNOWS_MORE


@given(said=st.lists(st.tuples(st.sampled_from(sorted(SURE)), st.booleans()), max_size=12))
def test_bounds_and_direction(bank, said):
    names = [check.id for check in bank.checks.values() if check.is_live][: len(said)]
    answers = {n: Chosen("one" if ok else "two", sure) for n, (sure, ok) in zip(names, said, strict=True)}
    found = calibration(verdicts(bank, names, answers))
    assert found.n == len(said)
    assert (found.words is None) == (len(said) < 6)
    if said:
        assert abs(found.shrunk) < abs(found.bias) <= 0.95 or found.bias == 0
        assert found.bias**2 <= found.brier + 1e-12 <= 1
    if found.words in (Sureness.SURER, Sureness.KNOWS_MORE):
        assert (found.bias > 0) == (found.words is Sureness.SURER)
        assert abs(found.shrunk) >= 0.10
