"""Signals by which this app calls the apps above it, and its services the modules above them.

Sent after commit, and made good by the next tick where it is lost; but for `wave_opening`, which is sent inside the
transaction that opens the wave: whoever raises keeps it planned.
"""

from django.dispatch import Signal

wave_opening = Signal()  # wave: Wave, with groups and invitations
wave_closed = Signal()  # wave_id: UUID
ticked = Signal()  # now: datetime
