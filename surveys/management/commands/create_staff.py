import sys
from argparse import ArgumentParser
from getpass import getpass

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from surveys.choices import Role
from surveys.services.staffing import create_staff


class Command(BaseCommand):
    help = "Makes an account for HR, a leader or an auditor. The password is asked for, or read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="as it is shown, for example “Ada Byron”")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument(
            "--department",
            action="append",
            default=[],
            metavar="NAME",
            help="limits a leader to this department and those below it; may be given again",
        )
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *, email: str, name: str, role: str, department: list[str], **options: bool) -> None:
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else _asked()
        try:
            user = create_staff(email=email, name=name, role=Role(role), password=password, departments=department)
        except ValidationError as error:
            raise CommandError("\n".join(["No account was made:", *error.messages])) from error
        self.stdout.write(f"{user.email} can sign in now ({user.get_role_display()}).")


def _asked() -> str:
    password = getpass("Password: ")
    if getpass("Password again: ") != password:
        raise CommandError("The two passwords differ. No account was made.")
    return password
