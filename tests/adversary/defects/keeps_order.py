"""Settings under which nothing is shuffled: neither boxes, nor invitations, nor what was counted."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.adversary.defects.order_kept"]  # noqa: F405
