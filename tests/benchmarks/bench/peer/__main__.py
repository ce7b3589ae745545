"""Answer pages and answers by HTTP, in turns: the product, its peer, and a bare view; writes what it found as JSON.

Run by `make bench`, or as `python -m tests.benchmarks.bench.peer FILE`. One client, pinned to a core, sends over
eight connections at a time; the servers share the machine, one works at a time. PostgreSQL syncs to disk.
"""

import json
import os
import re
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.bench.peer import client, servers
from tests.benchmarks.bench.peer.environment import PEER, peer_python
from tests.benchmarks.database import SYNCED, django_on_postgres, own_folder

TURNS, EACH, EACH_OF_PEER, AT_A_RATE, SHARE_OF_PEAK = 5, 300, 60, 900, 0.7
DEPARTMENTS, RATED = 20, "Works council"
# For each turn, the first requests, and those at a rate; each person answers once, by the product or by the bare view.
PEOPLE = 2 * (TURNS * EACH + 50) + AT_A_RATE


def company(folder):
    """The open wave, and the tokens of its people."""
    from surveys.models import Invitation  # noqa: PLC0415 -- models need Django to be set up
    from tests.company import make_people, make_survey, open_next  # noqa: PLC0415
    from tests.factories import token_of  # noqa: PLC0415

    departments = {f"Department {number}": (None, PEOPLE // DEPARTMENTS + 1) for number in range(DEPARTMENTS)}
    make_people(departments | {RATED: (None, 10)})
    wave = open_next(make_survey(), folder)
    invited = Invitation.objects.filter(wave=wave).exclude(employee__department__name=RATED)
    return wave, [token_of(invitation) for invitation in invited]


def questions(wave):
    """Text and options of all that the answers of this benchmark answer, for the peer."""
    from surveys.models import Department  # noqa: PLC0415

    asked, about = wave.questionnaire, wave.questionnaire["counterparts"]
    blocks = [*asked["items"], asked["pick_one"], about["contact"], *about["items"]]
    found = [
        (block.get("text", {}).get("en", ""), [option["label"]["en"].replace(",", "") for option in block["options"]])
        for block in blocks
    ]
    names = list(Department.objects.order_by("name").values_list("name", flat=True))
    return [*found, ("Which department?", names), ("Anything else?", [])]


def form(wave):
    """Every question answered, one department rated, and a comment that is left empty."""
    asked, about = wave.questionnaire, wave.questionnaire["counterparts"]
    rated = wave.groups.get(name=RATED).departments[0]
    return (
        {f"item_{item['code']}": "0" for item in asked["items"]}
        | {f"about_1-item_{item['code']}": "0" for item in about["items"]}
        | {"pick_one": "0", "about_1-department": rated, "about_1-contact": "0", "comment": ""}
    )


def requests_of_product(wave, tokens):
    """By kind, a function of a person's place."""
    body = urlencode(form(wave))
    return {
        "GET": lambda place: client.request("GET", f"/a/{tokens[place]}"),
        "POST": lambda place: client.request("POST", f"/a/{tokens[place]}", body),
        "bare": lambda place: client.request("POST", f"/a/{tokens[place]}/bare", body),
    }


def requests_of_peer(port, filled):
    _, page = client.send(port, client.request("GET", filled["path"]).replace(b"Accept-Encoding: gzip\r\n", b""))
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()
    cookie = re.search(rb"csrftoken=(\w+)", page)[1].decode()
    body = urlencode(filled["answers"] | {"csrfmiddlewaretoken": token})
    return {
        "GET": client.request("GET", filled["path"]),
        "POST": client.request("POST", filled["path"], body, [f"Cookie: csrftoken={cookie}"]),
    }


def measure(folder, out):
    python = peer_python()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("collectstatic", interactive=False, verbosity=0)
    wave, tokens = company(folder)
    environment = servers.peer_environment(os.environ["DATABASE_URL"])
    asked = folder / "questions.json"
    asked.write_text(json.dumps(questions(wave)))
    fill = [python, "-c", "import fill; fill.main()", asked]
    filled = json.loads(subprocess.run(fill, env=environment, check=True, stdout=subprocess.PIPE).stdout)
    with ExitStack() as stack:
        ours, our_process = stack.enter_context(servers.product(folder / "product"))
        bare, _ = stack.enter_context(servers.product(folder / "bare", "tests.benchmarks.bench.peer.bare"))
        peer, peer_process = stack.enter_context(servers.peer(python, environment))
        made, of_peer = requests_of_product(wave, tokens), requests_of_peer(peer, filled)
        people = iter(range(len(tokens)))

        def take(count):
            return [next(people) for _ in range(count)]

        tries = {
            "GET": lambda count: client.rate(ours, [made["GET"](place) for place in range(count)], 200),
            "GET of the peer": lambda count: client.rate(peer, [of_peer["GET"]] * min(count, EACH_OF_PEER), 200),
            "POST": lambda count: client.rate(ours, [made["POST"](place) for place in take(count)], 200),
            "POST of the peer": lambda count: client.rate(peer, [of_peer["POST"]] * min(count, EACH_OF_PEER), 302),
            "POST of the bare view": lambda count: client.rate(
                bare, [made["bare"](place) for place in take(count)], 200
            ),
        }
        rates = in_turns(tries)
        per_second = SHARE_OF_PEAK * rates["POST"]
        waits = client.waits_at(ours, [made["POST"](place) for place in take(AT_A_RATE)], 200, per_second)
        found = {
            "peer": PEER,
            "rates": rates,
            "get_times": rates["GET"] / rates["GET of the peer"],
            "post_times": rates["POST"] / rates["POST of the peer"],
            "post_of_bare": rates["POST"] / rates["POST of the bare view"],
            "p99_seconds": statistics.quantiles(waits, n=100)[98],
            "p99_at": per_second,
            "megabytes": servers.memory(our_process),
            "peer_megabytes": servers.memory(peer_process),
        }
    out.write_text(json.dumps(found))


def in_turns(tries):
    """Requests a second of each, the median of turns; in turns, so that what else the machine does meets all."""
    for attempt in tries.values():
        attempt(20)
    found = {name: [] for name in tries}
    for _ in range(TURNS):
        for name, attempt in tries.items():
            found[name].append(attempt(EACH))
    return {name: statistics.median(turns) for name, turns in found.items()}


if __name__ == "__main__":
    with own_folder() as own, django_on_postgres(SYNCED):
        measure(own, Path(sys.argv[1]))
