"""`make test` takes the short form of costly tests, `make test-all` the long one: more people, rounds and processes."""

import os

import pytest

LONG = os.environ.get("ADVERSARY") == "long"
long_form = pytest.mark.skipif(not LONG, reason="a part of the long form: make test-all")
