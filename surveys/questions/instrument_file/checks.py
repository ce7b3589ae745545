"""Checks of codes, values and what refers to what."""

from collections.abc import Iterable, Iterator

from surveys.questions.instrument_file import walk
from surveys.questions.instrument_file.codes import InstrumentProblemCode as Code
from surveys.questions.instrument_file.problems import Problem, place
from surveys.questions.instrument_file.reserved import is_reserved
from surveys.questions.instrument_file.walk import Document, Place
from surveys.questions.kinds import ALWAYS_ASKED

# A ballot has one size: with the longest comment and three counterparts this many answers still fit.
MAX_ITEMS_A_WAVE = 100


def check(document: Document) -> Iterator[Problem]:
    yield from _codes(document)
    yield from _values(document)
    yield from _option_sets_exist(document)
    yield from _flagged_option(document)
    yield from _one_item_for_no_contact(document)
    yield from _fits_a_ballot(document)


def _codes(document: Document) -> Iterator[Problem]:
    scales = list(walk.entries(("scales",), document["scales"]))
    questions = list(walk.items(document))
    options: list[Place] = []
    if "pick_one" in document:
        questions.append((("pick_one",), document["pick_one"]))
        options.extend(walk.entries(("pick_one", "options"), document["pick_one"]["options"]))
    for path, scale in scales:
        if is_reserved(scale["code"]):
            yield Problem(place((*path, "code")), scale["code"], Code.CODE_RESERVED)
    for named in (scales, questions, options):
        yield from _repeated(named)


def _repeated(named: Iterable[Place]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for path, part in named:
        at, code = place((*path, "code")), part["code"]
        if code in first:
            yield Problem(at, code, Code.CODE_TWICE, {"first": first[code]})
        first.setdefault(code, at)


def _values(document: Document) -> Iterator[Problem]:
    for code, option_set in document["option_sets"].items():
        values = {option["value"] for option in option_set["options"]}
        if len(values) == 1:
            yield Problem(place(("option_sets", code, "options")), str(values.pop()), Code.VALUES_ALIKE)


def _option_sets_exist(document: Document) -> Iterator[Problem]:
    known = ", ".join(document["option_sets"])
    for path, item in walk.items(document):
        if item["option_set"] not in document["option_sets"]:
            at, arguments = place((*path, "option_set")), {"option_sets": known}
            yield Problem(at, item["option_set"], Code.OPTION_SET_UNKNOWN, arguments)


def _flagged_option(document: Document) -> Iterator[Problem]:
    scales = {scale["code"] for scale in document["scales"]}
    options = document["pick_one"]["options"] if "pick_one" in document else []
    flagged = [
        ((*path, "scale"), option["scale"])
        for path, option in walk.entries(("pick_one", "options"), options)
        if "scale" in option
    ]
    for path, code in flagged:
        if code not in scales:
            yield Problem(place(path), code, Code.SCALE_UNKNOWN)
    for path, code in flagged[1:]:
        yield Problem(place(path), code, Code.FLAG_TWICE, {"first": place(flagged[0][0])})


def _one_item_for_no_contact(document: Document) -> Iterator[Problem]:
    items = document["counterparts"]["items"] if "counterparts" in document else []
    marked = [path for path, item in walk.entries(("counterparts", "items"), items) if item.get("no_contact_is_risk")]
    for path in marked[1:]:
        at, arguments = place((*path, "no_contact_is_risk")), {"first": place(marked[0])}
        yield Problem(at, "true", Code.NO_CONTACT_TWICE, arguments)


def _fits_a_ballot(document: Document) -> Iterator[Problem]:
    always = sum(len(scale["items"]) for scale in document["scales"] if scale["kind"] in ALWAYS_ASKED)
    if always > MAX_ITEMS_A_WAVE:
        yield Problem("scales", f"{always} items", Code.TOO_MANY_ITEMS, {"most": MAX_ITEMS_A_WAVE})
