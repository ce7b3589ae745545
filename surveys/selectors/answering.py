"""What the answer page reads: one query for the link, one each for the departments of a pool and those to be rated."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from surveys.ballot import tokens
from surveys.models import Collaboration, Department, Employee, Invitation, ReportingGroup
from surveys.rules.limits import RATINGS_PER_PERSON


@dataclass(frozen=True)
class CounterpartChoices:
    """The departments that a respondent can rate."""

    # (id, name) of all that have people, but one's own, by name.
    departments: tuple[tuple[int, str], ...] = ()
    # The ids of those to ask about first.
    suggested: tuple[int, ...] = ()


def invitation_for(address: str) -> Invitation | None:
    """The invitation that the link belongs to, with its wave, survey, group and employee.

    `address` is what follows `/a/`: the token, and what mail programs have made of it.
    """
    related = Invitation.objects.select_related("wave__survey", "group", "employee__department")
    return related.filter(token_hash__in=map(tokens.fingerprint, tokens.possible_tokens(address))).first()


def group_departments(group: ReportingGroup) -> tuple[str, ...]:
    """The departments of the group by name: all of them, where the group's own name may be shortened."""
    if len(group.departments) == 1:
        return (group.name,)
    return tuple(Department.objects.filter(id__in=group.departments).order_by("name").values_list("name", flat=True))


def counterpart_choices(invitation: Invitation) -> CounterpartChoices:
    """Suggested are those whom the person's department works with, else up to three under the same parent.

    A person who was erased from the roster has no department, so nothing is suggested.
    """
    own = invitation.employee.department if invitation.employee else None
    ranks = Collaboration.objects.filter(department=own, counterpart=OuterRef("pk")).values("rank")[:1]
    peopled = Department.objects.filter(Exists(Employee.objects.filter(department=OuterRef("pk"), active=True)))
    others = peopled.exclude(pk=own.pk) if own else peopled
    rows = list(others.annotate(rank=Subquery(ranks)).order_by("name").values_list("id", "name", "parent_id", "rank"))
    by_rank = [id_ for _, id_ in sorted((rank, id_) for id_, _, _, rank in rows if rank is not None)]
    siblings = [id_ for id_, _, parent_id, _ in rows if own and parent_id == own.parent_id]
    return CounterpartChoices(
        departments=tuple((id_, name) for id_, name, _, _ in rows),
        suggested=tuple((by_rank or siblings)[:RATINGS_PER_PERSON]),
    )
