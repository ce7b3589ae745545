import csv
import io
import json

import jsonschema
import pytest
from django.conf import settings
from django.core.management import CommandError

from diagnostics.core.alerts.reasons.codes import AlertCode, AlertEvent
from diagnostics.models import GroupScore, Score, Snapshot
from diagnostics.report import selectors
from diagnostics.report.cell import format_figure, format_interval
from diagnostics.services.scoring import score
from diagnostics.wording.alerts import describe_alert
from tests.diagnostics.printed_report import SCHEMA, printed, valid
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import close_wave, department, make_survey, spread

pytestmark = pytest.mark.django_db


def test_json_is_valid_by_its_schema_and_agrees_with_the_rows():
    wave = scored(make_survey())
    document = valid(json.loads(printed("--format", "json")))
    assert document["wave"]["id"] == str(wave.id)
    assert [(group["name"], group["status"]) for group in document["groups"]] == [
        ("Marketing", "published"),
        ("Sales", "published"),
        ("Production", "published"),
        ("Finance", "suppressed"),
        ("Legal", "suppressed"),
    ]
    row = Score.objects.get(group__name="Marketing", measure="index")
    group = document["groups"][0]
    assert (group["index"], group["low"], group["high"]) == (row.value, row.low, row.high)
    assert (group["level"], group["response_band"], group["response_rate"]) == ("at_risk", "10-14", "about 60 %")
    assert (group["response_low"], group["response_high"]) == (10, 14)
    assert (group["response_percent"], group["response_percent_at_least"]) == (60, False)
    assert {alert["name"] for alert in document["alerts"] if alert["measure"] == "index"} == {"Commercial", "Marketing"}


def test_the_schema_knows_every_event_and_every_code_of_an_alert():
    alert = SCHEMA["$defs"]["alert"]["properties"]
    assert set(alert["event"]["enum"]) == set(AlertEvent) - {AlertEvent.NONE}
    assert set(alert["reason_code"]["enum"]) == set(AlertCode)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document["groups"][-1].update(index=70),
        lambda document: document["groups"][-1]["signs"][0].update(value=70),
        lambda document: document["groups"][-1].update(low=60, high=80),
        lambda document: document["groups"][0].update(index=None),
        lambda document: document["groups"][0].update(index=99),
        lambda document: document["groups"][0].update(respondents=14),
        lambda document: document["groups"][0].update(response_percent=61),
    ],
)
def test_the_schema_refuses_what_may_not_be_published(spoil):
    scored(make_survey())
    document = valid(json.loads(printed("--format", "json")))
    spoil(document)
    with pytest.raises(jsonschema.ValidationError):
        valid(document)


def test_the_table_is_ranked_and_explains_a_suppressed_figure():
    scored(make_survey())
    title, _, head, _, *rest = printed().splitlines()
    lines, alerts = rest[: rest.index("")], rest[rest.index("") + 1 :]
    assert title == "Pulse, wave 1"
    assert head.split() == ["rank", "department", "index", "90", "%", "interval", "level", "change", "answers", "rate"]
    assert lines[0].startswith(f"      {settings.ORGANISATION}")
    assert [line.split()[:2] for line in lines[1:]] == [
        ["1", "Marketing"],
        ["2", "Sales"],
        ["3", "Production"],
        ["Finance", "suppressed"],
        ["Legal", "suppressed"],
    ]
    index = Score.objects.get(group__name="Marketing", measure="index")
    figures = [str(round(figure)) for figure in (index.value, index.low, index.high)]
    assert lines[1].split("Marketing")[1].split() == [
        *(figures[0], figures[1], "to", figures[2]),
        *("At", "risk", "10-14", "about", "60", "%"),
    ]
    assert lines[-1].split() == ["Legal", "suppressed", "too", "few", "answers", "under", "5"]
    assert alerts[0] == "Alerts"
    first = selectors.report(Snapshot.objects.get().wave_id, within=None).alerts[0]
    assert alerts[1] == f"Marketing, conflict-risk index (level): {describe_alert(first)}"


def test_csv_has_a_line_for_each_cell():
    scored(make_survey())
    rows = list(csv.DictReader(io.StringIO(printed("--format", "csv"))))
    assert len(rows) == Score.objects.count() == 7 * 9
    legal = [row for row in rows if row["name"] == "Legal"]
    assert {(row["status"], row["value"], row["low"], row["high"], row["change"]) for row in legal} == {
        ("suppressed", "", "", "", "")
    }
    columns = ("response_band", "response_low", "response_high", "response_percent", "response_percent_at_least")
    assert {row["name"]: tuple(row[column] for column in columns) for row in rows if row["kind"] == "group"} == {
        "Marketing": ("10-14", "10", "14", "60", "false"),
        "Sales": ("15-20", "15", "20", "90", "false"),
        "Production": ("10-14", "10", "14", "40", "false"),
        "Finance": ("10-14", "10", "14", "40", "false"),
        "Legal": ("under 5", "", "", "", ""),
    }


def test_csv_disarms_names_that_a_spreadsheet_would_run():
    wave = close_wave(make_survey(), {department("=1+1"): (20, spread(15, 2))})
    score(wave_id=wave.id)
    names = {row["name"] for row in csv.DictReader(io.StringIO(printed("--format", "csv")))}
    assert names == {settings.ORGANISATION, "'=1+1"}


def test_what_is_suppressed_is_in_no_format():
    """Two answers more are published, so that the figure looked for is known to be one."""
    survey = make_survey()
    scored(survey, legal=6)
    figures = figures_of_legal()
    assert legal_in_table()[: len(figures)] == figures
    scored(survey, number=2, legal=4)
    key = GroupScore.objects.filter(name="Legal").first().key
    assert legal_in_table() == ["suppressed", "too", "few", "answers", "under", "5"]
    group = next(group for group in json.loads(printed("--format", "json"))["groups"] if group["key"] == key)
    assert not [value for value in flattened(group) if isinstance(value, int) and not isinstance(value, bool)]
    rows = [row for row in csv.DictReader(io.StringIO(printed("--format", "csv"))) if row["key"] == key]
    assert {row[name] for row in rows for name in ("value", "low", "high", "outer_low", "outer_high", "level")} == {""}


def legal_in_table():
    line = next(line for line in printed().splitlines() if "Legal" in line)
    return line.partition("Legal")[2].split()


def figures_of_legal():
    row = Score.objects.get(group__name="Legal", measure="index")
    return f"{format_figure(round(row.value))} {format_interval(round(row.low), round(row.high))}".split()


def flattened(value):
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in flattened(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in flattened(part)]
    return [value]


def test_a_wave_is_chosen_by_id_by_number_or_by_survey():
    pulse = make_survey()
    first, second = scored(pulse), scored(pulse, number=2)
    assert json.loads(printed("--format", "json"))["wave"]["number"] == 2
    assert json.loads(printed("--format", "json", "--wave", str(first.id)))["wave"]["number"] == 1
    assert json.loads(printed("--format", "json", "--wave", "1", "--survey", "Pulse"))["wave"]["id"] == str(first.id)
    assert valid(json.loads(printed("--format", "json", "--survey", "Pulse")))["previous_wave"]["id"] == str(first.id)
    assert second.number == 2


def test_what_cannot_be_found_is_answered_with_what_there_is():
    with pytest.raises(CommandError, match="There are: none yet"):
        printed()
    scored(make_survey())
    for arguments in (["--wave", "7"], ["--survey", "Other"], ["--wave", "not-an-id"]):
        with pytest.raises(CommandError, match="“Pulse” wave 1"):
            printed(*arguments)
    scored(make_survey("Other"))
    with pytest.raises(CommandError, match="fits more than one wave"):
        printed("--wave", "1")
