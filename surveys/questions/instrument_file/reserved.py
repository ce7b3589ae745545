"""Codes that no scale may have, because scored figures have them. Apps that make figures reserve theirs."""

_codes: set[str] = set()


def reserve(*codes: str) -> None:
    _codes.update(codes)


def is_reserved(code: str) -> bool:
    return code in _codes
