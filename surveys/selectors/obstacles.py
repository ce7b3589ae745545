"""Looking for what keeps a wave from opening: when it is to open, and for HR's pages."""

import datetime as dt
import uuid

from surveys.choices import NOT_OPEN_YET, SEALED
from surveys.models import Survey, TrusteeKey, Wave
from surveys.roster.tree import DepartmentTree
from surveys.schedule.obstacles import Obstacle, ObstacleCode
from surveys.schedule.wording import explain_obstacle
from surveys.selectors.asking import asked_people, left_out_of
from surveys.selectors.key_authenticity import trustee_is_authentic
from surveys.selectors.people import read_departments

# The tick starts the opening each minute, and a large one takes a few.
_PATIENCE = dt.timedelta(minutes=10)


class CannotOpenError(Exception):
    """The wave stays planned. The page of waves tells HR why, and what to do."""

    def __init__(self, survey: Survey, obstacle: Obstacle) -> None:
        super().__init__(f"“{survey}”: {explain_obstacle(obstacle)}")
        self.obstacle = obstacle


def people_obstacle(wave: Wave, people: int) -> Obstacle | None:
    """Whether so many people are too few for the wave, and if so, whether others were asked too recently."""
    needed = wave.survey.min_group_size
    if people >= needed:
        return None
    recent = left_out_of(wave)
    if not recent:
        return Obstacle(ObstacleCode.TOO_FEW_PEOPLE, people=people, needed=needed)
    return Obstacle(
        ObstacleCode.ASKED_RECENTLY,
        people=people,
        needed=needed,
        left_out=sum(row.people for row in recent),
        free_from=max(row.free_from for row in recent),
    )


def trustee_obstacle(trustee_key: TrusteeKey | None, survey: Survey) -> Obstacle | None:
    """Whether the trustee's key is not the one that was set."""
    if trustee_key is None or trustee_is_authentic(trustee_key, survey.pk):
        return None
    return Obstacle(ObstacleCode.TRUSTEE_KEY_CHANGED)


def wave_obstacles(now: dt.datetime) -> dict[uuid.UUID, Obstacle]:
    """What keeps waves from opening, by the wave's id; a paused survey waits for HR alone."""
    waiting = Wave.objects.filter(state__in=NOT_OPEN_YET).select_related("survey").defer("questionnaire")
    tree = read_departments().tree
    found = {wave.id: wave_obstacle(wave, tree, now) for wave in waiting}
    return {wave_id: obstacle for wave_id, obstacle in found.items() if obstacle is not None}


def wave_obstacle(wave: Wave, tree: DepartmentTree[int], now: dt.datetime) -> Obstacle | None:
    """What keeps the wave from opening; None too of one that has opened, or whose survey is paused."""
    survey = wave.survey
    if wave.state not in NOT_OPEN_YET or survey.paused:
        return None
    people: int = asked_people(wave, tree).count()
    trustee_key = TrusteeKey.objects.filter(survey=survey).first()
    return people_obstacle(wave, people) or trustee_obstacle(trustee_key, survey) or _lateness(wave, now)


def _lateness(wave: Wave, now: dt.datetime) -> Obstacle | None:
    if now < wave.opens_at + _PATIENCE:
        return None
    before = Wave.objects.filter(survey=wave.survey_id, state__in=SEALED).first()
    if before is not None:
        return Obstacle(ObstacleCode.WAVE_BEFORE, wave=before.number)
    return Obstacle(ObstacleCode.NOT_TAKEN)
