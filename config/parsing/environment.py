"""The environment, and the files that NAME_FILE points to, as settings read them."""

from environ import FileAwareEnv
from environ.fileaware_mapping import FileAwareMapping

from config.parsing.fault import SettingError

# Editors put a byte order mark before a text, and a newline after it.
_AROUND = "\ufeff \t\r\n"


class StrippedMapping(FileAwareMapping):
    """Values without the white space around them. A file that cannot be read raises SettingError."""

    def __getitem__(self, key: str) -> str:
        try:
            return str(super().__getitem__(key)).strip(_AROUND)
        except (OSError, UnicodeDecodeError) as error:
            problem = f"is to be read from a file that cannot be read ({type(error).__name__})"
            raise SettingError(key, problem, f"Point {key}_FILE to a text file, or set {key} itself.") from None


class Environment(FileAwareEnv):
    """`environ.Env` on stripped values."""

    ENVIRON = StrippedMapping()

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """Raises SettingError unless the value is a whole number from `least` to `most`."""
        text = self.str(name, default=str(default))
        value = int(text) if text.isascii() and text.removeprefix("-").isdigit() else least - 1
        if not least <= value <= most:
            raise SettingError(name, f"is {text}", f"Set it to a whole number from {least} to {most}.")
        return value
