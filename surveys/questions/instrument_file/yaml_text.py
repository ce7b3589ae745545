"""YAML of JSON's types only: no tags, aliases or repeated keys, and `no` is Norwegian, not false."""

import json
import re
from typing import Any

import yaml

from surveys.questions.instrument_file.codes import InstrumentProblemCode as Code
from surveys.questions.instrument_file.problems import InstrumentError, Problem
from surveys.questions.instrument_file.wording import Argument

MAX_BYTES = 512 * 1024
MAX_DEPTH = 20

_TAG = "tag:yaml.org,2002:"
# What JSON has besides text. Written plainly, without quotes, it is read as such; everything else is text.
_JSON = re.compile(r"(true|false|null|~|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)?\Z")


class _Loader(yaml.BaseLoader):
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused(event.start_mark, Code.ALIAS)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _refused(event.start_mark, Code.TOO_DEEP)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Dumper(yaml.SafeDumper):
    """Quotes what either YAML 1.1 or this module's reader would take for anything but text."""


_Dumper.add_implicit_resolver(_TAG + "float", re.compile(r"-?[0-9.]+([eE][-+]?[0-9]+)?\Z"), list("-0123456789"))


def parse(content: str | bytes) -> Any:
    """The file's only document as JSON types. Raises InstrumentError."""
    text = _decoded(content)
    try:
        node = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        problem = " ".join(filter(None, [error.context, error.problem]))
        raise _refused(error.problem_mark or error.context_mark, Code.NO_YAML, reason=problem) from error
    except yaml.YAMLError as error:
        raise _refused(None, Code.NO_YAML, reason=str(error)) from error
    if node is None:
        raise _refused(None, Code.EMPTY)
    return _value(node)


def write(document: Any) -> str:
    """The document as block-style YAML, keys in the order given."""
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


def _decoded(content: str | bytes) -> str:
    size = len(content.encode() if isinstance(content, str) else content)
    if size > MAX_BYTES:
        arguments = {"kilobytes": MAX_BYTES // 1024}
        raise InstrumentError([Problem("file", f"{size} bytes", Code.TOO_LARGE, arguments)])
    if isinstance(content, str):
        return content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(None, Code.NOT_UTF_8) from error


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode) and node.tag == _TAG + "map":
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode) and node.tag == _TAG + "seq":
        return [_value(entry) for entry in node.value]
    if isinstance(node, yaml.ScalarNode) and node.tag == _TAG + "str":
        return _scalar(node)
    raise _refused(node.start_mark, Code.TAG, tag=node.tag)


def _mapping(node: yaml.MappingNode) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = _value(key_node)
        if not isinstance(key, str):
            raise _refused(key_node.start_mark, Code.FIELD_NAME_NO_TEXT)
        if key in result:
            raise _refused(key_node.start_mark, Code.FIELD_TWICE, field=key)
        result[key] = _value(value_node)
    return result


def _scalar(node: yaml.ScalarNode) -> Any:
    if node.style is not None or not _JSON.match(node.value):
        return node.value
    if node.value in ("", "~"):
        return None
    try:
        return json.loads(node.value)
    except ValueError as error:
        raise _refused(node.start_mark, Code.NO_NUMBER, number=node.value[:60]) from error


def _refused(mark: yaml.Mark | None, code: Code, **arguments: Argument) -> InstrumentError:
    line = f"line {mark.line + 1}" if mark else "file"
    return InstrumentError([Problem(line, "", code, arguments)])
