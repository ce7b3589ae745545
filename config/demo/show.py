"""The demo as a person sees it: a bar while it runs, then the ranked departments and where to look."""

import signal
import sys
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from tqdm import tqdm

from config.demo import setting_up
from config.demo.environment import FOLDER
from config.demo.mailbox import Mailbox
from config.demo.stack import Stack
from config.demo.waves import STEPS_OF_A_WAVE, WaveRunner
from diagnostics.models import Digest
from diagnostics.models.digest import PICTURE_ID

_WAVES = 6


def show(*, serve: bool) -> None:
    """Runs all waves and prints what came out; then serves the site until Ctrl-C, if asked."""
    signal.signal(signal.SIGTERM, _leave)
    began = time.monotonic()
    survey = setting_up.set_up(FOLDER, waves=_WAVES)
    with Mailbox(FOLDER / "mail", settings.EMAIL_PORT) as mailbox, Stack(FOLDER / "processes.log") as stack:
        with tqdm(total=_WAVES * STEPS_OF_A_WAVE, bar_format="{desc} {bar} {percentage:3.0f} %") as bar:
            WaveRunner(survey, mailbox, stack, bar).run(_WAVES)
        print(f"\n{_WAVES} waves, {mailbox.count} mails, {time.monotonic() - began:.0f} seconds.\n")
        call_command("report")
        _print_digest()
        if serve:
            _print_addresses()
            _serve(stack)


def _print_digest() -> None:
    digest = Digest.objects.filter(recipient__departments=None).latest("snapshot__wave__number")
    path = FOLDER / "digest.html"
    (FOLDER / "digest.png").write_bytes(digest.picture)
    path.write_text(digest.html.replace(f"cid:{PICTURE_ID}", "digest.png"), encoding="utf-8")
    (FOLDER / "digest.txt").write_text(digest.text, encoding="utf-8")
    print(f"\nThe last digest, “{digest.subject}”:")
    print(f"  {path.relative_to(settings.BASE_DIR)} (as text: digest.txt; every mail: mail/)")


def _print_addresses() -> None:
    print(f"\nThe site: {settings.SITE_URL}   (what employees are promised: {settings.SITE_URL}/anonymity/)")
    print(f"Sign in with the password {setting_up.PASSWORD} as")
    for name, role, department in setting_up.STAFF:
        print(f"  {setting_up.address(name):<32} {role.label}{', ' + department if department else ''}")
    print("\nCtrl-C ends it.", flush=True)


def _serve(stack: Stack) -> None:
    try:
        stack.serve()
    except KeyboardInterrupt:
        print(f"\nStopped. {urlsplit(settings.SITE_URL).netloc} is free again.")


def _leave(*_signal: object) -> None:
    sys.exit("Stopped.")
