"""One piece of work inside another, at each of its steps in turn: what two processes do at once, without chance."""

import sys
from collections.abc import Callable

# Where Python keeps the functions that go to the operating system: a step is a call of one of them.
_SYSTEM = ("posix", "io", "_io")


def at_each_step(work: Callable[[], object], meanwhile: Callable[[], object], *, prepare: Callable[[], object]) -> int:
    """Runs `work` with the whole of `meanwhile` just before its first step, then before its second, and so on.

    Prepares each time; returns how many steps there are.
    """
    step = 0
    while True:
        prepare()
        if not _runs_into(work, meanwhile, step=step):
            return step
        step += 1


def _runs_into(work: Callable[[], object], meanwhile: Callable[[], object], *, step: int) -> bool:
    """Whether `work` had so many steps."""
    calls = 0

    def before(_frame: object, event: str, called: object) -> None:
        nonlocal calls
        if event != "c_call" or getattr(called, "__module__", "") not in _SYSTEM:
            return
        calls += 1
        if calls == step + 1:
            sys.setprofile(None)
            meanwhile()

    sys.setprofile(before)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls > step
