"""How sure a wave's figures are, in sentences: what the method page says of reliability, ranking and power."""

from collections.abc import Mapping, Sequence

from diagnostics.models.score import INDEX
from diagnostics.scoring.method import RISES, LeftOut, Power, Rank, Reliability

# All judgment, and called so on the page. A tau of .8 leaves nine of ten pairs of departments in their order.
_RELIABLE, _FAIR = 0.8, 0.6
_STABLE, _LOOSE = 0.8, 0.6
# Chances in percent from which an alert finds a department often or sometimes.
_OFTEN, _SOMETIMES = 80, 50
# Chances beyond these are shown as ends, in percent.
_LOWEST, _HIGHEST = 5, 95


def reliability_grade(row: Reliability) -> str:
    """How well a figure distinguishes departments, in a few words."""
    if row.icc2 is None:
        return "too few departments"
    value = row.icc2.value
    if value >= _RELIABLE:
        return "distinguishes departments well"
    return "distinguishes departments roughly" if value >= _FAIR else "hardly distinguishes departments"


def reliability_sentence(rows: Sequence[Reliability]) -> str:
    """How well the index distinguishes departments."""
    index = next((row for row in rows if row.measure == INDEX), None)
    if index is None or index.icc2 is None:
        return "Too few departments publish an index to judge how well it distinguishes them."
    value = index.icc2.value
    if value >= _RELIABLE:
        return "The index distinguishes departments well: they differ far more than chance explains."
    if value >= _FAIR:
        return "The index distinguishes high from low departments. Neighbours in the ranking may be in the wrong order."
    return "The ranking says little: departments hardly differ by more than chance explains. The levels still count."


def rank_range(rank: Rank) -> str:
    """Between which ranks a department moves as signs are left out."""
    if rank.best == rank.worst == rank.rank:
        return "the same without any sign"
    return f"between {rank.best} and {rank.worst}"


def ranking_grade(row: LeftOut) -> str:
    """What the ranking does without a sign, in a few words."""
    if row.tau is None:
        return "no ranking to compare"
    if row.tau >= _STABLE:
        return "ranking stays"
    return "ranking changes somewhat" if row.tau >= _LOOSE else "ranking depends on it"


def ranking_sentence(rows: Sequence[LeftOut], labels: Mapping[str, str]) -> str:
    """Whether the ranking depends on a single sign. `labels` are the names of the signs by their code."""
    taus = {row.measure: row.tau for row in rows if row.tau is not None}
    if not taus:
        return "Too few departments publish the index and every sign to compare rankings."
    measure, tau = min(taus.items(), key=lambda pair: pair[1])
    name = labels[measure].lower()
    if tau >= _STABLE:
        rest = "" if tau == 1 else f" Leaving out {name} changes it most."
        return f"The ranking depends on no single sign.{rest}"
    if tau >= _LOOSE:
        return f"The ranking changes somewhat with the choice of signs, most of all without {name}."
    return f"The ranking depends on {name}. Without it the order would be another."


def power_sentence(rows: Sequence[Power]) -> str:
    """From what size on a rise of the middle size is found; empty without rows."""
    if not rows:
        return ""
    place = len(RISES) // 2
    weak = [row for row in rows if not row.change or _rounded(row.change[place]) < _OFTEN]
    if not weak:
        return f"A rise of {RISES[place]} points is usually found within two waves, in departments of every size."
    largest = max(weak, key=lambda row: row.answering)
    size = f"{largest.people} people" if largest.people else f"about {largest.answering} answers"
    start = f"A department of {size} or fewer cannot reliably show a rise of {RISES[place]} points."
    if not largest.change:
        return f"{start} It has too few answers for a figure of its own."
    chance = _rounded(largest.change[place])
    return f"{start} With {size} the chance to find it within two waves is about {chance} %; with fewer it is lower."


def chance_text(percent: int) -> str:
    """A chance in percent, to the next 5: "<5", "55", ">95"."""
    if percent < _LOWEST:
        return f"<{_LOWEST}"
    return f">{_HIGHEST}" if percent > _HIGHEST else str(_rounded(percent))


def chance_grade(percent: int) -> str:
    """How often an alert finds a department, by the chance as it is shown."""
    if _rounded(percent) >= _OFTEN:
        return "often"
    return "sometimes" if _rounded(percent) >= _SOMETIMES else "seldom"


def _rounded(percent: int) -> int:
    """To the next 5, and never to 0."""
    return max(round(percent / 5) * 5, 5)
