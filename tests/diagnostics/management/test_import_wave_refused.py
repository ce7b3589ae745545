"""What `manage.py import_wave` refuses, and that nothing is changed then."""

import pytest

from diagnostics.models import Score
from surveys.files.codes import FileProblemCode
from surveys.management.dry_run import NOTHING_WRITTEN
from surveys.models import Department, Wave
from surveys.questions.answers_file.refusals import SENTENCES, ImportRefusal, explain_refusal
from tests.company import make_people, make_survey
from tests.diagnostics.past_waves import ITEMS, THREE, lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return make_survey()


def code_of(refusal):
    return refusal.__cause__.code


def problems_of(refusal):
    return [(problem.row, problem.column, problem.code) for problem in refusal.__cause__.problems]


def test_a_survey_and_a_date_are_imported_once(survey, import_wave, import_refused):
    import_wave(lines(THREE))
    assert code_of(import_refused(lines(THREE))) == ImportRefusal.ALREADY_IMPORTED


@pytest.mark.parametrize(
    ("closed_on", "code"),
    [
        ("2025-10-01", ImportRefusal.LATER_WAVE_COUNTED),
        ("2125-01-01", ImportRefusal.IN_THE_FUTURE),
        ("0001-01-01", ImportRefusal.TOO_LONG_AGO),
    ],
)
def test_a_date_that_cannot_be_is_refused(survey, import_wave, import_refused, closed_on, code):
    import_wave(lines(THREE))
    assert code_of(import_refused(lines(THREE), closed_on=closed_on)) == code


def test_what_is_no_date_is_refused(survey, import_refused):
    assert "is no date" in str(import_refused(lines(THREE), closed_on="soon"))


def test_each_refusal_is_a_sentence_of_its_own():
    arguments = {"closed_on": "2025-11-30", "counted_on": "2025-12-01", "survey": "Pulse"}
    arguments |= {"number": 2, "respondents": 4, "needed": 5, "weeks": 4}
    sentences = {explain_refusal(code, arguments) for code in ImportRefusal}
    assert (len(sentences), len(SENTENCES)) == (len(ImportRefusal), len(ImportRefusal))


def test_too_few_answers_in_all_are_refused(survey, import_refused):
    refusal = import_refused(lines({"Sales": (4, 3)}))
    assert code_of(refusal) == ImportRefusal.TOO_FEW_ANSWERS
    assert refusal.__cause__.arguments == {"respondents": 4, "needed": 5}


def test_a_wrong_file_changes_nothing_and_has_problems_by_row_and_column(survey, import_refused):
    rows = [*lines(THREE), "Sales" + ",6" * len(ITEMS)]
    assert problems_of(import_refused(rows)) == [(31, item, FileProblemCode.NO_OPTION) for item in ITEMS]
    shifted = [*lines(THREE), "Sales, North" + ",3" * len(ITEMS)]
    assert problems_of(import_refused(shifted)) == [(31, "", FileProblemCode.BEYOND_HEADER)]
    assert Wave.objects.count() == 0
    missing = import_refused(lines(THREE), people=["Sales,20", "Marketing,9"])
    assert problems_of(missing) == [(None, "", FileProblemCode.HEADCOUNT_MISSING)]
    assert "There is no survey “Other”" in str(import_refused(lines(THREE), survey="Other"))


def test_a_dry_run_describes_the_files_and_writes_nothing(survey, import_wave, import_refused):
    assert import_wave(lines(THREE), "--dry-run").splitlines() == [
        "29 respondents, 3 groups, 10 items",
        "Without headcounts the response rate is unknown, and intervals are a little wider.",
        "New departments, at the top of the tree: Sales, Marketing, Finance.",
        NOTHING_WRITTEN,
    ]
    assert (Wave.objects.count(), Department.objects.count(), Score.objects.count()) == (0, 0, 0)
    refusal = import_refused(lines(THREE), "--dry-run", closed_on="2125-01-01")
    assert code_of(refusal) == ImportRefusal.IN_THE_FUTURE


def test_a_dry_run_names_the_departments_that_would_be_made(survey, import_wave):
    make_people()
    message = "New departments, at the top of the tree: Salse."
    assert message in import_wave(lines({"Salse": (6, 3), "sales": (6, 3)}), "--dry-run")
    assert "1 group, 10 items\nWithout" in import_wave(lines({"Sales": (6, 3)}), "--dry-run")
    assert not Department.objects.filter(name="Salse").exists()
