"""What the Celery app adds to Celery's own ways."""

import logging
import re

import pytest
from celery.beat import Scheduler
from celery.signals import after_task_publish, beat_init, setup_logging
from kombu.utils.imports import symbol_by_name

from config.celery import app, show_that_beat_lives
from config.embedded import ROOT


@pytest.fixture
def _receivers_as_before():
    before = list(after_task_publish.receivers)
    yield
    after_task_publish.receivers = before


@pytest.mark.usefixtures("_receivers_as_before")
def test_beat_shows_that_it_lives_when_the_broker_has_taken_a_tick(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    alive = tmp_path / "beat" / "alive"
    assert show_that_beat_lives in [receiver() for _, receiver in beat_init.receivers]
    show_that_beat_lives()
    assert not alive.exists()
    app.send_task("surveys.tasks.tick", queue="nobody-listens-here")
    assert alive.exists()


def test_celery_sets_up_no_logs_of_its_own():
    before = list(logging.getLogger().handlers)
    assert setup_logging.send(sender=None) != []
    app.log.setup_logging_subsystem()
    assert logging.getLogger().handlers == before


def test_what_touches_keys_and_mails_have_queues_of_their_own():
    steps = ("open_wave", "shuffle_wave", "close_wave", "send_mail", "tick")
    queues = {step: app.amqp.router.route({}, f"surveys.tasks.{step}")["queue"].name for step in steps}
    assert queues == {
        "open_wave": "counting",
        "shuffle_wave": "counting",
        "close_wave": "counting",
        "send_mail": "mail",
        "tick": "default",
    }


def test_beat_keeps_its_schedule_in_no_file_that_could_be_damaged():
    script = (ROOT / "scripts" / "process.sh").read_text()
    (scheduler,) = re.findall(r"celery .* beat .*--scheduler (\S+)", script)
    assert symbol_by_name(scheduler) is Scheduler
    assert list(Scheduler(app).schedule) == ["tick"]
