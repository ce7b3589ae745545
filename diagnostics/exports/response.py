"""How many answered, as text for people and as numbers for programs. docs/report-format.md describes it."""

from typing import Any

from surveys.rules.rounding import Band, GroupResponse, band_text, rate_text, response_text

# Columns of the report's CSV after the text of the band.
RESPONSE_NUMBERS = ("response_low", "response_high", "response_percent", "response_percent_at_least")


def response_document(response: GroupResponse | None) -> dict[str, Any]:
    """Fields of a group."""
    rate = response.rate if response else None
    return {
        "response_band": response_text(response),
        **_ends(response.band if response else None),
        "response_rate": rate_text(rate),
        "response_percent": rate.percent if rate else None,
        "response_percent_at_least": bool(rate and rate.at_least),
    }


def raters_document(raters: Band | None) -> dict[str, Any]:
    """Fields of a direction of the pair map."""
    return {"response_band": band_text(raters), **_ends(raters)}


def response_line(response: GroupResponse | None) -> list[Any]:
    """The text of the band with the columns that RESPONSE_NUMBERS names."""
    band, rate = (response.band, response.rate) if response else (None, None)
    at_least = "" if rate is None else "true" if rate.at_least else "false"
    return [response_text(response), *_ends(band).values(), rate.percent if rate else None, at_least]


def raters_line(raters: Band | None) -> list[Any]:
    """The same of a direction, which has no rate, or of a pair, which has no raters of its own."""
    return [band_text(raters), *_ends(raters).values(), None, ""]


def _ends(band: Band | None) -> dict[str, int | None]:
    return {"response_low": band.low if band else None, "response_high": band.high if band else None}
