"""The embedded broker: several processes write and read one queue, and each message arrives once and whole."""

import hashlib
import json
import multiprocessing
import os
import stat
import time
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

import config.celery  # noqa: F401 -- registers the transport

PRODUCERS, CONSUMERS, MESSAGES = 3, 3, 100
SOAK_SECONDS = 30  # at most; it takes a few


def connect(folder: Path) -> Connection:
    messages = str(folder / "messages")
    options = {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(folder / "control")}
    return Connection("embedded://", transport_options=options)


def produce(folder: Path, number: int) -> None:
    with connect(folder) as connection, connection.SimpleQueue("soak") as queue:
        for serial in range(MESSAGES):
            body = f"{number}/{serial}/" * 4000  # longer than one write to the disk
            queue.put({"id": f"{number}/{serial}", "body": body, "sha": hashlib.sha256(body.encode()).hexdigest()})


def consume(folder: Path, number: int, deadline: float) -> None:
    seen: list[str] = []
    with connect(folder) as connection, connection.SimpleQueue("soak") as queue:
        while time.monotonic() < deadline and not (folder / "stop").exists():
            try:
                message = queue.get(block=False)
            except Empty:
                time.sleep(0.005)
                continue
            content = message.payload
            if hashlib.sha256(content["body"].encode()).hexdigest() == content["sha"]:
                seen.append(content["id"])
            message.ack()
    (folder / f"seen-{number}.json").write_text(json.dumps(seen))


def test_no_message_is_lost_halved_or_read_twice_by_several_processes(tmp_path):
    spawn = multiprocessing.get_context("spawn")
    deadline = time.monotonic() + SOAK_SECONDS
    readers = [spawn.Process(target=consume, args=(tmp_path, number, deadline)) for number in range(CONSUMERS)]
    writers = [spawn.Process(target=produce, args=(tmp_path, number)) for number in range(PRODUCERS)]
    for process in (*readers, *writers):
        process.start()
    for process in writers:
        process.join()
    with connect(tmp_path) as connection, connection.SimpleQueue("soak") as queue:
        while queue.qsize() and time.monotonic() < deadline:
            time.sleep(0.02)
    (tmp_path / "stop").touch()
    for process in readers:
        process.join()
    assert [process.exitcode for process in (*readers, *writers)] == [0] * (PRODUCERS + CONSUMERS)
    seen = [message for path in tmp_path.glob("seen-*.json") for message in json.loads(path.read_text())]
    assert sorted(seen) == sorted(f"{number}/{serial}" for number in range(PRODUCERS) for serial in range(MESSAGES))


def test_a_message_still_being_written_is_not_read(tmp_path):
    with connect(tmp_path) as connection, connection.SimpleQueue("soak") as queue:
        queue.put("whole")
        whole = next((tmp_path / "messages").glob("*.msg"))
        (tmp_path / "messages" / "half.part").write_bytes(whole.read_bytes()[:20])
        assert queue.get(block=False).payload == "whole"
        with pytest.raises(Empty):
            queue.get(block=False)


def test_a_message_that_another_process_takes_first_is_passed_over(tmp_path):
    with connect(tmp_path) as connection, connection.SimpleQueue("soak") as queue:
        queue.put("first")
        channel = connection.default_channel
        path = next((tmp_path / "messages").glob("*.msg"))
        path.rename(path.with_suffix(".taken"))
        assert channel.take_message(path) is None


def test_messages_are_read_in_the_order_in_which_they_were_written(tmp_path):
    with connect(tmp_path) as connection, connection.SimpleQueue("soak") as queue:
        for number in range(20):
            queue.put(number)
        assert [queue.get(block=False).payload for _ in range(20)] == list(range(20))


def test_no_other_user_of_the_machine_can_read_the_messages(tmp_path):
    before = os.umask(0o000)
    try:
        with connect(tmp_path) as connection, connection.SimpleQueue("soak") as queue:
            queue.put("secret")
    finally:
        os.umask(before)
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {
        "messages": 0o700,
        "control": 0o700,
    }
    assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "messages").glob("*.msg")] == [0o600]


def test_a_deleted_queue_gets_no_more_messages(tmp_path):
    with connect(tmp_path) as connection:
        kept, gone = connection.SimpleQueue("kept"), connection.SimpleQueue("gone")
        gone.queue.delete()
        channel = connection.default_channel
        assert [binding.queue for binding in channel.get_table("kept")] == ["kept"]
        assert channel.get_table("gone") == []
        kept.close()


DAMAGED = [b"", b"\0" * 200, b'{"body": "W10=", "head', b"[1, 2]", b"null", b"{}", b"\xff\xfe", b'{"__type__": 1}']


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_message_is_set_aside_and_the_others_are_read(tmp_path, content):
    with connect(tmp_path) as connection, connection.SimpleQueue("soak") as queue:
        queue.put("whole")
        damaged = tmp_path / "messages" / "00000000000000000001_x.soak.msg"
        damaged.write_bytes(content)
        assert queue.get(block=False).payload == "whole"
        kept = [path.read_bytes() for path in (tmp_path / "messages").glob("*.damaged")]
        assert (kept, damaged.exists()) == ([content], False)


@pytest.mark.parametrize("content", [*DAMAGED, b"[[1]]"])
def test_a_damaged_table_is_set_aside_and_made_again(tmp_path, content):
    with connect(tmp_path) as connection, connection.SimpleQueue("soak") as queue:
        queue.put("before")
        [table] = (tmp_path / "control").glob("*.exchange")
        table.write_bytes(content)
    with connect(tmp_path) as connection, connection.SimpleQueue("soak") as queue:
        queue.put("after")
        assert [queue.get(block=False).payload for _ in range(2)] == ["before", "after"]
        assert [path.read_bytes() for path in (tmp_path / "control").glob("*.damaged")] == [content]
