from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from surveys.management.dry_run import NOTHING_WRITTEN
from surveys.rules.english import format_count
from surveys.selectors.people import employee_at
from surveys.services import purging


class Command(BaseCommand):
    help = "Takes a person off the roster, with all mails to them and their invitations. Answers name nobody and stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mail", metavar="MAIL")
        parser.add_argument("--dry-run", action="store_true", help="only say whether there is such a person")

    def handle(self, *, mail: str, dry_run: bool, **_options: object) -> None:
        person = employee_at(mail)
        if person is None:
            raise CommandError(f"Nobody on the roster has the mail address “{mail}”. Nothing is changed.")
        if dry_run:
            self.stdout.write(f"{person.name} would be erased. {NOTHING_WRITTEN}")
            return
        count = purging.erase_employee(email=person.email)
        if count is None:
            self.stdout.write("Erased already: the person was deleted a moment ago, by a purge or by somebody else.")
        else:
            invitations = format_count(count, "invitation", "invitations")
            self.stdout.write(f"Erased: one person, {invitations}, and the mails to them.")
        self.stdout.write("Answers that they gave stay, for nothing stored says whose they are.")
        self.stdout.write("Files of people that were uploaded and not confirmed yet are deleted.")
        self.stdout.write("Take them out of the people file too, or the next import brings them back.")
