"""A small instrument, and ways to spoil it."""

import copy

from surveys.questions.instrument_file import load

SMALL = """
code: handovers
version: 1
name: {en: Handovers, ru: Передача дел}
languages: [en, ru]
periods:
  four_weekly: {en: the last four weeks, ru: последние четыре недели}
  monthly: {en: the last month, ru: последний месяц}
  quarterly: {en: the last three months, ru: последние три месяца}
  own: {en: the last two weeks, ru: последние две недели}
option_sets:
  how_often:
    options:
      - {value: 0, label: {en: Never, ru: Никогда}}
      - {value: 100, label: {en: Often, ru: Часто}}
    missing:
      - {en: Can't judge, ru: Не могу судить}
scales:
  - code: lost_work
    kind: core
    name: {en: Lost work, ru: Потерянная работа}
    description: {en: Work gets lost., ru: Работа теряется.}
    items:
      - {code: lost_1, text: {en: "In {period}, lost?", ru: "За {period}?"}, option_set: how_often}
      - {code: lost_2, text: {en: Complete., ru: Полностью.}, option_set: how_often, reversed: true}
  - code: own_theme
    kind: extra
    name: {en: Theme, ru: Тема}
    description: {en: Our theme., ru: Наша тема.}
    items:
      - {code: theme_1, text: {en: Theme., ru: Тема.}, option_set: how_often}
pick_one:
  code: hindrance
  text: {en: What hindered you., ru: Что мешало.}
  options:
    - {code: people, label: {en: People, ru: Люди}, scale: lost_work}
    - {code: tools, label: {en: Tools, ru: Инструменты}}
  missing:
    - {en: Can't judge, ru: Не могу судить}
counterparts:
  contact:
    text: {en: Together., ru: Вместе.}
    worked: {en: Worked, ru: Работали}
    needed: {en: Needed, ru: Было нужно}
    no_need: {en: No need, ru: Не было нужно}
  items:
    - {code: c_1, text: {en: Met., ru: Встречались.}, option_set: how_often, no_contact_is_risk: true}
    - {code: c_2, text: {en: Settled., ru: Договорились.}, option_set: how_often}
"""

PARSED = load(SMALL)
TEXT = {"en": "New", "ru": "Новый"}
REMOVED = object()
OPTION_0 = ("option_sets", "how_often", "options", 0)
ITEM_0 = ("scales", 0, "items", 0)


def changed(document, place, value):
    """A copy with `value` at the place, a path such as ("scales", 0, "code")."""
    result = copy.deepcopy(document)
    at = result
    for step in place[:-1]:
        at = at[step]
    if value is REMOVED:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    return result


def walk(schema):
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from walk(part)
