"""Taking instruments in: new versions beside old ones, and never another content for what a wave has asked."""

from dataclasses import dataclass
from enum import Enum, auto

from django.db import transaction

from surveys.models import Instrument
from surveys.questions.instrument_file import InstrumentError, InstrumentProblemCode, Problem, load


class InstrumentOutcome(Enum):
    """What an import did to the row of its code and version."""

    CREATED = auto()
    REPLACED = auto()
    UNCHANGED = auto()


@dataclass(frozen=True)
class ImportedInstrument:
    """What became of an instrument file."""

    # The row of that code and version.
    instrument: Instrument
    # Whether it is new, was changed, or was there.
    outcome: InstrumentOutcome


@transaction.atomic
def import_instrument(content: str | bytes) -> ImportedInstrument:
    """Stores the instrument file's content under its code and version.

    Raises InstrumentError, and stores nothing, if the file is not valid or its version is frozen.
    """
    document = load(content)
    key = {"code": document["code"], "version": document["version"]}
    _, created = Instrument.objects.get_or_create(**key, defaults={"document": document})
    # An opening wave refers to the row or locks it: once this lock is held, whatever uses the version is visible.
    instrument = Instrument.objects.select_for_update().get(**key)
    if created:
        return ImportedInstrument(instrument, InstrumentOutcome.CREATED)
    if instrument.document == document:
        return ImportedInstrument(instrument, InstrumentOutcome.UNCHANGED)
    if instrument.waves.exists():
        raise InstrumentError([_frozen(instrument)])
    instrument.document = document
    instrument.save(update_fields=["document"])
    return ImportedInstrument(instrument, InstrumentOutcome.REPLACED)


def _frozen(instrument: Instrument) -> Problem:
    return Problem(
        "version",
        str(instrument.version),
        InstrumentProblemCode.FROZEN,
        {"version": instrument.version, "instrument": instrument.code},
    )
