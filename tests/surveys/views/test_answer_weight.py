"""The heaviest page that the built-in bank can make, with all that it loads, as a browser gets it."""

import gzip
import re

import pytest
import yaml
from django.conf import settings as project
from django.core.management import call_command

from surveys.models import Collaboration, Department, Employee
from surveys.questions.questionnaire import freeze
from tests.factories import make_department, make_employee, make_invitation, make_wave
from tests.stored_pages import address_of

pytestmark = pytest.mark.django_db
MOST_BYTES = 15_000
NAMES = (
    "Management", "Finance and Controlling", "Human Resources", "Legal and Compliance", "Marketing", "Sales",
    "Logistics", "Research and Development", "Production", "Quality Assurance", "Customer Service",
    "Information Technology",
)  # fmt: skip


@pytest.fixture
def everything_asked():
    """Every item of the bank at once: twice what any wave asks."""
    bank = yaml.safe_load((project.BASE_DIR / "surveys" / "questions" / "bank" / "faultline.yaml").read_text())
    waves = [freeze(bank, number=number, cadence="quarterly") for number in range(1, 17)]
    items = {item["code"]: item for wave in waves for item in wave["items"]}
    assert len(items) == 32
    return waves[0] | {"items": list(items.values())}


@pytest.fixture
def shipped_static_files(settings, tmp_path):
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.mark.parametrize(("language", "more"), [("en", 0), ("ru", 0), ("ru", 2000)])
def test_page_and_all_it_loads_stay_within_15_kilobytes(client, language, more, everything_asked, shipped_static_files):
    departments = [make_department(name) for name in NAMES]
    # All beside each other: as many are listed as there can be.
    departments += Department.objects.bulk_create(Department(name=f"{NAMES[n % 12]} {n}") for n in range(more))
    people = (
        Employee(email=f"{number}@example.com", name="Sam", department=found)
        for number, found in enumerate(departments)
    )
    Employee.objects.bulk_create(people)
    for rank, department in enumerate(departments[1:4]):
        Collaboration.objects.create(department=departments[0], counterpart=department, rank=rank)
    employee = make_employee(department=departments[0], language=language)
    invitation = make_invitation(make_wave(questionnaire=everything_asked), employee)
    page = client.get(address_of(invitation), headers={"accept-encoding": "gzip"})
    text = gzip.decompress(page.content).decode()
    loaded = re.findall(r'<(?:link|img|script)[^>]+(?:href|src)="([^"]+)"', text)
    assert [re.sub(r"\.[0-9a-f]{12}", "", name) for name in loaded] == [
        "/static/surveys/favicon.svg",
        "/static/surveys/answer.css",
    ]
    sizes = {name: len(fetched(client, name)) for name in loaded} | {"page": len(page.content)}
    assert sum(sizes.values()) <= MOST_BYTES


def fetched(client, name):
    reply = client.get(name, headers={"accept-encoding": "br"})
    assert reply.status_code == 200
    return b"".join(reply.streaming_content)


def test_the_style_sheet_asks_for_nothing_more():
    sheet = (project.BASE_DIR / "surveys" / "static" / "surveys" / "answer.css").read_text()
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_the_page_is_compressed_for_who_reads_that_and_the_same_for_all(client):
    address = address_of(make_invitation())
    plain = client.get(address)
    packed = [client.get(address, headers={"accept-encoding": "br, gzip"}) for _ in range(3)]
    assert ("Content-Encoding" in plain, {reply["Content-Encoding"] for reply in packed}) == (False, {"gzip"})
    assert {reply["Vary"] for reply in (plain, *packed)} == {"Accept-Encoding, Accept-Language"}
    assert {gzip.decompress(reply.content) for reply in packed} == {plain.content}
    # Letters by chance would protect a secret on the page from what is sent beside it: it has neither.
    assert len({reply.content for reply in packed}) == 1
