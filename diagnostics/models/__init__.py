from diagnostics.models.alert import AlertState
from diagnostics.models.digest import Digest
from diagnostics.models.score import GroupScore, Score, Snapshot

__all__ = ["AlertState", "Digest", "GroupScore", "Score", "Snapshot"]
