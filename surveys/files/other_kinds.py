"""Files that are no table, told by their first bytes: read as text they would look like one with odd columns."""

import re

from surveys.files.codes import FileProblemCode as Code
from surveys.files.problems import FileProblem, UnusableFileError

_KINDS = (
    (Code.PDF, re.compile(rb"%PDF-")),
    # Many systems export a web page, or XML, under the name of a workbook.
    (Code.WEB_PAGE, re.compile(rb"<(!doctype html|html|head|body|meta|table)\b", re.IGNORECASE)),
    (Code.XML, re.compile(rb"<(\?xml|[\w:]+ xmlns)")),
    (Code.TEXT_DOCUMENT, re.compile(rb"\{\\rtf")),
    (Code.ADDRESS_CARD, re.compile(rb"BEGIN:VCARD", re.IGNORECASE)),
    # Those of Excel 2 to 4, which begin with a tabulator and their version.
    (Code.OLD_EXCEL, re.compile(rb"\x09[\x00\x02\x04\x08]")),
    (Code.ARCHIVE, re.compile(rb"PK\x05\x06|PK\x07\x08|\x1f\x8b|7z\xbc\xaf|Rar!|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd|MSCF\0")),
    (Code.PICTURE, re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|II\*\0|MM\0\*|\0\0\0.ftyp", re.DOTALL)),
)


def refuse_other_kinds(data: bytes) -> None:
    """Raises UnusableFileError that says what the file is."""
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n ")
    for code, pattern in _KINDS:
        if pattern.match(start):
            raise UnusableFileError([FileProblem(code)])
