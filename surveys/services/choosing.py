"""HR's choices of who is counted together, from the next wave on. A wave that has begun to open is never changed."""

import uuid

from django.db import transaction

from surveys.choices import WaveState
from surveys.grouping.plan import Choice, plan
from surveys.grouping.wording import listed, what_to_do, why_fallen
from surveys.models import PoolChoice, Survey, Wave
from surveys.selectors.grouping import Tree, choices_of, groups_before, headcounts, roster_for, rules_for


class RefusedError(Exception):
    """The choice is against the rules and nothing was changed; the message says why, and what can be done."""


class FrozenError(Exception):
    """The wave has begun to open, and its groups stand; or it is not planned any more."""


@transaction.atomic
def choose(*, wave_id: uuid.UUID, department: int, others: frozenset[int]) -> None:
    """From this planned wave on, counts the department together with the others; with none, by itself.

    An earlier choice that the department is in is replaced. Raises RefusedError and FrozenError.
    """
    wave = _locked(wave_id)
    tree, departments = Tree(), others | {department}
    numbered = choices_of(wave.survey_id)
    kept = [choice for _, choice in numbered if department not in choice.departments]
    _check(wave, tree, kept, departments)
    _forget(wave, department)
    number = max((number for number, _ in numbered), default=0) + 1
    PoolChoice.objects.bulk_create(
        PoolChoice(survey_id=wave.survey_id, department_id=one, pool=number) for one in departments
    )


@transaction.atomic
def drop(*, wave_id: uuid.UUID, department: int) -> bool:
    """Drops the choice that the department is in, and tells whether there was one. Raises FrozenError."""
    return _forget(_locked(wave_id), department)


def _locked(wave_id: uuid.UUID) -> Wave:
    """The survey's row first: of two choices that are made at once the later one is checked against the earlier."""
    survey = Survey.objects.select_for_update(no_key=True, of=("self",)).filter(waves=wave_id).first()
    planned = Wave.objects.select_for_update(no_key=True).filter(id=wave_id, state=WaveState.PLANNED)
    wave = planned.filter(survey=survey).first()
    if survey is None or wave is None:
        raise FrozenError
    wave.survey = survey
    return wave


def _check(wave: Wave, tree: Tree, kept: list[Choice], departments: frozenset[int]) -> None:
    people = headcounts(wave.survey, tree)
    if unasked := departments - people.keys():
        raise RefusedError(f"Nobody is asked in {listed(unasked, tree.names)}. Leave it out.")
    for choice in kept:
        if shared := choice.departments & departments:
            whole = listed(choice.departments, tree.names)
            raise RefusedError(
                f"{listed(shared, tree.names)} belongs to another choice already ({whole}). Change or drop that first."
            )
    rules, roster, before = rules_for(wave.survey.min_group_size), roster_for(people, tree), groups_before(wave)
    choice = Choice(departments)
    fallen = plan(roster, rules, before=before, choices=[*kept, choice]).fallen
    for one in fallen:
        if one.choice == choice:
            raise RefusedError(f"{why_fallen(one, tree.names, rules)} {what_to_do(one)}")
    if len(departments) == 1:
        without = plan(roster, rules, before=before, choices=kept).group_of(min(departments))
        if without is not None and without.departments == departments:
            raise RefusedError(f"{listed(departments, tree.names)} is counted by itself as it is. Tick who joins it.")


def _forget(wave: Wave, department: int) -> bool:
    chosen = PoolChoice.objects.filter(survey=wave.survey_id)
    pools = list(chosen.filter(department=department).values_list("pool", flat=True))
    return chosen.filter(pool__in=pools).delete()[0] > 0
