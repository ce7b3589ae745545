"""Traces of a visitor in what a process has written."""

from tests.silence import processes
from tests.silence.visitors import TRACES


def found(folder):
    content = processes.written(folder)
    return {trace for trace, wanted in TRACES.items() if wanted in content}
