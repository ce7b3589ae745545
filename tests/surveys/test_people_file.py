"""Reading the people file: what spreadsheets write, and every way in which a row can be wrong."""

import codecs
import io
import zipfile

import pytest

from surveys.people_file import MAX_BYTES, PeopleFileError, Person
from tests.surveys.people_files import ANN, BORIS, HEADER, csv_file, people_csv, problems, read, xlsx_file

PEOPLE = (
    Person("ann@northwind.example", "Ann Lee", "Sales", "Old Mill", "en", "Europe/Riga", is_head=True, on_leave=False),
    Person("boris@northwind.example", "Борис Ёлкин", "Legal", "", "ru", "", is_head=False, on_leave=True),
)


def changed(**cells):
    """A row like Ann's but for these cells."""
    return [cells.get(column, value) for column, value in zip(HEADER, ANN, strict=True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_reads_every_encoding_and_separator(encoding, separator):
    file = read(csv_file(ANN, BORIS, separator=separator, encoding=encoding))
    assert file.people == PEOPLE
    assert file.parents == {"Sales": "Commercial", "Commercial": None, "Legal": None}


def test_reads_utf_16_big_endian_with_its_mark():
    assert read(codecs.BOM_UTF16_BE + csv_file(ANN, BORIS, encoding="utf-16-be")).people == PEOPLE


def test_takes_western_letters_for_western_and_russian_ones_for_russian():
    western = ["emile@x.example", "Émile Müller", "Qualität"]
    russian = ["ivan@x.example", "Иван Ким", "Отдел продаж"]
    header = HEADER[:3]
    assert read(csv_file(western, header=header, encoding="cp1252")).people == (Person(*western),)
    assert read(csv_file(russian, header=header, encoding="cp1251")).people == (Person(*russian),)


def test_reads_a_workbook():
    file = read(xlsx_file(ANN, BORIS))
    assert file.people == PEOPLE
    assert file.parents == {"Sales": "Commercial", "Commercial": None, "Legal": None}


def test_reads_values_of_a_workbook_that_are_no_text():
    row = ["a@x.example", 12.0, 7, None, None, None, None, True, 0.0]
    person = Person("a@x.example", "12", "7", "", "en", "", is_head=True, on_leave=False)
    assert read(xlsx_file(row)).people == (person,)


def test_reads_only_the_first_sheet_and_skips_blank_rows():
    assert read(xlsx_file([], ANN, [None, ""], BORIS)).people == PEOPLE


def test_counts_rows_as_the_spreadsheet_shows_them():
    data = b"\r\n" + csv_file(changed(name="Ann\nLee"), [], changed(email="bad"))
    assert list(problems(data)) == [(5, "email", "bad")]


def test_headers_are_known_whatever_their_case_spaces_and_order():
    header = ["  Department", "E-Mail", "PARENT DEPARTMENT", "Name ", "Time Zone", "Is-Head"]
    file = read(csv_file(["Sales", "a@x.example", "Commercial", "Ann", "UTC", "1"], header=header))
    assert file.people == (Person("a@x.example", "Ann", "Sales", time_zone="UTC", is_head=True),)
    assert file.parents == {"Sales": "Commercial", "Commercial": None}


def test_follows_the_hint_of_excel_at_the_separator():
    assert read(b"sep=;\r\n" + csv_file(ANN, BORIS, separator=";")).people == PEOPLE


def test_columns_that_are_not_there_say_nothing_and_unknown_ones_are_told():
    file = read(csv_file(["a@x.example", "Ann", "Sales", "555"], header=["email", "name", "department", "Phone"]))
    assert file.people == (Person("a@x.example", "Ann", "Sales"),)
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


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("email", "", "The mail address is missing."),
        ("email", "ann(at)northwind", "This is no mail address; write it like name@company.com."),
        ("email", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.com", "longer than 254 characters"),
        ("name", "", "The name is missing."),
        ("name", "n" * 201, "The text has 201 characters; shorten it to 200."),
        ("name", "Ann\x00", "The text holds a control character (U+0000); type it anew."),
        ("department", "", "The department is missing."),
        ("department", "d" * 121, "The text has 121 characters; shorten it to 120."),
        ("department", "A > B", "A department's name cannot hold “>”"),
        ("parent_department", "A >", "The department is missing."),
        ("site", "s" * 121, "The text has 121 characters; shorten it to 120."),
        ("language", "tlh", "The language is not known; write one of: en (English), ru (Русский)."),
        ("time_zone", "Mars/Olympus", "The time zone is not known; write it like Europe/Berlin"),
        ("is_head", "maybe", "Write yes or no."),
        ("on_leave", "since May", "Write yes or no."),
    ],
)
def test_a_bad_cell_is_told_by_row_column_value_and_remedy(column, value, said):
    found = problems(csv_file(BORIS, changed(**{column: value})))
    assert list(found) == [(3, column, value)]
    assert said in found[3, column, value]


def test_languages_and_time_zones_are_known_by_any_case_and_languages_by_name():
    person = read(csv_file(changed(language="РУССКИЙ", time_zone="europe/riga"))).people[0]
    assert (person.language, person.time_zone) == ("ru", "Europe/Riga")


def test_tells_all_that_is_wrong_at_once_in_the_order_of_rows():
    found = problems(csv_file(changed(email="x", name=""), BORIS, changed(language="??", department="")))
    assert list(found) == [
        (2, "email", "x"),
        (2, "name", ""),
        (4, "department", ""),
        (4, "language", "??"),
    ]


def test_a_doubled_address_names_the_first_row_whatever_its_case():
    found = problems(csv_file(ANN, BORIS, changed(email="ANN@northwind.example")))
    assert found == {
        (4, "email", "ANN@northwind.example"): ("The mail address stands in row 2 already; keep one of the two rows.")
    }


def test_a_department_has_one_parent():
    found = problems(people_csv("Ann Sales Commercial", "Bo Sales", "Cy Sales Operations"))
    assert found == {
        (4, "parent_department", "Operations"): (
            "Row 2 puts “Sales” below “Commercial”, this one below “Operations”; choose one."
        )
    }


def test_it_is_enough_that_one_row_names_the_parent():
    assert read(people_csv("Ann Sales", "Bo Sales Commercial", "Cy Sales")).parents == {
        "Sales": "Commercial",
        "Commercial": None,
    }


def test_a_path_places_departments_that_have_no_rows_of_their_own():
    row = ["a@x.example", "Ann", "Field sales", "Commercial>  Sales"]
    assert read(csv_file(row, header=HEADER[:4])).parents == {
        "Field sales": "Sales",
        "Sales": "Commercial",
        "Commercial": None,
    }


def test_a_department_is_spelled_in_one_way():
    found = problems(people_csv("Ann Sales", "Bo sales", "Cy Legal SALES"))
    assert found == {
        (3, "department", "sales"): "Row 2 writes it “Sales”; write it the same way everywhere.",
        (4, "parent_department", "SALES"): "Row 2 writes it “Sales”; write it the same way everywhere.",
    }


@pytest.mark.parametrize(
    ("rows", "row", "parent", "circle"),
    [
        (["Ann Sales Sales"], 2, "Sales", "Sales → Sales"),
        (["Ann Sales Legal", "Bo Legal Sales"], 2, "Legal", "Sales → Legal → Sales"),
        (["Dee D A", "Ann A B", "Bo B C", "Cy C A"], 3, "B", "A → B → C → A"),
    ],
)
def test_a_circle_of_departments_is_told_once(rows, row, parent, circle):
    found = problems(people_csv(*rows))
    assert list(found) == [(row, "parent_department", parent)]
    assert circle in found[row, "parent_department", parent]


def test_two_circles_are_both_told():
    assert len(problems(people_csv("Ann A B", "Bo B A", "Cy C D", "Dee D C", "Eve E A"))) == 2


def test_missing_columns_are_all_told():
    found = problems(csv_file(["Ann"], header=["Name"]))
    assert list(found) == [(1, "email", ""), (1, "department", "")]
    assert "email, name, department, parent_department" in found[1, "email", ""]


def test_a_column_that_stands_twice_is_refused():
    found = problems(csv_file(["a@x.example", "A", "S", "b@x.example"], header=[*HEADER[:3], "E-mail"]))
    assert found == {(1, "email", "E-mail"): "The column stands there twice; keep one of the two."}


def _zip(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b" \r\n\r\n", "The file is empty."),
        (csv_file(), "There is nobody in the file"),
        (b"\xd0\xcf\x11\xe0 old workbook", "old format .xls"),
        (b"PK\x03\x04 broken", "no workbook that can be read"),
        (_zip(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "no workbook that can be read"),
        (xlsx_file(ANN)[:-400], "no workbook that can be read"),
        (b"email,name,department\n\x98\x81,A,B", "not text that can be read"),
        (codecs.BOM_UTF16_LE + b"odd", "not text that can be read"),
        (b"x" * (MAX_BYTES + 1), "larger than 50 MB"),
        (_zip(**{"xl/workbook.xml": bytes(401 * 2**20)}), "unpacks to more than 400 MB"),
    ],
    ids=["empty", "blank", "nobody", "xls", "broken", "ods", "cut off", "bytes", "odd UTF-16", "large", "bomb"],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(data, said):
    with pytest.raises(PeopleFileError) as raised:
        read(data)
    (problem,) = raised.value.problems
    assert problem.row is None
    assert said in problem.message


def test_a_quotation_mark_left_open_names_the_row_where_it_opens():
    found = problems(people_csv("Ann Sales") + b'bo@x.example,"Bo,Sales\ncy@x.example,Cy,Sales\n')
    assert list(found) == [(3, "", "")]
    assert "quotation mark" in found[3, "", ""]


def test_a_problem_reads_as_one_line_with_a_long_value_cut():
    with pytest.raises(PeopleFileError) as raised:
        read(csv_file(changed(language="x" * 200)))
    assert str(raised.value) == (
        f"row 2, language: The language is not known; write one of: en (English), ru (Русский). (found: “{'x' * 80}…”)"
    )
