"""A reply to HEAD is that to GET without its body."""

import pytest

from config.web_server.head_replies import without_bodies_of_heads


class Reply(list):
    closed = False

    def close(self):
        self.closed = True


@pytest.mark.parametrize(("method", "body", "closed"), [("GET", [b"page"], False), ("HEAD", [], True)])
def test_headers_are_kept_and_the_body_is_dropped_and_closed(method, body, closed):
    reply, started = Reply([b"page"]), []

    def application(_environ, start_response):
        start_response("200 OK", [("Content-Length", "4")])
        return reply

    sent = without_bodies_of_heads(application)({"REQUEST_METHOD": method}, lambda *head: started.append(head))
    assert (list(sent), reply.closed) == (body, closed)
    assert started == [("200 OK", [("Content-Length", "4")])]
