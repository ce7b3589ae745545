"""Keeps what passed through a process from staying in its memory, and its memory from other programs.

Memory that is given back is overwritten by the C library itself, by the settings that scripts/process.sh starts web
and counting with. What this adds gives back what Python still holds: objects that point to each other, and the
addresses that urllib has parsed last, of answer pages among them.
"""

import ctypes
import gc
import resource
import sys
import threading
import urllib.parse

EVERY_SECONDS = 2.0
_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4


def protect_memory() -> None:
    """No core dump is made of this process, nor of those it starts by fork; only root reads its memory.

    Raises OSError where the system does not allow it, so that the process does not start.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux" and ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "This process could not be kept from being dumped.")


def is_dumpable() -> bool:
    """Whether a program of the same user may read the memory of this process. On Linux only."""
    return ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) != 0


def keep_forgetting() -> None:
    """From now on, every two seconds, what Python does not need any more is given back; in a thread of its own.

    What there is now stays: it is the program itself, which no answer has passed through yet.
    """
    gc.collect()
    gc.freeze()
    threading.Thread(target=_forget_for_ever, name="forgetting", daemon=True).start()


def forget() -> None:
    urllib.parse.clear_cache()  # type: ignore[attr-defined] # the standard library has it for this, undocumented
    gc.collect()


def _forget_for_ever() -> None:
    never = threading.Event()
    while not never.wait(EVERY_SECONDS):
        forget()
