import csv
import io
import json

import jsonschema
import pytest

from diagnostics.models import Digest, PairIndex, PairScore
from diagnostics.report import selectors
from surveys.models import StaffUser
from tests.diagnostics.pair_waves import rated_company
from tests.diagnostics.printed_report import printed, valid
from tests.diagnostics.scored_waves import scored
from tests.diagnostics.waves import company, department

pytestmark = pytest.mark.django_db


def leader(*names):
    user = StaffUser.objects.create(
        email=f"{'.'.join(names) or 'all'}@example.com".lower(), name="L", role="leader", receives_digest=True
    )
    user.departments.set(department(name) for name in names)
    return user


def test_json_has_the_pair_map_as_its_schema_and_the_rows_say():
    scored(make=rated_company)
    pairs = valid(json.loads(printed("--format", "json")))["pairs"]
    assert len(pairs["directions"]) == PairScore.objects.count()
    assert len(pairs["pairs"]) == PairIndex.objects.count()
    row = PairScore.objects.get(rater__name="Sales", rated__name="Production")
    ends = ("Sales", "Production")
    direction = next(each for each in pairs["directions"] if (each["rater"]["name"], each["rated"]["name"]) == ends)
    assert (direction["value"], direction["low"], direction["high"], direction["model"]) == (
        row.value,
        row.low,
        row.high,
        row.model,
    )
    assert (direction["response_low"], direction["response_high"]) == (row.response_low, row.response_high)
    highest = pairs["pairs"][0]
    assert {highest["first"]["name"], highest["second"]["name"]} == {"Marketing", "Sales"}
    assert {pair["asymmetry"] >= 0 for pair in pairs["pairs"]} == {True}


def suppressed(document):
    return next(direction for direction in document["pairs"]["directions"] if direction["status"] == "suppressed")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: suppressed(document).update(value=70),
        lambda document: suppressed(document)["no_contact"].update(low=10),
        lambda document: suppressed(document).update(raters=4),
        lambda document: document["pairs"]["pairs"][0].update(value=99),
        lambda document: document["pairs"]["pairs"][0].update(n=12),
    ],
)
def test_the_schema_refuses_what_may_not_be_published(spoil):
    scored(make=rated_company)
    document = valid(json.loads(printed("--format", "json")))
    spoil(document)
    with pytest.raises(jsonschema.ValidationError):
        valid(document)


def test_csv_has_a_line_for_each_figure_of_the_pair_map():
    scored(make=rated_company)
    rows = list(csv.DictReader(io.StringIO(printed("--format", "csv"))))
    directions = [row for row in rows if row["kind"] == "direction"]
    assert len(directions) == 2 * PairScore.objects.count()
    few = [row for row in directions if row["name"] == "Service about Logistics"]
    assert {(row["status"], row["value"], row["low"], row["response_band"], row["response_low"]) for row in few} == {
        ("suppressed", "", "", "", "")
    }
    both = [row for row in rows if row["kind"] == "pair"]
    assert [row["measure"] for row in both[:2]] == ["pair", "asymmetry"]
    assert {len(row) for row in rows} == {21}


def test_the_digest_names_the_high_risk_pair_in_html_and_text():
    leader()
    scored(make=rated_company)
    digest = Digest.objects.get()
    pair = selectors.report(digest.snapshot.wave_id, within=None).pairs.pairs[0]
    line = f"{pair.first.name} and {pair.second.name}: {pair.cell.value}, likely {pair.cell.low} to {pair.cell.high}."
    for body in (digest.html, digest.text):
        assert line in body
        assert "/pairs/" in body
    assert "BETWEEN DEPARTMENTS" in digest.text


def test_the_digest_of_a_part_of_the_company_keeps_to_it():
    leader("Operations")
    scored(make=rated_company)
    digest = Digest.objects.get()
    assert "Marketing and Sales" not in digest.text
    assert "Sales and Marketing" not in digest.text
    assert "Production and Logistics" in digest.text or "Logistics and Production" in digest.text


def test_without_ratings_the_digest_leaves_pairs_out():
    leader()
    scored(make=company)
    assert "/pairs/" not in Digest.objects.get().text
    assert "BETWEEN DEPARTMENTS" not in Digest.objects.get().text
