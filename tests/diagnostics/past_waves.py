"""The files of a past survey, and what `manage.py report` says of it once it is imported."""

import json
import random

from django.core.management import call_command

from tests.diagnostics.waves import CORE

ITEMS = [f"{scale}_{number}" for scale in CORE for number in (1, 2)]


def lines(groups, *, columns=ITEMS, seed=1):
    """`groups` is {name: (respondents, usual option)}."""
    chance = random.Random(seed)
    rows = [
        ",".join([name, *(str(min(max(usual + chance.choice((-1, 0, 0, 1)), 1), 5)) for _ in columns)])
        for name, (count, usual) in groups.items()
        for _ in range(count)
    ]
    return ["group," + ",".join(columns), *rows]


THREE = {"Sales": (12, 4), "Marketing": (9, 2), "Finance": (8, 1)}


def report(capsys, **options):
    capsys.readouterr()
    call_command("report", format="json", **options)
    return json.loads(capsys.readouterr().out)
