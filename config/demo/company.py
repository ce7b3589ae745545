"""Northwind Instruments: its departments, its people, and who works with whom."""

import csv
import random
from dataclasses import dataclass
from pathlib import Path

MAIL_DOMAIN = "northwind.example"
SEED = 1851

# name, parent, people
DEPARTMENTS: list[tuple[str, str, int]] = [
    ("Commercial", "", 0),
    ("Marketing", "Commercial", 24),
    ("Sales", "Commercial", 38),
    ("Customer Service", "Commercial", 26),
    ("Operations", "", 0),
    ("Production", "Operations", 48),
    ("Logistics", "Operations", 24),
    ("Quality", "Operations", 16),
    ("Research and Development", "", 32),
    ("Finance", "", 18),
    ("Legal", "Finance", 4),
    ("People", "", 10),
]

COUNTERPARTS: list[tuple[str, str]] = [
    ("Marketing", "Sales"),
    ("Marketing", "Research and Development"),
    ("Sales", "Marketing"),
    ("Sales", "Production"),
    ("Sales", "Finance"),
    ("Customer Service", "Sales"),
    ("Customer Service", "Logistics"),
    ("Production", "Quality"),
    ("Production", "Logistics"),
    ("Production", "Research and Development"),
    ("Logistics", "Production"),
    ("Logistics", "Sales"),
    ("Quality", "Production"),
    ("Research and Development", "Production"),
    ("Research and Development", "Marketing"),
    ("Finance", "Sales"),
    ("Legal", "Sales"),
    ("People", "Production"),
]

_FIRST_NAMES = (
    "Ada Alan Amir Anna Boris Carla Chen Dana David Elena Emil Eva Farah Felix Greta Hana Hugo Ida Igor Ines Ivan "
    "Jana Jonas Kai Karin Lara Leo Lin Lucia Marek Maria Mila Nadia Nils Nora Olga Omar Paul Petra Rosa Sam Sara "
    "Sofia Tara Theo Tomas Uma Vera Viktor Yara Yuri Zoe"
).split()
_LAST_NAMES = (
    "Abel Adler Baker Berg Brandt Carter Castro Costa Diaz Dorn Ek Ferrari Fischer Frank Garcia Gruber Hansen Hill "
    "Horvat Ito Ivanova Jensen Kaya Keller Kim Klein Kovacs Kowalski Lang Larsen Lopez Maier Marin Moreau Novak Okafor "
    "Olsen Orlova Park Petrov Popova Rossi Ruiz Santos Sato Silva Smirnov Sokolov Stone Tanaka Vogel Weber Wolf Young"
).split()


@dataclass(frozen=True)
class DemoPerson:
    """One of the demo's made-up people."""

    # The address that mails go to, below MAIL_DOMAIN.
    email: str
    name: str
    # The name of the department.
    department: str


def people() -> list[DemoPerson]:
    """The staff, the same in every run."""
    chance = random.Random(SEED)
    names = [f"{first} {last}" for first in _FIRST_NAMES for last in _LAST_NAMES]
    drawn = iter(chance.sample(names, sum(count for _, _, count in DEPARTMENTS)))
    return [
        DemoPerson(f"{name.replace(' ', '.').lower()}@{MAIL_DOMAIN}", name, department)
        for department, _, count in DEPARTMENTS
        for name in (next(drawn) for _ in range(count))
    ]


def write_files(folder: Path) -> tuple[Path, Path]:
    """The files that HR would have: who works where, and who works with whom."""
    parents = {name: parent for name, parent, _ in DEPARTMENTS}
    roster, counterparts = folder / "people.csv", folder / "counterparts.csv"
    with roster.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow("email name department parent_department site language time_zone is_head on_leave".split())
        heads: set[str] = set()
        for number, person in enumerate(people()):
            parent = parents[person.department]
            site = "Harbour Street" if parent == "Operations" else "Old Mill"
            language = "ru" if number % 10 == 0 else "en"
            is_head = "no" if person.department in heads else "yes"
            heads.add(person.department)
            writer.writerow(
                [person.email, person.name, person.department, parent, site, language, "Europe/Riga", is_head, "no"]
            )
    with counterparts.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("department", "counterpart"), *COUNTERPARTS])
    return roster, counterparts
