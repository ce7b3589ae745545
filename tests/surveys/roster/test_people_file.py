"""Reading the people file: what spreadsheets write, and every way in which a row can be wrong."""

import codecs

import pytest

from surveys.roster.people_file import RosterPerson
from tests.surveys.people_files import ANN, BORIS, changed, csv_file, problems, read, xlsx_file

PEOPLE = (
    RosterPerson(
        "ann@northwind.example", "Ann Lee", "Sales", "Old Mill", "en", "Europe/Riga", is_head=True, on_leave=False
    ),
    RosterPerson("boris@northwind.example", "Борис Ёлкин", "Legal", "", "ru", "", is_head=False, on_leave=True),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_reads_every_encoding_and_separator(encoding, separator):
    file = read(csv_file(ANN, BORIS, separator=separator, encoding=encoding))
    assert file.people == PEOPLE
    assert file.parents == {"Sales": "Commercial", "Commercial": None, "Legal": None}


def test_reads_utf_16_big_endian_with_its_mark():
    assert read(codecs.BOM_UTF16_BE + csv_file(ANN, BORIS, encoding="utf-16-be")).people == PEOPLE


def test_reads_another_encoding_where_it_is_chosen():
    assert read(csv_file(ANN, BORIS, encoding="cp1251"), encoding="cp1251").people == PEOPLE


def test_a_title_above_the_table_is_skipped():
    title = b"Northwind,,\n\nPeople in May\n"
    file = read(title + csv_file(ANN, BORIS))
    assert file.people == PEOPLE
    assert list(problems(title + csv_file(ANN, changed(email="bad")))) == [(6, "email", "bad")]


def test_reads_a_workbook():
    file = read(xlsx_file(ANN, BORIS))
    assert file.people == PEOPLE
    assert file.parents == {"Sales": "Commercial", "Commercial": None, "Legal": None}


def test_reads_values_of_a_workbook_that_are_no_text():
    row = ["a@x.example", 12.0, 7, None, None, None, None, True, 0.0]
    person = RosterPerson("a@x.example", "12", "7", "", "en", "", is_head=True, on_leave=False)
    assert read(xlsx_file(row)).people == (person,)


def test_skips_blank_rows():
    assert read(xlsx_file([], ANN, [None, ""], BORIS)).people == PEOPLE


def test_counts_rows_as_the_spreadsheet_shows_them():
    data = b"\r\n" + csv_file(changed(name="Ann\nLee"), [], changed(email="bad"))
    assert list(problems(data)) == [(5, "email", "bad")]


def test_headers_are_known_whatever_their_case_spaces_and_order():
    header = ["  Department", "E-Mail", "PARENT DEPARTMENT", "Name ", "Time Zone", "Is-Head"]
    file = read(csv_file(["Sales", "a@x.example", "Commercial", "Ann", "UTC", "1"], header=header))
    assert file.people == (RosterPerson("a@x.example", "Ann", "Sales", time_zone="UTC", is_head=True),)
    assert file.parents == {"Sales": "Commercial", "Commercial": None}


def test_follows_the_hint_of_excel_at_the_separator():
    assert read(b"sep=;\r\n" + csv_file(ANN, BORIS, separator=";")).people == PEOPLE


@pytest.mark.parametrize("hint", ["", "sep=;\r\n"])
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_lines_may_end_as_on_any_system_and_rows_count_the_same(end, hint):
    as_written = hint + csv_file(ANN, changed(email="bad"), separator=";").decode()
    assert list(problems(as_written.replace("\r\n", end).encode())) == [(4 if hint else 3, "email", "bad")]


def test_missing_columns_are_left_out_and_unknown_ones_are_named():
    file = read(csv_file(["a@x.example", "Ann", "Sales", "555"], header=["email", "name", "department", "Phone"]))
    assert file.people == (RosterPerson("a@x.example", "Ann", "Sales"),)
    assert (file.has_tree, file.ignored_columns) == (False, ("Phone",))


def test_tidies_white_space_and_makes_addresses_lower_case():
    row = changed(email=" Ann@Northwind.Example ", name=" Ann  Lee\n", department="Sales\u00a0")
    assert read(csv_file(row)).people == PEOPLE[:1]


def test_composes_letters_so_that_one_name_is_one_department():
    decomposed = "Отдел и\u0306"
    assert read(csv_file(changed(department=decomposed))).people[0].department == "Отдел й"


@pytest.mark.parametrize("value", ["yes", "Y", "TRUE", "1", "x", "да", "ИСТИНА", "WAHR", "vrai"])
def test_yes_as_people_and_spreadsheets_write_it(value):
    assert read(csv_file(changed(is_head=value))).people[0].is_head is True


@pytest.mark.parametrize("value", ["no", "N", "FALSE", "0", "-", "нет", "ЛОЖЬ", "FALSCH", ""])
def test_no_as_people_and_spreadsheets_write_it(value):
    assert read(csv_file(changed(is_head=value))).people[0].is_head is False


def test_languages_and_time_zones_are_known_in_any_case():
    person = read(csv_file(changed(language="РУССКИЙ", time_zone="europe/riga"))).people[0]
    assert (person.language, person.time_zone) == ("ru", "Europe/Riga")
