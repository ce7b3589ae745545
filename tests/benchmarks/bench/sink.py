"""A mail server that takes every mail at once; prints its port, and serves until its input ends."""

import sys

from tests.scripted_smtp import ScriptedServer

if __name__ == "__main__":
    with ScriptedServer().running() as server:
        print(server.port, flush=True)
        sys.stdin.read()
