"""What the simulation looks at, as pieces of work that other processes can do, each with the limits it must keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from diagnostics.core.simulation.accuracy import Share, accuracy
from diagnostics.core.simulation.alarms import Trial, detected, false_alarms, false_discovery_rate
from diagnostics.core.simulation.company import Design

# A figure is missed where chance does not explain it: by more than two standard errors.
_SLACK = 2.0


@dataclass(frozen=True)
class CheckedFigure:
    """One figure with its Monte Carlo standard error, and the limits it must keep, if it has any."""

    # What was tried: the row of a table.
    condition: str
    # What was looked at: its column.
    figure: str
    # A share 0..1, or an error in points.
    value: float
    # Its Monte Carlo standard error.
    error: float
    # The least that keeps the promise.
    low: float | None = None
    # The most that keeps it.
    high: float | None = None

    @property
    def kept(self) -> bool:
        slack = _SLACK * self.error
        return (self.low is None or self.value >= self.low - slack) and (
            self.high is None or self.value <= self.high + slack
        )


class Check(Protocol):
    """A piece of work. `section` is the table that its rows belong to."""

    @property
    def section(self) -> str: ...

    def rows(self, seed: int, companies: int) -> list[CheckedFigure]: ...


@dataclass(frozen=True)
class Coverage:
    """Coverage and errors of one wave."""

    # What is tried, in words.
    condition: str
    # The companies to draw.
    design: Design
    # Whether the limits of coverage must be kept.
    limited: bool = True
    # The highest errors of the mean and of the index, in points.
    rmse: tuple[float, float] | None = None
    # Heading of the table it is printed in.
    section: str = "Accuracy"

    def rows(self, seed: int, companies: int) -> list[CheckedFigure]:
        # One wave each: three for the time of one history.
        found = accuracy(seed, self.design, companies=3 * companies, small=self.design.large > 0)
        limits = (0.86, 0.93) if self.limited else (None, None)
        rows = [_share(self.condition, "coverage of the 90 % interval", found.coverage, *limits)]
        if not self.limited:
            rows.append(_share(self.condition, "coverage of the non-response band", found.band_coverage))
        highest = self.rmse or (None, None)
        names = ("group mean", "index")
        for name, value, error, high in zip(names, found.rmse, found.rmse_errors, highest, strict=True):
            rows.append(CheckedFigure(self.condition, f"RMSE of the {name}", value, error, None, high))
        return rows


@dataclass(frozen=True)
class Detection:
    """How many of the moved groups are found within some numbers of waves."""

    # What is tried, in words.
    condition: str
    # Companies and waves to draw.
    trial: Trial
    # By the level alert of the index, or else by a watch.
    level: bool
    # Waves from the move within which it counts as found.
    within: tuple[int, ...]
    # The share, 0..1, that must be found within each of these.
    least: tuple[float | None, ...]
    # Heading of the table it is printed in.
    section: str

    def rows(self, seed: int, companies: int) -> list[CheckedFigure]:
        histories = self.trial.histories(seed, companies)
        shares = detected(histories, self.trial, level=self.level, within=self.within)
        return [
            _share(self.condition, f"found within {n} wave{'s' * (n > 1)}", share, least)
            for n, share, least in zip(self.within, shares, self.least, strict=True)
        ]


@dataclass(frozen=True)
class FalseAlarm:
    """Alerts a department and wave, of groups where nothing is to be found; limits by the name of the figure.

    Of level alerts only those with a limit are counted: a calm company has departments that are rightly found.
    """

    # What is tried, in words.
    condition: str
    # Companies and waves to draw.
    trial: Trial
    # Which departments are counted.
    groups: tuple[int, ...]
    # The highest rates, 0..1, that keep the promise, by the name of the figure.
    most: dict[str, float]
    # Heading of the table it is printed in.
    section: str = "False alarms, per department and wave"

    def rows(self, seed: int, companies: int) -> list[CheckedFigure]:
        found = false_alarms(self.trial.histories(seed, companies), list(self.groups))
        return list(self._rows(vars(found)))

    def _rows(self, found: dict[str, Share]) -> Iterator[CheckedFigure]:
        names = {
            "watch": "index on watch",
            "confirmed": "index confirmed",
            "any_watch": "index or a sign on watch",
            "any_confirmed": "index or a sign confirmed",
            "level": "level alert",
        }
        for key, name in names.items():
            unasked = key == "level" and key not in self.most
            doubled = key.startswith("any") and not self.trial.signs
            if not (unasked or doubled or ("level" in self.most and key != "level")):
                yield _share(self.condition, name, found[key], None, self.most.get(key))


@dataclass(frozen=True)
class Discovery:
    """The false discovery rate of the changes that are shown."""

    # What is tried, in words.
    condition: str
    # Companies and waves to draw.
    trial: Trial
    # The highest share of false ones among those on watch, 0..1.
    most: float
    # Heading of the table it is printed in.
    section: str = "False discovery rate of changes"

    def rows(self, seed: int, companies: int) -> list[CheckedFigure]:
        value, error = false_discovery_rate(self.trial.histories(seed, companies), self.trial)
        return [CheckedFigure(self.condition, "share of false ones", value, error, None, self.most)]


def _share(
    condition: str, figure: str, share: Share, low: float | None = None, high: float | None = None
) -> CheckedFigure:
    return CheckedFigure(condition, figure, share.value, share.error, low, high)
