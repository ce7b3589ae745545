"""Answers of people who lean one way or the other, as people do, and a company in which all is published."""

import random

from diagnostics.report import selectors
from tests.diagnostics.waves import WIDTH, close_wave, department


def people(count, option, *, seed):
    """Respondents who differ as people do: each leans one way in all of the answers."""
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        lean = option + chance.gauss(0, 1)
        rows.append(bytes(min(max(round(lean + chance.gauss(0, 0.8)), 0), 4) for _ in range(WIDTH - 1)) + bytes(1))
    return rows


def varied(survey):
    """Five departments of which everything is published."""
    sizes = {
        "Marketing": (20, 14, 3),
        "Sales": (20, 16, 2),
        "Production": (30, 24, 1),
        "Finance": (30, 20, 1),
        "Legal": (9, 8, 2),
    }
    commercial = department("Commercial")
    return close_wave(
        survey,
        {
            department(name, commercial if name in ("Marketing", "Sales") else None): (
                size,
                people(count, option, seed=size + count),
            )
            for name, (size, count, option) in sizes.items()
        },
    )


def noted(wave):
    return selectors.method_figures(wave.id)
