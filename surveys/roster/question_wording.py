"""The words of what a people file leaves open, for the page and for the command."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.roster.questions import Question, QuestionKind, answer_to
from surveys.rules.english import format_count

# With more of one kind they are answered together.
MOST_SINGLE = 10
SHOWN = 50
_TITLES = {
    QuestionKind.RENAMED: "Is the department renamed?",
    QuestionKind.ADDRESS: "Is it the same person with another address?",
    QuestionKind.PERSON: "Is it one person twice?",
    QuestionKind.DEPARTMENT: "Is it one department twice?",
}
_SAME = {
    QuestionKind.RENAMED: "Renamed: it keeps its people, history, audience and leaders",
    QuestionKind.ADDRESS: "The same person",
    QuestionKind.PERSON: "One person: I correct the file",
    QuestionKind.DEPARTMENT: "One department: I correct the file",
}
_OTHER = {
    QuestionKind.RENAMED: "Another department",
    QuestionKind.ADDRESS: "Another person",
    QuestionKind.PERSON: "Two people: import both",
    QuestionKind.DEPARTMENT: "Two departments: import both",
}


@dataclass(frozen=True)
class QuestionText:
    """One decision as it is shown: about one question, or about all of a kind."""

    # What the answer is stored under: the question's key, or the kind.
    key: str
    # The kind as a question.
    title: str
    # What it is about, a sentence each.
    sentences: tuple[str, ...]
    # How many sentences are not shown.
    more: int
    # What "the same" means here.
    same: str
    # What "another one" means here.
    other: str
    # What was answered: whether it is the same; None if nothing.
    answer: bool | None


def explain_question(question: Question) -> str:
    """Why it is asked, as a sentence."""
    before, after = f"“{question.before}”", f"“{question.after}”"
    if question.kind == QuestionKind.RENAMED:
        both = format_count(question.people, "of its people or departments is", "of its people or departments are")
        return f"{before} is gone, {after} is new, and {both} there now."
    if question.kind == QuestionKind.ADDRESS:
        return f"{question.before} is gone and {question.after} is new; the name is the same."
    if question.kind == QuestionKind.PERSON:
        return f"{question.before} and {question.after} likely belong to one person."
    return f"{before} and {after} look alike{_letters(question.before, question.after)}."


def _letters(first: str, second: str) -> str:
    """The first two letters that differ, by their Unicode names: a reader may not see them."""
    pair = next((letters for letters in zip(first, second, strict=False) if letters[0] != letters[1]), None)
    names = [unicodedata.name(letter, "").lower() for letter in pair or ()]
    return f", but have {names[0]} and {names[1]}" if all(names) and names else ""


def question_texts(questions: Sequence[Question], answers: Mapping[str, bool]) -> list[QuestionText]:
    """The decisions to show, in the order of the questions; many of one kind as one."""
    texts: list[QuestionText] = []
    for kind, asked in groupby(questions, key=lambda question: question.kind):
        same_kind = list(asked)
        if len(same_kind) > MOST_SINGLE:
            texts.append(_text(kind.value, same_kind, answers))
        else:
            texts += [_text(question.key, [question], answers) for question in same_kind]
    return texts


def _text(key: str, questions: Sequence[Question], answers: Mapping[str, bool]) -> QuestionText:
    kind = questions[0].kind
    return QuestionText(
        key=key,
        title=_TITLES[kind],
        sentences=tuple(explain_question(question) for question in questions[:SHOWN]),
        more=max(0, len(questions) - SHOWN),
        same=_SAME[kind],
        other=_OTHER[kind],
        answer=answer_to(questions[0], answers),
    )
