"""What takes turns: the latest published figure of each sign and cause within a rotation, and the stage they make."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from diagnostics.core.alerts.stage import CORE_SIGNS
from diagnostics.models import GroupScore, Score
from diagnostics.report.cell import measure_labels, to_cell
from diagnostics.report.report import LatestFigure, NoStageReason, StageRow, StageSign
from surveys.models import Wave
from surveys.questions.kinds import ScaleKind


class RotationFigures:
    """The latest figure of whatever takes turns, by group.

    `waves` are those of the rotation up to the one that is read, oldest first; `scores` are (number of the wave, key
    of the group, published score), in any order.
    """

    def __init__(self, waves: Sequence[Wave], scores: Iterable[tuple[int, str, Score]]) -> None:
        self.waves = {wave.number: wave for wave in waves}
        self.labels = {wave.number: measure_labels(wave.questionnaire) for wave in waves}
        self.kinds = {scale["code"]: scale["kind"] for wave in waves for scale in wave.questionnaire["scales"]}
        self.stage_asked = set(CORE_SIGNS).issubset(self.labels[max(self.labels)])
        self.found: Mapping[str, dict[str, LatestFigure]] = defaultdict(dict)
        for number, key, score in sorted(scores, key=lambda numbered: numbered[0]):
            cell = to_cell(score, self.labels[number][score.measure])
            self.found[key][score.measure] = LatestFigure(cell, number, self.waves[number].opens_at)

    def turns(self, key: str) -> tuple[LatestFigure, ...]:
        """The signs that take turns, in the order of the instrument."""
        return tuple(sign for code in self.kinds if (sign := self._of(key, code, ScaleKind.ROTATING)))

    def causes(self, key: str) -> tuple[LatestFigure, ...]:
        """The causes, the highest first."""
        found = [cause for code in self.kinds if (cause := self._of(key, code, ScaleKind.CAUSE))]
        return tuple(sorted(found, key=lambda cause: -(cause.cell.value or 0)))

    def stage(self, group: GroupScore) -> StageRow:
        """As it was frozen at scoring."""
        if not group.stage:
            return StageRow(reason=NoStageReason.NONE_SHOWN if self.stage_asked else NoStageReason.NOT_ASKED)
        return StageRow(
            code=group.stage,
            whole=group.stage_whole,
            basis=tuple(
                StageSign(sign["sign"], self._label(sign["wave"], sign["sign"]), sign["wave"], sign["raised"])
                for sign in group.stage_basis
            ),
        )

    def _of(self, key: str, code: str, kind: str) -> LatestFigure | None:
        return self.found[key].get(code) if self.kinds[code] == kind else None

    def _label(self, number: int, sign: str) -> str:
        return self.labels.get(number, {}).get(sign, sign.replace("_", " ").capitalize())
