"""How many answered in counted waves, as it is published: the app that decides it registers its reader here."""

import uuid
from collections.abc import Callable, Mapping

from surveys.rules.rounding import GroupResponse

# By wave, of the whole company; a wave that has published nothing yet is not there.
PublishedResponses = Callable[[], Mapping[uuid.UUID, GroupResponse]]

# By the label of the app that has registered it.
_registered: dict[str, PublishedResponses] = {}


def register(app: str, reader: PublishedResponses) -> None:
    """Takes an app's reader. Registering an app again replaces it."""
    _registered[app] = reader


def published_responses() -> dict[uuid.UUID, GroupResponse]:
    return {wave: response for reader in _registered.values() for wave, response in reader().items()}
