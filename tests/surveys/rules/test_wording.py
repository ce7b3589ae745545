"""Every code of participation and of targets has its words."""

import pytest

from surveys.rules.participation import Participation, ParticipationCode, TargetStatus
from surveys.rules.rounding import Band, Rate
from surveys.rules.wording import participation_text, target_text

ABOUT_45, NEARLY_ALL = Rate(45), Rate(90, at_least=True)
EXAMPLES = {
    Participation(ParticipationCode.NOT_YET): "shown once a day, from the first night on",
    Participation(ParticipationCode.TOO_FEW_SO_FAR): "too few people or answers to show while it is open",
    Participation(ParticipationCode.RATE_SO_FAR, people=24, rate=ABOUT_45): "about 45 % of 24 people",
    Participation(ParticipationCode.CLOSING): "shown once it is counted",
    Participation(ParticipationCode.COUNTED): "counted; how many answered is shown with its report",
    Participation(ParticipationCode.TOO_FEW, min_group_size=5): "fewer than 5 answered: nothing was counted",
    Participation(ParticipationCode.COUNTED_BAND, people=30, band=Band(10, 14)): "10-14 of 30 people",
    Participation(ParticipationCode.COUNTED_BAND, band=Band(30, 34)): "30-34 people; how many were asked is not known",
    Participation(ParticipationCode.COUNTED_RATE, people=50, rate=NEARLY_ALL): "≥ 90 % of 50 people",
    Participation(ParticipationCode.ABANDONED, ballots=1): "abandoned: 1 sealed ballot was deleted unread",
    Participation(ParticipationCode.ABANDONED, ballots=7): "abandoned: 7 sealed ballots were deleted unread",
    Participation(ParticipationCode.PURGED): "its answers were deleted when their time was over; the report stays",
}


@pytest.mark.parametrize(("participation", "text"), EXAMPLES.items())
def test_participation_in_words(participation, text):
    assert participation_text(participation) == text


def test_no_code_is_without_words():
    assert {example.code for example in EXAMPLES} == set(ParticipationCode)
    assert [target_text(status) for status in TargetStatus] == [
        "too few people to show",
        "from the first night on",
        "not shown",
        "at target",
        "below target",
    ]
