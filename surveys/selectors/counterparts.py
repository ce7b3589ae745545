"""Which departments there are to rate, and which of them a page lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet

from surveys.models import Department, Employee
from surveys.rules.limits import LISTED_COUNTERPARTS, RATINGS_PER_PERSON


@dataclass(frozen=True)
class CounterpartChoices:
    """The departments that a respondent can rate."""

    # (id, name) of those that are listed, by name; what was searched for comes before them.
    departments: tuple[tuple[int, str], ...] = ()
    # The ids of those to ask about first.
    suggested: tuple[int, ...] = ()
    # Whether there are more than are listed, which a search finds.
    more: bool = False

    @property
    def slots(self) -> int:
        """How many can be rated."""
        return RATINGS_PER_PERSON if self.more else min(RATINGS_PER_PERSON, len(self.departments))

    def adding(self, departments: Iterable[tuple[int, str]]) -> "CounterpartChoices":
        """The same with these listed before the others."""
        added = dict(departments)
        listed = tuple(choice for choice in self.departments if choice[0] not in added)
        return replace(self, departments=(*added.items(), *listed))


@dataclass(frozen=True)
class PeopledDepartments:
    """All departments with people, of which each has the others to choose from."""

    # The names by id, in their order.
    names: Mapping[int, str]
    # The ids by that of the department above, in the order of their names.
    below: Mapping[int | None, Sequence[int]]
    # The place of each among the names.
    places: Mapping[int, int]

    def offered_to(self, own: int | None, parent: int | None, mapped: Iterable[int]) -> CounterpartChoices:
        """Whom the people of the department `own` can rate; `mapped` are those that it works with, by rank.

        Suggested are the first of these, else of those under the same parent. Both kinds are listed where there are too
        many to list them all. A person who was erased from the roster has no department, so nothing is suggested.
        """
        near = [id_ for id_ in mapped if id_ in self.names]
        siblings = [id_ for id_ in self.below.get(parent, ()) if id_ != own] if own is not None else []
        suggested = tuple((near or siblings)[:RATINGS_PER_PERSON])
        others = len(self.names) - (own in self.names)
        if others <= LISTED_COUNTERPARTS:
            everybody = tuple((id_, name) for id_, name in self.names.items() if id_ != own)
            return CounterpartChoices(everybody, suggested)
        nearest = list(dict.fromkeys([*near, *siblings]))[:LISTED_COUNTERPARTS]
        listed = tuple((id_, self.names[id_]) for id_ in sorted(nearest, key=self.places.__getitem__))
        return CounterpartChoices(listed, suggested, more=True)


def peopled_departments() -> PeopledDepartments:
    below: dict[int | None, list[int]] = defaultdict(list)
    names = {}
    for id_, name, parent in with_people().order_by("name").values_list("id", "name", "parent_id"):
        names[id_] = name
        below[parent].append(id_)
    return PeopledDepartments(names, below, {id_: place for place, id_ in enumerate(names)})


def with_people() -> QuerySet[Department]:
    return Department.objects.filter(Exists(Employee.objects.filter(department=OuterRef("pk"), active=True)))
