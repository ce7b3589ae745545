"""The level alert: one pure step from (state before, this wave) to (state after, reason)."""

from dataclasses import dataclass, replace

STEADY, WORTH_WATCHING, AT_RISK = "steady", "worth watching", "at risk"


@dataclass(frozen=True)
class Thresholds:
    """When a level alert is raised and cleared: points of the 0..100 scale, probabilities, waves.

    The figures are judgment, checked by simulation (docs/method.md).
    """

    level: float = 50.0
    clear_margin: float = 5.0
    raise_at: float = 0.95
    watch_at: float = 0.80
    watch_waves: int = 2
    clear_below: float = 0.50
    clear_waves: int = 2
    word_at: float = 0.50


DEFAULTS = Thresholds()


@dataclass(frozen=True)
class AlertState:
    """The memory of one alert. `since` is the wave number in which a standing alert was raised.

    `watch_run` and `calm_run` count the latest reported waves in a row that spoke for raising, for clearing.
    """

    standing: bool = False
    since: int | None = None
    watch_run: int = 0
    calm_run: int = 0


def level_step(  # noqa: PLR0913 - all but the state are named where it is called
    previous: AlertState | None,
    p_above: float,
    p_above_clear: float,
    *,
    wave: int,
    reported: bool,
    may_alert: bool,
    thresholds: Thresholds = DEFAULTS,
) -> tuple[AlertState, str]:
    """The state after a wave, and one plain sentence that says why.

    `p_above` is P(theta > level), `p_above_clear` P(theta > level - clear_margin); both are ignored,
    and the state stays as it was, where the wave is hidden (`reported` false) or too few answered
    (`may_alert` false).
    """
    state = previous or AlertState()
    if not reported:
        return state, _sentence(state, "hidden in this wave to protect anonymity, so nothing changes")
    if not may_alert:
        return state, _sentence(state, "too few answered in this wave to judge, so nothing changes")
    for name, value in (("p_above", p_above), ("p_above_clear", p_above_clear)):
        if not 0 <= value <= 1:
            raise ValueError(f"{name} must be a probability from 0 to 1, got {value}.")
    if state.standing:
        return _step_standing(state, p_above, p_above_clear, thresholds)
    return _step_quiet(state, p_above, wave, thresholds)


def level_word(standing: bool, p_above: float, thresholds: Thresholds = DEFAULTS) -> str:
    """The level in words: AT_RISK while an alert stands, WORTH_WATCHING, or STEADY."""
    if standing:
        return AT_RISK
    return WORTH_WATCHING if p_above >= thresholds.word_at else STEADY


def _step_quiet(state: AlertState, p_above: float, wave: int, t: Thresholds) -> tuple[AlertState, str]:
    seen = f"above {t.level:g} with {_certainty(p_above)} certainty"
    raised = AlertState(standing=True, since=wave)
    if p_above >= t.raise_at:
        return raised, f"Raised: {seen}."
    run = state.watch_run + 1 if p_above >= t.watch_at else 0
    if run >= t.watch_waves:
        return raised, f"Raised: {seen}, and at least {_certainty(t.watch_at)} in {run} reported waves running."
    if run:
        return replace(state, watch_run=run), f"Not raised yet: {seen}, in wave {run} of {t.watch_waves} needed."
    return replace(state, watch_run=0), f"No alert: {seen}."


def _step_standing(state: AlertState, p_above: float, p_clear: float, t: Thresholds) -> tuple[AlertState, str]:
    run = state.calm_run + 1 if p_clear < t.clear_below else 0
    point = t.level - t.clear_margin
    if run >= t.clear_waves:
        seen = f"above {point:g} with only {_certainty(p_clear)} certainty"
        return AlertState(), (
            f"Cleared, after standing since wave {state.since}: {seen}, "
            f"below {_certainty(t.clear_below)} in {run} reported waves running."
        )
    seen = f"above {t.level:g} with {_certainty(p_above)} certainty"
    if run:
        seen += f", above {point:g} with {_certainty(p_clear)}, in calm wave {run} of {t.clear_waves} needed"
    return replace(state, calm_run=run), _sentence(state, f"now {seen}")


def _sentence(state: AlertState, seen: str) -> str:
    text = f"Standing since wave {state.since}: {seen}." if state.standing else f"{seen}."
    return text[0].upper() + text[1:]


def _certainty(probability: float) -> str:
    """Never 0 % or 100 %: a posterior is sure of nothing."""
    percent = round(probability * 100)
    if percent > 99:
        return "over 99 %"
    return f"{percent} %" if percent >= 1 else "under 1 %"
