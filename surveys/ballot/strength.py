"""How hard a secret is to guess: not by its length, but by what programs that guess try first."""

import re
from math import log2

# More than anybody can try out. 32 random hexadecimal digits are estimated at 89 or more.
LEAST_BITS = 80
LEAST_LETTERS = 32
# zxcvbn takes no longer text. A secret whose beginning is strong is strong.
_JUDGED = 72
# What people write where a secret belongs; guessed before everything else.
_EXPECTED = (
    *("faultline", "link", "key", "linkkey", "secret", "secretkey", "django", "insecure", "production", "debug"),
    *("change", "changeme", "this", "please", "replace", "me", "with", "random", "long", "test", "example", "default"),
)
# Texts out of manuals and templates, phrases that everybody knows, hashes of nothing: public, however long they are.
_PUBLIC = re.compile(
    r"change.?(me|this|it)|replace|placeholder|example|insecure|your.?key|secret|passwor[dt]|lorem.?ipsum|correct.?horse"
    r"|brown.?fox|d41d8cd98f00b204|da39a3ee5e6b4b0d|e3b0c44298fc1c14",
    re.IGNORECASE,
)


def guess_bits(secret: str) -> float:
    """The logarithm to base 2 of how many guesses find the secret: 0 or more, by zxcvbn's estimate of its beginning."""
    if not secret:
        return 0.0
    # It holds 14 MB of words, which the processes that start nothing never need.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    return log2(zxcvbn(secret[:_JUDGED], user_inputs=list(_EXPECTED))["guesses"])


def is_guessable(secret: str) -> bool:
    """Whether it is short, out of a manual, or found in fewer than 2 ** LEAST_BITS guesses."""
    return len(secret) < LEAST_LETTERS or bool(_PUBLIC.search(secret)) or guess_bits(secret) < LEAST_BITS


def share_a_secret(first: str, second: str) -> bool:
    """Whether one of them is, or holds, the other: who finds the one has both. Empty secrets share nothing."""
    return bool(first and second) and (first in second or second in first)
