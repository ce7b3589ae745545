"""The adversarial set: names and contacts are caught, ordinary sentences stay. Figures: run with -s."""

from collections import Counter

import pytest

from surveys.redaction.redactor import NamedPerson, Redactor
from tests.surveys.redaction import ordinary
from tests.surveys.redaction.attacks import CONTACTS, LINKS, attacks
from tests.surveys.redaction.roster import ADDRESSES, NAMES

COLLEAGUE, ADDRESS, NUMBER = "[a colleague]", "[an address]", "[a number]"


@pytest.fixture(scope="module")
def redactor():
    people = [NamedPerson(name) for name in NAMES]
    return Redactor([*people, *(NamedPerson("", address) for address in ADDRESSES)])


def is_caught(redactor, comment, name):
    text = redactor.redact(comment)
    return COLLEAGUE in text and name not in text


def test_names_of_the_roster_are_caught(redactor):
    tried, caught = Counter(), Counter()
    missed = []
    for kind, comment, name in attacks():
        tried[kind] += 1
        caught[kind] += is_caught(redactor, comment, name)
        if not is_caught(redactor, comment, name):
            missed.append((kind, name))
    print()
    for kind, count in tried.items():
        print(f"{kind:15} {caught[kind]:5} of {count:5}   {caught[kind] / count:.3f}")
    print(f"{'all':15} {caught.total():5} of {tried.total():5}   {caught.total() / tried.total():.3f}")
    print(missed)
    assert tried.total() > 2_000
    assert caught.total() / tried.total() >= 0.95
    assert {kind for kind, count in tried.items() if caught[kind] < 0.9 * count} == set()


def test_ordinary_sentences_stay_as_they_are(redactor):
    altered = [sentence for sentence in ordinary.SENTENCES if redactor.redact(sentence) != sentence]
    print(f"\n{len(altered)} of {len(ordinary.SENTENCES)} ordinary sentences altered: {altered}")
    assert len(ordinary.SENTENCES) > 200
    assert len(altered) <= 0.01 * len(ordinary.SENTENCES)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Sales promised dates. Ask Sales!", "Sales promised dates. Ask Sales!"),
        ("Young Talents is a joke", "Young Talents is a joke"),
        ("Nobody from Marketing 3 or sales.4 came.", "Nobody from Marketing 3 or sales.4 came."),
        ("HR never answers. Ask HR!", "HR never answers. Ask HR!"),
        ("Ask Will Young of Sales.", "Ask [a colleague] of Sales."),
        ("Ask Mr Young of Sales.", "Ask Mr [a colleague] of Sales."),
    ],
)
def test_a_department_may_be_named_even_where_somebody_is_called_so(comment, expected):
    people = [
        NamedPerson("Sales 4", "sales.4@example.com"),
        NamedPerson("Will Young"),
        NamedPerson("Marketing 3"),
        NamedPerson("HR"),
    ]
    assert Redactor(people, ["Sales", "Marketing", "Young Talents"]).redact(comment) == expected


def test_the_host_of_a_link_is_left_out_where_it_names_somebody():
    redactor = Redactor([NamedPerson("Katarzyna Nowak")])
    assert redactor.redact("See https://nowak.example.com/x.") == "See [a link]."


@pytest.mark.parametrize(("comment", "contact"), CONTACTS)
def test_contacts_are_caught(redactor, comment, contact):
    text = redactor.redact(comment)
    assert contact not in text
    assert ADDRESS in text or NUMBER in text


@pytest.mark.parametrize(("comment", "path"), LINKS)
def test_links_become_text(redactor, comment, path):
    text = redactor.redact(comment)
    assert path not in text
    assert "[a link to " in text
    assert "://" not in text
