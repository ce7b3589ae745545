"""Opens and closes a wave on SQLite, and prints what its files then say: `python -m tests.surveys.sqlite_wave FOLDER`.

With the word `careless` behind it, the database does without `secure_delete`.
"""

import json
import re
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

PEOPLE, VOTERS = 120, 70
# A row's header: how long it is, then the type of each column; 8 is the number 0, 9 the number 1.
_HEADER, _ANSWERED, _YES = 7, 3, 9


def counts_in_files(folder, everybody):
    """How many people the files say answered, and how many were reminded."""
    connection.close()
    content = b"\0".join(path.read_bytes() for path in sorted(folder.glob("faultline.sqlite3*")))
    answered = sum(
        any(
            header[0] == _HEADER and header[_ANSWERED] == _YES
            for header in (
                content[match.start() - _HEADER : match.start()]
                for match in re.finditer(invitation_id.hex.encode(), content)
            )
        )
        for invitation_id in everybody
    )
    return answered, sum(f"{invitation_id}:1".encode() in content for invitation_id in everybody)


def main(folder, *, careless):
    if careless:
        settings.DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA secure_delete=OFF;"
    django.setup()
    from surveys.services import inviting  # noqa: PLC0415 -- models need Django to be set up
    from tests import company  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    company.make_people({"Sales": (None, PEOPLE)})
    wave = company.open_next(company.make_survey(), folder / "keys")
    invited = company.invitations(wave, "Sales")
    for invitation in invited[:VOTERS]:
        company.cast(invitation)
    inviting.remind(wave_id=wave.id, number=1)
    everybody = [invitation.id for invitation in invited]
    before = counts_in_files(folder, everybody)
    company.close(wave, folder / "keys")
    print(json.dumps({"open": before, "closed": counts_in_files(folder, everybody)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), careless="careless" in sys.argv)
