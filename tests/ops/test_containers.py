"""The Dockerfile and the Compose file, read by the real tools. No image is built here: that needs an engine."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
PROCESSES = {"web", "answers", "worker", "counting", "beat"}
SERVERS = {"postgres", "redis"}
PROXY = {"proxy"}
SECRETS = {"SECRET_KEY_FILE", "LINK_KEY_FILE", "DATABASE_URL_FILE", "EMAIL_URL_FILE"}


def compose(*arguments: str, env_file: str = ".env.example") -> subprocess.CompletedProcess[str]:
    command = [TOOLS / "docker-compose", "--env-file", env_file, "--file", "docker-compose.yml", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def services():
    return json.loads(compose("config", "--format", "json").stdout)["services"]


def test_compose_accepts_the_file():
    done = compose("config", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_compose_lists_what_is_missing_from_an_empty_env_file():
    done = compose("config", "--quiet", env_file=os.devnull)
    assert done.returncode != 0
    assert "copy .env.example to .env" in done.stderr


def test_these_are_the_services(services):
    assert set(services) == PROCESSES | SERVERS | PROXY | {"migrate"}


def test_every_service_that_stays_has_a_health_check(services):
    assert {
        name for name, service in services.items() if service.get("healthcheck", {}).get("test")
    } == PROCESSES | SERVERS | PROXY
    assert {
        name for name, service in services.items() if service["restart"] == "unless-stopped"
    } == PROCESSES | SERVERS | PROXY


def test_services_start_in_order(services):
    waits = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in services.items()
    }
    servers = {"postgres": "service_healthy", "redis": "service_healthy"}
    migrated = servers | {"migrate": "service_completed_successfully"}
    workers = {"worker": "service_healthy", "counting": "service_healthy"}
    assert waits == {
        "postgres": {},
        "redis": {},
        "migrate": {"postgres": "service_healthy"},
        "web": migrated,
        "answers": migrated,
        "worker": migrated,
        "counting": migrated,
        "beat": migrated | workers,
        "proxy": {"web": "service_healthy", "answers": "service_healthy"},
    }


def test_the_keys_of_the_ballots_are_mounted_in_the_counting_worker_alone(services):
    keys = services["counting"]["environment"]["BALLOT_KEY_DIR"]
    assert [mount["target"] for mount in services["counting"]["volumes"] if mount["source"] == "ballot-keys"] == [keys]
    others = {name: service for name, service in services.items() if name != "counting"}
    assert "ballot-keys" not in json.dumps(others)
    assert "BALLOT_KEY_DIR" not in json.dumps(others)


@pytest.mark.parametrize("name", sorted(PROCESSES))
def test_a_command_beside_the_process_accepts_its_environment(services, name):
    """The health check starts in the environment of the container, not in that of the process."""
    declared = services[name]["environment"]
    keys = {key: value for key, value in declared.items() if key in {"BALLOT_KEY_DIR", "FAULTLINE_ROLE"}}
    done = subprocess.run(
        [sys.executable, "-c", "from config.celery import app; app.conf.task_routes"],
        cwd=ROOT,
        env=os.environ | keys,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_secrets_come_as_files(services):
    for name in PROCESSES | {"migrate"}:
        environment = services[name]["environment"]
        assert {key for key in environment if key.endswith("_FILE")} == SECRETS
        assert not {key.removesuffix("_FILE") for key in SECRETS} & set(environment)


def test_the_database_logs_no_answer_and_the_broker_keeps_its_queue(services):
    assert " ".join(services["postgres"]["command"]) == (
        "postgres -c log_min_error_statement=panic -c log_error_verbosity=terse -c track_commit_timestamp=off"
    )
    assert " ".join(services["redis"]["command"]) == (
        "redis-server --appendonly yes --appendfsync everysec --maxmemory-policy noeviction"
    )


def test_everybody_comes_in_through_the_proxy(services):
    published = {
        name: [port["target"] for port in service["ports"]]
        for name, service in services.items()
        if service.get("ports")
    }
    assert published == {"proxy": [80, 443]}
    assert services["proxy"]["environment"] == {"SITE_URL": services["web"]["environment"]["SITE_URL"]}
    assert services["web"]["environment"]["BEHIND_PROXY"] == "1"
    assert "outside" in services["web"]["networks"]


def test_the_proxy_reads_the_shipped_file_and_writes_certificates_only(services):
    proxy = services["proxy"]
    mounts = {
        mount["target"]: (Path(mount["source"]).name, mount.get("read_only", False)) for mount in proxy["volumes"]
    }
    assert mounts == {"/etc/caddy/Caddyfile": ("Caddyfile", True), "/data": ("certificates", False)}
    assert (proxy["read_only"], proxy["cap_drop"], proxy["cap_add"]) == (True, ["ALL"], ["NET_BIND_SERVICE"])
    assert re.fullmatch(r"caddy:\d+\.\d+-alpine", proxy["image"])
    assert "http://localhost:{$HEALTH_PORT:2019}" in (ROOT / "config" / "Caddyfile").read_text()
    assert proxy["healthcheck"]["test"][-1] == "http://localhost:2019/"


def test_servers_are_reached_from_within_only(services):
    assert {name for name in services if set(services[name]["networks"]) == {"data"}} == SERVERS


def test_hadolint_finds_nothing():
    done = subprocess.run([TOOLS / "hadolint", "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_does_not_run_as_root_and_keeps_its_base_pinned():
    text, base = (ROOT / "Dockerfile").read_text(), "ARG BASE=python:3.13-slim-bookworm"
    assert re.findall(r"^USER (.+)$", text, re.MULTILINE) == ["10001:10001"]
    assert re.findall(r"^ARG BASE=.+$", text, re.MULTILINE) == [base]


def test_everything_that_the_image_is_made_of_is_there():
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert [name for name in kept if not (ROOT / name).exists()] == []
    used = set(
        re.findall(r"scripts/[\w.-]+", (ROOT / "Dockerfile").read_text() + (ROOT / "scripts/health.sh").read_text())
    )
    assert used <= set(kept)
