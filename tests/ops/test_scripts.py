"""The small scripts: settings and secrets are made once, stay closed to others, and are never overwritten."""

import os
import shutil
import socket
import stat
import subprocess
from pathlib import Path

import pytest
from honcho.environ import parse

from config.embedded import address_taken, write_settings
from tests.services import free_port

ROOT = Path(__file__).resolve().parents[2]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_settings_of_one_machine_are_made_once_with_keys_of_their_own(tmp_path):
    first, second = tmp_path / "one", tmp_path / "two"
    file = write_settings(first)
    settings, others = parse(file.read_text()), parse(write_settings(second).read_text())
    assert (mode(first), mode(file)) == (0o700, 0o600)
    assert settings["VAR_DIR"] == str(first)
    assert settings["MAIL_FROM"] == "Faultline <faultline@localhost>"
    assert len({settings["SECRET_KEY"], settings["LINK_KEY"], others["LINK_KEY"]}) == 3
    file.write_text("ORGANISATION='Northwind Instruments'\n")
    assert write_settings(first).read_text() == "ORGANISATION='Northwind Instruments'\n"


def test_the_ballot_keys_are_not_among_the_settings_of_every_process(tmp_path):
    assert "BALLOT_KEY_DIR" not in parse(write_settings(tmp_path / "run").read_text())


def test_an_address_that_is_taken_is_noticed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert address_taken(f"127.0.0.1:{taken.getsockname()[1]}")
    assert not address_taken(f"127.0.0.1:{free_port()}")


def make_secrets(folder: Path) -> dict[str, str]:
    (folder / "scripts").mkdir(exist_ok=True)
    shutil.copy(ROOT / "scripts" / "secrets.sh", folder / "scripts")
    subprocess.run([folder / "scripts" / "secrets.sh"], check=True, capture_output=True)
    return {path.name: path.read_text() for path in (folder / "secrets").iterdir()}


def test_the_secrets_of_containers_are_made_once(tmp_path):
    first = make_secrets(tmp_path)
    assert mode(tmp_path / "secrets") == 0o700
    assert set(first) == {"secret_key", "link_key", "postgres_password", "database_url", "email_url"}
    assert {len(first[name]) for name in ("secret_key", "link_key", "postgres_password")} == {64}
    assert first["database_url"] == f"postgres://faultline:{first['postgres_password']}@postgres:5432/faultline"
    (tmp_path / "secrets" / "email_url").write_text("smtp://mail.example:25")
    assert make_secrets(tmp_path) == first | {"email_url": "smtp://mail.example:25"}


def test_commands_say_how_to_begin_where_nothing_is_installed(tmp_path):
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "manage.sh", tmp_path / "scripts")
    done = subprocess.run([tmp_path / "scripts" / "manage.sh", "check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no installation here yet: start it once with 'make run'.\n"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_one_environment_for_all_does_not_make_counting_workers(name, tmp_path):
    keys = {"FAULTLINE_ROLE": "counting", "BALLOT_KEY_DIR": str(tmp_path / "keys"), "VAR_DIR": str(tmp_path)}
    done = subprocess.run(
        [ROOT / "scripts" / "process.sh", name],
        env=os.environ | keys | {"BIND": f"127.0.0.1:{free_port()}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    assert "BALLOT_KEY_DIR is set" in done.stderr.replace("\n", " ")


def test_a_process_that_does_not_exist_is_refused():
    done = subprocess.run([ROOT / "scripts" / "process.sh", "mail"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "web|answers|worker|counting|beat" in done.stderr
