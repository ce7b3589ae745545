"""What counting makes of comments: without names and contacts, or held back and counted in their own scope."""

import pytest

from surveys.models import Comment, Employee, WithheldComments
from surveys.redaction.folding import key_of
from surveys.redaction.lexicon import is_word, reading_of
from tests.company import cast, close, invitations, make_people, make_survey, open_next

pytestmark = pytest.mark.django_db(transaction=True)

COMPANY = {
    "Commercial": (None, 0),
    "Marketing": ("Commercial", 12),
    "Finance": (None, 12),
}
GERMAN = "Die Besprechungen dauern zu lange und niemand entscheidet etwas."
RUSSIAN = "Совещания занимают половину дня, а решений нет."


@pytest.fixture
def departments():
    made = make_people(COMPANY)
    Employee.objects.filter(email="finance.1@example.com").update(name="Katarzyna Nowak")
    return made


@pytest.fixture
def survey(departments):
    return make_survey()


def counted(survey, key_directory, **comments):
    """Closes a wave in which ten of each department answered, the first of them with these comments."""
    wave = open_next(survey, key_directory)
    for name in ("Marketing", "Finance"):
        texts = iter(comments.get(name, ()))
        for invitation in invitations(wave, name, 10):
            cast(invitation, comment=next(texts, ""))
    close(wave, key_directory)
    return stored()


def stored():
    comments = Comment.objects.values_list("division__name", "text")
    return sorted(comments), sorted(WithheldComments.objects.values_list("division__name", "count"))


def test_names_and_contacts_are_not_stored(survey, tmp_path):
    written = ["Katarzyna Nowak shouts.", "Ask N o w a k or finance.2@example.com, extension 4512."]
    assert counted(survey, tmp_path, Marketing=written) == (
        [
            ("Commercial", "Ask [a colleague] or [an address], extension [a number]."),
            ("Commercial", "[a colleague] shouts."),
        ],
        [],
    )


def test_a_comment_that_grows_by_what_is_put_in_is_stored_whole(survey, tmp_path):
    comments, _ = counted(survey, tmp_path, Finance=["Nowak, " * 142 + "Nowak"])
    assert [text for _, text in comments] == ["[a colleague], " * 142 + "[a colleague]"]


def test_what_gives_the_author_away_is_withheld_in_its_own_scope(survey, tmp_path):
    written = {"Marketing": ["As the only editor I say no.", GERMAN, "All fine."], "Finance": ["All fine here."]}
    assert counted(survey, tmp_path, **written) == (
        [("Commercial", "All fine."), ("Finance", "All fine here.")],
        [("Commercial", 2)],
    )


@pytest.mark.parametrize(("registered", "withheld"), [(4, [("Commercial", 1)]), (5, [])])
def test_a_language_counts_from_the_minimum_group_of_its_scope_on(survey, tmp_path, registered, withheld):
    theirs = Employee.objects.filter(department__name="Marketing").order_by("email")[:registered]
    Employee.objects.filter(id__in=[person.id for person in theirs]).update(language="ru")
    # Those of another scope do not help.
    Employee.objects.filter(department__name="Finance").update(language="ru")
    assert counted(survey, tmp_path, Marketing=[RUSSIAN])[1] == withheld


def test_in_the_scope_of_the_company_everybody_who_was_invited_counts(departments, tmp_path):
    Employee.objects.filter(email__in=["marketing.1@example.com", "marketing.2@example.com"]).update(language="ru")
    Employee.objects.filter(email__in=[f"finance.{number}@example.com" for number in (3, 4, 5)]).update(language="ru")
    wave = open_next(make_survey(), tmp_path)
    for invitation in invitations(wave, "Marketing", 9):
        cast(invitation, comment=RUSSIAN if invitation.employee_id % 2 else GERMAN)
    close(wave, tmp_path)
    comments, withheld = stored()
    assert {scope for scope, _ in comments} == {None}
    assert {text for _, text in comments} == {RUSSIAN}
    assert withheld == [(None, 9 - len(comments))]


def test_the_process_remembers_no_word_of_a_comment_afterwards(survey, tmp_path):
    assert counted(survey, tmp_path, Marketing=["Nowak hid the flugelhorn."])[0] == [
        ("Commercial", "[a colleague] hid the flugelhorn.")
    ]
    assert [remembered.cache_info().currsize for remembered in (key_of, is_word, reading_of)] == [0, 0, 0]


def test_nothing_is_withheld_where_too_few_answered_in_all(survey, tmp_path):
    wave = open_next(survey, tmp_path)
    for invitation in invitations(wave, "Marketing", 4):
        cast(invitation, comment="As the only editor I say no.")
    close(wave, tmp_path)
    assert stored() == ([], [])
