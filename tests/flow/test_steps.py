"""How many files of the project each step enters: what somebody has to know who follows that step.

`.venv/bin/python -m pytest tests/flow/test_steps.py -s` prints the files, and the table of their numbers.
"""

from typing import NamedTuple

import pytest
from celery import current_app

from diagnostics.models import Snapshot
from diagnostics.services.digesting import write_digests
from diagnostics.services.scoring import score
from surveys import mails, tasks
from surveys.models import Mail, SealedBallot, StaffUser
from surveys.services import closing
from tests import company
from tests.diagnostics import pair_waves, waves
from tests.diagnostics.remedied import make_remedy
from tests.diagnostics.waves import make_survey
from tests.entered import entered
from tests.factories import make_department, make_employee, make_invitation, token_of
from tests.staff import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """The tasks that were started, instead of a worker that does them."""
    names = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args=(), **_: names.append(name))
    return names


class Ceilings(NamedTuple):
    """The most files that may be entered."""

    # By what is computed, judged and stored of a wave.
    score: int
    # By what writes its digests and composes their mails.
    digest: int
    # By the two together.
    both: int
    # By the two together, without those of diagnostics/core.
    outside_core: int


def shown(step, files):
    print(f"\n{step}: {len(files)} files")
    for file in sorted(files):
        print(f"  {file}")
    return len(files)


def outside_formulas(files):
    return {file for file in files if not file.startswith("diagnostics/core/")}


def test_an_answer_enters_few_files(client):
    sales = make_department("Sales")
    make_employee("Ben", sales)
    url = f"/a/{token_of(make_invitation())}"
    # The first request of all loads the pages.
    client.get(url)
    with entered() as work:
        reply = client.post(
            url,
            {"item_meetings_1": "0", "comment": "Short.", "about_1-department": sales.id, "about_1-contact": "0"},
        )
    assert "Thank you" in reply.text
    assert shown("POST of an answer", work.files) <= 12


def test_a_tick_enters_few_files(started, tmp_path):
    company.make_people()
    survey = company.make_survey()
    wave = company.open_with_answers(survey, tmp_path)
    with entered() as work:
        tasks.run_tick(wave.closes_at)
    assert "surveys.tasks.close_wave" in started
    assert shown("Tick", work.files) <= 11


@pytest.mark.django_db(transaction=True)
def test_a_close_enters_few_files(started, tmp_path):
    company.make_people()
    wave = company.open_with_answers(company.make_survey(), tmp_path)
    with entered() as work:
        closing.close_wave(wave_id=wave.id, key_directory=tmp_path)
    assert not SealedBallot.objects.exists()
    assert "diagnostics.tasks.score_wave" in started
    assert shown("Close", work.files) <= 14


@pytest.mark.parametrize(
    ("title", "make", "ceilings"),
    [
        ("plain", waves.company, Ceilings(score=35, digest=25, both=55, outside_core=36)),
        ("with pairs and a remedy", pair_waves.rated_company, Ceilings(score=44, digest=26, both=65, outside_core=42)),
    ],
)
def test_score_and_digest_enter_few_files(title, make, ceilings):
    """The third wave of a company with divisions and alerts, and one leader."""
    survey = make_survey()
    leader = StaffUser.objects.filter(pk=make_staff("leader").pk)
    made = [make(survey, number=number) for number in (1, 2, 3)]
    score(wave_id=made[0].id)
    if make == pair_waves.rated_company:
        make_remedy(made[0])
    # The first digests of all load the pages.
    score(wave_id=made[1].id)
    leader.update(receives_digest=False)
    with entered() as scoring:
        score(wave_id=made[2].id)
    leader.update(receives_digest=True)
    with entered() as digesting:
        write_digests(Snapshot.objects.get(wave=made[2]))
        mails.compose(Mail.objects.filter(wave=made[2]).get())
    both = scoring.files | digesting.files
    assert shown(f"Score, {title}", scoring.files) <= ceilings.score
    assert shown(f"Digest, {title}", digesting.files) <= ceilings.digest
    assert shown(f"Score and digest, {title}", both) <= ceilings.both
    assert shown("Without the formulas of the core", outside_formulas(both)) <= ceilings.outside_core
