"""What a spreadsheet writes is what is read, whatever the people are called."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.files.invisible import remove_invisible
from surveys.roster.people_file import RosterPerson, UnusableFileError
from tests.surveys.people_files import HEADER, csv_file, read, xlsx_file

LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp", "Zs"], exclude_characters=">\ufffd")


def tidy(text):
    return unicodedata.normalize("NFC", " ".join(text.split()))


def texts(longest, shortest=0):
    words = st.text(st.one_of(LETTERS, st.just(" ")), min_size=shortest, max_size=longest)
    seen = words.map(tidy).filter(lambda text: remove_invisible(text) == text)
    return seen.filter(lambda text: shortest <= len(text) <= longest)


people = st.lists(
    st.builds(
        RosterPerson,
        email=st.from_regex(r"[a-z][a-z0-9.+]{0,20}[a-z]@[a-z]{1,20}\.example", fullmatch=True).filter(
            lambda email: ".." not in email
        ),
        name=texts(200, shortest=1),
        department=texts(120, shortest=1),
        site=texts(120),
        language=st.sampled_from(["en", "ru"]),
        time_zone=st.sampled_from(["", "Europe/Riga", "Asia/Kathmandu"]),
        is_head=st.booleans(),
        on_leave=st.booleans(),
    ),
    min_size=1,
    max_size=6,
    unique_by=(lambda person: person.email, lambda person: person.department.casefold()),
)


def rows(company):
    for person in company:
        flags = ["yes" if flag else "no" for flag in (person.is_head, person.on_leave)]
        yield [person.email, person.name, person.department, "", person.site, person.language, person.time_zone, *flags]


@given(
    company=people,
    separator=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
)
def test_csv_is_read_back_as_it_was_written(company, separator, encoding):
    file = read(csv_file(*rows(company), separator=separator, encoding=encoding))
    assert file.people == tuple(company)
    assert file.parents == {person.department: None for person in company}


@settings(max_examples=40)
@given(company=people)
def test_a_workbook_is_read_back_as_it_was_written(company):
    assert read(xlsx_file(*rows(company))).people == tuple(company)


@given(junk=st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_junk_is_refused_with_a_reason(junk):
    try:
        found = read(",".join(HEADER).encode() + b"\n" + junk).people
    except UnusableFileError as error:
        found = [problem.message for problem in error.problems]
    assert all(found)
    assert found
