"""How this app speaks to those above it. Sent after commit; a lost signal is made good by the next tick."""

from django.dispatch import Signal

wave_closed = Signal()  # wave_id: UUID
ticked = Signal()  # now: datetime
