"""Reading a closed wave, what its survey has published before it, and the scored waves that asked the same people."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from diagnostics.choices import GroupKind, RaterKind, Status
from diagnostics.core.alerts.stage import ROTATING_SIGNS, ROTATION
from diagnostics.core.alerts.thresholds import Thresholds
from diagnostics.core.disclosure.changes import compose
from diagnostics.models import GroupScore, PairScore, Score, Snapshot
from diagnostics.scoring.key import read_scoring_key
from diagnostics.scoring.over_time import NeighbourWave, answered
from diagnostics.scoring.tree import reporting_tree
from diagnostics.scoring.wave import DecodedWave, StoredWave
from surveys.selectors import results
from surveys.selectors.people import read_departments
from surveys.selectors.results import ClosedWave, FinalGroup

# How many waves back somebody's group may have been published last: a sign that is asked in turns, each third wave.
_FURTHEST = 6
# By node key and sign: the wave's number, and whether the sign was raised in it.
DatedSigns = Mapping[str, Mapping[str, tuple[int, bool]]]
_Places = dict[tuple[int, int], int]
_MovesByWave = Mapping[uuid.UUID, results.Moves]


def stored_wave(wave: ClosedWave, thresholds: Thresholds) -> StoredWave:
    """The wave's groups, tree and answers."""
    groups = results.final_groups(wave.id)
    return StoredWave(
        wave=wave,
        scoring_key=read_scoring_key(wave.questionnaire),
        groups=groups,
        nodes=reporting_tree(groups, read_departments(), company=settings.ORGANISATION),
        blocks=results.answer_blocks(wave.id),
        thresholds=thresholds,
    )


def neighbour_waves(wave_id: uuid.UUID, groups: Sequence[FinalGroup]) -> list[NeighbourWave]:
    """The scored waves around the wave with these groups, the nearest first."""
    after = _placed(results.moves_out_of(wave_id), groups, later=True)
    found = [_neighbour(other, moves, 1) for other, moves in after if _is_scored(other)]
    reached = [(other, moves, 1) for other, moves in _placed(results.moves_into(wave_id), groups, later=False)]
    while reached:
        other, moves, distance = reached.pop(0)
        if _is_scored(other):
            found.append(_neighbour(other, moves, distance))
        if distance < _FURTHEST:
            middle = results.final_groups(other)
            people = [group.people or 0 for group in middle]
            before = _placed(results.moves_into(other), middle, later=False)
            reached += [(further, compose(earlier, moves, people), distance + 1) for further, earlier in before]
    return found


def last_published(wave: ClosedWave, earlier: Iterable[ClosedWave]) -> dict[tuple[str, str], int]:
    """By node key and measure, the value last published, if the same items were asked then as now."""
    scoring_key = read_scoring_key(wave.questionnaire)
    # Of the waves that have published something only: one that could not be scored may have no key that can be read.
    scored = set(Snapshot.objects.filter(wave__survey=wave.survey_id).values_list("wave_id", flat=True))
    before = {past.number: read_scoring_key(past.questionnaire) for past in earlier if past.id in scored}
    rank = Window(RowNumber(), partition_by=[F("group__key"), F("measure")], order_by=F("number").desc())
    published = (
        Score.objects.filter(group__snapshot__wave__survey=wave.survey_id, status=Status.PUBLISHED)
        .annotate(number=F("group__snapshot__wave__number"))
        .filter(number__lt=wave.number)
        .annotate(rank=rank)
        .filter(rank=1)
        .values_list("group__key", "measure", "number", "value")
    )
    return {
        (key, measure): round(value)
        for key, measure, number, value in published
        if value is not None and scoring_key.items_of(measure) == before[number].items_of(measure)
    }


def turns_before(wave: ClosedWave) -> DatedSigns:
    """The last published figures of the signs that take turns, of the waves of this rotation before this one."""
    found: dict[str, dict[str, tuple[int, bool]]] = defaultdict(dict)
    rows = Score.objects.filter(
        measure__in=ROTATING_SIGNS,
        status=Status.PUBLISHED,
        group__snapshot__wave__survey=wave.survey_id,
        group__snapshot__wave__number__range=(wave.number - ROTATION + 1, wave.number - 1),
    ).order_by("group__snapshot__wave__number")
    columns = ("group__key", "measure", "group__snapshot__wave__number", "raised")
    for key, sign, number, raised in rows.values_list(*columns):
        found[key][sign] = (number, raised)
    return found


def _placed(by_wave: _MovesByWave, groups: Sequence[FinalGroup], *, later: bool) -> Iterator[tuple[uuid.UUID, _Places]]:
    """By other wave, the moves by places of groups: the other wave's first, whether it is the later one or not."""
    own = {group.id: place for place, group in enumerate(groups)}
    for other, counts in sorted(by_wave.items()):
        theirs = {group.id: place for place, group in enumerate(results.final_groups(other))}
        found: _Places = {}
        for (before, after), count in counts.items():
            their, mine = (after, before) if later else (before, after)
            if their in theirs and mine in own:
                found[theirs[their], own[mine]] = count
        yield other, found


def _is_scored(wave_id: uuid.UUID) -> bool:
    return Snapshot.objects.filter(wave=wave_id).exists()


def _neighbour(wave_id: uuid.UUID, moves: _Places, distance: int) -> NeighbourWave:
    groups = results.final_groups(wave_id)
    return NeighbourWave(
        distance=distance,
        moves=moves,
        people=[group.people or 0 for group in groups],
        published=_published(wave_id, groups),
        keys=[group.key for group in groups],
        rating=_rating(wave_id, groups),
        respondents=_respondents(wave_id, groups),
    )


def _published(wave_id: uuid.UUID, groups: Sequence[FinalGroup]) -> dict[str, dict[str, frozenset[int]]]:
    found: dict[str, dict[str, frozenset[int]]] = defaultdict(dict)
    places: dict[str, frozenset[int]] = {}
    shown = Score.objects.filter(group__snapshot__wave=wave_id, status=Status.PUBLISHED).order_by("id")
    for measure, key, departments in shown.values_list("measure", "group__key", "group__departments"):
        if key not in places:
            inside = set(departments)
            places[key] = frozenset(place for place, group in enumerate(groups) if inside.issuperset(group.departments))
        found[measure][key] = places[key]
    return dict(found)


def _rating(wave_id: uuid.UUID, groups: Sequence[FinalGroup]) -> frozenset[int]:
    published = PairScore.objects.filter(rater__snapshot__wave=wave_id, status=Status.PUBLISHED)
    shown = published.filter(rater_kind=RaterKind.GROUP)
    raters = [set(departments) for departments in shown.values_list("rater__departments", flat=True)]
    places = enumerate(groups)
    return frozenset(place for place, group in places if any(rater.issuperset(group.departments) for rater in raters))


def _respondents(wave_id: uuid.UUID, groups: Sequence[FinalGroup]) -> Callable[[str], list[int]]:
    """By measure; where the answers are deleted already, as few as the published band allows."""
    closed = results.closed_up_to(wave_id)[-1]

    @cache
    def decoded() -> DecodedWave:
        return DecodedWave(stored_wave(closed, Thresholds()))

    def counts(measure: str) -> list[int]:
        if results.answers_are_kept(wave_id):
            return answered(decoded(), measure)
        bands = GroupScore.objects.filter(snapshot__wave=wave_id, kind=GroupKind.GROUP)
        low = dict(bands.values_list("key", "response_low"))
        return [low.get(group.key) or 0 for group in groups]

    return counts
