"""In which language a comment is written: of ordinary sentences none is taken for a foreign one."""

import pytest

from surveys.redaction.language import is_in_another_language
from tests.surveys.redaction import ordinary

BOTH = {"en", "ru"}
FOREIGN = (
    "Wir brauchen endlich mehr Personal.",
    "Die Besprechungen dauern zu lange und niemand entscheidet etwas.",
    "Trop de réunions et personne ne décide.",
    "Personne n'écoute les gens de l'atelier.",
    "Reuniones demasiado largas y nadie decide nada.",
    "Mam dość tych zebrań, nikt nie słucha.",
    "Nikt nie odpowiada na maile z innych działów.",
    "Çok fazla toplantı var, kimse karar vermiyor.",
    "Забагато зустрічей і мало рішень.",
    "Твърде много срещи и никой не решава.",
    "Troppe riunioni e nessuna decisione.",
    "Te veel vergaderingen en niemand beslist.",
    "För många möten och ingen bestämmer.",
    "Liian monta kokousta eikä kukaan päätä.",
    "Příliš mnoho porad a nikdo nerozhoduje.",
    "Prea multe ședințe și nimeni nu decide.",
    "会议太多，没有人做决定。",
    "الاجتماعات كثيرة جدا ولا أحد يقرر.",
    "Πάρα πολλές συσκέψεις και κανείς δεν αποφασίζει.",
    "Quá nhiều cuộc họp và không ai quyết định.",
    "Muitas reuniões e ninguém decide.",
    "Túl sok az értekezlet.",
    "Kebanyakan rapat, tidak ada keputusan.",
    "Jelentések tömege.",
    "Hatóság",
    "Danke für nichts.",
    "Merde alors",
    "Занадто багато нарад",
    "Масыраған жиналыс көп",
    "Too many meetings. Die Besprechungen dauern viel zu lange.",
    "Thank you. Ich habe genug davon gehabt.",
)
SHORT = (
    "Ok",
    "Thx!",
    "pls fix the printer",
    "No comment",
    "Good",
    "Норм",
    "Всё плохо",
    "More pay please",
    "lol",
    "тормозит 1С",
    "Deadline slips, QA blocked, no handover",
    "KPI KPI KPI",
    ":)",
    "нет слов",
    "ну такое",
    "Jira, Slack, Wiki",
    "Less Kanban, more Arbeit",
)


@pytest.mark.parametrize("comment", FOREIGN)
def test_another_language_is_noticed_whole_or_in_a_sentence(comment):
    assert is_in_another_language(comment, BOTH)


def test_ordinary_sentences_are_in_their_language():
    assert [comment for comment in ordinary.SENTENCES if is_in_another_language(comment, BOTH)] == []
    assert [comment for comment in ordinary.ENGLISH if is_in_another_language(comment, {"en"})] == []
    assert [comment for comment in ordinary.RUSSIAN if is_in_another_language(comment, {"ru"})] == []


def test_a_language_that_is_not_allowed_is_noticed():
    assert [comment for comment in ordinary.ENGLISH if not is_in_another_language(comment, {"ru"})] == []
    assert [comment for comment in ordinary.RUSSIAN if not is_in_another_language(comment, {"en"})] == []
    assert is_in_another_language("Ок", {"en"})


@pytest.mark.parametrize("comment", SHORT)
def test_a_short_comment_is_in_no_other_language(comment):
    assert not is_in_another_language(comment, BOTH)


def test_what_was_put_in_for_a_name_does_not_count():
    assert not is_in_another_language("[a colleague] всё время кричит на [a colleague].", {"ru"})


def test_no_language_allowed_means_that_none_is():
    assert is_in_another_language("Meetings are too long.", set())
