"""Two people save the same remedy at the same moment: it is planned once, and the second reads why."""

import threading
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from diagnostics.models import Remedy
from diagnostics.services.remedying import save_remedy
from tests.diagnostics.remedied import make_remedy, waves
from tests.threads import at_once


@pytest.fixture
def wave(transactional_db):
    return waves(1)[0]


def unsaved(wave, first, second):
    """A remedy as HR's form has it, not stored."""
    remedy = make_remedy(wave, first, second)
    remedy.delete()
    return Remedy(
        **{field.attname: getattr(remedy, field.attname) for field in Remedy._meta.fields if field.name != "id"}
    )


def saved(remedies, number):
    try:
        save_remedy(remedy=remedies[number])
    except ValidationError as error:
        return [problem.code for problem in error.error_dict["__all__"]]
    return "saved"


@pytest.mark.parametrize("sides", [("Marketing", "Sales"), ("Sales", "Marketing")], ids=["same", "swapped"])
def test_of_two_at_once_one_is_saved_whichever_side_is_first(wave, monkeypatch, sides):
    remedies = [unsaved(wave, "Marketing", "Sales"), unsaved(wave, *sides)]
    both_have_checked = threading.Barrier(2, timeout=20)
    checks = dict.fromkeys((id(remedy) for remedy in remedies), 0)
    real = Remedy.full_clean

    def check_together(remedy, *arguments, **more):
        real(remedy, *arguments, **more)
        checks[id(remedy)] += 1
        if checks[id(remedy)] == 1:
            both_have_checked.wait()

    monkeypatch.setattr(Remedy, "full_clean", check_together)
    outcomes = at_once(2, partial(saved, remedies))
    assert sorted(outcomes, key=str) == [["twice"], "saved"]
    assert Remedy.objects.count() == 1


def test_the_database_refuses_swapped_sides_and_lets_ended_ones_be(wave):
    make_remedy(wave)
    make_remedy(wave, "Sales", "Marketing", state="dropped")
    make_remedy(wave, "Sales", "Plant")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_remedy(wave, "Sales", "Marketing")
