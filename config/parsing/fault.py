"""What a setting that cannot be used raises."""

from django.core.exceptions import ImproperlyConfigured


class SettingError(ImproperlyConfigured):
    """Names the setting and says what to write instead; never repeats a value that may hold a password."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name} {problem}. {remedy}")
