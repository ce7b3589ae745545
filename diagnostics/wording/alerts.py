"""Sentences on alerts, made of their event and of the code and arguments of its reason."""

from functools import singledispatch

from django.utils import timezone
from django.utils.formats import date_format

from diagnostics.core.alerts.level import CERTAINTIES, certainty_step
from diagnostics.core.alerts.reasons import change, common, level, participation
from diagnostics.core.alerts.reasons.codes import AlertEvent
from diagnostics.core.alerts.reasons.common import AlertReason
from diagnostics.report.cell import format_figure
from diagnostics.report.report import Alert
from surveys.rules.rounding import HIGHEST_RATE, Rate, rate_text

_OPENINGS = {
    AlertEvent.NONE: "No alert.",
    AlertEvent.WATCH: "On watch.",
    AlertEvent.RAISED: "Raised in {when}.",
    AlertEvent.ONGOING: "Ongoing since {when}.",
    AlertEvent.CLEARED: "Cleared. It was raised in {when}.",
    AlertEvent.EXPIRED: "Expired without improvement. It was raised in {when}.",
}
_NOTHING_CHANGES = "so the alert stays as it was."
_STARTS_OVER = "so the comparison starts over."


def describe_alert(alert: Alert) -> str:
    """What the wave did to the alert, since when it is ongoing, what was seen and how sure that is."""
    reason = describe_reason(alert.reason)
    if isinstance(alert.reason, common.Legacy):
        return reason
    if isinstance(alert.reason, level.NearlyRaised):
        return f"Not an alert yet. {reason}"
    return f"{_OPENINGS[alert.event].format(when=_raising_wave(alert))} {reason}"


def _raising_wave(alert: Alert) -> str:
    """With its month, where that is known: people do not know waves by their number."""
    wave = f"wave {alert.since_wave}"
    if alert.since_opened is None:
        return wave
    return f"{date_format(timezone.localtime(alert.since_opened), 'F Y')} ({wave})"


@singledispatch
def describe_reason(reason: AlertReason) -> str:
    """The sentences on the reason alone."""
    raise NotImplementedError(reason.code)


@describe_reason.register
def _legacy(reason: common.Legacy) -> str:
    return reason.text


@describe_reason.register
def _suppressed(_: common.Suppressed) -> str:
    return f"The figure of this wave is suppressed, {_NOTHING_CHANGES}"


@describe_reason.register
def _low_response(_: common.LowResponse) -> str:
    return f"Too few people answered in this wave to judge, {_NOTHING_CHANGES}"


@describe_reason.register
def _response_unknown(_: participation.ResponseUnknown) -> str:
    return f"Too few people answered in this wave to show how many, {_NOTHING_CHANGES}"


@describe_reason.register
def _above_level(reason: level.AboveLevel) -> str:
    return f"{_above(reason)}."


@describe_reason.register
def _above_level_again(reason: level.AboveLevelAgain) -> str:
    return f"{_above(reason)}, and with at least {reason.least_certainty} % in {_in_a_row(reason.run)}."


@describe_reason.register
def _nearly_raised(reason: level.NearlyRaised) -> str:
    return f"{_above(reason)}, in {reason.run} of the {_in_a_row(reason.needed)} that raise an alert."


@describe_reason.register
def _nearly_cleared(reason: level.NearlyCleared) -> str:
    clear = f"above {reason.clear_level:g} with {_certainty(reason.clear_certainty)}"
    return f"{_above(reason)}, {clear}. {_calm(reason.run, reason.needed)}"


@describe_reason.register
def _below_level(reason: level.BelowLevel) -> str:
    often = f"with less than {reason.most_certainty} % certainty in {_in_a_row(reason.run)}"
    return f"Above {reason.clear_level:g} {often}."


@describe_reason.register
def _no_baseline(reason: change.NoBaseline) -> str:
    return f"Waves are compared once {reason.needed} are published within a year."


@describe_reason.register
def _no_rise(reason: change.NoRise) -> str:
    return f"There is no rise against {_waves(reason)} beyond what chance does."


@describe_reason.register
def _rise_seen(reason: change.RiseSeen) -> str:
    again = f"It becomes an alert if it is seen again in the next {reason.within} published waves."
    return f"{_rose(reason, reason.least_rise)} {again}"


@describe_reason.register
def _rise_confirmed(reason: change.RiseConfirmed) -> str:
    return f"{_rose(reason, reason.least_rise)} First seen in wave {reason.first_seen}."


@describe_reason.register
def _rise_lasts(reason: change.RiseLasts) -> str:
    return f"Now {_figures(reason)}. {_chance_of_rise(reason)}"


@describe_reason.register
def _rise_over(reason: change.RiseOver) -> str:
    near = f"The answers are less than {reason.rise:g} points higher in {_in_a_row(reason.run)}."
    return f"Now {_figures(reason)}. {near} {_chance_of_calm(reason)}"


@describe_reason.register
def _rise_calming(reason: change.RiseCalming) -> str:
    near = f"The answers are less than {reason.rise:g} points higher."
    return f"Now {_figures(reason)}. {near} {_chance_of_calm(reason)} {_calm(reason.run, reason.needed)}"


@describe_reason.register
def _other_items(_: common.OtherItems) -> str:
    return f"Other items are asked than before, {_STARTS_OVER}"


@describe_reason.register
def _baseline_too_old(reason: common.BaselineTooOld) -> str:
    waves, verb = _waves(reason).capitalize(), "is" if reason.base_first == reason.base_last else "are"
    return f"{waves} {verb} more than a year ago, {_STARTS_OVER}"


@describe_reason.register
def _response_steady(reason: participation.ResponseSteady) -> str:
    return f"{_rate(reason.now).capitalize()} answered."


@describe_reason.register
def _response_fell(reason: participation.ResponseFell) -> str:
    fell = f"Response fell from {_rate(reason.before)} in {_waves(reason)} to {_rate(reason.now)}"
    return f"{fell}: by {reason.low} to {reason.high} points (90 % interval)."


@describe_reason.register
def _response_low(reason: participation.ResponseLow) -> str:
    return f"{_response(reason)}: {reason.low} to {reason.high} points lower (90 % interval)."


@describe_reason.register
def _response_recovered(reason: participation.ResponseRecovered) -> str:
    return f"{_response(reason)}: less than {reason.drop:g} points lower in {_in_a_row(reason.run)}."


@describe_reason.register
def _response_recovering(reason: participation.ResponseRecovering) -> str:
    return f"{_response(reason)}: less than {reason.drop:g} points lower. {_calm(reason.run, reason.needed)}"


def _above(reason: level.AboveLevel) -> str:
    return f"Above {reason.level:g} with {_certainty(reason.certainty)} certainty"


def _certainty(percent: int) -> str:
    """In steps, those of earlier versions too, which stored whole percents."""
    step = certainty_step(percent)
    return f"at least {step} %" if step else f"less than {CERTAINTIES[0]} %"


def _in_a_row(run: int) -> str:
    return f"{run} published waves in a row"


def _calm(run: int, needed: int) -> str:
    """How near an ongoing alert is to being cleared."""
    return f"Calm in {run} of the {_in_a_row(needed)} that clear the alert."


def _waves(reason: common.Against) -> str:
    first, last = reason.base_first, reason.base_last
    if first == last:
        return f"wave {first}"
    return f"waves {first} {'and' if last == first + 1 else 'to'} {last}"


def _figures(reason: change.Rise) -> str:
    return f"{format_figure(reason.now)}, against {format_figure(reason.before)} in {_waves(reason)}"


def _rose(reason: change.Rise, least_rise: float | None) -> str:
    before, now, waves = format_figure(reason.before), format_figure(reason.now), _waves(reason)
    if least_rise is None:
        seen = f"Rose from {before} to {now} against {waves}."
    else:
        answers = f"The answers rose by {least_rise:g} points or more against {waves}."
        seen = f"{answers} The estimate went from {before} to {now}."
    return f"{seen} {_chance_of_rise(reason)}"


def _chance_of_rise(reason: change.Rise) -> str:
    return f"Chance alone produces such a rise in {_share(reason.chance_below)} departments."


def _chance_of_calm(reason: change.RiseOver) -> str:
    share = _share(reason.chance_below)
    return f"Of departments that are still {reason.rise:g} points higher, {share} would show so little."


def _share(below: float | None) -> str:
    return "at least 1 in 10" if below is None else f"fewer than 1 in {round(1 / below):,}"


def _rate(percent: int | None) -> str:
    return rate_text(Rate(HIGHEST_RATE, at_least=True) if percent is None else Rate(percent))


def _response(reason: participation.ResponseAgainst) -> str:
    return f"Response is {_rate(reason.now)}, against {_rate(reason.before)} in {_waves(reason)}"
