"""What HR and the operator do once: people, instrument, survey, accounts."""

import datetime as dt
import os
import secrets
from pathlib import Path

from dateutil.relativedelta import relativedelta
from django.core.management import call_command

from config.demo.company import MAIL_DOMAIN, write_files
from surveys.choices import Role
from surveys.models import Instrument, Survey
from surveys.questions.instrument_file import BUILT_IN
from surveys.services import setting_up
from surveys.services.staffing import create_staff

PASSWORD = secrets.token_hex(6)
# name, role, the department whose subtree the person leads ("" for all)
STAFF = [
    ("Helen Reyes", Role.HR, ""),
    ("Carl Northwind", Role.LEADER, ""),
    ("Commercial Director", Role.LEADER, "Commercial"),
    ("Works Council", Role.AUDITOR, ""),
]


def set_up(folder: Path, *, waves: int) -> Survey:
    """A fresh database with the company in it, by the product's own commands."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    roster, counterparts = write_files(folder)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call_command("import_people", roster, stdout=nowhere)
        call_command("import_counterparts", counterparts, stdout=nowhere)
        call_command("import_instrument", BUILT_IN, stdout=nowhere)
    for name, role, department in STAFF:
        departments = [department] if department else []
        create_staff(email=address(name), name=name, role=role, password=PASSWORD, departments=departments)
    first = _first_monday(dt.datetime.now(dt.UTC).date(), waves)
    survey = Survey(name="Working together", instrument=Instrument.objects.get(), first_opens_on=first)
    setting_up.set_up(survey=survey, audience=[])
    return survey


def address(name: str) -> str:
    return f"{name.partition(' ')[0].lower()}@{MAIL_DOMAIN}"


def _first_monday(today: dt.date, waves: int) -> dt.date:
    """So long ago that monthly waves from then on end just before today."""
    start = today - relativedelta(months=waves)
    return start - dt.timedelta(days=start.weekday())
