"""Passwords are hashed and checked in turns, as all hashes that cost a core a part of a second."""

from django.contrib.auth.hashers import ScryptPasswordHasher

from surveys.services.turns import turn


class TurnTakingHasher(ScryptPasswordHasher):
    """Django's own scrypt, when it is its turn. Raises BusyError where too many wait."""

    def encode(self, password: str, salt: str, n: int | None = None, r: int | None = None, p: int | None = None) -> str:
        with turn():
            return super().encode(password, salt, n, r, p)
