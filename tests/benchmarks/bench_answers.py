"""Opens answer pages and sends answers; prints the milliseconds of CPU that each takes, and how many times a bare view.

Beside them a view that asks the database one thing: what is above it is the page's own, what is below is not.

Run as `python -m tests.benchmarks.bench_answers`. With 10 and with 2,000 departments, in this process, through the
application as a web server calls it; PostgreSQL's own CPU is not counted.
"""

import gc
import io
import statistics
import subprocess
import sys
import time
from http import HTTPStatus
from urllib.parse import urlencode

from tests.benchmarks.database import django_on_postgres, own_folder

SIZES, PEOPLE, TURNS, EACH = (10, 2000), 4, 5, 60
SPENT = time.process_time


def environ(path, body=None):
    sent = b"" if body is None else urlencode(body).encode()
    return {
        "REQUEST_METHOD": "GET" if body is None else "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(sent),
        "CONTENT_LENGTH": str(len(sent)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "HTTP_ACCEPT_ENCODING": "gzip",
    }


def application():
    """The product with two more views: one does nothing, the other makes one round trip to the database."""
    from django.conf import settings  # noqa: PLC0415 -- Django must be set up first
    from django.contrib.auth.decorators import login_not_required  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.http import HttpResponse  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    from config.urls import urlpatterns  # noqa: PLC0415

    bare = login_not_required(lambda request: HttpResponse("bare"))

    @login_not_required
    def query(_request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return HttpResponse(str(cursor.fetchone()))

    settings.ROOT_URLCONF = (path("bare/", bare), path("query/", query), *urlpatterns)
    return get_wsgi_application()


def asked(application, request):
    """Milliseconds of CPU, and how many bytes came back."""
    status = []
    began = SPENT()
    reply = application(request, lambda line, headers: status.append(line))
    body = b"".join(reply)
    reply.close()
    spent = SPENT() - began
    if not status[0].startswith(str(int(HTTPStatus.OK))):
        sys.exit(f"{request['REQUEST_METHOD']} {request['PATH_INFO']} was answered with {status[0]}.")
    return spent * 1000, len(body)


def company(departments, folder):
    """An open wave of the built-in questions in a company of that size, and each respondent's address."""
    from surveys.models import Invitation  # noqa: PLC0415
    from tests.company import make_people, make_survey, open_next  # noqa: PLC0415
    from tests.factories import token_of  # noqa: PLC0415

    divisions = [f"Division {number}" for number in range(max(2, departments // 10))]
    tree = dict.fromkeys(divisions, (None, 0))
    tree |= {f"Department {number}": (divisions[number % len(divisions)], PEOPLE) for number in range(departments)}
    # One more, which is only rated.
    make_people(tree | {"Works council": (None, PEOPLE)})
    wave = open_next(make_survey(), folder)
    invited = Invitation.objects.filter(wave=wave).exclude(employee__department__name="Works council")
    return wave, [f"/a/{token_of(invitation)}" for invitation in invited.order_by("id")]


def answers_to(wave):
    """Every question answered, and one department rated."""
    from surveys.models import Department  # noqa: PLC0415

    items = {f"item_{item['code']}": "2" for item in wave.questionnaire["items"]}
    about = {f"about_1-item_{item['code']}": "1" for item in wave.questionnaire["counterparts"]["items"]}
    rated = Department.objects.get(name="Works council").id
    return items | about | {"pick_one": "0", "about_1-department": rated, "about_1-contact": "0"}


def mean_of(turn):
    return statistics.mean(spent for spent, _ in turn)


def measure(departments, folder):
    from django.core.management import call_command  # noqa: PLC0415

    call_command("collectstatic", interactive=False, verbosity=0)
    wave, addresses = company(departments, folder)
    run, body = application(), answers_to(wave)
    # What making the company has left behind is no part of a request's work.
    gc.collect()
    gc.freeze()
    each = min(EACH, len(addresses) // TURNS - 1)
    requests = {
        "bare": lambda _number: environ("/bare/"),
        "query": lambda _number: environ("/query/"),
        "GET": lambda number: environ(addresses[number]),
        "POST": lambda number: environ(addresses[number], body),
    }
    turns = {name: [] for name in requests}
    for request in requests.values():
        asked(run, request(-1))
    # In turns, so that whatever else the machine does meets all of them.
    for turn in range(TURNS):
        for name, request in requests.items():
            turns[name].append([asked(run, request(turn * each + number)) for number in range(each)])
    middles = {name: statistics.median(mean_of(turn) for turn in found) for name, found in turns.items()}
    for name, middle in middles.items():
        times, size = middle / middles["bare"], turns[name][-1][-1][1]
        print(f"{departments:6} departments {name:5} {middle:7.2f} ms {times:6.1f} x bare {size:8,} bytes", flush=True)


def main():
    if sys.argv[1:]:
        with own_folder() as folder, django_on_postgres():
            return measure(int(sys.argv[1]), folder)
    for size in SIZES:
        subprocess.run([sys.executable, "-m", "tests.benchmarks.bench_answers", str(size)], check=True)
    return None


if __name__ == "__main__":
    main()
