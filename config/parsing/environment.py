"""The environment, and the files that NAME_FILE points to, as settings read them."""

from environ import FileAwareEnv
from environ.fileaware_mapping import FileAwareMapping

from config.parsing.fault import SettingError

# Editors put a byte order mark before a text, and a newline after it.
_AROUND = "\ufeff \t\r\n"
_SWITCHES = dict.fromkeys(("1", "true", "yes", "on", "y"), True) | dict.fromkeys(
    ("0", "false", "no", "off", "n"), False
)
_LONGEST_NUMBER = 9


class StrippedMapping(FileAwareMapping):
    """Values without the white space around them. A file or a value that is no text raises SettingError."""

    def __getitem__(self, key: str) -> str:
        try:
            value = str(super().__getitem__(key)).strip(_AROUND)
        except (OSError, UnicodeDecodeError) as error:
            problem = f"is to be read from a file that cannot be read ({type(error).__name__})"
            raise SettingError(key, problem, f"Point {key}_FILE to a text file, or set {key} itself.") from None
        try:
            value.encode()
        except UnicodeEncodeError:
            raise SettingError(key, "is not text in UTF-8", "Write it again, in UTF-8.") from None
        return value


class Environment(FileAwareEnv):
    """`environ.Env` on stripped values."""

    ENVIRON = StrippedMapping()

    def switch(self, name: str, *, default: bool) -> bool:
        """Raises SettingError for what is neither on nor off: a slip must not switch off what protects."""
        text = self.str(name, default="").lower()
        if text and text not in _SWITCHES:
            raise SettingError(name, f"is {text}", "Set it to 1 or 0.")
        return _SWITCHES.get(text, default)

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """Raises SettingError unless the value is a whole number from `least` to `most`."""
        text = self.str(name, default=str(default))
        is_number = len(text) <= _LONGEST_NUMBER and text.isascii() and text.removeprefix("-").isdigit()
        value = int(text) if is_number else least - 1
        if not least <= value <= most:
            raise SettingError(
                name, f"is {text[:_LONGEST_NUMBER]}", f"Set it to a whole number from {least} to {most}."
            )
        return value
