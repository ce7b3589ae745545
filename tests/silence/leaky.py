"""Answer pages that each leave one kind of trace, to show that it would be seen: a ROOT_URLCONF for tests."""

import logging
import sys

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import connection, transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from config.celery import app
from surveys.models import Department
from surveys.tasks import tick

app.finalize()  # else the first task that is started tells of all of them in the log


def execute(sql):
    """A page that sends this to the database."""

    def page(_request):
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return page


# name: (what the page does, the kinds of its traces)
LEAKS = {
    "nothing": (lambda _: None, set()),
    "a session that is read": (lambda request: request.session.get("seen"), {"session"}),
    "a session that is written": (lambda request: request.session.update({"seen": 1}), {"session", "cookie", "row"}),
    "who is signed in": (lambda request: request.user.is_authenticated, {"session"}),
    "a cookie against forgery": (get_token, {"cookie"}),
    "a cache that is read": (lambda _: cache.get("seen"), {"cache"}),
    "a cache that is written": (lambda _: cache.set("seen", 1), {"cache"}),
    "a task": (lambda _: app.send_task("surveys.tasks.tick"), {"task"}),
    "a task once it is committed": (lambda _: transaction.on_commit(tick.delay), {"task"}),
    "a mail": (lambda _: send_mail("Seen", "", None, ["hr@example.com"]), {"mail"}),
    "a line of our own": (lambda _: logging.getLogger("surveys").debug("Seen."), {"log"}),
    "a line of Django's": (lambda _: logging.getLogger("django.request").info("Seen."), {"log"}),
    "a print": (lambda _: sys.stderr.write("Seen."), {"print"}),
    "a row": (lambda _: Department.objects.create(name="Seen"), {"row"}),
    "a row by a statement of our own": (execute("UPDATE surveys_department SET name = 'Seen'"), {"row"}),
    "a row by a statement with another": (
        execute("with seen as (select 1)\n delete from surveys_department where false"),
        {"row"},
    ),
    "rows that are only locked": (execute("SELECT 1 FROM surveys_department FOR UPDATE OF surveys_department"), set()),
}


@login_not_required
def leak(request, name):
    LEAKS[name][0](request)
    return HttpResponse("Thank you")


urlpatterns = [path("a/<str:name>", leak)]
