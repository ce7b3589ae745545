import logging

RESPONDENT_PATH = "/a/"


class RespondentFilter(logging.Filter):
    """Strips everything of a respondent's request from a log record: path, body, traceback, arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", "")
        if path.startswith(RESPONDENT_PATH) or RESPONDENT_PATH in record.getMessage():
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "no exception"
            record.msg, record.args = "An answer page had a problem (%s); details are not logged.", (kind,)
            record.exc_info = record.exc_text = record.stack_info = None
            record.__dict__.pop("request", None)
        return True
