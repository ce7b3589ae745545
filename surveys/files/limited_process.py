"""Reads a file in a process of its own, which has limits of time and memory and knows no secret.

Run as a program it is that process: a line of JSON and the file come in, lines of JSON go out.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, astuple
from pathlib import Path
from typing import IO, Any

from surveys.files.codes import FileProblemCode
from surveys.files.limits import MB, FileLimits
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.rows import check_size, is_workbook, read_rows
from surveys.files.source import EncodingCandidate, RawRows, ReadingChoice, Source, UnknownEncodingError

_ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "surveys.files.limited_process")
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGALRM)


def read_rows_safely(data: bytes, known: Collection[str], limits: FileLimits, choice: ReadingChoice) -> RawRows:
    """As `read_rows`; whatever is large enough to do harm is read by a limited process."""
    check_size(data, limits)
    if not is_workbook(data) and len(data) <= limits.harmless_bytes:
        return read_rows(data, known, limits, choice)
    lines = _answers(data, {"known": list(known), "limits": asdict(limits), "choice": asdict(choice)}, limits)
    return RawRows(_source(next(lines)), (_cells(line) for line in lines))


def _answers(data: bytes, order: Mapping[str, Any], limits: FileLimits) -> Iterator[Any]:
    """What the other process says, line by line; it ends with this iterator."""
    with tempfile.TemporaryFile() as given:
        given.write(json.dumps(order).encode() + b"\n")
        given.write(data)
        given.seek(0)
        with subprocess.Popen(  # noqa: S603 # this program alone
            COMMAND,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath},
        ) as process:
            try:
                yield from _lines(process, limits)
            finally:
                process.kill()


def _lines(process: "subprocess.Popen[bytes]", limits: FileLimits) -> Iterator[Any]:
    for line in process.stdout or ():
        answer = json.loads(line) if line.endswith(b"\n") else None
        if answer == "end":
            return
        if answer is not None:
            yield answer
    code = process.wait()
    if code in _OUT_OF_TIME:
        problem = FileProblem(FileProblemCode.TOO_SLOW, arguments={"seconds": limits.seconds})
    else:
        problem = FileProblem(FileProblemCode.TOO_MUCH_MEMORY, arguments={"megabytes": limits.memory_bytes // MB})
    raise UnusableFileError([problem])


def _source(answer: Any) -> Source:
    _raise_problems(answer)
    found = answer["source"]
    return Source(**{**found, "sheets": tuple(found["sheets"])})


def _cells(answer: Any) -> list[str]:
    _raise_problems(answer)
    cells: list[str] = answer
    return cells


def _raise_problems(answer: Any) -> None:
    if not isinstance(answer, dict):
        return
    if candidates := answer.get("candidates"):
        raise UnknownEncodingError(
            [EncodingCandidate(code, title, tuple(sample)) for code, title, sample in candidates]
        )
    if problems := answer.get("problems"):
        raise UnusableFileError([FileProblem(FileProblemCode(code), *rest) for code, *rest in problems])


def _serve(given: IO[bytes], say: Callable[[Any], None]) -> None:
    order = json.loads(given.readline())
    limits = FileLimits(**order["limits"])
    limit_process(limits)
    try:
        raw = read_rows(given.read(), order["known"], limits, ReadingChoice(**order["choice"]))
        say({"source": asdict(raw.source)})
        for cells in raw.rows:
            say(cells)
        say("end")
    except UnknownEncodingError as error:
        say({"candidates": [astuple(candidate) for candidate in error.candidates]})
    except UnusableFileError as error:
        say({"problems": [astuple(problem) for problem in error.problems]})


def limit_process(limits: FileLimits) -> None:
    """The kernel ends this process at its limits, in whatever library it is."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    signal.setitimer(signal.ITIMER_REAL, 2 * limits.seconds)
    with suppress(ValueError, OSError):
        # Not every system limits address space.
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    def say(what: Any) -> None:
        sys.stdout.write(json.dumps(what, separators=(",", ":")) + "\n")

    _serve(sys.stdin.buffer, say)


if __name__ == "__main__":
    _main()
