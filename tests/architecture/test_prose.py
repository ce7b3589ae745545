"""State is a code: nothing compares, looks up, cuts or edits a sentence that people read.

Three words in a row are taken for prose; a literal counts where it is written, and where a constant of the same file
holds it. What comes from another file, or from a variable, is not seen.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, WORD, files

PROSE = re.compile(rf"{WORD}(?:[,;:]? {WORD}){{2}}")
CUTTING = {
    *("replace", "split", "rsplit", "partition", "rpartition", "startswith", "endswith", "removeprefix"),
    *("removesuffix", "strip", "find", "rfind", "index", "count", "translate"),
}
MATCHING = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
# Where it is right, by file and text, with the reason.
ALLOWED: dict[tuple[str, str], str] = {}

Constants = dict[str, ast.expr]


def constants(tree: ast.Module) -> Constants:
    """What names at the top of the file are set to."""
    found: Constants = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = value
    return found


def texts(node: ast.AST, known: Constants) -> Iterator[str]:
    """The texts of an operand: of a literal, a constant or a sequence; a value in an f-string counts as a word."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Constant(value=bytes(data)):
            yield data.decode("latin-1")
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "value" for part in parts)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            for part in parts:
                yield from texts(part, known)
        case ast.BinOp(left=left, right=right):
            yield from texts(left, known)
            yield from texts(right, known)
        case ast.Name(id=name) if name in known:
            yield from texts(known[name], {})


def keys(node: ast.AST, known: Constants) -> Iterator[ast.AST]:
    """The keys of a dictionary that is looked up."""
    if isinstance(node, ast.Name):
        node = known.get(node.id, node)
    if isinstance(node, ast.Dict):
        yield from filter(None, node.keys)


def operands(tree: ast.AST, known: Constants) -> Iterator[ast.AST]:
    """Whatever a comparison, a look-up, a cut or a pattern is made with."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                yield from (left, *others)
                for other in others:
                    yield from keys(other, known)
            case ast.Subscript(value=looked_up, slice=key, ctx=ast.Load()):
                yield key
                yield from keys(looked_up, known)
            case ast.Call(func=ast.Attribute(value=looked_up, attr="get" | "pop"), args=[key, *_]):
                yield key
                yield from keys(looked_up, known)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=arguments) if name in MATCHING:
                yield from arguments
            case ast.Call(func=ast.Attribute(attr=name), args=arguments) if name in CUTTING:
                yield from arguments
            case ast.MatchValue(value=value):
                yield value


def prose(source: str) -> set[str]:
    tree = ast.parse(source)
    known = constants(tree)
    return {text for operand in operands(tree, known) for text in texts(operand, known) if PROSE.search(text)}


def test_no_prose_is_compared_looked_up_or_cut():
    paths = files("diagnostics", "surveys")
    assert len(paths) > 250
    found = {(str(path.relative_to(ROOT)), text) for path in paths for text in prose(path.read_text(encoding="utf-8"))}
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    "statement",
    [
        'hidden = reason == "too few answers"',
        'hidden = "answers too alike" in text',
        'hidden = reason in ("too few answers", "suppressed")',
        'TOO_FEW = "too few answers"\nhidden = reason != TOO_FEW',
        'short = text.replace("the last published wave", "then")',
        'start = text.split(" since the last wave")[0]',
        'late = text.startswith(f"not before {day} of June")',
        'run = re.search(r"in ([0-9]+) waves in a row", text)',
        '_RUN = re.compile(r"seen in wave ([0-9]+)")',
        'code = {"too few answers": "too_few"}[text]',
        'CODES = {"too few answers": "too_few"}\ncode = CODES.get(text)',
        'CODES = {"too few answers": "too_few"}\nknown = text in CODES',
        'row = rows["too few answers"]',
        'match text:\n    case "too few answers":\n        pass',
    ],
)
def test_prose_as_state_is_found(statement):
    assert len(prose(statement)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        'hidden = reason == "too_few"',
        'raise ValueError("too few answers")',
        'WORDS = {Reason.TOO_FEW: "too few answers"}\nwords = WORDS[reason]',
        'days = text.split(", ")',
        'text = "; ".join(["too few answers", other])',
        'ROWS = {"five groups of ten": 5}\nrows = list(ROWS.items())',
    ],
)
def test_codes_and_sentences_that_are_only_written_are_not(statement):
    assert prose(statement) == set()
