"""Where a zipped workbook keeps the cells of a sheet, and how its parts are written."""

import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET


def sheet_part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds the sheet's cells; None where the workbook is of another make."""
    names = {name.lower(): name for name in archive.namelist()}
    if "xl/workbook.bin" in names:
        wanted = _binary_sheets(archive.read(names["xl/workbook.bin"])).get(sheet)
        relations = names.get("xl/_rels/workbook.bin.rels")
    elif "xl/workbook.xml" in names:
        wanted = _xml_sheets(archive.read(names["xl/workbook.xml"])).get(sheet)
        relations = names.get("xl/_rels/workbook.xml.rels")
    else:
        return None
    for relation in ET.fromstring(archive.read(relations)) if relations else ():  # noqa: S314 # in a limited process
        if relation.get("Id") == wanted:
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return names.get(path.lower())
    return None


def records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record. Both kind and length are written seven bits a byte, the lowest first."""
    at = 0
    while at < len(part):
        kind, at = _number(part, at, most=2)
        length, at = _number(part, at, most=4)
        yield kind, part[at : at + length]
        at += length


def local_name(name: str) -> str:
    return name.rpartition("}")[2]


def _xml_sheets(workbook: bytes) -> dict[str, str]:
    """The relation of each sheet, by name."""
    found: dict[str, str] = {}
    for element in ET.fromstring(workbook).iter():  # noqa: S314 # the same
        if local_name(element.tag) == "sheet":
            found[element.get("name", "")] = next(
                (value for name, value in element.items() if local_name(name) == "id" and name != "id"), ""
            )
    return found


def _binary_sheets(workbook: bytes) -> dict[str, str]:
    """As `_xml_sheets`: record 156 has the state, the sheet's number, the relation and the name."""
    found: dict[str, str] = {}
    for kind, body in records(workbook):
        if kind == 156:  # noqa: PLR2004 # BrtBundleSh
            relation, after = _string(body, 8)
            found[_string(body, after)[0]] = relation
    return found


def _number(part: bytes, at: int, *, most: int) -> tuple[int, int]:
    number = 0
    for place, byte in enumerate(part[at : at + most]):
        number |= (byte & 0x7F) << (7 * place)
        if byte <= 0x7F:  # noqa: PLR2004 # the high bit says that another byte follows
            return number, at + place + 1
    return number, at + most


def _string(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * int.from_bytes(body[at : at + 4], "little")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
