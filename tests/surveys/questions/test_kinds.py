"""The kinds of scales: those that the schema of instruments accepts, each either always asked or taking turns."""

from surveys.questions.instrument_file.schema import SCHEMA
from surveys.questions.kinds import ALWAYS_ASKED, TAKING_TURNS, ScaleKind


def test_the_schema_accepts_the_kinds_that_the_code_knows():
    kinds = SCHEMA["$defs"]["scale"]["properties"]["kind"]["enum"]
    assert sorted(kinds) == sorted(ScaleKind)


def test_each_kind_is_always_asked_or_takes_turns():
    assert set(ScaleKind) == ALWAYS_ASKED | TAKING_TURNS
    assert set() == ALWAYS_ASKED & TAKING_TURNS
