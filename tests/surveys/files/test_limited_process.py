"""What is large is read in a process of its own, which its limits end, whatever the file does to it."""

import os
import sys
import tracemalloc

import pytest

from surveys.files import limited_process
from surveys.files.codes import FileProblemCode as Code
from surveys.files.limited_process import read_rows_safely
from surveys.files.limits import PEOPLE, FileLimits
from surveys.files.problems import UnusableFileError
from surveys.files.source import ReadingChoice, Source, UnknownEncodingError
from tests.surveys.files.workbooks import xlsx, xml_rows, zipped

MB = 2**20
KNOWN = {"email"}
SMALL = FileLimits(
    file_bytes=50 * MB,
    unpacked_bytes=400 * MB,
    cells=1000,
    columns=20,
    harmless_bytes=0,
    seconds=20,
    memory_bytes=300 * MB,
)


def read(data, limits=SMALL, choice=None):
    raw = read_rows_safely(data, KNOWN, limits, choice or ReadingChoice())
    return raw.source, list(raw.rows)


def refusal(data, limits=SMALL):
    with pytest.raises(UnusableFileError) as raised:
        read(data, limits)
    (problem,) = raised.value.problems
    return problem.row, problem.code, problem.arguments


def replaced(**changes):
    return FileLimits(**{**{name: getattr(SMALL, name) for name in SMALL.__dataclass_fields__}, **changes})


def test_text_and_workbooks_come_back_as_they_are():
    assert read("email;ü\na;\n".encode()) == (Source(encoding="utf-8"), [["email", "ü"], ["a"]])
    book = xlsx([("People", "visible", xml_rows(["email", "x"], ["a", "b"]))])
    source = Source(sheet="People", sheets=("People",), hidden_rows=0, hidden_columns=0)
    assert read(book) == (source, [["email", "x"], ["a", "b"]])


def test_problems_and_candidates_come_back_too():
    assert refusal(b'email\n"a\n') == (2, Code.QUOTE_NOT_CLOSED, {})
    with pytest.raises(UnknownEncodingError) as raised:
        read("email\nŁukasz Żak\n".encode("cp1250"))
    assert "cp1250" in [candidate.encoding for candidate in raised.value.candidates]


FAST = replaced(seconds=1)


def test_many_shared_strings_end_at_the_limit_of_memory():
    shared = "<si><t>" + "x" * 30_000 + "</t></si>"
    book = xlsx([("People", "visible", xml_rows(["email"]))], shared=shared * 12_000)
    assert len(book) < MB
    assert refusal(book) == (None, Code.TOO_MUCH_MEMORY, {"megabytes": 300})


def test_a_file_that_takes_too_long_is_ended(monkeypatch):
    program = (
        "from surveys.files import limits; from surveys.files.limited_process import limit_process; "
        f"limit_process(limits.{FAST}); any(iter(int, 1))"
    )
    monkeypatch.setattr(limited_process, "COMMAND", (sys.executable, "-c", program))
    assert refusal(b"email\n", FAST) == (None, Code.TOO_SLOW, {"seconds": 1})


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["x"] * 21], (1, Code.TOO_MANY_COLUMNS, {"columns": 21, "most": 20})),
        ([["x"] * 20] * 51, (51, Code.TOO_MANY_CELLS, {"most": 1000})),
    ],
)
def test_a_table_that_is_too_large_is_refused_at_its_row(rows, expected):
    assert refusal(xlsx([("People", "visible", xml_rows(*rows))])) == expected


def test_a_workbook_that_unpacks_to_much_is_refused_before_it_is_unpacked():
    bomb = zipped({"xl/workbook.xml": bytes(401 * MB)})
    found = refusal(bomb, replaced(memory_bytes=200 * MB))
    assert found == (None, Code.UNPACKED_TOO_LARGE, {"megabytes": 400})


def test_the_process_knows_no_secret_and_ends_with_its_reader(monkeypatch):
    started = []
    real = limited_process.subprocess.Popen

    def start(*arguments, **options):
        started.append((real(*arguments, **options), options["env"]))
        return started[-1][0]

    monkeypatch.setattr(limited_process.subprocess, "Popen", start)
    monkeypatch.setenv("SECRET_KEY", "of the product")
    raw = read_rows_safely(b"email\n" * 100_000, KNOWN, PEOPLE, ReadingChoice())
    assert started == []
    raw = read_rows_safely(b"email\n" * 100_000, KNOWN, replaced(cells=10**7), ReadingChoice())
    assert next(raw.rows) == ["email"]
    raw.rows.close()
    ((process, environment),) = started
    assert process.returncode is not None or process.poll() is not None
    assert set(environment) == {"PYTHONPATH", "PATH"}
    assert "SECRET_KEY" in os.environ


def test_a_file_that_is_handed_over_is_not_copied_in_memory():
    data, size = b"x" * 1023 + b"\n", 8 * MB
    data *= size // len(data)
    tracemalloc.start()
    try:
        raw = read_rows_safely(data, KNOWN, SMALL, ReadingChoice())
        next(raw.rows)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    raw.rows.close()
    print(f"\nhanding {size // MB} MB over takes {peak / MB:.1f} MB")
    assert peak < size / 4
