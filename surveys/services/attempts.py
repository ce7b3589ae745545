"""Steps that are taken for many rows, of which one must not stop the others."""

import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)
_P = ParamSpec("_P")
_R = TypeVar("_R")


def attempt(step: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R | None:
    """What the step returns; None where it raises, which is logged with what it was taken for.

    Errors of a database that cannot be reached are raised: the next row would meet them too. Each step is a transaction
    of its own, or none.
    """
    try:
        return step(*args, **kwargs)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # whatever one row does wrong stops no other; it is logged with its traceback
        whom = ", ".join(str(getattr(row, "pk", row)) for row in (*args, *kwargs.values()))
        logger.exception("%s failed for %s; the others go on.", step.__name__, whom)
        return None
