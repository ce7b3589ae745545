"""Opens and closes waves in processes that kill themselves at a given point: `python -m tests.faults.killed`.

DATABASE_URL is set. Reads lines "step point wave folder", where step is open or close, and answers each with how that
step's process ended: -9 when it was killed. Points are functions of the product; the process dies before (<) or after
(>) the function's n-th call.
"""

import os
import signal
import sys
import uuid
from pathlib import Path

import django
from django.utils.module_loading import import_string


def die_at(point):
    """Point is like `<2:surveys.ballot.keys.destroy`: just before the second call."""
    moment, call = point[0], int(point[1 : point.index(":")])
    owner, _, name = point[point.index(":") + 1 :].rpartition(".")
    owner = _owner(owner)
    real = getattr(owner, name)
    calls = iter(range(1, sys.maxsize))

    def deadly(*arguments, **fields):
        reached = next(calls) == call
        if reached and moment == "<":
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments, **fields)
        if reached:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, deadly)


def _owner(path):
    return sys.modules[path] if path in sys.modules else import_string(path)


def main():
    django.setup()
    steps = {
        "open": import_string("surveys.services.opening.open_wave"),
        "close": import_string("surveys.services.closing.close_wave"),
    }
    for line in sys.stdin:
        step, point, wave_id, folder = line.split()
        process = os.fork()
        if process == 0:
            die_at(point)
            steps[step](wave_id=uuid.UUID(wave_id), key_directory=Path(folder))
            os._exit(0)
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
