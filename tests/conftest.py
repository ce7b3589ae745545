from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test.utils import override_settings


@pytest.fixture(scope="session", autouse=True)
def static_files_without_manifest() -> Iterator[None]:
    """The manifest exists only after collectstatic; a test that is about static files runs it for itself."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield
