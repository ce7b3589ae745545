"""People who sign in: HR, leadership, auditors. Respondents never do."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from surveys.choices import Role
from surveys.models.people import Department


class StaffUserManager(BaseUserManager["StaffUser"]):
    """Finds and makes accounts by their mail address, in any case of letters."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "StaffUser":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "StaffUser":
        return self.get(email=(username or "").strip().lower())


class StaffUser(AbstractBaseUser):
    """Somebody who signs in."""

    # Signs in by it; in lower case.
    email = models.EmailField(unique=True)
    # As pages and mails show it.
    name = models.CharField(max_length=200)
    # Which pages are open.
    role = models.CharField(max_length=8, choices=Role)
    # A leader sees these and what is below them; with none named, the whole company.
    departments = models.ManyToManyField(Department, blank=True, related_name="+")
    # Of mails to the person.
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    # Whether a leader gets the digest of each wave by mail.
    receives_digest = models.BooleanField(default=True)
    # Whether the person may sign in.
    is_active = models.BooleanField(default=True)

    objects: ClassVar[StaffUserManager] = StaffUserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name", "role"]

    class Meta:
        ordering = ("email",)
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="staff_email_lower_case"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="staff_role_known"),
        ]

    def __str__(self) -> str:
        return self.name
