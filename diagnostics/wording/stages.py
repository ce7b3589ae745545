"""The stage of a conflict in plain words, and why there is none."""

from diagnostics.choices import Stage
from diagnostics.report.report import NoStageReason

_STAGES = {
    Stage.CALM: "No sign is raised.",
    Stage.BLAME_RITUAL: "There is blame, but no avoidance and no camps: often only roles that are played out.",
    Stage.STRAINED: "Work between departments suffers, while people still talk with each other.",
    Stage.COLD: "People avoid each other, or talk only through their heads.",
    Stage.HOT: "There is hostility in the open, or avoidance that is being built into procedures.",
}
_NO_STAGE = {
    NoStageReason.NOT_ASKED: "this survey does not ask for the five core signs that a stage needs",
    NoStageReason.NONE_SHOWN: "none of the core signs is published in this wave",
}


def stage_label(code: str) -> str:
    """What a stage is called."""
    return str(Stage(code).label)


def stage_words(code: str) -> str:
    """A sentence on a stage."""
    return _STAGES[Stage(code)]


def no_stage_words(reason: NoStageReason) -> str:
    """Why there is no stage, without a full stop."""
    return _NO_STAGE[reason]
