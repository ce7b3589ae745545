"""A process that forks a sender for each line it is given, and tells its process id.

Forking from a process that has Django loaded makes a sender that is at work within milliseconds.
"""

import os
import sys

import django


def main():
    django.setup()
    from surveys.mails import sending  # noqa: PLC0415 -- needs the set-up

    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            while sending.send_pending():
                pass
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main()
