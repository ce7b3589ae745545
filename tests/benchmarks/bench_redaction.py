"""Redacts comments in a company whose people all have other names; prints seconds of CPU and the memory that it takes.

Run as `python -m tests.benchmarks.bench_redaction [people]`; 2,000 people unless told otherwise, half of them with
Russian names, and 1,000 comments. Real companies share names, and take less.
"""

import random
import sys
import time
from pathlib import Path

from surveys.redaction.language import is_in_another_language
from surveys.redaction.redactor import NamedPerson, Redactor
from tests.surveys.redaction import ordinary

PEOPLE, COMMENTS, SENTENCES = 2_000, 1_000, 4
LATIN, CYRILLIC = ("aeiou", "bdfgklmnprstv"), ("аеиоу", "бвгдклмнпрст")


def megabytes():
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024


def name(chance, letters, ending):
    vowels, consonants = letters
    given, family = ("".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(size)) for size in (3, 4))
    return f"{given.capitalize()} {family.capitalize()}{ending}"


def main(people):
    chance = random.Random(12)
    names = [name(chance, *((LATIN, "son"), (CYRILLIC, "ов"))[number % 2]) for number in range(people)]
    comments = [
        " ".join((*chance.sample(ordinary.SENTENCES, SENTENCES), f"Ask {chance.choice(names)}."))
        for _ in range(COMMENTS)
    ]
    before, began = megabytes(), time.process_time()
    redactor = Redactor(NamedPerson(person) for person in names)
    built = time.process_time()
    for comment in comments:
        is_in_another_language(redactor.redact(comment), {"en", "ru"})
    print(f"{people} people: {built - began:.1f} s to spell their names, {megabytes() - before} MB with everything")
    print(f"{COMMENTS} comments of {SENTENCES + 1} sentences: {time.process_time() - built:.1f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
