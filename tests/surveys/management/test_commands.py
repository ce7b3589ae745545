"""tick, open_wave and close_wave put steps where the workers take them from, or say what to do instead."""

import datetime as dt
from queue import Empty

import pytest
import time_machine
from django.core.management import CommandError, ManagementUtility, call_command

from config.celery import app
from surveys import tasks
from surveys.choices import WaveState
from surveys.models import Wave
from surveys.services import scheduling
from surveys.signals import ticked
from tests.company import MONDAY, make_people, make_survey, open_next

pytestmark = pytest.mark.django_db(transaction=True)

QUEUES = ("counting", "mail", "default")


@pytest.fixture
def queued():
    """A function: which tasks wait on which queue of the broker, with their arguments; takes them away."""

    def queued():
        with app.connection_for_write() as broker:
            return {name: messages for name in QUEUES if (messages := _taken(broker, name))}

    queued()
    yield queued
    queued()


def _taken(broker, name):
    messages = []
    with broker.SimpleQueue(name) as queue:
        while True:
            try:
                message = queue.get(block=False)
            except Empty:
                return messages
            message.ack()
            messages.append((message.headers["task"].removeprefix("surveys.tasks."), message.payload[0]))


@pytest.fixture
def survey():
    make_people({"Sales": (None, 7)})
    return make_survey()


def test_tick_takes_the_moment_by_the_companys_clock(survey, queued, settings):
    settings.TIME_ZONE = "Europe/Riga"
    call_command("tick", "--now", "2026-03-02T08:59")
    assert queued() == {}
    call_command("tick", "--now", "2026-03-02T09:00")
    wave = Wave.objects.get()
    assert wave.opens_at == MONDAY - dt.timedelta(hours=2)
    assert queued() == {"counting": [("open_wave", [str(wave.id)])]}


def test_tick_takes_a_moment_with_its_own_zone(survey, queued):
    call_command("tick", "--now", "2026-03-02T11:59+03:00")
    assert queued() == {}
    call_command("tick", "--now", "2026-03-02T12:00+03:00")
    assert list(queued()) == ["counting"]


def test_tick_reads_the_clock_when_it_is_given_no_moment(survey, queued):
    with time_machine.travel(MONDAY - dt.timedelta(seconds=1), tick=False):
        call_command("tick")
    assert queued() == {}
    with time_machine.travel(MONDAY, tick=False):
        call_command("tick")
    assert list(queued()) == ["counting"]


def test_beat_does_the_same(survey, queued):
    with time_machine.travel(MONDAY, tick=False):
        tasks.tick()
    assert queued() == {"counting": [("open_wave", [str(Wave.objects.get().id)])]}


def test_tick_tells_the_apps_above_the_moment(queued):
    moments = []

    def listen(now, **_more):
        moments.append(now)

    ticked.connect(listen)
    call_command("tick", "--now", "2026-03-02T09:00")
    ticked.disconnect(listen)
    assert moments == [MONDAY]


def test_tick_has_queued_mail_sent(survey, tmp_path, queued):
    open_next(survey, tmp_path)
    call_command("tick", "--now", "2026-03-02T09:01")
    assert queued() == {"mail": [("send_mail", [])]}


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30T09:00", "09:00"])
@pytest.mark.parametrize("command", [("tick",), ("open_wave", "Pulse"), ("close_wave", "Pulse")])
def test_a_moment_that_is_none_changes_nothing(survey, queued, command, text):
    with pytest.raises(CommandError, match=f"“{text}” is no date and time; write it like 2026-11-23T09:00"):
        call_command(*command, "--now", text)
    assert (queued(), Wave.objects.count()) == ({}, 0)


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        (("tick", "--now", "soon"), "argument --now: “soon” is no date and time; write it like 2026-11-23T09:00"),
        (
            ("import_wave", "a.csv", "--survey", "Pulse", "--closed-on", "31.10.2026"),
            "argument --closed-on: “31.10.2026” is no date; write it like 2025-11-30.",
        ),
    ],
)
def test_a_wrong_date_at_the_prompt_ends_in_one_line_and_no_traceback(capsys, command, problem):
    with pytest.raises(SystemExit):
        ManagementUtility(["manage.py", *command]).execute()
    assert problem in capsys.readouterr().err.splitlines()[-1]


def test_open_wave_opens_the_next_wave_at_once(survey, queued, capsys):
    call_command("open_wave", "Pulse", "--now", "2026-02-20T14:00")
    wave = Wave.objects.get()
    assert (wave.number, wave.opens_at) == (1, dt.datetime(2026, 2, 20, 14, tzinfo=dt.UTC))
    assert queued() == {"counting": [("open_wave", [str(wave.id)])]}
    assert capsys.readouterr().out == "The next wave of “Pulse” is being opened.\n"


def test_open_wave_is_refused_while_one_runs(survey, tmp_path, queued):
    open_next(survey, tmp_path)
    with pytest.raises(CommandError, match="A wave of “Pulse” is running: close it first"):
        call_command("open_wave", "Pulse", "--now", "2026-03-03T09:00")
    assert (queued(), Wave.objects.count()) == ({}, 1)


def test_close_wave_closes_the_open_wave(survey, tmp_path, queued, capsys):
    wave = open_next(survey, tmp_path)
    call_command("close_wave", "Pulse", "--now", "2026-03-04T12:00")
    assert queued() == {"counting": [("close_wave", [str(wave.id)])]}
    assert Wave.objects.get().closes_at == dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
    assert capsys.readouterr().out == "The open wave of “Pulse” is being closed.\n"


def test_close_wave_is_refused_when_none_is_open(survey, queued):
    with pytest.raises(CommandError, match="No wave of “Pulse” is open"):
        call_command("close_wave", "Pulse")
    assert queued() == {}


@pytest.mark.parametrize("command", ["open_wave", "close_wave"])
def test_an_unknown_survey_is_named_with_those_that_there_are(survey, command):
    make_survey(name="Yearly")
    with pytest.raises(CommandError, match=r"There is no survey “Puls”\. There are: “Pulse”, “Yearly”\."):
        call_command(command, "Puls")


# The tasks behind them


def test_the_tasks_open_shuffle_and_close_a_wave(survey, tmp_path, settings, queued):
    settings.BALLOT_KEY_DIR = str(tmp_path / "keys")
    scheduling.plan_next(survey=survey)
    wave = Wave.objects.get()
    tasks.open_wave(str(wave.id))
    wave.refresh_from_db()
    assert (wave.state, queued()) == (WaveState.OPEN, {"mail": [("send_mail", [])]})
    tasks.shuffle_wave(str(wave.id), "2026-03-03")
    wave.refresh_from_db()
    assert wave.shuffled_on == dt.date(2026, 3, 3)
    tasks.close_wave(str(wave.id))
    wave.refresh_from_db()
    assert (wave.state, list((tmp_path / "keys").iterdir())) == (WaveState.CLOSED, [])


@pytest.mark.parametrize("task", [tasks.open_wave, tasks.close_wave, tasks.check_key])
def test_what_needs_a_key_runs_on_the_counting_worker_only(survey, task, settings):
    settings.BALLOT_KEY_DIR = ""
    scheduling.plan_next(survey=survey)
    with pytest.raises(RuntimeError, match="belongs to the counting worker"):
        task(str(Wave.objects.get().id))
    assert Wave.objects.get().state == WaveState.PLANNED


def test_a_wave_with_too_few_people_stays_planned_and_is_logged(tmp_path, settings, caplog, queued):
    settings.BALLOT_KEY_DIR = str(tmp_path)
    make_people({"Sales": (None, 4)})
    scheduling.plan_next(survey=make_survey())
    tasks.open_wave(str(Wave.objects.get().id))
    assert Wave.objects.get().state == WaveState.PLANNED
    assert "reaches 4 people; at least 5 are needed" in caplog.text


def test_a_task_of_a_tick_is_dropped_once_the_next_has_its_own(monkeypatch):
    given = []
    monkeypatch.setattr("celery.current_app.send_task", lambda name, **options: given.append(options["expires"]))
    tasks.start([scheduling.Step("surveys.tasks.send_mail")])
    assert given == [tasks.EXPIRES_SECONDS]
    assert 60 < tasks.EXPIRES_SECONDS < 120


def test_an_app_that_raises_at_a_tick_keeps_no_other_one_back(db, monkeypatch):
    moments = []

    def fail(**_given):
        raise ValueError

    monkeypatch.setattr(ticked, "receivers", [])
    monkeypatch.setattr(ticked, "use_caching", False)
    ticked.connect(fail)
    ticked.connect(lambda now, **_given: moments.append(now), weak=False)
    tasks.run_tick(MONDAY)
    assert moments == [MONDAY]
