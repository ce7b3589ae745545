"""HR's choices of who reports together, from the next wave on. A wave that has begun to open is never changed."""

import uuid

from django.db import transaction

from surveys.choices import WaveState
from surveys.grouping.inputs import ChosenPool
from surveys.grouping.plan import plan_groups
from surveys.grouping.reasons import Rejection, RejectionCode
from surveys.models import PoolChoice, Survey, Wave
from surveys.selectors.group_inputs import asked_departments, chosen_pools, count_asked, groups_before, size_rules
from surveys.selectors.people import read_departments


class RejectedChoiceError(Exception):
    """The choice is against the rules and nothing was changed."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.code)
        self.rejection = rejection


class NotPlannedError(Exception):
    """The wave has begun to open, so its groups are fixed; or it is not planned any more."""


@transaction.atomic
def choose_group(*, wave_id: uuid.UUID, department: int, others: frozenset[int]) -> None:
    """From this planned wave on, the department reports together with the others; with none, by itself.

    An earlier choice that the department is in is replaced. Raises RejectedChoiceError and NotPlannedError.
    """
    wave = _lock_planned(wave_id)
    departments = others | {department}
    numbered = chosen_pools(wave.survey_id)
    kept = [choice for _, choice in numbered if department not in choice.departments]
    rejection = _check(wave, kept, departments)
    if rejection is not None:
        raise RejectedChoiceError(rejection)
    _delete_choice(wave, department)
    number = max((number for number, _ in numbered), default=0) + 1
    PoolChoice.objects.bulk_create(
        PoolChoice(survey_id=wave.survey_id, department_id=chosen, pool=number) for chosen in departments
    )


@transaction.atomic
def drop_choice(*, wave_id: uuid.UUID, department: int) -> bool:
    """Drops the choice that the department is in; returns whether there was one. Raises NotPlannedError."""
    return _delete_choice(_lock_planned(wave_id), department)


def _lock_planned(wave_id: uuid.UUID) -> Wave:
    """The survey's row first: of two choices that are made at once the later one is checked against the earlier."""
    survey = Survey.objects.select_for_update(no_key=True, of=("self",)).filter(waves=wave_id).first()
    planned = Wave.objects.select_for_update(no_key=True).filter(id=wave_id, state=WaveState.PLANNED)
    wave = planned.filter(survey=survey).first()
    if survey is None or wave is None:
        raise NotPlannedError
    wave.survey = survey
    return wave


def _check(wave: Wave, kept: list[ChosenPool], departments: frozenset[int]) -> Rejection | None:
    """Why the departments cannot be chosen beside the choices that are kept; None if they can."""
    tree = read_departments().tree
    people = count_asked(wave, tree)
    if unasked := departments - people.keys():
        return Rejection(RejectionCode.NOT_ASKED, tuple(sorted(unasked)))
    for other in kept:
        if shared := other.departments & departments:
            whole = tuple(sorted(other.departments))
            return Rejection(RejectionCode.IN_ANOTHER_CHOICE, tuple(sorted(shared)), other_choice=whole)
    asked, rules, before = asked_departments(people, tree), size_rules(wave.survey.min_group_size), groups_before(wave)
    choice = ChosenPool(departments)
    plan = plan_groups(asked, rules, before=before, choices=[*kept, choice])
    for rejected in plan.rejected:
        if rejected.choice == choice:
            return rejected.rejection
    if len(departments) == 1:
        group = plan_groups(asked, rules, before=before, choices=kept).group_of(min(departments))
        if group is not None and group.departments == departments:
            return Rejection(RejectionCode.ALREADY_ALONE, tuple(departments))
    return None


def _delete_choice(wave: Wave, department: int) -> bool:
    chosen = PoolChoice.objects.filter(survey=wave.survey_id)
    pools = list(chosen.filter(department=department).values_list("pool", flat=True))
    return chosen.filter(pool__in=pools).delete()[0] > 0
