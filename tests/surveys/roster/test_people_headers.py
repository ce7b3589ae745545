"""Which column of a people file means what, in five languages; and what else a cell may say."""

import pytest

from surveys.files.headers import UnknownColumnsError
from surveys.roster.people_file import RosterPerson
from tests.surveys.people_files import ANN, HEADER, changed, csv_file, read

ROW = ["ann@x.example", "Ann Lee", "Sales", "Commercial", "Riga"]
PERSON = RosterPerson("ann@x.example", "Ann Lee", "Sales", "Riga")


@pytest.mark.parametrize(
    "header",
    [
        ["Work Email", "Full Name", "Department Name", "Division", "Office"],
        ["E-Mail-Adresse", "Mitarbeiter", "Abteilung", "Bereich", "Standort"],
        ["Электронная почта", "ФИО", "Подразделение", "Вышестоящее подразделение", "Город"],
        ["Courriel", "Nom et prénom", "Équipe", "Direction", "Lieu de travail"],
        ["Correo electrónico", "Nombre y apellidos", "Departamento", "División", "Sede"],
    ],
    ids=["en", "de", "ru", "fr", "es"],
)
def test_headers_are_known_in_five_languages(header):
    file = read(csv_file(ROW, header=header))
    assert file.people == (PERSON,)
    assert file.parents == {"Sales": "Commercial", "Commercial": None}
    assert [cell.column for cell in file.header] == ["email", "name", "department", "parent_department", "site"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("First name", "Last name"),
        ("Vorname", "Nachname"),
        ("Vorname", "Name"),
        ("Имя", "Фамилия"),
        ("Prénom", "Nom"),
        ("Nombre", "Apellidos"),
        ("Name", "Surname"),
    ],
)
def test_first_and_last_name_may_be_apart_in_any_order(first, last):
    rows = {first: "Ann", last: "Lee"}
    for header in ([first, last], [last, first]):
        data = csv_file(["ann@x.example", *map(rows.get, header), "Sales"], header=["email", *header, "department"])
        assert read(data).people == (RosterPerson("ann@x.example", "Ann Lee", "Sales"),)


def test_of_two_columns_that_may_be_meant_the_better_name_is_taken():
    data = csv_file(["a@x.example", "p@x.example", "Ann", "Sales"], header=["Mail", "Work email", "Name", "Department"])
    file = read(data)
    assert file.people[0].email == "p@x.example"
    assert file.ignored_columns == ("Mail",)


def test_a_choice_goes_before_every_guess():
    data = csv_file(["a@x.example", "p@x.example", "Ann", "Sales"], header=["email", "Postfach", "Name", "Kst"])
    with pytest.raises(UnknownColumnsError) as raised:
        read(data)
    assert [problem.column for problem in raised.value.problems] == ["department"]
    assert [(cell.title, cell.column, cell.sample) for cell in raised.value.header][1::2] == [
        ("Postfach", "", ("p@x.example",)),
        ("Kst", "", ("Sales",)),
    ]
    chosen = {"email": "", "postfach": "email", "kst": "department"}
    assert read(data, columns=chosen).people == (RosterPerson("p@x.example", "Ann", "Sales"),)


@pytest.mark.parametrize(
    ("value", "code"),
    [("en-US", "en"), ("ru_RU", "ru"), ("EN", "en"), ("Englisch", "en"), ("английский", "en"), ("russe", "ru")],
)
def test_a_language_may_have_a_country_or_a_name(value, code):
    assert read(csv_file(changed(language=value))).people[0].language == code


@pytest.mark.parametrize(
    ("value", "zone"),
    [
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("w. europe standard time", "Europe/Berlin"),
        ("Russian Standard Time", "Europe/Moscow"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
        ("(UTC+01:00) Nowhere, Warsaw, Zagreb", "Europe/Warsaw"),
    ],
)
def test_a_time_zone_may_be_one_of_windows(value, zone):
    assert read(csv_file(changed(time_zone=value))).people[0].time_zone == zone


def test_a_column_twice_under_its_own_name_is_still_refused():
    assert read(csv_file(ANN)).header[0].column == "email"
    assert [cell.title for cell in read(csv_file(ANN)).header] == HEADER
