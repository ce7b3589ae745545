import os

LONG = os.environ.get("ADVERSARY") == "long"
