"""The sentences on alerts as rows kept them before they kept codes, with the code and arguments of each.

The texts are copied from the code that made them, so that a stored sentence is read whatever was in it.
"""

from itertools import product

FIGURES = ((5, "≤ 5"), (38, "38"), (95, "≥ 95"))
CERTAINTIES = ((0, "under 1 %"), (1, "1 %"), (80, "80 %"), (99, "99 %"), (100, "over 99 %"))
SHARES = ((0.001, "under 0.1 %"), (0.01, "under 1 %"), (0.05, "under 5 %"), (0.1, "under 10 %"), (None, "10 % or more"))
RATES = ((45, "about 45 %"), (90, "about 90 %"), (None, "≥ 90 %"))
BASES = (((3, 3), "wave 3"), ((1, 2), "waves 1 and 2"), ((1, 3), "waves 1 and 3"), ((1, 4), "waves 1 to 4"))
POINTS = ((50.0, "50"), (47.5, "47.5"))
CALM = "calm in 1 of the 2 reported waves running that clear it"
STARTS_OVER = "so the comparison begins anew"


def unchanged():
    for text, code in (
        ("hidden in this wave to protect anonymity", "suppressed"),
        ("too few answered in this wave to judge", "low_response"),
        ("too few answered to say how many", "response_unknown"),
    ):
        yield f"{text[0].upper()}{text[1:]}, so nothing changes.", code, {}
        yield f"Standing since wave 12: {text}, so nothing changes.", code, {}


def level():
    for (certainty, percent), (point, number) in product(CERTAINTIES, POINTS):
        seen, given = f"above {number} with {percent} certainty", {"level": point, "certainty": certainty}
        yield f"No alert: {seen}.", "above_level", given
        yield f"Raised in wave 3: {seen}.", "above_level", given
        yield f"Standing since wave 3: now {seen}.", "above_level", given
        yield f"Not raised yet: {seen}, in wave 1 of 2 needed.", "nearly_raised", given | {"run": 1, "needed": 2}
        again = f"Raised in wave 3: {seen}, and at least 80 % in 2 reported waves running."
        yield again, "above_level_again", given | {"least_certainty": 80, "run": 2}
    for (certainty, percent), (clear, clear_percent) in product(CERTAINTIES, CERTAINTIES):
        seen = f"above 50 with {percent} certainty, above 45 with {clear_percent}"
        given = {"level": 50.0, "certainty": certainty, "clear_level": 45.0, "clear_certainty": clear}
        yield f"Standing since wave 3: now {seen}; {CALM}.", "nearly_cleared", given | {"run": 1, "needed": 2}
    for clear, percent in CERTAINTIES:
        low = f"above 45 with less than 50 % certainty in 2 reported waves running, now with {percent}."
        given = {"clear_level": 45.0, "clear_certainty": clear, "most_certainty": 50, "run": 2}
        yield f"Cleared, after standing since wave 3: {low}", "below_level", given


def change():
    yield "No alert: waves are compared once 2 are published within a year.", "no_baseline", {"needed": 2}
    for base, waves in BASES:
        yield f"No alert: no rise against {waves} beyond what chance does.", "no_rise", against(base)
    cases = product(FIGURES, FIGURES, BASES, SHARES)
    for (before, before_text), (now, now_text), (base, waves), (below, share) in cases:
        given = against(base) | {"before": before, "now": now, "chance_below": below}
        chance = f"such a rise by chance alone would be seen in {share} of departments"
        estimate = f"(the estimate: {before_text}, now {now_text})"
        for seen, least in (
            (f"rose from {before_text} to {now_text} against {waves}", None),
            (f"the answers rose by 5 points or more against {waves} {estimate}", 5.0),
        ):
            rise = given | {"least_rise": least}
            again = "an alert if it is seen again in the next 2 published waves"
            yield f"On watch in wave 5: {seen}; {chance}; {again}.", "rise_seen", rise | {"within": 2}
            first = f"Raised in wave 6: {seen}; {chance}; first seen in wave 5."
            yield first, "rise_confirmed", rise | {"first_seen": 5}
        figures = f"{now_text} against {before_text} in {waves}"
        would = f"which {share} of departments that are still 5 points up would show"
        calm, over = f"the answers less than 5 points above, {would}", given | {"rise": 5.0}
        yield f"Standing since wave 6: now {figures}; {chance}.", "rise_lasts", given
        near = f"Standing since wave 6: now {figures}, {calm}; {CALM}."
        yield near, "rise_calming", over | {"run": 1, "needed": 2}
        cleared = f"Cleared, after standing since wave 6: {figures}, {calm}; in 2 reported waves running."
        yield cleared, "rise_over", over | {"run": 2}


def over():
    ended = "Ended, after standing since wave 6, though it has not calmed down"
    for start in ("No alert", ended):
        yield f"{start}: other items are asked than before, {STARTS_OVER}.", "other_items", {}
    for base, waves in BASES:
        for start in (ended, "Ended, after standing since wave 6, though response has not recovered"):
            yield f"{start}: {waves} are more than a year ago, {STARTS_OVER}.", "baseline_too_old", against(base)


def participation():
    for now, text in RATES:
        yield f"No alert: {text} answered.", "response_steady", {"now": now}
    for (before, before_text), (now, now_text), (base, waves) in product(RATES, RATES, BASES):
        given = against(base) | {"before": before, "now": now}
        fell = f"response fell from {before_text} in {waves} to {now_text}, nine times in ten by 10 to 60 points."
        yield f"Raised in wave 5: {fell}", "response_fell", given | {"low": 10, "high": 60}
        seen, near = f"response is {now_text} against {before_text} in {waves}", "less than 15 points lower"
        low = f"Standing since wave 5: {seen}, nine times in ten 0 to 60 points lower."
        yield low, "response_low", given | {"low": 0, "high": 60}
        recovering = f"Standing since wave 5: {seen}, {near}; {CALM}."
        yield recovering, "response_recovering", given | {"drop": 15.0, "run": 1, "needed": 2}
        recovered = f"Cleared, after standing since wave 5: {seen}, {near} in 2 waves running."
        yield recovered, "response_recovered", given | {"drop": 15.0, "run": 2}


def against(base):
    return {"base_first": base[0], "base_last": base[1]}


SENTENCES = [*unchanged(), *level(), *change(), *over(), *participation()]
