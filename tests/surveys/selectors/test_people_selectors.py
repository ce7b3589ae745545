"""Finding somebody on the roster by a mail address."""

import pytest

from surveys.models import Employee
from surveys.selectors.people import employee_at
from tests.factories import make_department

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    department = make_department()
    Employee.objects.create(name="Another", email="anna@buecher.de", department=department)
    return Employee.objects.create(name="Anna", email="anna@xn--bcher-kva.de", department=department)


@pytest.mark.parametrize("address", ["anna@xn--bcher-kva.de", " Anna@Bücher.de "])
def test_an_address_is_found_however_its_domain_is_written(anna, address):
    assert employee_at(address) == anna


@pytest.mark.usefixtures("anna")
def test_what_is_no_address_is_nobodys():
    assert employee_at("anna") is None
