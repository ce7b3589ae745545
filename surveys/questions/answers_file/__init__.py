"""Reads the files of a past survey, its answers and its headcounts, and says all that is wrong. Knows no model."""

from surveys.questions.answers_file.answers import PastAnswers, read_answers
from surveys.questions.answers_file.headcounts import read_headcounts

__all__ = ["PastAnswers", "read_answers", "read_headcounts"]
