"""Log records without what they would tell of a respondent."""

import logging
import re

# An address of an answer page, or a token by itself, as a mail program leaves it that breaks a link.
RESPONDENT = re.compile(r"/a/|(?<![a-z0-9])[a-z2-7]{26}(?![a-z0-9])", re.IGNORECASE)


class RespondentFilter(logging.Filter):
    """Strips everything of a respondent's request from a record of an error: path, body, traceback, arguments.

    Below an error nothing is recorded: a line with its time would say when somebody tried to answer.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        if RESPONDENT.search(path) or RESPONDENT.search(record.getMessage()):
            if record.levelno < logging.ERROR:
                return False
            strip_details(record, "An answer page had a problem (%s); details are not logged.")
        return True


def strip_details(record: logging.LogRecord, message: str) -> None:
    """Leaves of the record its level and `message`, into which the name of the exception's class is put."""
    kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "no exception"
    record.msg, record.args = message, (kind,)
    record.exc_info = record.exc_text = record.stack_info = None
    record.__dict__.pop("request", None)
