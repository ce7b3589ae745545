"""What an attacker finds who reads all writable memory of running processes, by /proc/PID/mem. It needs root."""

import os
import re
from contextlib import suppress
from pathlib import Path

_WRITABLE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw")
MARK = "zcanaryz"
_MARKED = [
    re.compile(
        b"".join(re.escape(letter.encode() + bytes(more)) for letter in MARK) + rb"(?:[0-9a-f]\0{%d}){16}" % more
    )
    for more in (0, 1, 3)
]
# Each of 26 letters in a longer row, too.
_TOKEN = re.compile(rb"(?=([a-z2-7]{26}))")
_GONE = (FileNotFoundError, ProcessLookupError)


def family(pid):
    """The process, and all that it has started, and they in turn."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(child) for task in tasks for child in _read(task / "children").split()]
    return [pid, *(descendant for child in children for descendant in family(child))]


def remembered(pids, words):
    """Those of the words that are in the memory of any of the processes.

    Words of the form MARK and 16 hexadecimal digits are looked for as Python keeps text: in one, two or four bytes a
    letter; others, which have 26 letters as links do, in one.
    """
    found = set()
    for pid in pids:
        with suppress(*_GONE), Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for region in _WRITABLE.findall(_read(Path(f"/proc/{pid}/maps"))):
                found |= _in_region(memory, *(int(end, 16) for end in region)) & words
    return found


def _in_region(memory, start, end):
    try:
        memory.seek(start)
        content = memory.read(end - start)
    except (OSError, ValueError, OverflowError):  # the kernel's own pages
        return set()
    marked = {match.replace(b"\0", b"") for pattern in _MARKED for match in pattern.findall(content)}
    return {match.decode() for match in (*marked, *_TOKEN.findall(content))}


def _read(path):
    try:
        return path.read_text()
    except _GONE:
        return ""


def may_read():
    return os.geteuid() == 0
