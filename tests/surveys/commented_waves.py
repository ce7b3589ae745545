"""Closed waves with comments, for tests of those who read them."""

from surveys.choices import WaveState
from surveys.models import Comment, WithheldComments
from tests.factories import make_department, make_group, make_wave


def divisions(*names):
    """Departments at the top by name, each with one below it that has the people."""
    made = {name: make_department(name) for name in names}
    return made, {name: make_department(f"{name} Works", parent=division) for name, division in made.items()}


def commented_wave(tops, below, comments, **fields):
    """A closed wave with a group in each division, and with (division or None, text) as its comments."""
    wave = make_wave(WaveState.CLOSED, **fields)
    for name, division in tops.items():
        group = make_group(wave, [below[name]])
        group.division = group.parent = division
        group.save()
    for name, text in comments:
        Comment.objects.create(wave=wave, division=tops[name] if name else None, text=text)
    return wave


def withhold(wave, division, count):
    WithheldComments.objects.create(wave=wave, division=division, count=count)
