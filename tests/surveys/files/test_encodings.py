"""What bytes mean: told for sure, refused with the wrong byte, or offered with a sample; never guessed in silence."""

import pytest

from surveys.files.codes import FileProblemCode as Code
from surveys.files.encodings import decode, was_misread
from surveys.files.problems import UnusableFileError
from surveys.files.source import UnknownEncodingError
from surveys.files.text import csv_rows

OFFERED = [
    ("cp1250", "Łukasz Żak", "Księgowość"),
    ("cp932", "佐藤 花子", "営業部"),
    ("mac_roman", "Jürgen Müller", "Verkäufe"),
    ("cp1251", "Иван Ёлкин", "Отдел продаж"),
    ("cp1252", "Émile Müller", "Qualität"),
    ("cp1253", "Γιώργος", "Πωλήσεις"),
    ("cp1254", "Çağrı", "Şirket İşler"),
    ("koi8_r", "Иван", "Отдел"),
    ("cp866", "Иван", "Отдел продаж"),
    ("mac_cyrillic", "Иван", "Отдел продаж"),
    ("gb18030", "王小明", "销售部"),
    ("cp949", "김철수", "영업부"),
    ("iso8859_2", "Zażółć", "gęślą"),
    ("cp1252", "René", "Sales"),
]


@pytest.mark.parametrize(("encoding", "name", "department"), OFFERED)
def test_another_encoding_is_offered_with_a_sample_that_reads_right(encoding, name, department):
    data = f"email;name;department\na@x.example;{name};{department}\n".encode(encoding)
    with pytest.raises(UnknownEncodingError) as raised:
        decode(data)
    samples = {candidate.encoding: candidate.sample for candidate in raised.value.candidates}
    assert samples[encoding] == tuple(cell for cell in (name, department) if not cell.isascii())
    assert decode(data, encoding) == (data.decode(encoding), encoding)
    assert len(samples) <= 8


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_known_with_and_without_a_mark(encoding):
    text = "ФИО,Отдел\nИван,Отдел продаж\nАнна,Отдел продаж\n"
    assert decode(text.encode(encoding))[0].removeprefix("\ufeff") == text


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_wrong_byte_in_utf_8_is_refused_with_row_column_and_byte(mark):
    data = mark + "email;name\na@x.example;Jürgen Müller\nb@x.example;Bärbel\n".encode() + b"c@x.example;Ren\xe9\n"
    with pytest.raises(UnusableFileError) as raised:
        csv_rows(data, set())
    (problem,) = raised.value.problems
    assert (problem.row, problem.column, problem.value) == (4, "column 2", "Ren\\xE9")
    assert (problem.code, problem.arguments) == (Code.WRONG_BYTE, {"byte": 0xE9})


def test_a_wrong_byte_counts_rows_as_a_spreadsheet_does():
    data = 'name;site\n"Jürgen\nMüller";Köln\nBj\x00rn;Köln\n'.encode().replace(b"\x00", b"\xf6")
    with pytest.raises(UnusableFileError) as raised:
        csv_rows(data, set())
    assert [problem.row for problem in raised.value.problems] == [3]


@pytest.mark.parametrize("encoding", ["idna", "punycode", "undefined", "rot13", "no-such", "a\0b"])
def test_a_chosen_encoding_that_reads_no_file_is_refused(encoding):
    with pytest.raises(UnusableFileError) as raised:
        decode(b"xn--a\nname", encoding)
    assert [problem.code for problem in raised.value.problems] == [Code.NO_TEXT]


def test_bytes_that_are_no_text_in_any_way_are_refused():
    with pytest.raises(UnusableFileError) as raised:
        decode(b"name\n\xff\xfd\x00\x81\x01\x02", "utf-8")
    assert [problem.code for problem in raised.value.problems] == [Code.NO_TEXT]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("Jürgen", "cp1252"), ("Петр", "cp1251"), ("Петр", "cp1252"), ("François", "cp1250"), ("Żak", "cp1250")],
)
def test_utf_8_that_was_taken_for_another_encoding_is_noticed(name, encoding):
    assert was_misread(name) is False
    assert was_misread(name.encode().decode(encoding)) is True


@pytest.mark.parametrize(
    "name", ["São Ângela", "Şükrü Öztürk", "Łukasz Żak", "Đỗ Thị Ánh", "Ерёма Щ.", "Ñuñoa – Á", "山田"]
)
def test_letters_of_many_languages_are_not_taken_for_misread(name):
    assert was_misread(name) is False


@pytest.mark.parametrize(
    "data", [b"SQLite format 3\0\x10\0\x01\x01", b"\x7fELF\x02\x01\x01\0\0", b"\x03\x7a\x01\x01\0\0"]
)
def test_bytes_of_a_program_are_no_text(data):
    with pytest.raises(UnusableFileError) as raised:
        decode(data)
    assert [problem.code for problem in raised.value.problems] == [Code.NO_TEXT]
