"""Importing and exporting instruments: versions, what freezes them, and the two commands."""

import datetime as dt
import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from surveys.choices import WaveState
from surveys.models import Instrument, Survey, Wave
from surveys.questions.instrument_file import BUILT_IN, InstrumentError, InstrumentProblemCode, Problem, dump, load
from surveys.services.instruments import InstrumentOutcome, import_instrument

pytestmark = pytest.mark.django_db

BANK = load(BUILT_IN.read_bytes())
CHANGED = BANK | {"name": {"en": "Another name", "ru": "Другое имя"}}


def stored():
    return [(instrument.code, instrument.version, instrument.document) for instrument in Instrument.objects.all()]


def use(instrument, *, planned=False):
    """A wave that has asked the instrument, or one that is only planned for a survey with it."""
    survey = Survey.objects.create(name="Pulse", instrument=instrument, first_opens_on=dt.date(2026, 1, 5))
    now = timezone.now()
    return Wave.objects.create(
        survey=survey,
        number=1,
        state=WaveState.PLANNED if planned else WaveState.CLOSED,
        instrument=None if planned else instrument,
        opens_at=now,
        closes_at=now + dt.timedelta(days=7),
    )


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def file_of(tmp_path):
    def write(document):
        path = tmp_path / "instrument.yaml"
        path.write_text(dump(document), encoding="utf-8")
        return path

    return write


def test_the_built_in_bank_can_be_imported():
    imported = import_instrument(BUILT_IN.read_bytes())
    assert imported.outcome is InstrumentOutcome.CREATED
    assert stored() == [("faultline", 1, BANK)]


def test_the_same_content_again_changes_nothing_even_if_it_was_used():
    use(import_instrument(dump(BANK)).instrument)
    assert import_instrument(dump(BANK)).outcome is InstrumentOutcome.UNCHANGED
    assert stored() == [("faultline", 1, BANK)]


def test_another_version_is_stored_beside_the_first():
    use(import_instrument(dump(BANK)).instrument)
    assert import_instrument(dump(CHANGED | {"version": 2})).outcome is InstrumentOutcome.CREATED
    assert stored() == [("faultline", 1, BANK), ("faultline", 2, CHANGED | {"version": 2})]


@pytest.mark.parametrize("planned", [False, True], ids=["no survey", "a planned wave"])
def test_a_version_that_no_wave_has_used_is_replaced(planned):
    instrument = import_instrument(dump(BANK)).instrument
    if planned:
        use(instrument, planned=True)
    imported = import_instrument(dump(CHANGED))
    assert (imported.outcome, imported.instrument.id) == (InstrumentOutcome.REPLACED, instrument.id)
    assert stored() == [("faultline", 1, CHANGED)]


def test_a_version_that_a_wave_has_used_is_frozen():
    use(import_instrument(dump(BANK)).instrument)
    with pytest.raises(InstrumentError) as caught:
        import_instrument(dump(CHANGED))
    arguments = {"version": 1, "instrument": "faultline"}
    assert caught.value.problems == [Problem("version", "1", InstrumentProblemCode.FROZEN, arguments)]
    assert stored() == [("faultline", 1, BANK)]


def test_a_wave_of_another_version_freezes_nothing():
    import_instrument(dump(BANK))
    use(import_instrument(dump(BANK | {"version": 2})).instrument)
    assert import_instrument(dump(CHANGED)).outcome is InstrumentOutcome.REPLACED


def test_an_invalid_file_stores_nothing():
    with pytest.raises(InstrumentError):
        import_instrument(dump(BANK | {"version": 0}))
    assert stored() == []


def test_the_commands_take_an_instrument_out_and_in_again(tmp_path):
    assert run("import_instrument", str(BUILT_IN)) == "Version 1 of faultline is imported.\n"
    copy = tmp_path / "copy.yaml"
    assert run("export_instrument", "faultline", "--output", str(copy)) == ""
    assert run("import_instrument", str(copy)).startswith("Version 1 of faultline is there ")
    assert stored() == [("faultline", 1, BANK)]


def test_import_reports_when_it_replaced_an_unused_version(file_of):
    import_instrument(dump(BANK))
    assert run("import_instrument", str(file_of(CHANGED))).startswith("Version 1 of faultline is replaced")


def test_import_lists_every_problem_of_the_file(file_of):
    scales = [BANK["scales"][0] | {"kind": "main"}, *BANK["scales"][1:]]
    path = file_of(BANK | {"code": "My Own", "scales": scales})
    with pytest.raises(CommandError) as caught:
        run("import_instrument", str(path))
    first, *problems = str(caught.value).splitlines()
    assert first == f"{path} is not imported:"
    assert [re.fullmatch(r"  (\S+): .+ \(found: (.+)\)", problem).groups() for problem in problems] == [
        ("code", "My Own"),
        ("scales[0].kind", "main"),
    ]
    assert stored() == []


def test_import_reports_that_a_file_is_not_there(tmp_path):
    path = tmp_path / "none.yaml"
    with pytest.raises(CommandError, match=r"none\.yaml cannot be read: No such file or directory\.$"):
        run("import_instrument", str(path))


def test_export_writes_the_latest_version_by_default():
    for version in (2, 10, 9):
        import_instrument(dump(BANK | {"version": version}))
    assert load(run("export_instrument", "faultline"))["version"] == 10
    assert load(run("export_instrument", "faultline", "--version", "9"))["version"] == 9


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["other"], "There is no instrument other. Known: faultline."),
        (["faultline", "--version", "3"], "There is no version 3 of faultline. Known: 1, 2."),
    ],
)
def test_export_lists_what_there_is(arguments, message):
    import_instrument(dump(BANK))
    import_instrument(dump(BANK | {"version": 2}))
    with pytest.raises(CommandError) as caught:
        run("export_instrument", *arguments)
    assert str(caught.value) == message


def test_export_reports_that_a_file_cannot_be_written(tmp_path):
    import_instrument(dump(BANK))
    with pytest.raises(CommandError, match=r"cannot be written: Is a directory\.$"):
        run("export_instrument", "faultline", "--output", str(tmp_path))
