"""The thresholds of all alerts, and the level alert: one step from (state before, this wave) to (state after, reason).

The change alert is in changes.py, that of the response in participation.py; chain.py plays whole waves of a company.
"""

from dataclasses import dataclass, replace

from diagnostics.core.disclosure.figures import calm_so_far, since_wave

STEADY, WORTH_WATCHING, AT_RISK = "steady", "worth watching", "at risk"
# What a wave did to an alert. `watch`: not raised yet. `ended`: it stands no more, though it has not calmed down.
NONE, WATCH, RAISED, HELD, CLEARED, ENDED = "none", "watch", "raised", "held", "cleared", "ended"


@dataclass(frozen=True)
class Thresholds:
    """When alerts are raised and cleared: points of the 0..100 scale, probabilities, waves.

    Of the changes on watch at most `false_share` are false; and without any change at most `false_watches` of all
    departments are on watch in a wave, which decides where there are few. A change is judged against `base_waves`
    waves, of which at least `base_needed` were published, that are no older than `base_days`; a fall of the response by
    `drop`, a share 0..1, with one-sided p at most `drop_p`. The figures are judgment, checked by simulation
    (docs/method.md).
    """

    level: float = 50.0
    clear_margin: float = 5.0
    raise_at: float = 0.95
    watch_at: float = 0.80
    watch_waves: int = 2
    clear_below: float = 0.50
    clear_waves: int = 2
    word_at: float = 0.50
    rise: float = 5.0
    false_share: float = 0.10
    false_watches: float = 0.015
    confirm_within: int = 2
    base_waves: int = 4
    base_needed: int = 2
    base_days: int = 366
    drop: float = 0.15
    drop_p: float = 0.01

    def allowed(self, departments: int) -> float:
        """The highest q that puts a cell on watch, where so many departments are tested together."""
        return min(self.false_share, self.false_watches * departments)


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
    if not (reported and may_alert):
        return state, frozen(state.since, hidden=not reported)
    for name, value in (("p_above", p_above), ("p_above_clear", p_above_clear)):
        if not 0 <= value <= 1:
            raise ValueError(f"{name} must be a probability from 0 to 1, got {value}.")
    if state.standing:
        return _step_standing(state, p_above, p_above_clear, thresholds)
    return _step_quiet(state, p_above, wave, thresholds)


def event_of(*, was: bool, now: bool) -> str:
    """The event of an alert that stood or not before the wave, and stands or not after it."""
    if now:
        return HELD if was else RAISED
    return CLEARED if was else NONE


def frozen(since: int | None, *, hidden: bool) -> str:
    """Why a wave leaves an alert, standing since that wave or not, as it was."""
    why = "hidden in this wave to protect anonymity" if hidden else "too few answered in this wave to judge"
    return standing_sentence(since, f"{why}, so nothing changes")


def level_word(standing: bool, p_above: float, thresholds: Thresholds = DEFAULTS) -> str:
    """The level in words: AT_RISK while an alert stands, WORTH_WATCHING, or STEADY."""
    if standing:
        return AT_RISK
    return WORTH_WATCHING if p_above >= thresholds.word_at else STEADY


def _step_quiet(state: AlertState, p_above: float, wave: int, t: Thresholds) -> tuple[AlertState, str]:
    seen = f"above {t.level:g} with {_certainty(p_above)} certainty"
    raised = AlertState(standing=True, since=wave)
    if p_above >= t.raise_at:
        return raised, f"Raised in wave {wave}: {seen}."
    run = state.watch_run + 1 if p_above >= t.watch_at else 0
    if run >= t.watch_waves:
        often = f"at least {_certainty(t.watch_at)} in {run} reported waves running"
        return raised, f"Raised in wave {wave}: {seen}, and {often}."
    if run:
        return replace(state, watch_run=run), f"Not raised yet: {seen}, in wave {run} of {t.watch_waves} needed."
    return replace(state, watch_run=0), f"No alert: {seen}."


def _step_standing(state: AlertState, p_above: float, p_clear: float, t: Thresholds) -> tuple[AlertState, str]:
    run = state.calm_run + 1 if p_clear < t.clear_below else 0
    point = t.level - t.clear_margin
    if run >= t.clear_waves:
        seen = f"above {point:g} with less than {_certainty(t.clear_below)} certainty in {run} reported waves running"
        return AlertState(), (
            f"Cleared, after standing {since_wave(state.since)}: {seen}, now with {_certainty(p_clear)}."
        )
    seen = f"above {t.level:g} with {_certainty(p_above)} certainty"
    if run:
        seen += f", above {point:g} with {_certainty(p_clear)}; {calm_so_far(run, t.clear_waves)}"
    return replace(state, calm_run=run), standing_sentence(state.since, f"now {seen}")


def standing_sentence(since: int | None, seen: str) -> str:
    """What was seen, after since when the alert stands, if it does."""
    text = f"{seen}." if since is None else f"Standing {since_wave(since)}: {seen}."
    return text[0].upper() + text[1:]


def _certainty(probability: float) -> str:
    """Never 0 % or 100 %: a posterior is sure of nothing."""
    percent = round(probability * 100)
    if percent > 99:
        return "over 99 %"
    return f"{percent} %" if percent >= 1 else "under 1 %"
