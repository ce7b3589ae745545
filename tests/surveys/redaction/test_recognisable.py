"""Comments that say who wrote them, and ordinary ones that use the same words."""

import pytest

from surveys.redaction.recognisable import is_recognisable
from tests.surveys.redaction import ordinary

RECOGNISABLE = (
    "As the only engineer on the night shift I see it.",
    "As the only woman here I hear such jokes daily.",
    "I am the only one in accounting who speaks up.",
    "I'm the only German in the team.",
    "Being the only developer, I carry everything.",
    "I am your newest colleague and nobody has explained anything.",
    "As a pregnant woman I get no shifts.",
    "I am the head of the night shift and cannot go on.",
    "You know who wrote this.",
    "My name is not important but you can guess who I am.",
    "Since I am the only one with a forklift licence, I work weekends.",
    "As the sole lawyer I cannot keep up.",
    "I’m the youngest in the team.",
    "Как единственная женщина в цехе, скажу прямо.",
    "Я единственный программист в отделе.",
    "Будучи единственным юристом, я не успеваю.",
    "Я тут одна из бухгалтерии, кто это видит.",
    "Как самая молодая в команде, терплю насмешки.",
    "Как беременная сотрудница, я не получаю смен.",
    "Как руководитель смены, я больше не могу.",
    "Вы поймёте, кто это пишет.",
    "Я — единственный, кто умеет чинить станок.",
    "As the  ONLY  tester I say no.",
    "As\u200b the on\u200bly tester I say no.",
)
OTHERS = (
    "The only thing that helps is more people.",
    "As the only option left we chose the worst one.",
    "This is the only way to get an answer.",
    "We are the only department that answers.",
    "Единственный выход — нанять людей.",
    "Это единственная причина ухода.",
    "Как единственный вариант предложили ничего.",
    "The one person department model fails.",
    "We need a head of quality.",
    "As the deadline came, only one team was ready.",
    "Как руководитель говорит, так и делаем.",
    "Я один раз спросил, и больше не буду.",
)


@pytest.mark.parametrize("comment", RECOGNISABLE)
def test_what_tells_the_author_is_recognised(comment):
    assert is_recognisable(comment)


@pytest.mark.parametrize("comment", OTHERS)
def test_the_same_words_about_something_else_are_not(comment):
    assert not is_recognisable(comment)


def test_ordinary_sentences_say_nothing_of_their_author():
    assert [comment for comment in ordinary.SENTENCES if is_recognisable(comment)] == []
