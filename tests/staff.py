"""People who sign in, for tests of the pages."""

from surveys.models import Department, StaffUser

PASSWORD = "a long enough password"


def make_staff(role="hr", *, departments=(), **fields):
    ready = {"email": f"{role}@example.com", "name": role.capitalize(), "role": role, "password": PASSWORD}
    user = StaffUser.objects.create_user(**ready | fields)
    user.departments.set(Department.objects.filter(name__in=departments))
    return user
