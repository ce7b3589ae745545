"""The company's rate of the last night, beside the bands after counting: a reader tries all counts that fit both."""

from itertools import product

from diagnostics.core.disclosure.bands import CountNode, plain_band, published_bands
from surveys.rules.participation import open_percent
from surveys.rules.rounding import rate_of

LEAST = 5
# Four departments in which as many answered as their bands hold: together 56, published as 50-59.
PEOPLE, ANSWERED = (25, 25, 25, 25), (14, 14, 14, 14)


def published(counts, rate):
    """What is published of the departments' counts: all bands, and the rate while the wave was open."""
    nodes = [CountNode("company", None, sum(counts), sum(PEOPLE))]
    nodes += [CountNode(f"d{place}", "company", *both) for place, both in enumerate(zip(counts, PEOPLE, strict=True))]
    return published_bands(nodes, min_group_size=LEAST), rate(list(zip(counts, PEOPLE, strict=True)))


def counts_left(rate):
    """By department, which counts were published just like these."""
    bands = [plain_band(*both, min_group_size=LEAST) for both in zip(ANSWERED, PEOPLE, strict=True)]
    tried = product(*(range(band.low, band.high + 1) for band in bands))
    fitting = [counts for counts in tried if published(counts, rate) == published(ANSWERED, rate)]
    return [sorted(set(counts)) for counts in zip(*fitting, strict=True)]


def rate_of_company_band(groups):
    """As it was shown before: of the band in which all answers together lie."""
    answered, people = map(sum, zip(*groups, strict=True))
    return rate_of(*plain_band(answered, people, min_group_size=LEAST), people).percent


def test_the_rate_of_an_open_wave_narrows_no_band():
    assert counts_left(lambda groups: open_percent(groups, min_group_size=LEAST)) == [[10, 11, 12, 13, 14]] * 4


def test_a_rate_of_the_companys_own_band_left_two_counts():
    """Negative control: "about 55 %" was of 55 to 59 people, and 55 and 56 are left of the sums."""
    assert counts_left(rate_of_company_band) == [[13, 14]] * 4
