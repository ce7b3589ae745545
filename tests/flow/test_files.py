"""Of a whole wave the workers leave no file but what they print, and the keys while it is open."""

import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote_plus

import pytest

from surveys.audit.canaries import Canary, search
from surveys.audit.codes import AuditSource, SourceCode
from surveys.models import Comment, Response
from tests.flow.printing import printed_report
from tests.flow.stack import plain
from tests.flow.whole_wave import addresses

pytestmark = pytest.mark.django_db(transaction=True)

PRINTED = {"worker.log", "counting.log"}
MAILED = {"address", "token"}
PEOPLE = addresses("Sales", "Marketing")


def files(folder):
    """What is in each, by name; sockets and pipes have a name, too."""
    below = [path for path in folder.rglob("*") if not path.is_dir()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"" for path in below}


def open_to_write(process):
    """The files, wherever they are, that the process and its children could write to, but for memory without a name."""
    main = Path("/proc", str(process.pid))
    children = [Path("/proc", child) for child in (main / "task" / main.name / "children").read_text().split()]
    handles = [handle for folder in (main, *children) for handle in (folder / "fd").iterdir()]
    found = set()
    for handle in filter(Path.is_file, handles):
        with suppress(FileNotFoundError):  # closed meanwhile
            flags = (handle.parents[1] / "fdinfo" / handle.name).read_text().partition("flags:")[2].split()[0]
            if int(flags, 8) & (os.O_WRONLY | os.O_RDWR) and handle.readlink().exists():
                found.add(handle.readlink())
    return found


def canaries(stack):
    """Of everybody who answered: address, token, the comment as it was sent; and comments and answers as counted."""
    for person in PEOPLE:
        yield Canary("address", person.encode())
        yield Canary("token", stack.links(person)[0].rpartition("/")[2].encode())
        yield Canary("comment", quote_plus(f"From {person}.").encode())
    yield from (Canary("comment", text.encode()) for text in Comment.objects.values_list("text", flat=True))
    yield from (Canary("answers", bytes(answers)) for answers in Response.objects.values_list("answers", flat=True))


def found(known, pieces):
    return set(search(AuditSource(SourceCode.FOLDER), "all", pieces, canaries=known, allowed=()).found)


def test_from_opening_to_report_no_other_file_and_no_person_in_one(whole_wave, stack, capsys):
    whole_wave.open()
    assert set(whole_wave.answer(*PEOPLE)) == {200}
    while_open = files(stack.folder)
    assert set(while_open) == PRINTED | {f"keys/{whole_wave.wave.id}.key", f"keys/{whole_wave.wave.id}.copy"}
    whole_wave.remind()
    whole_wave.close()
    assert printed_report(capsys)["groups"][0]["name"] == "Sales"
    afterwards = files(stack.folder)
    assert set(afterwards) == PRINTED
    logs = {name: {stack.folder / f"{name}.log"} for name in stack.processes}
    assert {name: open_to_write(process) for name, process in stack.processes.items()} == logs

    known = list(canaries(stack))
    assert found(known, [*while_open.values(), *afterwards.values()]) == set()
    assert found(known, [f"{mail['To']}: {plain(mail)}".encode() for mail in stack.postbox.messages]) == MAILED
    left = stack.folder / "tmp" / "left"
    left.write_bytes(b"".join(canary.value for canary in known))
    assert set(files(stack.folder)) == PRINTED | {"tmp/left"}
    assert found(known, files(stack.folder).values()) == MAILED | {"answers", "comment"}
    left.unlink()
