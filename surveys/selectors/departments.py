"""Reading the departments, as they are now."""

from surveys.models import Department
from surveys.roster.tree import CompanyDepartments


def read_departments() -> CompanyDepartments:
    """All departments by id, in the order of their names; one query."""
    return CompanyDepartments.from_rows(Department.objects.order_by("name").values_list("id", "name", "parent"))
