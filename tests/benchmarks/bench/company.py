"""A made-up company as a people file, in which first names and family names recur as they do in a real one."""

import csv
import itertools

from openpyxl import Workbook

MOST_DEPARTMENTS, PEOPLE_EACH, BELOW_EACH = 2_000, 50, 10
# Besides those who have answered, so many who have not: they do while ballots are shuffled.
MOST_WAITING = 6_000
HEADER = ["email", "name", "department", "parent_department", "site", "language", "time_zone", "is_head", "on_leave"]
VOWELS, CONSONANTS = "aeiou", "bdfgklmnprst"
SYLLABLES = [consonant + vowel for consonant in CONSONANTS for vowel in VOWELS]
GIVEN = ["".join(parts).capitalize() + "n" for parts in itertools.product(SYLLABLES[::4], SYLLABLES[::5])][:-1]
FAMILY = ["".join(parts).capitalize() + "son" for parts in itertools.product(SYLLABLES, SYLLABLES)]


def waiting(people):
    return min(people // 10, MOST_WAITING)


def departments(people):
    return max(2 * BELOW_EACH, min(MOST_DEPARTMENTS, people // PEOPLE_EACH))


def name_of(number):
    """Another one for each person, or two of one department would be asked about; the odd numbers spread them."""
    turn, given = divmod(number, len(GIVEN))
    return f"{GIVEN[given]} {FAMILY[(1009 * turn + 37 * given) % len(FAMILY)]}"


def rows(people, *, shift):
    """Everybody; with another shift each works elsewhere and has a title."""
    count = departments(people)
    for number in range(people + waiting(people)):
        department = (number + shift) % count
        parent = f"Department {department // BELOW_EACH}" if department >= BELOW_EACH else ""
        yield [
            f"person.{number}@northwind.example",
            f"{name_of(number)}{' B.Sc.' * shift}",
            f"Department {department}",
            parent,
            f"Site {department % 40}",
            "ru" if number % 3 else "en",
            "Europe/Riga",
            "yes" if number < count else "no",
            "no",
        ]


def write_csv(path, people):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows(people, shift=0)])


def write_xlsx(path, people):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in itertools.chain([HEADER], rows(people, shift=1)):
        sheet.append(row)
    book.save(path)
