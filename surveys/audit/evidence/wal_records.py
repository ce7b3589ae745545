"""Bytes of records in copies of PostgreSQL's log files, for what its own program does not print."""

import re
from functools import cached_property
from pathlib import Path

_PAGE = 8192
# Of a page's header: in the middle of a file, and at its beginning.
_SHORT_HEADER, _LONG_HEADER = 24, 40
# Of a record's length, which it begins with; and of a row's place in its block.
_LENGTH, _OFFSET = 4, 2
_FILE = re.compile(r"[0-9A-F]{24}")


class LogFiles:
    """The files in a folder, as PostgreSQL names them; all have one size."""

    def __init__(self, folder: Path) -> None:
        self._paths = sorted(path for path in folder.iterdir() if _FILE.fullmatch(path.name))

    def multi_insert_offsets(self, position: int, rows: int) -> list[int]:
        """The places in their block of rows that one record inserted into a block that had rows before.

        They are the end of the record (PostgreSQL's heapam_xlog.h, xl_heap_multi_insert).
        """
        content = self._record(position)
        begins = range(len(content) - rows * _OFFSET, len(content), _OFFSET)
        return [int.from_bytes(content[begin : begin + _OFFSET], "little") for begin in begins]

    def _record(self, position: int) -> bytes:
        return self._read(position, int.from_bytes(self._read(position, _LENGTH), "little"))

    def _read(self, position: int, length: int) -> bytes:
        """So many bytes of records from there on, without the headers of pages between them."""
        content = b""
        while length:
            if position % _PAGE == 0:
                position += _SHORT_HEADER if position % self._size else _LONG_HEADER
            part = min(length, _PAGE - position % _PAGE)
            content += self._bytes(position, part)
            position, length = position + part, length - part
        return content

    def _bytes(self, position: int, length: int) -> bytes:
        with self._by_start[position // self._size].open("rb") as file:
            file.seek(position % self._size)
            return file.read(length)

    @cached_property
    def _size(self) -> int:
        return self._paths[0].stat().st_size

    @cached_property
    def _by_start(self) -> dict[int, Path]:
        """By the number of the file in the whole log: of its name the first eight digits are the timeline."""
        each = (1 << 32) // self._size
        return {int(path.name[8:16], 16) * each + int(path.name[16:], 16): path for path in self._paths}
