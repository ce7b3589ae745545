"""Why departments report together, and why a choice of HR is rejected: codes with their arguments. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cattrs.preconf.json import make_converter

_CONVERTER = make_converter(omit_if_default=True, forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})


class GroupReasonCode(StrEnum):
    """One thing that made a reporting group what it is."""

    # HR chose the departments.
    CHOSEN = "chosen"
    # HR chose that the department reports by itself.
    CHOSEN_ALONE = "chosen_alone"
    # They reported together in the wave before.
    KEPT = "kept"
    # A small department reports by itself because it did so in the wave before.
    KEPT_ALONE = "kept_alone"
    # They were too few and joined others.
    JOINED = "joined"
    # They did not join the nearest because one rates the other.
    KEPT_APART = "kept_apart"
    # Two report together although one rates the other.
    UNAVOIDABLE = "unavoidable"
    # A sentence of an earlier version that could not be read.
    LEGACY = "legacy"


class Nearness(StrEnum):
    """Where in the company the pool is that a small one joined."""

    # Directly under the same parent.
    BESIDE = "beside"
    # Further down under the same parent.
    NEAR = "near"
    # Under a department further up.
    WITHIN = "within"
    # Nowhere nearer than in the company.
    COMPANY = "company"


@dataclass(frozen=True)
class GroupReason:
    """A reason with what it is about; departments are ids, sorted. It is stored with the group."""

    code: GroupReasonCode
    # Whom the reason is about; empty where that is the whole group.
    departments: tuple[int, ...] = ()
    # Whom they joined, or are kept apart from.
    others: tuple[int, ...] = ()
    # Joined: how many people were asked in `departments`, 1 or more.
    people: int | None = None
    # Joined: how many people they would need to report by themselves.
    minimum: int | None = None
    # Joined: where `others` are.
    nearness: Nearness | None = None
    # Joined, within: the department that both are in.
    level: int | None = None
    # Legacy: the sentence.
    text: str = ""

    def to_json(self) -> dict[str, Any]:
        """The code and the arguments that are given."""
        document: dict[str, Any] = _CONVERTER.unstructure(self)
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "GroupReason":
        """The inverse of `to_json`. Raises a cattrs error for anything else."""
        return _CONVERTER.structure(document, cls)


class RejectionCode(StrEnum):
    """Why a choice of HR is not followed. The last three are found only while HR chooses."""

    # Too few of its departments are still asked.
    WITHOUT_PEOPLE = "without_people"
    TOO_FEW_PEOPLE = "too_few_people"
    # It has counterparts that can be kept apart.
    COUNTERPARTS_INSIDE = "counterparts_inside"
    # It would bring counterparts together in other groups.
    COUNTERPARTS_ELSEWHERE = "counterparts_elsewhere"
    # A chosen department is not asked.
    NOT_ASKED = "not_asked"
    IN_ANOTHER_CHOICE = "in_another_choice"
    # The department would report by itself without any choice.
    ALREADY_ALONE = "already_alone"


@dataclass(frozen=True)
class Rejection:
    """A code with what it is about; departments are ids, sorted. It is never stored."""

    code: RejectionCode
    # Whom the code is about; empty where it is about counterparts.
    departments: tuple[int, ...] = ()
    # Too few people: how many are asked in `departments`.
    people: int | None = None
    # Too few people: how many a group needs.
    minimum: int | None = None
    # The counterparts that would report together.
    pairs: tuple[tuple[int, int], ...] = ()
    # In another choice: the departments of that choice.
    other_choice: tuple[int, ...] = ()
