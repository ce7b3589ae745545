"""What can be wrong with a file that somebody brings, one code a kind of problem."""

from enum import StrEnum


class FileProblemCode(StrEnum):
    """Its sentence, with the arguments that it takes, is in surveys.files.wording."""

    # The file as a whole.
    EMPTY = "empty"
    FILE_TOO_LARGE = "file_too_large"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    NOT_UTF_8 = "not_utf_8"
    NO_TEXT = "no_text"
    NO_WORKBOOK = "no_workbook"
    HAS_PASSWORD = "has_password"  # noqa: S105 # a code
    NO_VISIBLE_SHEET = "no_visible_sheet"
    UNPACKED_TOO_LARGE = "unpacked_too_large"
    # Its rows and columns.
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_CELLS = "too_many_cells"
    QUOTE_NOT_CLOSED = "quote_not_closed"
    WRONG_BYTE = "wrong_byte"
    BEYOND_HEADER = "beyond_header"
    # Cells of any file.
    TEXT_TOO_LONG = "text_too_long"
    SPREADSHEET_ERROR = "spreadsheet_error"
    LETTER_LOST = "letter_lost"
    CONTROL_CHARACTER = "control_character"
    NOT_YES_OR_NO = "not_yes_or_no"
    # People.
    NO_PEOPLE = "no_people"
    EMAIL_MISSING = "email_missing"
    NO_EMAIL = "no_email"
    EMAIL_TOO_LONG = "email_too_long"
    EMAIL_TWICE = "email_twice"
    NAME_MISSING = "name_missing"
    LANGUAGE_UNKNOWN = "language_unknown"
    TIME_ZONE_UNKNOWN = "time_zone_unknown"
    ID_TWICE = "id_twice"
    ID_OF_ANOTHER_PERSON = "id_of_another_person"
    # Departments.
    DEPARTMENT_MISSING = "department_missing"
    NAME_HOLDS_SEPARATOR = "name_holds_separator"
    SPELLED_OTHERWISE = "spelled_otherwise"
    TOO_MANY_DEPARTMENTS = "too_many_departments"
    TOO_DEEP = "too_deep"
    CIRCLE = "circle"
    PARENT_UNCLEAR = "parent_unclear"
    PARENT_NEEDED = "parent_needed"
    DEPARTMENT_ID_TWICE = "department_id_twice"
    ID_OF_ANOTHER_DEPARTMENT = "id_of_another_department"
    # Counterparts.
    NO_COUNTERPARTS = "no_counterparts"
    DEPARTMENT_UNKNOWN = "department_unknown"
    OWN_COUNTERPART = "own_counterpart"
    PAIR_TWICE = "pair_twice"
    # A past survey's answers and headcounts.
    NO_ITEMS = "no_items"
    NO_ANSWERS = "no_answers"
    TOO_MANY_PROBLEMS = "too_many_problems"
    GROUP_MISSING = "group_missing"
    NO_OPTION = "no_option"
    GROUP_TWICE = "group_twice"
    HEADCOUNT_MISSING = "headcount_missing"
    NO_HEADCOUNT = "no_headcount"
    HEADCOUNT_TOO_LARGE = "headcount_too_large"
    FEWER_THAN_ANSWERED = "fewer_than_answered"
