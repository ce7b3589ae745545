"""Workbooks written part by part, as no library here writes them."""

import io
import zipfile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# As Excel marks a row or a column.
HIDDEN = ' hidden="1"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MANIFEST = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_ODS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx(sheets, *, shared=None, columns=""):
    """`sheets` are (name, state, rows of XML); `shared` has shared strings, `columns` is what is written of columns."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" state="{state}" r:id="rId{number}"/>'
        for number, (name, state, _) in enumerate(sheets, 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml"'
        ' ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{targets}</Relationships>',
    }
    for number, (_, _, rows) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{_MAIN}">{columns}<sheetData>{rows}</sheetData></worksheet>'
        )
    if shared:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{shared}</sst>'
    return zipped(parts)


def xml_rows(*rows, errors=(), numbered=True, hidden=()):
    """Rows as XML of inline strings; `errors` are values to write as error cells, `numbered` gives cells references.

    `hidden` are the numbers of rows that a filter hides.
    """

    def cell(value, place, number):
        reference = f' r="{chr(ord("A") + place)}{number}"' if numbered else ""
        if value in errors:
            return f'<c{reference} t="e"><v>{value}</v></c>'
        return f'<c{reference} t="inlineStr"><is><t>{value}</t></is></c>'

    return "".join(
        f"<row{f' r={chr(34)}{number}{chr(34)}' if numbered else ''}{HIDDEN if number in hidden else ''}>"
        + "".join(cell(value, place, number) for place, value in enumerate(row) if value is not None)
        + "</row>"
        for number, row in enumerate(rows, 1)
    )


def ods(*rows, errors=()):
    """One sheet of texts; `errors` are values to write as LibreOffice writes the result of a broken formula."""

    def cell(value):
        kind = ' calcext:value-type="error"' if value in errors else ""
        shown = ' office:string-value=""' if value in errors else ""
        return f'<table:table-cell office:value-type="string"{shown}{kind}><text:p>{value}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _ODS.items())
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="People">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": _MANIFEST,
        }
    )


def xlsb(*rows, errors=()):
    """One sheet of texts in Excel's binary format; `errors` are values to write as error cells (#N/A)."""
    extent = b"".join(at.to_bytes(4, "little") for at in (0, len(rows) - 1, 0, len(rows[0]) - 1))
    out = _record(129) + _record(148, extent) + _record(145)
    for number, row in enumerate(rows):
        out += _record(0, number.to_bytes(4, "little") + bytes(13))
        for place, value in enumerate(row):
            start = place.to_bytes(4, "little") + bytes(4)
            out += _record(3, start + b"\x2a") if value in errors else _record(6, start + _wide(value))
    sheet = out + _record(146) + _record(130)
    bundle = bytes(4) + (1).to_bytes(4, "little") + _wide("rId1") + _wide("People")
    workbook = _record(131) + _record(143) + _record(156, bundle) + _record(144) + _record(157) + _record(132)
    rels = f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.bin"/>'
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
            "xl/workbook.bin": workbook,
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{rels}</Relationships>',
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _record(kind, body=b""):
    kinds = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    assert len(body) < 0x80 * 0x80
    length = bytes([len(body)]) if len(body) < 0x80 else bytes([len(body) & 0x7F | 0x80, len(body) >> 7])
    return kinds + length + body


def _wide(text):
    return len(text).to_bytes(4, "little") + text.encode("utf-16-le")
