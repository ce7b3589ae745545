"""A wave that was held elsewhere does not come too near to another one of the same departments."""

import datetime as dt

import pytest
from django.db import transaction

from surveys.choices import Cadence
from surveys.questions.answers_file import PastAnswers
from surveys.questions.answers_file.refusals import ImportRefusal
from surveys.selectors.obstacles import CannotOpenError
from surveys.services import importing, scheduling
from surveys.services.asking import lock_asking
from tests.company import MONDAY, close, make_people, make_survey, open_next
from tests.diagnostics.past_waves import ITEMS
from tests.threads import until_blocked
from tests.ticking import DAY

pytestmark = pytest.mark.django_db(transaction=True)

OPENED, CLOSED = MONDAY.date(), MONDAY.date() + dt.timedelta(days=7)
COMPANY = {"Commercial": (None, 0), "Sales": ("Commercial", 9), "Legal": (None, 8)}


@pytest.fixture
def departments():
    return make_people(COMPANY)


@pytest.fixture
def own(departments, tmp_path):
    """A wave that asked Sales from the second to the ninth of March."""
    survey = make_survey(name="Own")
    survey.audience.set([departments["Sales"]])
    return close(open_next(survey, tmp_path), tmp_path)


def answers(*names):
    return PastAnswers(tuple(ITEMS), {name: [bytes(len(ITEMS))] * 6 for name in names}, 0, ())


def is_imported(closed_on, *names, **fields):
    return is_imported_into(make_survey(name=f"Past {closed_on}", **fields), closed_on, *names)


def is_imported_into(survey, closed_on, *names):
    try:
        importing.import_wave(
            survey=survey, answers=answers(*names), headcounts=None, closed_on=closed_on, today=dt.date(2026, 12, 1)
        )
    except importing.CannotImportError:
        return False
    return True


@pytest.mark.parametrize(
    ("day", "names", "imported"),
    [
        (OPENED - 28 * DAY, ["Sales"], True),
        (OPENED - 27 * DAY, ["Sales"], False),
        (OPENED + 3 * DAY, ["Sales"], False),
        (CLOSED + 27 * DAY, ["Sales", "Legal"], False),
        (CLOSED + 28 * DAY, ["Sales"], True),
        (OPENED, ["Legal", "Elsewhere"], True),
        (OPENED, ["Commercial"], False),
    ],
)
def test_four_weeks_lie_between_where_departments_are_shared(own, day, names, imported):
    assert is_imported(day, *names) is imported


def test_an_import_waits_for_an_opening_at_the_same_moment(departments):
    survey = make_survey(name="Past")
    with transaction.atomic():
        lock_asking()
        other = until_blocked(lambda: is_imported_into(survey, OPENED, "Sales"))
    assert other.result(timeout=20) is True


def test_a_quarter_looks_back_twelve_weeks(own):
    cadence = Cadence.QUARTERLY
    assert [is_imported(CLOSED + days * DAY, "Sales", cadence=cadence) for days in (83, 84)] == [False, True]


def test_a_dry_run_is_refused_too(own):
    with pytest.raises(importing.CannotImportError) as raised:
        importing.check(
            survey=make_survey(name="Past"), answers=answers("Sales"), closed_on=OPENED, today=dt.date(2026, 12, 1)
        )
    assert raised.value.code == ImportRefusal.ASKED_TOO_CLOSELY
    assert raised.value.arguments == {"number": 1, "survey": "Own", "weeks": 4, "closed_on": OPENED}


def test_imported_waves_lie_four_weeks_apart_too(departments):
    days = (dt.date(2025, 10, 31), dt.date(2025, 11, 27), dt.date(2025, 11, 28))
    assert [is_imported(day, "Sales") for day in days] == [True, False, True]


def test_an_imported_wave_leaves_its_departments_out_for_four_weeks(departments, tmp_path):
    assert is_imported(OPENED - DAY, "Commercial")
    survey = make_survey(name="Next")
    scheduling.begin_now(survey=survey, now=MONDAY)
    wave = open_next(survey, tmp_path)
    assert dict(wave.groups.values_list("name", "people")) == {"Legal": 8}
    close(wave, tmp_path)
    sales = make_survey(name="Sales alone")
    sales.audience.set([departments["Sales"]])
    with pytest.raises(CannotOpenError):
        scheduling.begin_now(survey=sales, now=MONDAY + 26 * DAY)
    assert scheduling.begin_now(survey=sales, now=MONDAY + 27 * DAY) is not None
