"""What HR sends with the form of a survey."""

from tests.company import built_in


def filled(**changes):
    return {
        "name": "Pulse",
        "instrument": built_in().pk,
        "cadence": "monthly",
        "rule": "",
        "first_opens_on": "2026-03-02",
        "opening_hour": "9",
        "days_open": "7",
        "reminders": "2",
        "min_group_size": "5",
        "target_percent": "60",
    } | changes
