"""Answers beside 64 slow connections and 64 people who sign in without a pause; prints how many seconds answers take.

Run as `python -m tests.benchmarks.bench_crowds`. Once as `make run` alone serves them, once through the shipped proxy,
each on PostgreSQL. Exits 1 where one answer of a hundred takes longer than a second.
"""

import os
import statistics
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks.database import django_on_postgres, own_folder

ANSWERS, PAUSE, SLOW, SIGN_INS = 200, 0.1, 64, 64
MOST_SECONDS = 1.0
PAGES = ("/login/", "/people/import/", "/a/" + "x" * 26)


def links(number):
    from tests import factories  # noqa: PLC0415 -- models need Django to be set up

    wave, department = factories.make_wave(survey=factories.make_survey(f"Pulse {number}")), factories.make_department()
    group = factories.make_group(wave, [department], people=ANSWERS)
    people = [factories.make_employee(f"Person{number}-{person}", department) for person in range(ANSWERS)]
    return [f"/a/{factories.token_of(factories.make_invitation(wave, person, group))}" for person in people]


def serve(folder, stack, *, proxied):
    """The site, and whatever serves it, until the stack ends."""
    from tests.faults.slow_clients import Site  # noqa: PLC0415
    from tests.silence import processes  # noqa: PLC0415

    own = {"STATIC_ROOT": os.environ["STATIC_ROOT"], "WEB_WORKERS": "2"}
    if not proxied:
        own |= {"SITE_URL": "http://localhost", "BEHIND_PROXY": "0"}
    port, web = processes.web(folder / "web", **own)
    stack.enter_context(web)
    if not proxied:
        return Site(port, secure=False)
    answers_port, answers = processes.web(folder / "answers", "answers", **own)
    _, secure, _, proxy = processes.proxy(folder / "proxy", upstream=port, answers=answers_port)
    for process in (answers, proxy):
        stack.enter_context(process)
    return Site(secure, secure=True)


def measure(site, paths):
    """Seconds of each answer, one every tenth of a second, and what the crowd got."""
    from tests.faults.slow_clients import SignIns, slow_visitors  # noqa: PLC0415

    seconds = []
    for path in (*PAGES, *PAGES, *PAGES, *PAGES):  # the first page of a process that has just started takes longer
        site.send(path)
    with slow_visitors(site, PAGES, SLOW), SignIns(site, SIGN_INS, times=8) as crowd:
        for path in paths:
            status, _, took = site.send(path, {"item_meetings_1": "0"})
            if status != 200:
                raise RuntimeError(f"An answer got status {status}.")
            seconds.append(took)
            time.sleep(PAUSE)
    return seconds, crowd.replies


def main():
    slowest = 0.0
    with own_folder() as static, django_on_postgres():
        os.environ["STATIC_ROOT"] = str(static)
        os.system(f"{sys.executable} manage.py collectstatic --no-input --verbosity 0")  # noqa: S605
        for number, (name, proxied) in enumerate({"make run alone": False, "through the proxy": True}.items()):
            with own_folder() as folder, ExitStack() as stack:
                site = serve(Path(folder), stack, proxied=proxied)
                seconds, replies = measure(site, links(number))
            p99 = statistics.quantiles(seconds, n=100)[98]
            slowest = max(slowest, p99)
            print(f"{name}: median {statistics.median(seconds):.3f} s, p99 {p99:.3f} s, most {max(seconds):.3f} s")
            print("  sign-ins: " + ", ".join(f"{count} with status {status}" for (status, _), count in replies.items()))
    sys.exit(slowest > MOST_SECONDS)


if __name__ == "__main__":
    main()
