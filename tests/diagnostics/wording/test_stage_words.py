"""Each stage in words, and why there is none."""

from diagnostics.choices import Stage
from diagnostics.report.report import NoStageReason
from diagnostics.wording.stages import no_stage_words, stage_label, stage_words


def test_every_stage_has_a_name_and_a_sentence():
    assert {stage.value: stage_label(stage) for stage in Stage} == {
        "calm": "Calm",
        "blame_ritual": "Blame ritual",
        "strained": "Strained",
        "cold": "Cold",
        "hot": "Hot",
    }
    assert [stage_words(stage) for stage in Stage] == [
        "No sign is raised.",
        "There is blame, but no avoidance and no camps: often only roles that are played out.",
        "Work between departments suffers, while people still talk with each other.",
        "People avoid each other, or talk only through their heads.",
        "There is hostility in the open, or avoidance that is being built into procedures.",
    ]


def test_every_reason_for_no_stage_has_its_words():
    assert [no_stage_words(reason) for reason in NoStageReason] == [
        "this survey does not ask for the five core signs that a stage needs",
        "none of the core signs is published in this wave",
    ]
