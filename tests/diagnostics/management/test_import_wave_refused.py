"""What `manage.py import_wave` refuses, and that nothing is changed then."""

import pytest

from diagnostics.models import Score
from surveys.management.dry_run import NOTHING_WRITTEN
from surveys.models import Department, Wave
from tests.company import make_people, make_survey
from tests.diagnostics.past_waves import ITEMS, THREE, lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return make_survey()


def test_a_survey_and_a_date_are_imported_once(survey, import_wave, import_refused):
    import_wave(lines(THREE))
    assert "was imported before" in import_refused(lines(THREE))


@pytest.mark.parametrize(
    ("closed_on", "message"),
    [
        ("2025-10-01", "closed on 2025-11-30 already"),
        ("2125-01-01", "yet to come"),
        ("0001-01-01", "too long ago"),
        ("soon", "is no date"),
    ],
)
def test_a_date_that_cannot_be_is_refused(survey, import_wave, import_refused, closed_on, message):
    import_wave(lines(THREE))
    assert message in import_refused(lines(THREE), closed_on=closed_on)


def test_too_few_answers_in_all_are_refused(survey, import_refused):
    assert "answers of 4 people; at least 5" in import_refused(lines({"Sales": (4, 3)}))


def test_a_wrong_file_changes_nothing_and_has_problems_by_row_and_column(survey, import_refused):
    rows = [*lines(THREE), "Sales" + ",6" * len(ITEMS)]
    assert "row 31, avoided_meetings_1: " in import_refused(rows)
    shifted = [*lines(THREE), "Sales, North" + ",3" * len(ITEMS)]
    assert "row 31: " in import_refused(shifted)
    assert Wave.objects.count() == 0
    message = import_refused(lines(THREE), people=["Sales,20", "Marketing,9"])
    assert "“Finance”" in message
    assert "There is no survey “Other”" in import_refused(lines(THREE), survey="Other")


def test_a_dry_run_describes_the_files_and_writes_nothing(survey, import_wave, import_refused):
    assert import_wave(lines(THREE), "--dry-run").splitlines() == [
        "29 respondents, 3 groups, 10 items",
        "Without headcounts the response rate is unknown, and intervals are a little wider.",
        "New departments, at the top of the tree: Sales, Marketing, Finance.",
        NOTHING_WRITTEN,
    ]
    assert (Wave.objects.count(), Department.objects.count(), Score.objects.count()) == (0, 0, 0)
    assert "yet to come" in import_refused(lines(THREE), "--dry-run", closed_on="2125-01-01")


def test_a_dry_run_names_the_departments_that_would_be_made(survey, import_wave):
    make_people()
    message = "New departments, at the top of the tree: Salse."
    assert message in import_wave(lines({"Salse": (6, 3), "sales": (6, 3)}), "--dry-run")
    assert "1 group, 10 items\nWithout" in import_wave(lines({"Sales": (6, 3)}), "--dry-run")
    assert not Department.objects.filter(name="Salse").exists()
