from django.db import models
from django.db.models import Q

from surveys.ballot import trustee
from surveys.ballot.authenticity import PROOF_BYTES
from surveys.models.wave import Survey

# What libsodium takes.
_LEAST_MEMORY, _MOST_MEMORY = 8192, 2**31 - 1


class TrusteeKey(models.Model):
    """The key pair of a survey's trustee: the keys of its next waves are sealed to it (surveys.ballot.trustee)."""

    # None is a key that was replaced or removed: it stays for the wave that was opened with it until that ends.
    survey = models.OneToOneField(Survey, models.CASCADE, null=True, related_name="trustee_key")
    # X25519, 32 bytes.
    public_key = models.BinaryField()
    # That of the public key, for this survey (surveys.ballot.authenticity).
    key_proof = models.BinaryField()
    # The private half, encrypted under the passphrase by Argon2id.
    secret = models.BinaryField()
    # Of the passphrase's hash.
    salt = models.BinaryField()
    # How many rounds the hash takes, 1 to 100.
    opslimit = models.PositiveIntegerField()
    # How much memory the hash takes, in bytes.
    memlimit = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(public_key__length=32), name="trustee_public_key_length"),
            models.CheckConstraint(condition=Q(key_proof__length=PROOF_BYTES), name="trustee_key_proof_length"),
            models.CheckConstraint(condition=Q(secret__length=trustee.SECRET_BYTES), name="trustee_secret_length"),
            models.CheckConstraint(condition=Q(salt__length=trustee.SALT_BYTES), name="trustee_salt_length"),
            models.CheckConstraint(condition=Q(opslimit__range=(1, 100)), name="trustee_opslimit"),
            models.CheckConstraint(condition=Q(memlimit__range=(_LEAST_MEMORY, _MOST_MEMORY)), name="trustee_memlimit"),
        ]

    @property
    def locked(self) -> trustee.LockedKey:
        return trustee.LockedKey(
            public_key=bytes(self.public_key),
            secret=bytes(self.secret),
            salt=bytes(self.salt),
            opslimit=self.opslimit,
            memlimit=self.memlimit,
        )
