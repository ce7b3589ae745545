"""Made-up answers, comments, links and addresses, and whether a heap of bytes holds one of them in any form. Pure."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveys.audit.codes import AuditSource

# Fewer bytes turn up in any large heap by chance.
LEAST_BYTES = 8


@dataclass(frozen=True)
class Canary:
    """A made-up value that is looked for."""

    # What it is an example of: answers, comment, token, address.
    kind: str
    # At least LEAST_BYTES long.
    value: bytes

    def __post_init__(self) -> None:
        if len(self.value) < LEAST_BYTES:
            raise ValueError(f"A canary of {len(self.value)} bytes proves nothing; {LEAST_BYTES} are needed.")


@dataclass(frozen=True)
class Searched:
    """A source that was really read."""

    source: AuditSource
    # The wave's state when it was read.
    moment: str
    # How many bytes.
    size: int
    # The kinds of canaries in it.
    found: tuple[str, ...]
    # The kinds that may be in it.
    allowed: tuple[str, ...]

    @property
    def leaking(self) -> tuple[str, ...]:
        return tuple(kind for kind in self.found if kind not in self.allowed)


def search(
    source: AuditSource,
    moment: str,
    pieces: Iterable[bytes],
    *,
    canaries: Sequence[Canary],
    allowed: Iterable[str],
) -> Searched:
    """Looks for every canary in every piece."""
    forms = {form: canary.kind for canary in canaries for form in written(canary.value)}
    size, found, longest = 0, set[str](), max(map(len, forms), default=1)
    for piece in pieces:
        size += len(piece)
        found |= _kinds_in(_without_long_gaps(piece, longest), forms, found)
    return Searched(source, moment, size, tuple(sorted(found)), tuple(sorted(allowed)))


def written(value: bytes) -> set[bytes]:
    """The value as it is, in hexadecimal, and in base64 wherever it may begin in what was encoded."""
    forms = {value, value.hex().encode(), value.hex().upper().encode()}
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + value)
        # The letters at both ends also depend on the neighbours, which are not known.
        first, last = -(-before * 4 // 3), (before + len(value)) * 4 // 3
        forms |= {encoded[first:last], encoded[first:last].translate(bytes.maketrans(b"+/", b"-_"))}
    return forms


def _without_long_gaps(piece: bytes, longest: int) -> bytes:
    """The same for a search for no more than `longest` bytes: files of a database are mostly runs of zeros."""
    gap = bytes(longest)
    first, *rest = piece.split(gap)
    if not rest:
        return piece
    *inner, last = rest
    return gap.join([first, *filter(None, inner), last])


def _kinds_in(piece: bytes, forms: Mapping[bytes, str], known: set[str]) -> set[str]:
    found = set[str]()
    for form, kind in forms.items():
        if kind not in known and kind not in found and form in piece:
            found.add(kind)
    return found
