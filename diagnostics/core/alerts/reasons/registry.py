"""Every reason by its code, and how one that was kept as JSON is read.

The arguments are all that is stored and shown of a reason, so they are published figures only: y, v, z and the digits
of p would tell more than a page does (docs/anonymity.md). diagnostics.wording.alerts makes sentences of them.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from diagnostics.core.alerts import reasons
from diagnostics.core.alerts.reasons.codes import AlertCode
from diagnostics.core.alerts.reasons.common import AlertReason


def _with_code(base: type[AlertReason]) -> Iterator[type[AlertReason]]:
    for reason in base.__subclasses__():
        if "code" in vars(reason):
            yield reason
        yield from _with_code(reason)


# Classes are known once their modules are loaded: all that lie beside this one.
for _module in iter_modules(reasons.__path__):
    import_module(f"{reasons.__name__}.{_module.name}")
REASONS = {reason.code: reason for reason in _with_code(AlertReason)}


def read_reason(code: str, arguments: dict[str, Any]) -> AlertReason:
    """The reason that was kept as its code and `dataclasses.asdict` of it."""
    return REASONS[AlertCode(code)](**arguments)
