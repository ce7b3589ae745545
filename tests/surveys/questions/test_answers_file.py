"""The files of a past survey: what the cells mean, and what is said of those that mean nothing."""

import pytest

from surveys.files.codes import FileProblemCode as Code
from surveys.questions.answers_file import read_answers, read_headcounts
from surveys.questions.questionnaire import answers_fit, freeze_past
from surveys.roster.people_file import UnusableFileError
from surveys.rules.limits import MISSING
from tests.surveys.instrument_documents import PARSED
from tests.surveys.people_files import xlsx_file


def read(*lines):
    return read_answers("\n".join(lines).encode(), document=PARSED)


def problems(work, *arguments, **named):
    with pytest.raises(UnusableFileError) as caught:
        work(*arguments, **named)
    return [(problem.row, problem.column, problem.value, problem.code) for problem in caught.value.problems]


def headcounts(*lines, **respondents):
    return read_headcounts("\n".join(lines).encode(), respondents=respondents)


def test_options_from_1_become_bytes_from_0_in_the_instruments_order():
    found = read("theme_1,group,lost_1,hindrance", "2,Sales,1,2", ",Legal,2,", "1,Sales,,1")
    assert found.asked == ("lost_1", "theme_1", "hindrance")
    assert found.rows == {
        "Sales": [bytes([0, 1, 1]), bytes([MISSING, 0, 0])],
        "Legal": [bytes([1, MISSING, MISSING])],
    }
    assert (found.respondents, found.blank, found.ignored_columns) == (3, 0, ())


def test_what_is_read_fits_the_questionnaire_that_is_frozen_from_it():
    found = read("group,lost_2,hindrance", "Sales,2,1")
    questionnaire = freeze_past(PARSED, asked=found.asked, cadence="monthly")
    assert [item["code"] for item in questionnaire["items"]] == ["lost_2"]
    assert [scale["code"] for scale in questionnaire["scales"]] == ["lost_work"]
    assert questionnaire["counterparts"] is None
    assert all(answers_fit(questionnaire, row) for row in found.rows["Sales"])


def test_a_pick_one_question_that_was_not_put_is_not_in_the_questionnaire():
    assert freeze_past(PARSED, asked=["lost_1"], cadence="monthly")["pick_one"] is None


def test_a_group_is_one_however_its_letters_and_spaces_are_written():
    found = read("group;lost_1", "Sales  North;1", " sales north ;2")
    assert found.rows == {"Sales North": [bytes([0]), bytes([1])]}


def test_whole_numbers_may_have_a_decimal_and_rows_may_end_early():
    assert read("group,lost_1,lost_2", "Sales,1.0,2.0", "Sales,2").rows == {"Sales": [bytes([0, 1]), bytes([1, 255])]}


def test_a_longer_row_is_a_problem_and_a_blank_cell_too_many_is_not():
    lines = "group,lost_1,lost_2", "Sales,North,1,2", "Sales,1,2, ,", "Legal,9"
    assert problems(read, *lines) == [(2, "", "2", Code.BEYOND_HEADER), (4, "lost_1", "9", Code.NO_OPTION)]
    assert problems(headcounts, "group,people", "Sales,North,20", Sales=3) == [
        (None, "", "", Code.HEADCOUNT_MISSING),
        (2, "", "20", Code.BEYOND_HEADER),
    ]


def test_a_workbook_is_read_as_well():
    data = xlsx_file(["Sales", 2], ["Sales", None], ["Legal", 1.0], header=["group", "lost_1"])
    found = read_answers(data, document=PARSED)
    assert found.rows == {"Sales": [bytes([1])], "Legal": [bytes([0])]}
    assert found.blank == 1


def test_rows_of_a_group_without_answers_are_left_out_and_counted():
    found = read("group,lost_1,lost_2", "Sales,1,", "Sales,,", ",,", "Legal,,")
    assert (found.rows, found.blank) == ({"Sales": [bytes([0, MISSING])]}, 2)


def test_other_columns_are_ignored_and_named():
    assert read("group,lost_1,Age", "Sales,1,40").ignored_columns == ("Age",)


def test_all_problems_are_listed_by_row_column_and_value():
    assert problems(read, "group,lost_1,lost_2", "Sales,3,0", ",1,", "Sales,1,yes") == [
        (2, "lost_1", "3", Code.NO_OPTION),
        (2, "lost_2", "0", Code.NO_OPTION),
        (3, "group", "", Code.GROUP_MISSING),
        (4, "lost_2", "yes", Code.NO_OPTION),
    ]


def test_a_group_name_that_no_database_can_keep_is_a_problem():
    assert problems(read, "group,lost_1", "Sa\0les,1") == [(2, "group", "Sa\0les", Code.CONTROL_CHARACTER)]


def test_reading_stops_where_a_thousand_things_are_wrong():
    found = problems(read, "group,lost_1", *["Sales,9"] * 3000)
    assert len(found) == 1001
    assert found[-1] == (1001, "", "", Code.TOO_MANY_PROBLEMS)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["team,lost_1", "Sales,1"], (1, "group", "", Code.COLUMN_MISSING)),
        (["group,lost_9", "Sales,1"], (None, "", "", Code.NO_ITEMS)),
        (["group,lost_1"], (None, "", "", Code.NO_ANSWERS)),
        (["group,lost_1", "Sales,"], (None, "", "", Code.NO_ANSWERS)),
        (["group,lost_1,LOST_1", "Sales,1,1"], (1, "lost_1", "LOST_1", Code.COLUMN_TWICE)),
        ([""], (None, "", "", Code.EMPTY)),
    ],
)
def test_a_file_without_groups_items_or_answers_is_refused(lines, expected):
    assert problems(read, *lines) == [expected]


def test_headcounts_are_by_group_as_answers_spell_it_and_for_silent_ones():
    assert headcounts("group,people", "sales,12", "Legal,7.0", Sales=5) == {"Sales": 12, "Legal": 7}


def test_all_problems_of_headcounts_are_listed():
    found = problems(headcounts, "group,people", "Sales,4", "sales,9", "Ops,many", "Ops2,-1", Sales=5, Legal=6)
    assert found == [
        (None, "", "", Code.HEADCOUNT_MISSING),
        (2, "people", "4", Code.FEWER_THAN_ANSWERED),
        (3, "group", "sales", Code.GROUP_TWICE),
        (4, "people", "many", Code.NO_HEADCOUNT),
        (5, "people", "-1", Code.NO_HEADCOUNT),
    ]


@pytest.mark.parametrize("people", ["1000001", "9" * 5000])
def test_a_headcount_that_no_group_can_have_is_refused(people):
    found = problems(headcounts, "group,people", f"Sales,{people}", Sales=5)
    assert found == [(2, "people", people, Code.HEADCOUNT_TOO_LARGE)]
    assert headcounts("group,people", "Sales,1000000", Sales=5) == {"Sales": 1_000_000}
