"""Reads the files that HR brings, people and counterparts, and says all that is wrong with them. Knows no model."""

from surveys.people_file.counterparts import read_counterparts
from surveys.people_file.people import PeopleFile, Person, read_people
from surveys.people_file.problems import PeopleFileError, Problem
from surveys.people_file.table import MAX_BYTES

__all__ = ["MAX_BYTES", "PeopleFile", "PeopleFileError", "Person", "Problem", "read_counterparts", "read_people"]
