"""The roster as it is stored, for comparing it with a file."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.roster.people_file import RosterPerson


@dataclass(frozen=True)
class Roster:
    """The people and departments that are stored."""

    # By mail address.
    active: Mapping[str, RosterPerson]
    # Those who have left, by mail address.
    former: Mapping[str, RosterPerson]
    # Every department, with the one above it; None at the top.
    parents: Mapping[str, str | None]
    # What the people file calls departments that share it with another one, by name.
    titles: Mapping[str, str]
    # The departments' own ids, by name.
    ids: Mapping[str, str]
    # A digest of all of it: equal states, equal rosters.
    state: str
