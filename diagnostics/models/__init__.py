from diagnostics.models.alert import AlertState
from diagnostics.models.digest import Digest
from diagnostics.models.fault import ScoringFault
from diagnostics.models.method import MethodNote
from diagnostics.models.pair import PairIndex, PairNode, PairScore
from diagnostics.models.remedy import Remedy
from diagnostics.models.score import GroupScore, Score, Snapshot

__all__ = [
    "AlertState",
    "Digest",
    "GroupScore",
    "MethodNote",
    "PairIndex",
    "PairNode",
    "PairScore",
    "Remedy",
    "Score",
    "ScoringFault",
    "Snapshot",
]
