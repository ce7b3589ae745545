"""What a people file has as codes of web pages, and what was read of it."""

from dataclasses import dataclass, replace

from surveys.files.html_codes import decode_html_codes
from surveys.files.table import FileRow, tidy


@dataclass
class DecodedCells:
    """Cells in which codes of web pages were read as letters."""

    # How many cells.
    count: int = 0
    # The first of them as the file has it.
    before: str = ""
    # The first of them as it was read.
    after: str = ""

    def decode(self, row: FileRow) -> FileRow:
        """The row with its codes as letters; counts its cells."""
        if not any("&" in value for value in row.cells.values()):
            return row
        return replace(row, cells={name: self._decode(value) for name, value in row.cells.items()})

    def _decode(self, value: str) -> str:
        decoded = tidy(decode_html_codes(value))
        if decoded != value:
            self.count += 1
            if self.count == 1:
                self.before, self.after = value, decoded
        return decoded
