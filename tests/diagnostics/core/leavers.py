"""What two published waves tell of somebody who left between them."""

from diagnostics.core.disclosure.prediction import CORRELATION


def leaver_share(before: int, *, correlation: float = CORRELATION) -> float:
    """R² of somebody who left a cell of `before` people, where all others stayed: 1 / (n - rho² (n - 1))."""
    return 1 / (before - correlation**2 * (before - 1))
