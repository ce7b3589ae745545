"""What is sent becomes one sealed ballot, or comes back with everything kept and the error beside its question."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.ballot.sealing import Rating
from surveys.choices import WaveState
from surveys.models import Invitation, SealedBallot, Wave
from surveys.rules.limits import MISSING
from surveys.services import answering
from tests.factories import make_department, make_employee, make_invitation, only_ballot
from tests.stored_pages import address_of

pytestmark = pytest.mark.django_db

NOTHING_ANSWERED = "You have not answered anything yet. Answer at least one question."


@pytest.fixture
def invitation():
    """Of somebody in Design, with Marketing and Sales (siblings) suggested first and second."""
    for name in ("Marketing", "Sales"):
        make_employee(f"one.{name}", make_department(name))
    return make_invitation()


@pytest.fixture
def send(client, invitation):
    return lambda **answers: client.post(address_of(invitation), answers)


def error_beside(text, field):
    found = re.search(rf'id="id_{field}_error"[^>]*>(.*?)</(?:p|div)>', text, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]).strip() if found else None


def test_answers_become_bytes_in_the_order_of_the_questionnaire(send, invitation):
    sales, marketing = make_department("Sales"), make_department("Marketing")
    reply = send(
        item_meetings_1="0",
        item_meetings_2="4",
        item_results_1="m0",
        pick_one="1",
        comment="  Short\r\nand plain. ",
        **{
            "about_1-department": sales.id,
            "about_1-contact": "0",
            "about_1-item_about_meetings": "3",
            "about_2-department": marketing.id,
            "about_2-contact": "1",
        },
    )
    assert reply.status_code == 200
    assert "<h1>Thank you</h1>" in reply.text
    sent = only_ballot()
    assert (sent.group, sent.answers) == (invitation.group_id, bytes([0, 4, MISSING, 1]))
    assert sent.ratings == (
        Rating(sales.id, bytes([0, 3, MISSING])),
        Rating(marketing.id, bytes([1, MISSING, MISSING])),
    )
    assert sent.comment == "Short\nand plain."
    assert Invitation.objects.get().answered


def test_whatever_is_left_blank_is_missing(send):
    assert send(item_meetings_2="2").status_code == 200
    assert only_ballot().answers == bytes([MISSING, 2, MISSING, MISSING])


@pytest.mark.parametrize(
    "answer",
    [{"comment": "Fewer forms, please."}, {"pick_one": "0"}, {"item_results_1": "m1"}, {"about_1-contact": "m0"}],
)
def test_one_answer_of_any_kind_is_enough(send, answer):
    assert send(**answer).status_code == 200
    assert SealedBallot.objects.count() == 1


def test_nothing_answered_brings_the_form_back_and_stores_nothing(send):
    reply = send(**{"comment": " \r\n ", "about_1-department": make_department("Sales").id})
    assert reply.status_code == 422
    assert error_beside(reply.text, "item_meetings_1") == NOTHING_ANSWERED
    assert '<a href="#id_item_meetings_1_0">Meetings 1?</a> ' + NOTHING_ANSWERED in reply.text
    assert (SealedBallot.objects.count(), Invitation.objects.get().answered) == (0, False)
    assert send(item_meetings_1="0").status_code == 200


@pytest.mark.parametrize("value", ["5", "-1", "m1", "255", "zero", "0 "])
def test_an_answer_that_was_not_offered_is_refused(send, value):
    reply = send(item_meetings_1=value, item_meetings_2="1")
    assert reply.status_code == 422
    assert error_beside(reply.text, "item_meetings_1") == "Choose one of the answers below."
    assert SealedBallot.objects.count() == 0


def test_an_error_keeps_everything_that_was_entered(send):
    sales = make_department("Sales").id
    reply = send(
        **{
            "item_meetings_1": "9",
            "item_meetings_2": "3",
            "pick_one": "m0",
            "about_1-department": sales,
            "about_1-contact": "2",
            "comment": "Kept & <safe>",
        }
    )
    checked = re.findall(r'id="(\S+)" value="\S+" checked', reply.text)
    assert checked == ["id_item_meetings_2_3", "id_pick_one_2", "id_about_1-contact_2"]
    assert f'<option value="{sales}" selected>Sales</option>' in reply.text
    assert "Kept &amp; &lt;safe&gt;</textarea>" in reply.text


def test_a_comment_of_1000_characters_fits_whatever_they_are(send):
    comment = "🙂\r\n" * 499 + "🙂🙂"
    assert send(comment=comment).status_code == 200
    assert only_ballot().comment == comment.replace("\r\n", "\n")


def test_a_longer_comment_comes_back_with_the_error(send):
    reply = send(item_meetings_1="0", comment="x" * 1001)
    assert reply.status_code == 422
    assert re.findall(r"\d+", error_beside(reply.text, "comment")) == ["1000", "1001"]
    assert f">\n{'x' * 1001}</textarea>" in reply.text
    assert re.search(r'<textarea[^>]*aria-describedby="id_comment_helptext id_comment_error"', reply.text)


def test_a_department_is_rated_once(send):
    sales = make_department("Sales").id
    twice = {
        f"about_{number}-{name}": value for number in (1, 2) for name, value in (("department", sales), ("contact", 2))
    }
    reply = send(**twice)
    assert reply.status_code == 422
    assert "twice" in error_beside(reply.text, "about_2-department")
    assert error_beside(reply.text, "about_1-department") is None


@pytest.mark.parametrize("name", ["Design", "Archive"])
def test_ones_own_department_and_an_empty_one_cannot_be_rated(send, name):
    reply = send(**{"about_1-department": make_department(name).id, "about_1-contact": "0"})
    assert "departments in the list" in error_beside(reply.text, "about_1-department")
    assert SealedBallot.objects.count() == 0


@pytest.mark.parametrize(
    ("answers", "field", "error"),
    [
        ({"item_about_meetings": "1"}, "department", "Choose the department that you mean."),
        ({"department": "Sales", "item_about_meetings": "1"}, "contact", "Say first whether your department"),
    ],
)
def test_half_a_rating_is_asked_about(send, answers, field, error):
    filled = {f"about_1-{key}": value for key, value in answers.items()}
    if "department" in answers:
        filled["about_1-department"] = make_department("Sales").id
    reply = send(**filled, item_meetings_1="0")
    assert reply.status_code == 422
    assert error_beside(reply.text, f"about_1-{field}").startswith(error)


@pytest.mark.parametrize("contact", ["0", "1", "2", "m0"])
def test_a_contact_without_a_department_is_left_out(send, contact):
    make_department("Sales")
    assert send(**{"about_1-contact": contact}, item_meetings_1="0").status_code == 200
    assert only_ballot().ratings == ()


def test_the_summary_names_the_department_of_an_error(send):
    sales = make_department("Sales").id
    reply = send(
        **{"about_1-department": sales, "about_1-contact": "9"},
        **{"about_2-department": "", "about_2-contact": "0", "about_2-item_about_results": "1"},
    )
    targets = re.findall(r'<li><a href="#(id_about[^"]+)">([^:<]*): ', reply.text)
    assert targets == [
        ("id_about_1-contact_0", "Department 1 of 2 (Sales)"),
        ("id_about_2-department", "Department 2 of 2"),
    ]


def test_without_joint_work_the_questions_about_it_do_not_count(send):
    sales = make_department("Sales").id
    assert (
        send(**{"about_1-department": sales, "about_1-contact": "2", "about_1-item_about_meetings": "4"}).status_code
        == 200
    )
    assert only_ballot().ratings == (Rating(sales, bytes([2, MISSING, MISSING])),)


def test_who_would_rather_not_say_rates_no_department(send):
    sales = make_department("Sales").id
    send(**{"about_1-department": sales, "about_1-contact": "m0", "about_1-item_about_meetings": "m0"})
    assert only_ballot().ratings == ()


def test_a_second_ballot_is_not_taken(send):
    send(item_meetings_1="0")
    reply = send(item_meetings_1="4")
    assert reply.status_code == 409
    assert "<h1>Already answered</h1>" in reply.text
    assert only_ballot().answers[0] == 0


@pytest.mark.parametrize(
    ("meanwhile", "status", "heading"),
    [
        (lambda: Wave.objects.update(state=WaveState.CLOSING), 410, "This survey is closed"),
        (lambda: Invitation.objects.update(answered=True), 409, "Already answered"),
    ],
)
def test_what_happens_between_reading_and_casting_is_explained(send, monkeypatch, meanwhile, status, heading):
    def cast_later(**what):
        meanwhile()
        return answering.cast_ballot(**what)

    monkeypatch.setattr("surveys.views.answer.cast_ballot", cast_later)
    reply = send(item_meetings_1="0")
    assert reply.status_code == status
    assert f"<h1>{heading}</h1>" in reply.text
    assert SealedBallot.objects.count() == 0


def test_a_csrf_cookie_is_neither_asked_for_nor_set(invitation):
    reply = Client(enforce_csrf_checks=True).post(address_of(invitation), {"item_meetings_1": "0"})
    assert (reply.status_code, dict(reply.cookies)) == (200, {})


@pytest.mark.parametrize("departments", [1, 40])
def test_the_page_costs_few_queries_whatever_the_size_of_the_company(client, departments):
    for number in range(departments):
        make_employee(f"one.{number}", make_department(f"Department {number}"))
    address = address_of(make_invitation())
    assert len(queries(lambda: client.get(address))) == 1
    assert len(queries(lambda: client.post(address, {"item_meetings_1": "0"}))) == 5


def queries(act):
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code == 200
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return [query["sql"] for query in captured if not query["sql"].startswith(control)]
