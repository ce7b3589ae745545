"""Notes of other apps on HR's page of waves: this app knows nothing of scores."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

# By template, the waves below whose row it is shown.
_sources: dict[str, Callable[[], Collection[uuid.UUID]]] = {}


def register(template: str, waves: Callable[[], Collection[uuid.UUID]]) -> None:
    """Shows the template, which knows `wave`, below each of the waves. Registering it again replaces its waves."""
    _sources[template] = waves


def wave_notes() -> Mapping[uuid.UUID, list[str]]:
    """By wave, the templates to show."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for template, waves in _sources.items():
        for wave_id in waves():
            found[wave_id].append(template)
    return found
