"""What a piece of work runs: which functions how often, and which files of the project it enters."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("config", "diagnostics", "surveys")


class Entered:
    """The calls of this thread. Filled when the work is done."""

    def __init__(self) -> None:
        self._codes: Counter[CodeType] = Counter()

    def note(self, frame: FrameType, event: str, _argument: Any) -> None:
        # The body of a module or of a class runs at import and is not optimised; a function's is.
        if event == "call" and frame.f_code.co_flags & CO_OPTIMIZED:
            self._codes[frame.f_code] += 1

    @property
    def total(self) -> int:
        """How many functions were called, of whatever package."""
        return self._codes.total()

    def calls(self, function: Callable[..., Any]) -> int:
        return self._codes[function.__code__]

    @property
    def files(self) -> set[str]:
        """Those of which a function was called, not merely imported; from the root of the project."""
        inside = [path.relative_to(ROOT) for path in map(_path, self._codes) if path.is_relative_to(ROOT)]
        return {str(path) for path in inside if path.parts[0] in PACKAGES}


@contextmanager
def entered() -> Iterator[Entered]:
    found = Entered()
    sys.setprofile(found.note)
    try:
        yield found
    finally:
        sys.setprofile(None)


def _path(code: CodeType) -> Path:
    return Path(code.co_filename)
