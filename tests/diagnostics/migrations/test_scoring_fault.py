"""Waves that were scored before are kept as they are; one that could not be scored may have a fault, once."""

import pytest
from django.db import IntegrityError, transaction

from tests.diagnostics.migrations.old_waves import wave_of

BEFORE, AFTER = ("diagnostics", "0019_coarse_shares"), ("diagnostics", "0020_scoring_fault")


def test_an_old_wave_keeps_its_snapshot_and_may_have_one_fault_and_back(migrate):
    old = migrate(*BEFORE)
    wave = wave_of(old)
    old.get_model("diagnostics", "Snapshot").objects.create(wave=wave, method="2.0")

    new = migrate(*AFTER)
    faults = new.get_model("diagnostics", "ScoringFault").objects
    assert faults.count() == 0
    faults.create(wave_id=wave.pk, error="ValueError")
    with pytest.raises(IntegrityError), transaction.atomic():
        faults.create(wave_id=wave.pk, error="TypeError")

    back = migrate(*BEFORE)
    assert list(back.get_model("diagnostics", "Snapshot").objects.values_list("wave", "method")) == [(wave.pk, "2.0")]


def test_a_fault_goes_with_its_wave(migrate):
    new = migrate(*AFTER)
    wave = wave_of(new).pk
    new.get_model("diagnostics", "ScoringFault").objects.create(wave_id=wave, error="ValueError")
    new.get_model("surveys", "Wave").objects.get(pk=wave).delete()
    assert new.get_model("diagnostics", "ScoringFault").objects.count() == 0
