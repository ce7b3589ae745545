"""Every way in which a comment of the adversarial set names somebody: (kind, comment, what must not be left of it)."""

import random
import string

from tests.surveys.redaction.roster import ENGLISH, RUSSIAN, family_forms

SENTENCES = (
    "I was shouted at by {}.",
    "Nobody in our team trusts {} any more.",
    "Meetings with {} are a waste of time.",
)
# One for each case: nominative, genitive, dative, instrumental, prepositional.
RUSSIAN_SENTENCES = (
    "На всех совещаниях {} кричит на людей.",
    "Без {} в отделе было бы спокойнее.",
    "Мы устали объяснять {} одно и то же.",
    "Работать с {} невозможно.",
    "Все говорят о {} только плохое.",
)
# Names that are words as well, which a comment may mean either way without a capital letter.
WORDS_TOO = {
    *("mark", "brown", "grace", "will", "young", "rose", "price", "may", "winters", "dean", "sharp", "faith", "hunter"),
    *(
        "wood",
        "joy",
        "frank",
        "long",
        "li",
        "wei",
        "lee",
        "вера",
        "роман",
        "надежда",
        "лев",
        "любовь",
        "мороз",
        "волкова",
    ),
    *("веры", "вере", "верой", "романа", "роману", "романом", "романе", "мороза", "морозу", "морозом", "морозе"),
    *("надежды", "надежде", "надеждой", "льва", "льву", "львом", "льве", "любови", "любовью", "юдин", "anne", "ann"),
    *("marie", "berg", "кузнецов", "салтыков", "плотников", "цветкова", "цветковой"),
}
ZERO_WIDTH = ("\u200b", "\u200c", "\u2060", "\u00ad", "\ufeff", "\u034f", "\u200d", "\u202e")
LOOKALIKES = dict(zip("aeopcyxiAEOPCXTHKMBасеорухАСЕОРХТНКМВ", "аеорсухіАЕОРСХТНКМВaceopyxACEOPXTHKMB", strict=True))
LEET = str.maketrans({"o": "0", "i": "1", "e": "3", "a": "4", "о": "0", "з": "3"})


def words_of(name):
    return [
        word for word in name.replace("-", " ").replace("'", " ").split() if word not in ("O", "de", "la", "van", "der")
    ]


def telling(words, letters=5):
    """The words that no other reading explains and that are long enough to carry an error."""
    return [word for word in words if len(word) >= letters and word.lower() not in WORDS_TOO]


def with_typo(word, chance):
    """One letter changed, left out, doubled, put in, or two of them swapped."""
    place = chance.randrange(1, len(word) - 1)
    alphabet = string.ascii_lowercase if word.isascii() else "абвгдежзиклмнопрстуфхцчшщыэюя"
    kind = chance.randrange(5)
    if kind == 0:
        return word[:place] + chance.choice(alphabet) + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place + 1 :]
    if kind == 2:
        return word[:place] + word[place] + word[place:]
    if kind == 3:
        return word[:place] + chance.choice(alphabet) + word[place:]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def disguised(word, chance):
    """(kind, spelling) of one word of a name, with letters in between, unseen, or of another kind."""
    middle = chance.randrange(1, len(word) - 1)
    yield "spaced", " ".join(word)
    yield "spaced", ".".join(word)
    yield "spaced", "-".join(word)
    yield "spaced", "  ".join(word)
    yield "spaced", "_".join(word)
    yield "in pieces", f"{word[:middle]}-{word[middle:]}"
    yield "in pieces", f"{word[:middle]}*{word[middle + 1 :]}"
    yield "invisible", chance.choice(ZERO_WIDTH).join(word)
    yield "invisible", word[:middle] + chance.choice(ZERO_WIDTH) + word[middle:]
    yield "invisible", word[:middle] + "\u0336" + word[middle:]
    yield (
        "other letters",
        "".join(LOOKALIKES.get(letter, letter) if place == middle else letter for place, letter in enumerate(word)),
    )
    yield "other letters", "".join(chr(ord(letter) + 0xFEE0) if letter.isascii() else letter for letter in word)
    yield "other letters", word[0] + word[1:].translate(LEET) if sum(map(word[1:].count, "oieaоз")) == 1 else word
    yield "other case", word.lower()
    yield "other case", word.upper()
    yield "other case", word.swapcase()


def english(chance):
    for name in ENGLISH:
        words = words_of(name)
        yield "whole", name
        yield "whole", name.lower() if not WORDS_TOO.issuperset(map(str.lower, words)) else name
        yield "whole", f"{words[-1]}, {words[0]}"
        yield "initial", f"{words[0][0]}. {words[-1]}"
        for word in words:
            yield "one part", word
            yield "inflected", f"{word}'s team"
        yield "run together", "".join(words)
        for word in telling(words):
            yield from (("typing error", with_typo(word, chance)) for _ in range(3))
            yield from disguised(word, chance)
            yield "inflected", f"the {word}s of this world"


def russian(chance):
    """(kind, number of the case, name)."""
    for given, family in RUSSIAN:
        forms = list(zip(given.split(), family_forms(given, family), strict=True))
        for case, (first, last) in enumerate(forms):
            yield "whole", case, f"{first} {last}"
            yield "whole", case, f"{last} {first}"
            yield "initial", case, f"{first[0]}. {last}"
            yield "initial", case, f"{last} {first[0]}.{first[0]}."
            yield "inflected", case, first
            yield "inflected", case, last
            for word in telling((first, last)):
                yield "typing error", case, with_typo(word, chance)
                yield "other case", case, word.lower()
        for word in telling((forms[0][0], forms[0][1])):
            yield from ((kind, 0, spelling) for kind, spelling in disguised(word, chance))


def attacks():
    """All of them, the same at each call."""
    chance = random.Random(12)
    found = []
    for number, (kind, spelling) in enumerate(english(chance)):
        found.append((kind, SENTENCES[number % len(SENTENCES)].format(spelling), spelling))
    for kind, case, spelling in russian(chance):
        found.append((kind, RUSSIAN_SENTENCES[case].format(spelling), spelling))
    return found


# What reaches a person, and what must not be left of it.
CONTACTS = (
    ("Write to jane.doe@example.com instead.", "jane.doe"),
    ("Write to Jane.Doe@Example.COM!", "oe@"),
    ("Mail: jane.doe(at)example.com", "example"),
    ("jane.doe [at] example [dot] com knows", "doe"),
    ("пишите на p.kuznetsov@firma.example", "kuznetsov"),
    ("пишите p.kuznetsov собака firma точка example", "firma"),
    ("a_thornbury @ example.co.uk", "thornbury"),
    ("someone.else＠other.example", "other"),
    ("ja\u200bne.d\u00adoe@example.com", "example"),
    ("His handle is @petrovich77 on the chat.", "petrovich77"),
    ("Call +44 20 7946 0958 and see.", "7946"),
    ("Call 020 7946 0958", "7946"),
    ("call me on 555-0134", "0134"),
    ("Звоните +7 (916) 123-45-67", "123-45"),
    ("тел. 8-916-123-45-67 не отвечает", "916"),
    ("мой телефон 89161234567", "8916"),
    ("доб. 4512", "4512"),
    ("ext. 4512 is never answered", "4512"),
    ("Телефон: ８９１６１２３４５６７", "９１６"),
    ("+49 (0)30 123456-78", "123456"),
    ("8 9 1 6 1 2 3 4 5 6 7", "1 6 1"),
    ("Employee number 10423 is never here.", "10423"),
    ("personnel no. 774 sleeps", "774"),
    ("ID 88231 should go", "88231"),
    ("The man with 104233 on the badge", "104233"),
    ("EMP-00417 shouts", "00417"),
    ("табельный номер 3317", "3317"),
    ("таб. № 03317 опять опоздал", "03317"),
    ("сотрудник 204517 хамит", "204517"),
    ("staff id A-20991", "20991"),
    ("employee #4711 is lazy", "4711"),
    ("jane(dot)doe(at)example(dot)com", "doe"),
    ("jane.doe@example never answers", "example"),
    ("555.123.4567", "4567"),
    ("0049 171 2345678", "2345678"),
    ("T-4711", "4711"),
)
LINKS = (
    ("See https://wiki.example.com/people/kw?x=1 for it.", "/people"),
    ("www.example.com/u/771 says it", "/u/771"),
    ("hxxps://intranet.example.com/a/b", "/a/b"),
    ("look at files.example.org/q", "/q"),
    ("см. http://портал.рф/люди/5", "/люди"),
)
