"""How much a file may hold. What goes beyond is refused before it is unpacked, or ends the process that reads it."""

from dataclasses import dataclass

from surveys.rules.limits import MOST_UPLOAD_PARTS, UPLOAD_PART_BYTES

MB = 2**20
# So many problems of a file, or lines of what it changes, are shown; of the others how many there are.
MOST_SHOWN = 100


@dataclass(frozen=True)
class FileLimits:
    """The limits of one kind of file."""

    # Bytes of the file as it was sent.
    file_bytes: int
    # Bytes of a workbook's parts, unpacked.
    unpacked_bytes: int
    # Cells that are not empty.
    cells: int
    # Columns up to the last cell that is not empty.
    columns: int
    # Text of up to so many bytes is read in this process: it cannot hold enough cells to do harm.
    harmless_bytes: int
    # Seconds of processor time for the process that reads; it has twice as many by the clock.
    seconds: int
    # Bytes of address space for the process that reads.
    memory_bytes: int


# 100,000 people in ten columns need a quarter of each.
PEOPLE = FileLimits(
    file_bytes=MOST_UPLOAD_PARTS * UPLOAD_PART_BYTES,
    unpacked_bytes=150 * MB,
    cells=4_000_000,
    columns=250,
    harmless_bytes=MB,
    seconds=30,
    memory_bytes=1536 * MB,
)
# A million respondents. These files are read by commands of the operator, not by web workers.
ANSWERS = FileLimits(
    file_bytes=400 * MB,
    unpacked_bytes=1200 * MB,
    cells=100_000_000,
    columns=1000,
    harmless_bytes=400 * MB,
    seconds=600,
    memory_bytes=16 * 1024 * MB,
)
