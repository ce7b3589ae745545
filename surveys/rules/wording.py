"""Words for counts and rates as they may be published. Pure."""

from surveys.rules.bands import Rate


def band_text(band: tuple[int, int]) -> str:
    """A band as "10-14"."""
    low, high = band
    return f"{low}-{high}"


def rate_text(rate: Rate | None) -> str:
    """A rate as "about 70 %" or "≥ 90 %"; empty where it is not known."""
    if rate is None:
        return ""
    return f"{'≥' if rate.at_least else 'about'} {rate.percent} %"
