"""manage.py import_wave: a past survey becomes a scored wave, all of it or nothing."""

import datetime as dt

import pytest

from diagnostics.models import AlertState, Digest, GroupScore, Snapshot
from surveys.choices import Role, WaveState
from surveys.models import Mail, ReportingGroup, Response, StaffUser, Wave
from surveys.rules.participation import ParticipationCode
from surveys.selectors.waves import wave_rows
from surveys.services import instruments, opening, scheduling
from tests.company import MONDAY, make_people, make_survey
from tests.diagnostics.past_waves import ITEMS, THREE, lines, report
from tests.surveys.instrument_documents import SMALL

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return make_survey()


def test_the_answers_are_stored_as_a_closed_wave_and_scored(survey, import_wave, capsys):
    make_people()
    printed = import_wave(lines(THREE), people=["Sales,20", "Marketing,12", "Finance,9", "Legal,3"])
    assert printed.splitlines() == [
        "29 respondents, 3 groups, 10 items",
        "Groups merged, for too few answered in some of them: 2.",
        "Wave 1 of “Pulse” is imported and scored; “manage.py report” shows it.",
    ]
    wave = Wave.objects.get(state=WaveState.CLOSED)
    assert (wave.number, wave.imported_for, wave.closes_at.date()) == (1, dt.date(2025, 11, 30), dt.date(2025, 11, 30))
    found = report(capsys)
    assert [(group["name"], group["status"]) for group in found["groups"]] == [
        ("Sales", "published"),
        ("Marketing", "published"),
        ("Finance, Legal", "published"),
    ]
    assert {group["name"]: group["response_rate"] for group in found["groups"]} == {
        "Sales": "about 60 %",
        "Marketing": "about 60 %",
        "Finance, Legal": "about 60 %",
    }


def test_every_answer_is_stored_once_in_its_group(survey, import_wave):
    rows = lines(THREE)
    import_wave(rows)
    stored = sorted((name, bytes(given)) for name, given in Response.objects.values_list("group__name", "answers"))
    expected = sorted(
        (group, bytes(int(cell) - 1 for cell in cells)) for group, *cells in (row.split(",") for row in rows[1:])
    )
    assert stored == expected


def test_rows_are_stored_in_an_order_of_their_own(survey, import_wave):
    """The chance that 200 rows stay in the order of the file is nil."""
    rows = lines({"Sales": (200, 3)})
    import_wave(rows)
    stored = [bytes(given) for given in Response.objects.order_by().values_list("answers", flat=True)]
    in_file = [bytes(int(cell) - 1 for cell in row.split(",")[1:]) for row in rows[1:]]
    assert sorted(stored) == sorted(in_file)
    assert stored != in_file


def test_without_headcounts_the_response_is_unknown(survey, import_wave, capsys):
    assert "Without headcounts" in import_wave(lines(THREE))
    assert set(ReportingGroup.objects.values_list("people", flat=True)) == {None}
    found = report(capsys)
    rows = [found["company"], *found["groups"]]
    assert {(row["response_rate"], row["caution"], row["outer_low"], row["outer_high"]) for row in rows} == {
        ("", False, None, None)
    }
    participation = wave_rows()[-1].participation
    assert (participation.code, participation.band) == (ParticipationCode.COUNTED_BAND, (25, 29))


def test_unknown_headcounts_give_wider_intervals_than_a_full_response(survey, import_wave, capsys):
    def widths(**options):
        return {row["name"]: row["high"] - row["low"] for row in report(capsys, **options)["groups"]}

    rows = ["group," + ",".join(ITEMS)]
    # People who are each of one mind: what varies is the person, not the item.
    rows += [
        ",".join([name, *[str(1 + number % 5)] * len(ITEMS)])
        for name, (count, _) in THREE.items()
        for number in range(count)
    ]
    import_wave(rows)
    unknown = widths()
    import_wave(rows, closed_on="2025-12-31", people=["Sales,12", "Marketing,9", "Finance,8"])
    full = widths(wave="2")
    assert all(full[name] < unknown[name] for name in THREE)


def test_groups_under_the_minimum_are_merged_and_stored_only_so(survey, import_wave):
    import_wave(lines({"Sales": (12, 4), "Marketing": (4, 2), "Finance": (8, 1)}))
    groups = set(Response.objects.values_list("group__name", flat=True))
    assert groups == {"Sales", "Finance, Marketing"}
    assert "Marketing" not in set(GroupScore.objects.values_list("name", flat=True))


def test_groups_that_are_no_department_yet_become_one_and_are_listed(survey, import_wave):
    make_people()
    printed = import_wave(lines({"sales": (6, 3), "Old Guard": (6, 3)}))
    assert "at the top of the tree: Old Guard." in printed
    assert set(Response.objects.values_list("group__name", flat=True)) == {"Sales", "Old Guard"}


def test_past_waves_fill_the_trend_before_the_first_own_wave(survey, import_wave, capsys, tmp_path):
    make_people()
    scheduling.plan_next(survey=survey)
    import_wave(lines(THREE), closed_on="2025-10-31")
    import_wave(lines(THREE, seed=2), closed_on="2025-11-30")
    planned = survey.waves.get(state=WaveState.PLANNED)
    assert (planned.number, planned.opens_at) == (3, MONDAY)
    assert opening.open_wave(wave_id=planned.id, key_directory=tmp_path)
    assert [snapshot.wave.number for snapshot in Snapshot.objects.order_by("wave__number")] == [1, 2]
    changes = {row["name"]: row["change"] for row in report(capsys, wave="2")["groups"]}
    assert None not in changes.values()


def test_a_past_survey_may_come_in_while_the_first_wave_is_open(survey, import_wave, tmp_path):
    make_people()
    scheduling.plan_next(survey=survey)
    wave = survey.waves.get()
    opening.open_wave(wave_id=wave.id, key_directory=tmp_path)
    import_wave(lines(THREE))
    assert list(survey.waves.order_by("number").values_list("number", "state")) == [(1, "closed"), (2, "open")]


def test_small_departments_of_the_past_are_no_groups_that_live_on(survey, import_wave, tmp_path):
    make_people({"Ops": (None, 7), "Sales": (None, 9)})
    import_wave(lines({"Ops": (6, 3), "Sales": (8, 3)}), people=["Ops,7", "Sales,9"])
    scheduling.plan_next(survey=survey)
    wave = survey.waves.get(state=WaveState.PLANNED)
    opening.open_wave(wave_id=wave.id, key_directory=tmp_path)
    assert [group.name for group in wave.groups.all()] == ["Ops, Sales"]


def test_no_mail_is_sent_about_the_past(survey, import_wave):
    StaffUser.objects.create_user("chief@example.com", name="Chief", role=Role.LEADER)
    import_wave(lines({"Sales": (30, 5), "Legal": (30, 5)}))
    assert AlertState.objects.filter(ongoing=True).exists()
    assert (Digest.objects.count(), Mail.objects.count()) == (0, 0)


@pytest.fixture
def own():
    """A survey of a company's own instrument: one core scale with one item turned, one extra, yes or no."""
    instrument = instruments.import_instrument(SMALL).instrument
    return make_survey(name="Own", instrument=instrument)


def test_an_own_instrument_with_any_scales_and_options_is_scored(own, import_wave, capsys):
    rows = [
        f"{name},{1 + number % 2},{2 - number % 2},{1 + number % 2},{1 + number % 2}"
        for name in "AB"
        for number in range(10)
    ]
    import_wave(["group,lost_1,lost_2,theme_1,hindrance", *rows], survey="Own")
    company = report(capsys)["company"]
    # The mean is 50; with a few people it is drawn towards what is usual.
    assert {sign["code"]: sign["value"] for sign in company["signs"]} == {"lost_work": 48, "own_theme": 48}
    assert (company["index"], company["communication"]["value"]) == (48, 50)


def test_without_core_signs_the_report_explains_that_there_is_no_index(own, import_wave, capsys):
    import_wave(["group,theme_1", *[f"A,{1 + number % 2}" for number in range(10)]], survey="Own")
    company = report(capsys)["company"]
    assert (company["status"], company["reason_code"]) == ("suppressed", "not_asked")
    assert [(sign["code"], sign["value"]) for sign in company["signs"]] == [("own_theme", 47)]
