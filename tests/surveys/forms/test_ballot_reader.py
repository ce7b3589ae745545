"""What was sent is read as the form would read it, whatever it is."""

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.forms.answer import AnswerForm
from surveys.forms.ballot_reader import compile_reader
from surveys.selectors.answering import counterpart_choices
from tests.factories import make_department, make_employee, make_invitation, make_questionnaire

pytestmark = pytest.mark.django_db

ANSWERS = ["", "0", "1", "4", "m0", "m1", "5", "m2", "-1", "00", " 0", "0 ", "None", "٣", "\0"]
COMMENTS = ["", " \r\n ", "Plain.", " x\r\ny ", "x" * 1000, "x" * 1001, "é\r\n" * 500, "a\0b"]
NAMES = ("Marketing", "Sales", "Legal", "Support")
ITEMS = ("item_about_meetings", "item_about_results")


@pytest.fixture(params=[0, 1, 2, 4], ids=lambda count: f"{count} others")
def invitation(request):
    """Of somebody in Design, with so many other departments that have people, and one without."""
    make_department("Archive")
    for name in NAMES[: request.param]:
        make_employee(f"one.{name}", make_department(name))
    return make_invitation()


def by_form(sent, invitation):
    form = AnswerForm(sent, invitation=invitation, choices=counterpart_choices(invitation), language="en")
    return form.ballot() if form.is_valid() else None


def by_reader(sent, invitation):
    return compile_reader(invitation.wave.questionnaire).read(sent, invitation)


def both(invitation, *pairs):
    sent = QueryDict(mutable=True)
    for name, value in pairs:
        sent.appendlist(name, str(value))
    read = by_reader(sent, invitation)
    assert read == by_form(sent, invitation)
    return read


def choosable(text):
    """`text` with the ids of departments in the place of their names."""
    return str(make_department(text).id) if text in (*NAMES, "Design", "Archive") else text


OFTEN_RIGHT = st.sampled_from(["", "0", "1", "m0"]) | st.sampled_from(ANSWERS)
DEPARTMENT = st.sampled_from(["", *NAMES]) | st.sampled_from([*NAMES, "Design", "Archive", "x", " ", "0", "9" * 30])
FIELDS = dict.fromkeys(("item_meetings_1", "item_results_1", "pick_one", "unknown"), OFTEN_RIGHT)
FIELDS["comment"] = st.sampled_from(COMMENTS)
for number in range(5):
    FIELDS |= {f"about_{number}-{name}": OFTEN_RIGHT for name in ("contact", *ITEMS)}
    FIELDS[f"about_{number}-department"] = DEPARTMENT
PAIR = st.sampled_from(sorted(FIELDS)).flatmap(lambda name: st.tuples(st.just(name), FIELDS[name]))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.lists(PAIR, max_size=12))
def test_reader_and_form_agree_on_whatever_is_sent(invitation, sent):
    both(invitation, *((name, choosable(value)) for name, value in sent))


RATED = (("about_1-department", "Sales"), ("about_1-contact", "0"), ("about_1-item_about_meetings", "3"))
AGAIN = (("about_2-department", "Sales"), ("about_2-contact", "1"))


@pytest.mark.parametrize("invitation", [2], indirect=True)
@pytest.mark.parametrize(
    ("sent", "valid"),
    [
        ((), False),
        ((("comment", " \r\n "),), False),
        ((("comment", "x" * 1000),), True),
        ((("comment", "x" * 1001),), False),
        ((("comment", "a\0b"),), False),
        ((("item_meetings_1", "0"),), True),
        ((("item_meetings_1", "m0"),), True),
        ((("item_meetings_1", "5"),), False),
        ((("item_meetings_1", "9"), ("item_meetings_1", "1")), True),
        ((("item_meetings_1", "1"), ("item_meetings_1", "9")), False),
        ((("about_1-department", "Sales"),), False),
        ((("about_1-contact", "1"),), True),
        ((("about_3-contact", "1"),), False),
        (RATED, True),
        ((*RATED, *AGAIN), False),
        ((*RATED, AGAIN[0]), True),
        ((*RATED, AGAIN[0], ("item_meetings_1", "9")), False),
        ((*RATED, ("about_1-department", "")), False),
        ((*RATED, ("about_1-contact", "")), False),
        ((*RATED, ("about_1-department", "Design")), False),
        ((*RATED, ("about_1-department", "Archive")), False),
        ((*RATED, ("about_1-department", "Legal")), False),
    ],
)
def test_what_makes_a_ballot(invitation, sent, valid):
    assert (both(invitation, *((name, choosable(value)) for name, value in sent)) is not None) == valid


@pytest.mark.parametrize("invitation", [1], indirect=True)
def test_a_questionnaire_may_ask_nothing_about_departments(invitation):
    invitation.wave.questionnaire = make_questionnaire(counterparts=None, pick_one=None)
    read = both(invitation, ("item_meetings_1", "2"), ("pick_one", "0"), ("about_1-contact", "9"))
    assert (read.answers, read.ratings) == (bytes([2, 255, 255]), ())


@pytest.mark.parametrize("invitation", [4], indirect=True)
def test_somebody_erased_from_the_roster_may_rate_any_department(invitation):
    invitation.employee.delete()
    invitation.refresh_from_db()
    assert both(invitation, *((name, choosable(value)) for name, value in RATED)).ratings != ()
