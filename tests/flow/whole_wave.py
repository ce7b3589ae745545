"""A company in one wave: a spreadsheet, a survey, ticks at given moments, answers by HTTP to the links in the mails."""

import csv

from django.core.management import call_command

from config.demo.visit import answer
from diagnostics.models import Snapshot
from surveys.choices import MailState, Role, WaveState
from surveys.models import Mail, StaffUser, Wave
from tests.company import MONDAY, make_survey
from tests.staff import PASSWORD
from tests.ticking import DAY, MINUTE

# name: (parent, people, how those of even number find it: 0 all well, 1 as bad as can be; the others 0.25 less)
DEPARTMENTS = {
    "Marketing": ("Commercial", 8, 0.5),
    "Sales": ("Commercial", 9, 0.9),
    "Finance": ("", 8, 0.3),
    "Legal": ("Finance", 3, 0.3),
}
ON_LEAVE = "finance.0@example.com"
_COLUMNS = ["email", "name", "department", "parent_department", "site", "language", "time_zone", "is_head", "on_leave"]


def addresses(*departments):
    """Of those who are there, in order."""
    return [
        f"{name.lower()}.{number}@example.com"
        for name, (_, people, _) in DEPARTMENTS.items()
        for number in range(people)
        if name in (departments or DEPARTMENTS) and f"{name.lower()}.{number}@example.com" != ON_LEAVE
    ]


def write_spreadsheet(folder):
    """As HR has it: every third person reads Russian."""
    path = folder / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerow(["chief@example.com", "Chief", "Commercial", "", "", "en", "", "yes", "yes"])
        for name, (parent, people, _) in DEPARTMENTS.items():
            for number in range(people):
                email, language = f"{name.lower()}.{number}@example.com", "ru" if number % 3 == 2 else "en"
                leave = "yes" if email == ON_LEAVE else "no"
                writer.writerow([email, f"{name} {number}", name, parent, "", language, "", "no", leave])
    return path


class WholeWave:
    """One survey of that company on a running stack."""

    def __init__(self, stack, folder):
        self.stack = stack
        call_command("import_people", str(write_spreadsheet(folder)), verbosity=0)
        self.survey = make_survey(days_open=4)
        self.leader = self._staff("leader@example.com", Role.LEADER)
        self.hr = self._staff("hr@example.com", Role.HR)

    def _staff(self, email, role):
        return StaffUser.objects.create_user(email, PASSWORD, name=email, role=role)

    @property
    def wave(self):
        return Wave.objects.get(number=1)

    def tick(self, now):
        """And again a moment later, as two beats would."""
        call_command("tick", now=now)
        call_command("tick", now=now)

    def open(self):
        self.tick(MONDAY - MINUTE)
        self.tick(MONDAY)
        self.stack.wait("the wave is open", lambda: self.wave.state == WaveState.OPEN)
        self.until_mailed()

    def answer(self, *people):
        """The statuses of what the site replied to each."""
        return [answer(self.stack.links(person)[-1], self._mind(person), f"From {person}.") for person in people]

    def remind(self):
        self.tick(MONDAY + 3 * DAY)
        self.until_mailed()

    def close(self):
        self.tick(MONDAY + 4 * DAY)
        self.stack.wait("the wave is scored", lambda: Snapshot.objects.filter(wave=self.wave).exists())
        self.tick(MONDAY + 4 * DAY + MINUTE)
        self.until_mailed()

    def until_mailed(self):
        self.stack.wait("every mail is sent", lambda: not Mail.objects.exclude(state=MailState.SENT).exists())

    def _mind(self, address):
        department, number = address.partition("@")[0].split(".")
        mood = DEPARTMENTS[department.capitalize()][2] - 0.25 * (int(number) % 2)
        items = {f"item_{item['code']}": item for item in self.wave.questionnaire["items"]}

        def choose(name, values, _filled):
            if name not in items:
                return None
            options = sorted(range(len(items[name]["options"])), key=lambda at: items[name]["options"][at]["value"])
            return str(options[round(max(mood, 0) * (len(options) - 1))])

        return choose
