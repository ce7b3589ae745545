"""Opening the boxes, and storing what is in them in groups that are large enough, each kind in its own random order."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from surveys.ballot import sealing
from surveys.ballot.sealing import Ballot, Rating
from surveys.models import (
    Comment,
    CounterpartRating,
    Department,
    ReportingGroup,
    Response,
    SealedBallot,
    Wave,
    WithheldComments,
)
from surveys.questions import questionnaire
from surveys.rules.limits import MIN_COMMENT_SCOPE, RATINGS_PER_PERSON
from surveys.services.commenting import WrittenComment, redact_comments
from surveys.services.groups import merge_groups
from surveys.services.shuffling import store_in_random_order

_Becomes = Mapping[ReportingGroup, ReportingGroup]


def open_boxes(
    wave: Wave, boxes: Iterable[SealedBallot], private_key: bytes
) -> tuple[list[Ballot], list[SealedBallot]]:
    """The ballots, and the boxes that hold none of this wave."""
    groups = set(wave.groups.values_list("id", flat=True))
    departments = set(Department.objects.values_list("id", flat=True))
    ballots, unreadable = [], []
    for box in boxes:
        try:
            ballot = sealing.unseal(bytes(box.box), private_key)
        except sealing.SealError:
            unreadable.append(box)
            continue
        if ballot.group in groups and _fits(ballot, wave, departments):
            ballots.append(ballot)
        else:
            unreadable.append(box)
    return ballots, unreadable


def count_ballots(wave: Wave, ballots: Sequence[Ballot]) -> None:
    """Stores responses, ratings and comments. Fewer ballots than the minimum group size in all: nothing is stored."""
    if len(ballots) < wave.min_group_size:
        return
    groups = {group.id: group for group in wave.groups.all()}
    tally = Counter(ballot.group for ballot in ballots)
    becomes = merge_groups(wave=wave, ballots={group: tally[pk] for pk, group in groups.items()})
    counted = [(becomes[groups[ballot.group]], ballot) for ballot in ballots]
    store_in_random_order([Response(wave=wave, group=group, answers=ballot.answers) for group, ballot in counted])
    store_in_random_order(counterpart_ratings(wave, counted))
    comments, withheld = _comments(wave, counted)
    store_in_random_order(comments)
    WithheldComments.objects.bulk_create(withheld)


def _fits(ballot: Ballot, wave: Wave, departments: set[int]) -> bool:
    return (
        questionnaire.answers_fit(wave.questionnaire, ballot.answers)
        and all(questionnaire.rating_fits(wave.questionnaire, rating.answers) for rating in ballot.ratings)
        and all(rating.counterpart in departments for rating in ballot.ratings)
        and len(ballot.ratings) <= RATINGS_PER_PERSON
        # That each rating of a department is another person's is what its number of raters rests on.
        and len({rating.counterpart for rating in ballot.ratings}) == len(ballot.ratings)
        and len(ballot.comment) <= sealing.COMMENT_CHARACTERS
    )


def counterpart_ratings(wave: Wave, counted: Sequence[tuple[ReportingGroup, Ballot]]) -> list[CounterpartRating]:
    """A direction with too few raters of a group is stored by division; where those are too few too, not at all."""
    by_group: dict[tuple[ReportingGroup, int], list[Rating]] = defaultdict(list)
    for group, ballot in counted:
        for rating in ballot.ratings:
            by_group[group, rating.counterpart].append(rating)
    kept: list[CounterpartRating] = []
    by_division: dict[tuple[int, int], list[Rating]] = defaultdict(list)
    for (group, counterpart), ratings in by_group.items():
        if len(ratings) >= wave.min_group_size:
            kept += [_rating(wave, rating, group=group) for rating in ratings]
        elif group.division_id is not None:
            by_division[group.division_id, counterpart] += ratings
    for (division, _), ratings in by_division.items():
        if len(ratings) >= wave.min_group_size:
            kept += [_rating(wave, rating, division=division) for rating in ratings]
    return kept


def _rating(
    wave: Wave, rating: Rating, *, group: ReportingGroup | None = None, division: int | None = None
) -> CounterpartRating:
    return CounterpartRating(
        wave=wave, group=group, division_id=division, counterpart_id=rating.counterpart, answers=rating.answers
    )


def _comments(
    wave: Wave, counted: Sequence[tuple[ReportingGroup, Ballot]]
) -> tuple[list[Comment], list[WithheldComments]]:
    """By division if every division has enough respondents, else all by the company."""
    respondents = Counter(group.division_id for group, _ in counted)
    by_division = None not in respondents and min(respondents.values()) >= MIN_COMMENT_SCOPE
    written = [
        WrittenComment(group.division_id if by_division else None, ballot.comment)
        for group, ballot in counted
        if ballot.comment
    ]
    return redact_comments(wave, written, by_division=by_division) if written else ([], [])
