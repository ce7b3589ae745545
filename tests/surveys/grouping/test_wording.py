"""The sentences about reporting groups: each is written down once, here."""

import pytest

from surveys.grouping.reasons import GroupReason, GroupReasonCode, Nearness, Rejection, RejectionCode
from surveys.grouping.wording import advise, explain_reason, explain_rejection, explain_separation, list_names

NAMES = {1: "Marketing", 2: "Sales", 3: "Design", 4: "Plant", 5: "Operations"}


def reason(code, departments=(), **arguments):
    return explain_reason(GroupReason(code, departments, **arguments), NAMES)


@pytest.mark.parametrize(
    ("code", "departments", "arguments", "sentence"),
    [
        ("chosen", (), {}, "Chosen by HR."),
        ("chosen", (1, 2), {}, "Marketing and Sales: chosen by HR."),
        ("chosen_alone", (), {}, "Reported by itself, as HR chose."),
        ("kept", (), {}, "Kept from the last wave."),
        ("kept", (1, 2), {}, "Marketing and Sales: kept from the last wave."),
        ("kept_alone", (), {}, "Reported by itself, as in the last wave."),
        ("kept_apart", (3,), {"others": (1,)}, "Design is kept apart from Marketing: one rates the other."),
        (
            "kept_apart",
            (2, 3),
            {"others": (1, 4)},
            "Design and Sales are kept apart from Marketing and Plant: one rates the other.",
        ),
        (
            "unavoidable",
            (1, 3),
            {},
            "Design and Marketing are reported together although one rates the other: there was no other choice.",
        ),
        ("legacy", (), {"text": "As it was."}, "As it was."),
    ],
)
def test_reasons(code, departments, arguments, sentence):
    assert reason(GroupReasonCode(code), departments, **arguments) == sentence


@pytest.mark.parametrize(
    ("departments", "people", "nearness", "level", "sentence"),
    [
        (
            (3,),
            1,
            Nearness.BESIDE,
            None,
            "Design has 1 person, fewer than 8. It is reported together with Marketing, the smallest beside it.",
        ),
        (
            (2, 3),
            4,
            Nearness.BESIDE,
            None,
            (
                "Design and Sales together have 4 people, fewer than 8. "
                "They are reported together with Marketing, the smallest beside them."
            ),
        ),
        (
            (3,),
            3,
            Nearness.NEAR,
            None,
            "Design has 3 people, fewer than 8. It is reported together with Marketing, the smallest near it.",
        ),
        (
            (3,),
            3,
            Nearness.WITHIN,
            5,
            (
                "Design has 3 people, fewer than 8. "
                "It is reported together with Marketing, the smallest within Operations."
            ),
        ),
        (
            (3,),
            3,
            Nearness.COMPANY,
            None,
            "Design has 3 people, fewer than 8. It is reported together with Marketing, the smallest in the company.",
        ),
    ],
)
def test_reasons_of_joining(departments, people, nearness, level, sentence):
    assert (
        reason(
            GroupReasonCode.JOINED, departments, others=(1,), people=people, minimum=8, nearness=nearness, level=level
        )
        == sentence
    )


@pytest.mark.parametrize(
    ("rejection", "explanation", "advice"),
    [
        (Rejection(RejectionCode.WITHOUT_PEOPLE, (3,)), "Nobody is left to ask in Design.", "Choose others."),
        (
            Rejection(RejectionCode.TOO_FEW_PEOPLE, (1,), people=3, minimum=8),
            "Marketing has 3 people; a group needs at least 8.",
            "Tick more departments.",
        ),
        (
            Rejection(RejectionCode.TOO_FEW_PEOPLE, (1, 2), people=7, minimum=8),
            "Marketing and Sales together have 7 people; a group needs at least 8.",
            "Tick more departments.",
        ),
        (
            Rejection(RejectionCode.COUNTERPARTS_INSIDE, pairs=((1, 2),)),
            "One of Marketing and Sales rates the other, and they can be kept apart.",
            "Leave one of the two out.",
        ),
        (
            Rejection(RejectionCode.COUNTERPARTS_ELSEWHERE, pairs=((1, 3), (2, 4))),
            "This choice would bring Design and Marketing; Plant and Sales together, although one rates the other.",
            "Choose others.",
        ),
        (Rejection(RejectionCode.NOT_ASKED, (4,)), "Nobody is asked in Plant.", "Leave it out."),
        (
            Rejection(RejectionCode.IN_ANOTHER_CHOICE, (1,), other_choice=(1, 2)),
            "Marketing is in another choice already (Marketing and Sales).",
            "Change or drop that first.",
        ),
        (
            Rejection(RejectionCode.ALREADY_ALONE, (2,)),
            "Sales is reported by itself already.",
            "Tick which departments join it.",
        ),
    ],
)
def test_rejections(rejection, explanation, advice):
    assert (explain_rejection(rejection, NAMES), advise(rejection)) == (explanation, advice)


def test_a_group_that_is_not_kept():
    assert explain_separation({1, 3}, NAMES) == (
        "Design and Marketing are no longer reported together as in the last wave: one rates the other."
    )


@pytest.mark.parametrize("code", GroupReasonCode)
def test_every_reason_is_a_sentence_even_of_departments_that_are_gone(code):
    sentence = explain_reason(
        GroupReason(
            code,
            (98, 99),
            others=(97,),
            people=3,
            minimum=8,
            nearness=Nearness.WITHIN,
            level=96,
            text="This was stored by an earlier version.",
        ),
        {},
    )
    assert sentence.endswith(".")
    assert not set("{}") & set(sentence)


@pytest.mark.parametrize("code", RejectionCode)
def test_every_rejection_is_a_sentence_with_advice(code):
    rejection = Rejection(code, (1,), people=3, minimum=8, pairs=((1, 2),), other_choice=(1, 3))
    assert explain_rejection(rejection, NAMES).endswith(".")
    assert advise(rejection).endswith(".")


def test_long_lists_of_departments_are_shortened():
    names = {number: f"Team {number}" for number in range(1, 8)}
    assert [list_names(range(1, last), names) for last in (1, 2, 3, 5, 8)] == [
        "",
        "Team 1",
        "Team 1 and Team 2",
        "Team 1, Team 2, Team 3 and Team 4",
        "Team 1, Team 2, Team 3 and 4 more",
    ]
