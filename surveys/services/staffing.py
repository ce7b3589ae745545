"""Making accounts for the people who sign in."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from surveys.choices import Role
from surveys.models import Department, StaffUser


@transaction.atomic
def create_staff(*, email: str, name: str, role: Role, password: str, departments: Sequence[str] = ()) -> StaffUser:
    """A new account. `departments` are the names of those that a leader is limited to; none is the whole company.

    Raises ValidationError, and stores nothing, for whatever is wrong with it.
    """
    user = StaffUser(email=email.strip().lower(), name=name.strip(), role=role)
    named = _departments(role, departments)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    user.departments.set(named)
    return user


def _departments(role: Role, names: Sequence[str]) -> list[Department]:
    if names and role != Role.LEADER:
        raise ValidationError("Only a leader can be limited to departments. Leave --department out.")
    found = {department.name: department for department in Department.objects.filter(name__in=names)}
    missing = [name for name in names if name not in found]
    if missing:
        raise ValidationError(f"There is no department {', '.join(f'“{name}”' for name in missing)}. Import it first.")
    return list(found.values())
