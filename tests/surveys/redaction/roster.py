"""A made-up roster: the names that comments are attacked with. Some of them are ordinary words too."""

ENGLISH = (
    *("Oliver Hartwell", "Amelia Thornbury", "Harriet Blackwood", "Declan Murphy", "Siobhan Gallagher", "Rajesh Patel"),
    *(
        "Priya Raghunathan",
        "Thomas Fairweather",
        "Eleanor Whitcombe",
        "Marcus Delacroix",
        "Ngozi Okafor",
        "Kwame Mensah",
    ),
    *("Ingrid Lindqvist", "Bjorn Sørensen", "José Álvarez", "Zoë Vandenberg", "François Dubois", "Katarzyna Nowak"),
    *("Sinead O'Brien", "Maria de la Cruz", "Pieter van der Berg", "Anne-Marie Smith-Jones", "Yusuf Demir", "Li Wei"),
    *(
        "Robert Castellano",
        "Stephanie Kowalczyk",
        "Gareth Pemberton",
        "Michael Osterman",
        "Jennifer Aldridge",
        "Ann Lee",
    ),
    *("Mark Brown", "Grace Hopewell", "Will Young", "Rose Price", "May Winters", "Dean Sharp", "Faith Moreau"),
    *("Hunter Wood", "Joy Adeyemi", "Frank Long"),
)
# Given name in the nominative, genitive, dative, instrumental and prepositional; family name in the nominative.
RUSSIAN = (
    ("Иван Ивана Ивану Иваном Иване", "Курбатов"),
    ("Елена Елены Елене Еленой Елене", "Курбатова"),
    ("Павел Павла Павлу Павлом Павле", "Кузнецов"),
    ("Пётр Петра Петру Петром Петре", "Соболевский"),
    ("Ольга Ольги Ольге Ольгой Ольге", "Соболевская"),
    ("Игорь Игоря Игорю Игорем Игоре", "Шевчук"),
    ("Наталья Натальи Наталье Натальей Наталье", "Шевчук"),
    ("Дмитрий Дмитрия Дмитрию Дмитрием Дмитрии", "Коваленко"),
    ("Юлия Юлии Юлии Юлией Юлии", "Бондаренко"),
    ("Сергей Сергея Сергею Сергеем Сергее", "Оганесян"),
    ("Гульнара Гульнары Гульнаре Гульнарой Гульнаре", "Хабибуллина"),
    ("Рашид Рашида Рашиду Рашидом Рашиде", "Мамедов"),
    ("Артём Артёма Артёму Артёмом Артёме", "Щербаков"),
    ("Ксения Ксении Ксении Ксенией Ксении", "Журавлёва"),
    ("Тимофей Тимофея Тимофею Тимофеем Тимофее", "Гольдштейн"),
    ("Марина Марины Марине Мариной Марине", "Голубкина"),
    ("Аркадий Аркадия Аркадию Аркадием Аркадии", "Салтыков"),
    ("Инна Инны Инне Инной Инне", "Рябинина"),
    ("Вадим Вадима Вадиму Вадимом Вадиме", "Плотников"),
    ("Жанна Жанны Жанне Жанной Жанне", "Белоусова"),
    ("Эдуард Эдуарда Эдуарду Эдуардом Эдуарде", "Чернышевский"),
    ("Регина Регины Регине Региной Регине", "Вайсман"),
    ("Денис Дениса Денису Денисом Денисе", "Юдин"),
    ("Алла Аллы Алле Аллой Алле", "Цветкова"),
    ("Виктор Виктора Виктору Виктором Викторе", "Ермолаев"),
    ("Вера Веры Вере Верой Вере", "Волкова"),
    ("Роман Романа Роману Романом Романе", "Мороз"),
    ("Надежда Надежды Надежде Надеждой Надежде", "Зайцева"),
    ("Лев Льва Льву Львом Льве", "Толстиков"),
    ("Любовь Любови Любови Любовью Любови", "Светлова"),
)
RUSSIAN_NAMES = tuple(f"{given.split()[0]} {family}" for given, family in RUSSIAN)
NAMES = (*ENGLISH, *RUSSIAN_NAMES)
ADDRESSES = ("jane.doe@example.com", "p.kuznetsov@firma.example", "a_thornbury@example.co.uk")

_CASES = {
    "man": ("", "а", "у", "ым", "е"),
    "woman": ("а", "ой", "ой", "ой", "ой"),
    "adjective_man": ("ий", "ого", "ому", "им", "ом"),
    "adjective_woman": ("ая", "ой", "ой", "ой", "ой"),
    "consonant": ("", "а", "у", "ом", "е"),
}


def family_forms(given: str, family: str) -> tuple[str, ...]:
    """The five cases of a Russian family name, by the rules of school grammar."""
    nominative = given.split(maxsplit=1)[0]
    is_woman = nominative[-1] in "аяь" and nominative != "Игорь"
    if family.endswith(("ский", "ская")):
        kind = "adjective_woman" if is_woman else "adjective_man"
        return tuple(family[:-2] + ending for ending in _CASES[kind])
    if family.endswith(("ова", "ева", "ёва", "ина")):
        return tuple(family[:-1] + ending for ending in _CASES["woman"])
    if family.endswith(("ов", "ев", "ин")):
        return tuple(family + ending for ending in _CASES["man"])
    if is_woman or family.endswith("о"):
        return (family,) * 5
    return tuple(family + ending for ending in _CASES["consonant"])
