"""Files as spreadsheets write them."""

import csv
import io

from django.conf import settings
from openpyxl import Workbook

from surveys.roster.people_file import ReadingChoice, UnusableFileError, read_people

HEADER = ["email", "name", "department", "parent_department", "site", "language", "time_zone", "is_head", "on_leave"]
ANN = ["ann@northwind.example", "Ann Lee", "Sales", "Commercial", "Old Mill", "en", "Europe/Riga", "yes", "no"]
SIX = ("Ann Sales Commercial", "Bo Sales", "Cy Marketing Commercial", "Dee Legal", "Eve Legal", "Flo Legal")
BORIS = ["boris@northwind.example", "Борис Ёлкин", "Legal", "", "", "ru", "", "", "да"]


def changed(**cells):
    """A row like Ann's but for these cells."""
    return [cells.get(column, value) for column, value in zip(HEADER, ANN, strict=True)]


def csv_file(*rows, header=HEADER, separator=",", encoding="utf-8"):
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([header, *rows])
    return file.getvalue().encode(encoding)


def xlsx_file(*rows, header=HEADER):
    book = Workbook()
    for row in (header, *rows):
        book.active.append(row)
    for cell in (cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"):
        cell.data_type = "s"  # openpyxl takes every text that begins with = for a formula
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def people_csv(*people, header=("email", "name", "department", "parent_department")):
    """A small CSV: people as `name department parent`, their addresses made from the name."""
    rows = []
    for person in people:
        name, department, parent, *_ = [*person.split(), "", ""]
        rows.append([f"{name.lower()}@northwind.example", name, department, parent][: len(header)])
    return csv_file(*rows, header=header)


def read(data, **choice):
    return read_people(data, languages=settings.LANGUAGES, default_language="en", choice=ReadingChoice(**choice))


def problems(data):
    """(row, column, value) of each problem, and its code."""
    try:
        read(data)
    except UnusableFileError as error:
        return {(problem.row, problem.column, problem.value): problem.code for problem in error.problems}
    return {}
