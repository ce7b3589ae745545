"""Instruments as files: read, check and write the format of docs/instrument-format.md. Pure; no Django."""

from surveys.questions.instrument_file.codes import InstrumentProblemCode
from surveys.questions.instrument_file.document import BUILT_IN, dump, load, validate
from surveys.questions.instrument_file.problems import InstrumentError, Problem
from surveys.questions.instrument_file.reserved import reserve

__all__ = ["BUILT_IN", "InstrumentError", "InstrumentProblemCode", "Problem", "dump", "load", "reserve", "validate"]
