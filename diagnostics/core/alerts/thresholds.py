"""The thresholds of all alerts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Thresholds:
    """When alerts are raised and cleared. The figures are judgment, checked by simulation (docs/method.md)."""

    # Level alert: the point of the 0..100 scale that a figure should not lie above.
    level: float = 50.0
    # Points below `level` that a figure must come down to before the alert is cleared.
    clear_margin: float = 5.0
    # P(figure > level), 0..1, that raises the alert in one wave.
    raise_at: float = 0.95
    # P(figure > level), 0..1, that raises it in `raise_repeated_waves` published waves in a row.
    raise_repeated_at: float = 0.80
    # How many waves in a row `raise_repeated_at` needs.
    raise_repeated_waves: int = 2
    # P(figure > level - clear_margin), 0..1, below which a wave speaks for clearing.
    clear_below: float = 0.50
    # Published waves in a row that clear an alert, of any kind.
    clear_waves: int = 2
    # P(figure > level), 0..1, from which on a figure without an alert is called worth watching.
    worth_watching_at: float = 0.50
    # Change alert: the least rise that counts, in points of the 0..100 scale.
    rise: float = 5.0
    # Share 0..1 of the changes on watch that may be false.
    false_share: float = 0.10
    # Share 0..1 of departments that may be on watch in a wave without any change; it decides where there are few.
    false_watches: float = 0.015
    # A rise on watch is confirmed within so many published waves.
    confirm_within: int = 2
    # A baseline takes the first so many waves.
    base_waves: int = 4
    # Of them so many must be published.
    base_needed: int = 2
    # Days after its last wave that a baseline serves.
    base_days: int = 366
    # Participation alert: the least fall of the response that counts, a share 0..1.
    drop: float = 0.15
    # One-sided p, 0..1, that a fall needs.
    drop_p: float = 0.01


DEFAULTS = Thresholds()
