"""A request while its bytes arrive: whether all of it is there yet, and how long it may take."""

import re
import time

HEAD_SECONDS = 10
# A body has this long, and a second for each so many bytes.
BODY_SECONDS, BYTES_A_SECOND = 15, 50_000
LARGEST_HEAD = 256 * 1024
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,8})[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_CONTINUE = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_OF_RESPONDENT = re.compile(rb"[A-Z]{1,10} /+a/", re.IGNORECASE)


class ArrivingRequest:
    """What has come of one request. It only counts bytes: what they mean is decided by the web server's own parser."""

    def __init__(self, *, largest_body: int) -> None:
        self.received = bytearray()
        self.deadline = time.monotonic() + HEAD_SECONDS
        self.waits_for_continue = False
        self._largest_body = largest_body
        # Bytes of head and body; None until the head is whole.
        self._size: int | None = None

    def feed(self, received: bytes) -> None:
        self.received += received
        if self._size is None and (end := self.received.find(_END_OF_HEAD)) >= 0:
            length = self._body_length(bytes(self.received[: end + 2]))
            self._size = end + len(_END_OF_HEAD) + length
            self.deadline = time.monotonic() + BODY_SECONDS + length / BYTES_A_SECOND
            self.waits_for_continue &= not self.is_whole

    @property
    def is_whole(self) -> bool:
        """Whether a thread can take it without waiting for the visitor."""
        return self._size is not None and len(self.received) >= self._size

    @property
    def is_hopeless(self) -> bool:
        """Whether its head has no end."""
        return self._size is None and len(self.received) > LARGEST_HEAD

    @property
    def is_of_respondent(self) -> bool:
        """Whether it asks for an answer page."""
        return _OF_RESPONDENT.match(self.received) is not None

    def _body_length(self, head: bytes) -> int:
        """Bytes of the body to wait for: none of a body that is refused unread, for its length or for having none."""
        lengths = _LENGTH.findall(head)
        if len(lengths) != 1 or _CHUNKED.search(head) or int(lengths[0]) > self._largest_body:
            return 0
        self.waits_for_continue = _CONTINUE.search(head) is not None
        return int(lengths[0])
