"""The sentences of codes: why departments report together, and why a choice of HR is not followed."""

from collections.abc import Iterable, Mapping, Sequence

from surveys.grouping.reasons import GroupReason, GroupReasonCode, Nearness, Rejection, RejectionCode
from surveys.rules.english import format_count, join_names

Names = Mapping[int, str]
# A longer list of departments is shortened.
_NAMES_SHOWN = 4
_FORMER = "a former department"
_REASONS = {
    GroupReasonCode.CHOSEN: "{departments}: chosen by HR.",
    GroupReasonCode.CHOSEN_ALONE: "Reported by itself, as HR chose.",
    GroupReasonCode.KEPT: "{departments}: kept from the last wave.",
    GroupReasonCode.KEPT_ALONE: "Reported by itself, as in the last wave.",
    GroupReasonCode.JOINED: (
        "{departments} {have} {people}, fewer than {minimum}. {They_are} reported together with {others}, {nearness}."
    ),
    GroupReasonCode.KEPT_APART: "{departments} {are} kept apart from {others}: one rates the other.",
    GroupReasonCode.UNAVOIDABLE: (
        "{departments} {are} reported together although one rates the other: there was no other choice."
    ),
    GroupReasonCode.LEGACY: "{text}",
}
_REASONS_OF_A_WHOLE_GROUP = _REASONS | {
    GroupReasonCode.CHOSEN: "Chosen by HR.",
    GroupReasonCode.KEPT: "Kept from the last wave.",
}
_NEARNESS = {
    Nearness.BESIDE: "the smallest beside {them}",
    Nearness.NEAR: "the smallest near {them}",
    Nearness.WITHIN: "the smallest within {level}",
    Nearness.COMPANY: "the smallest in the company",
}
_REJECTIONS = {
    RejectionCode.WITHOUT_PEOPLE: "Nobody is left to ask in {departments}.",
    RejectionCode.TOO_FEW_PEOPLE: "{departments} {have} {people}; a group needs at least {minimum}.",
    RejectionCode.COUNTERPARTS_INSIDE: "One of {pairs} rates the other, and they can be kept apart.",
    RejectionCode.COUNTERPARTS_ELSEWHERE: "This choice would bring {pairs} together, although one rates the other.",
    RejectionCode.NOT_ASKED: "Nobody is asked in {departments}.",
    RejectionCode.IN_ANOTHER_CHOICE: "{departments} {are} in another choice already ({other_choice}).",
    RejectionCode.ALREADY_ALONE: "{departments} {are} reported by itself already.",
}
_ADVICE = {
    RejectionCode.WITHOUT_PEOPLE: "Choose others.",
    RejectionCode.TOO_FEW_PEOPLE: "Tick more departments.",
    RejectionCode.COUNTERPARTS_INSIDE: "Leave one of the two out.",
    RejectionCode.COUNTERPARTS_ELSEWHERE: "Choose others.",
    RejectionCode.NOT_ASKED: "Leave it out.",
    RejectionCode.IN_ANOTHER_CHOICE: "Change or drop that first.",
    RejectionCode.ALREADY_ALONE: "Tick which departments join it.",
}


def explain_reason(reason: GroupReason, names: Names) -> str:
    """Says why departments are reported together, or by themselves."""
    sentences = _REASONS if reason.departments else _REASONS_OF_A_WHOLE_GROUP
    agreement = _agreement(reason.departments)
    nearness = ""
    if reason.nearness is not None:
        level = "the company" if reason.level is None else names.get(reason.level, _FORMER)
        nearness = _NEARNESS[reason.nearness].format(level=level, **agreement)
    return sentences[reason.code].format(
        departments=list_names(reason.departments, names),
        others=list_names(reason.others, names),
        people=format_count(reason.people or 0, "person", "people"),
        minimum=reason.minimum,
        nearness=nearness,
        text=reason.text,
        **agreement,
    )


def explain_rejection(rejection: Rejection, names: Names) -> str:
    """Says why a choice of HR is not followed."""
    return _REJECTIONS[rejection.code].format(
        departments=list_names(rejection.departments, names),
        people=format_count(rejection.people or 0, "person", "people"),
        minimum=rejection.minimum,
        pairs="; ".join(sorted(list_names(pair, names) for pair in rejection.pairs)),
        other_choice=list_names(rejection.other_choice, names),
        **_agreement(rejection.departments),
    )


def advise(rejection: Rejection) -> str:
    """Says what can be done instead of the choice."""
    return _ADVICE[rejection.code]


def explain_separation(departments: Iterable[int], names: Names) -> str:
    """Says why a group of the wave before is not kept: counterparts are in it."""
    return f"{list_names(departments, names)} are no longer reported together as in the last wave: one rates the other."


def list_names(departments: Iterable[int], names: Names) -> str:
    """Lists the departments by name: “A, B and C”, or “A, B, C and 3 more”."""
    found = sorted(names.get(department, _FORMER) for department in departments)
    if len(found) > _NAMES_SHOWN:
        found = [*found[: _NAMES_SHOWN - 1], f"{len(found) - _NAMES_SHOWN + 1} more"]
    return join_names(found)


def _agreement(departments: Sequence[int]) -> dict[str, str]:
    """The words that change with the number of departments."""
    if len(departments) == 1:
        return {"have": "has", "are": "is", "They_are": "It is", "them": "it"}
    return {"have": "together have", "are": "are", "They_are": "They are", "them": "them"}
