"""A file that is no table is named as what it is, whatever its name says."""

import pytest

from surveys.files.codes import FileProblemCode as Code
from surveys.files.other_kinds import refuse_other_kinds
from surveys.files.problems import UnusableFileError


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Code.PDF),
        (b"\xef\xbb\xbf\r\n<HTML><table><tr><td>email</td>", Code.WEB_PAGE),
        (b'<?xml version="1.0"?>\n<Workbook>', Code.XML),
        (b"{\\rtf1 email, name", Code.TEXT_DOCUMENT),
        (b"BEGIN:VCARD\r\nVERSION:3.0", Code.ADDRESS_CARD),
        (b"\x09\x08\x08\x00\x00\x05\x05\x00", Code.OLD_EXCEL),
        (b"PK\x05\x06" + bytes(18), Code.ARCHIVE),
        (b"\x1f\x8b\x08\x00email", Code.ARCHIVE),
        (b"\x28\xb5\x2f\xfd\x00", Code.ARCHIVE),
        (b"\x89PNG\r\n\x1a\n", Code.PICTURE),
        (b"RIFF\x0a\x00\x00\x00WEBP", Code.PICTURE),
        (b"\0\0\0\x18ftypheic", Code.PICTURE),
    ],
)
def test_another_kind_of_file_is_known_by_its_first_bytes(data, code):
    with pytest.raises(UnusableFileError) as raised:
        refuse_other_kinds(data)
    assert [problem.code for problem in raised.value.problems] == [code]


@pytest.mark.parametrize(
    "data", [b"email,name\n", b"<email>,name\n", b"\temail\n", b"{name}\n", b"PK,name\n", b"BZ,name\n"]
)
def test_a_table_with_odd_headers_is_a_table(data):
    assert refuse_other_kinds(data) is None
