"""The list of departments is written as Django's own would."""

import re

import pytest
from django import forms

from surveys.forms.departments import DepartmentSelect

CHOICES = [("", "None"), (7, "R&D <east>"), (12, 'The "new" one'), (71, "Отдел")]
ATTRS = {"class": "form-select is-invalid", "aria-describedby": 'a"b', "id": "id_about_1-department"}


@pytest.mark.parametrize("value", ["", None, 7, "12", "999", "<b>"])
@pytest.mark.parametrize("attrs", [{}, ATTRS])
def test_it_is_written_as_a_select_of_django_is(value, attrs):
    own, django = (
        kind(choices=CHOICES).render("about_1-department", value, attrs) for kind in (DepartmentSelect, forms.Select)
    )
    assert own == re.sub(r"\s*\n\s*", "", django)
