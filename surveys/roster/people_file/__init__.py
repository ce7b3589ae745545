"""Reads the files that HR brings, people and counterparts, and says all that is wrong with them. Knows no model."""

from surveys.files.problems import FileProblem, PeopleFileError
from surveys.files.table import MAX_BYTES
from surveys.roster.people_file.counterparts import read_counterparts
from surveys.roster.people_file.people import PeopleFile, RosterPerson, read_people

__all__ = [
    "MAX_BYTES",
    "FileProblem",
    "PeopleFile",
    "PeopleFileError",
    "RosterPerson",
    "read_counterparts",
    "read_people",
]
