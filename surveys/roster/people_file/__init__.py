"""Reads the files that HR brings, people and counterparts, and says all that is wrong with them. Knows no model."""

from surveys.files.problems import PeopleFileError, Problem
from surveys.files.table import MAX_BYTES
from surveys.roster.people_file.counterparts import read_counterparts
from surveys.roster.people_file.people import PeopleFile, Person, read_people

__all__ = ["MAX_BYTES", "PeopleFile", "PeopleFileError", "Person", "Problem", "read_counterparts", "read_people"]
