"""Every code of an audit has words, and the schema of its document lists every code."""

import pytest

from surveys.audit import wording
from surveys.audit.codes import (
    AttackGoal,
    AuditSource,
    CheckCode,
    MarkPlace,
    RowKind,
    SourceCode,
    Unread,
    UnreadReason,
)
from tests.adversary.audit_command import SCHEMA

# What attackers never have marks of people from.
KNOWN_TO_ALL = {MarkPlace.ALL_WAVES, MarkPlace.ANSWER_COUNT}


def codes_of(part, field):
    return set(SCHEMA["properties"][part]["items"]["properties"][field]["enum"])


def test_the_schema_lists_every_code():
    assert codes_of("attacks", "goal") == set(AttackGoal)
    assert codes_of("attacks", "rows") == set(RowKind)
    assert codes_of("attacks", "place") == set(MarkPlace) - KNOWN_TO_ALL
    assert codes_of("checks", "code") == set(CheckCode)
    assert codes_of("not_examined", "reason_code") == set(UnreadReason)
    assert set(SCHEMA["$defs"]["source"]["enum"]) == set(SourceCode)


@pytest.mark.parametrize(
    ("words", "codes"), [(wording.GOALS, AttackGoal), (wording.ROWS, RowKind), (wording.CHECKS, CheckCode)]
)
def test_goals_rows_and_checks_have_words_of_their_own(words, codes):
    assert set(words) == set(codes)
    assert len(set(words.values())) == len(codes)


def test_sources_and_reasons_are_worded_with_their_arguments():
    sources = {wording.describe_source(AuditSource(code, "surveys_mail")) for code in SourceCode}
    assert {words for words in sources if "surveys_mail" in words} == {
        "surveys_mail",
        "table surveys_mail",
        "pages of surveys_mail",
    }
    reasons = [wording.describe_unread(Unread(code, ("pg_dump", "psql"), "no route")) for code in UnreadReason]
    assert len(set(reasons)) == len(reasons)
    assert "pg_dump and psql failed: no route" in reasons


def test_marks_are_worded_by_rows_place_and_detail():
    assert {place: wording.describe_marks(place, None) for place in MarkPlace} == wording.PLACES
    assert wording.describe_marks(MarkPlace.PAGE_BYTES, RowKind.SEALED_BALLOTS, "last place") == (
        "sealed ballots, bytes of pages: last place"
    )
