import json
import secrets
import signal
import sys
from pathlib import Path
from typing import Any, Never

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from surveys.audit import report, stage
from surveys.audit.run import audit
from surveys.audit.site import RehearsalError
from surveys.services.auditing import record_audit


class Command(BaseCommand):
    help = (
        "Attacks the anonymity of made-up people in a scratch database, and checks this deployment. Exits with 1 if an "
        "attack or a check succeeds. It takes about a minute and touches nothing real but the list of audits."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the result as surveys/audit/audit.schema.json")
        parser.add_argument(
            "--log",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="a log of the real processes to search",
        )
        parser.add_argument("--rehearse", type=Path, help="for the scratch database: leave the result in this folder")

    def handle(self, *, json: bool, log: list[Path], rehearse: Path | None, **_options: Any) -> None:
        # An end by a signal clears up like Ctrl-C.
        before = signal.signal(signal.SIGTERM, _stop)
        try:
            if rehearse is not None:
                _rehearse(rehearse)
                return
            result = audit(logs=log)
        except RehearsalError as error:
            raise CommandError(f"Not audited. {error}") from error
        finally:
            signal.signal(signal.SIGTERM, before)
        record_audit(result=result, now=timezone.now())
        self.stdout.write(_as_json(result) if json else report.as_text(result))
        if result["verdict"] == report.FAILED:
            sys.exit(1)


def _rehearse(folder: Path) -> None:
    result = stage.carry_out(folder, seed=secrets.randbits(32))
    (folder / stage.RESULT).write_text(_as_json(result), encoding="utf-8")


def _as_json(result: Any) -> str:
    return json.dumps(result, ensure_ascii=False, indent=2)


def _stop(*_signal: object) -> Never:
    sys.exit(1)
