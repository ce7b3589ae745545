"""`make demo`: Northwind Instruments from a spreadsheet to the sixth digest, then the site until Ctrl-C.

ONCE=1 ends after the last wave. Everything lives in var/demo, made again each time.
"""

import os

import django
from django.utils.module_loading import import_string

from config.demo.environment import prepare

if __name__ == "__main__":
    prepare()
    django.setup()
    # What follows imports models, which only works from here on.
    show = import_string("config.demo.show.show")
    show(serve=os.environ.get("ONCE", "") in ("", "0"))
