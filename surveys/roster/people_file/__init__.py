"""Reads the files that HR brings, people and counterparts, and says all that is wrong with them. Knows no model."""

from surveys.files.codes import FileProblemCode
from surveys.files.limits import PEOPLE
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.files.source import ReadingChoice, UnknownEncodingError
from surveys.roster.people_file.counterparts import read_counterparts
from surveys.roster.people_file.people import PeopleFile, RosterPerson, read_people

MAX_BYTES = PEOPLE.file_bytes

__all__ = [
    "MAX_BYTES",
    "FileProblem",
    "FileProblemCode",
    "PeopleFile",
    "ReadingChoice",
    "RosterPerson",
    "UnknownEncodingError",
    "UnusableFileError",
    "read_counterparts",
    "read_people",
]
