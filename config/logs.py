import logging

RESPONDENT_PATH = "/a/"


class RespondentFilter(logging.Filter):
    """Strips everything of a respondent's request from a record of an error: path, body, traceback, arguments.

    Below an error nothing is recorded: a line with its time would say when somebody tried to answer.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        path = getattr(request, "path", "")
        if path.startswith(RESPONDENT_PATH) or RESPONDENT_PATH in record.getMessage():
            if record.levelno < logging.ERROR:
                return False
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "no exception"
            record.msg, record.args = "An answer page had a problem (%s); details are not logged.", (kind,)
            record.exc_info = record.exc_text = record.stack_info = None
            record.__dict__.pop("request", None)
        return True
