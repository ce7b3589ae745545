#!/bin/sh
# Collects the static files into STATIC_ROOT while an image is built. The keys serve this command only.
set -eu
cd "$(dirname "$0")/.."
SECRET_KEY=unused LINK_KEY=unused EMBEDDED=1 exec .venv/bin/python manage.py collectstatic --no-input
