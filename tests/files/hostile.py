"""Generators of hostile and odd files (G1–G15, G19), each with what has to become of it.

``expected`` holds the error codes that are right; ``READ`` stands for answers. ``slow`` ones need seconds or
hundreds of megabytes to make, or to be refused.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.files.package import (
    MAIN,
    WORD,
    book,
    inline,
    paragraph,
    repeat,
    rows,
    streamed,
    word,
    word_table,
    zipped,
)  # fmt: skip

READ = "read"
ITEM = "全面风险管理工作情况"
TABLE = rows([["编号", "问题", "答案"], ["P1.S1.I1", ITEM, "公司建立风险清单。"], ["P1.S1.I2", "", "乙"]])
REFUSED = frozenset({"damaged", "duplicate-parts", "out-of-grid", "file-too-large", "doctype"})
STOPPED = REFUSED | {"reader-timeout", "reader-memory", "reader-died"}
MIB = 1 << 20


@dataclass(frozen=True)
class Hostile:
    """One file and its fate."""

    name: str
    make: Callable[[], bytes]
    expected: frozenset[str]
    slow: bool = False
    suffix: str = ".xlsx"


def _sheet(data: str, **options: object) -> bytes:
    return zipped(book(data, **options))  # type: ignore[arg-type]


def bomb(part: str, size: int, filler: bytes) -> bytes:
    """G1: one part of a size, of one filler."""
    head = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    return streamed(book(TABLE), part, [head, *repeat(filler, size), b"</sheetData></worksheet>"])


def nested(depth: int) -> bytes:
    """G2: books inside books; they must not be opened."""
    inner = bomb("xl/worksheets/sheet1.xml", 8 * MIB, b" ")
    for _ in range(depth):
        inner = zipped(book(TABLE, more={"xl/embeddings/book.xlsx": inner}))
    return inner


def many_parts(count: int) -> bytes:
    """G3: a zip of many parts."""
    return zipped(book(TABLE, more={f"xl/media/{number}.xml": "" for number in range(count)}))


def overlapping(count: int) -> bytes:
    """G4: many central entries on one body."""
    data = zipped([("xl/worksheets/sheet1.xml", b" " * MIB)])
    end = data.rindex(b"PK\x05\x06")
    start = data.index(b"PK\x01\x02")
    entry = data[start:end]
    name = b"xl/worksheets/sheet1.xml"
    entries = b"".join(entry.replace(name, b"xl/worksheets/s%05d.xml" % number) for number in range(count))
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    return data[:start] + entries + tail


def lying(what: str) -> bytes:
    """G5: headers that say something else than the data."""
    data = bytearray(zipped(book(TABLE + " " * MIB)))
    central = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    if what == "size":
        struct.pack_into("<L", data, central + 24, 10)
    elif what == "crc":
        struct.pack_into("<L", data, central + 16, 1)
    elif what == "encrypted":
        struct.pack_into("<H", data, central + 8, 1)
    elif what == "password":  # the entry says so too
        struct.pack_into("<H", data, central + 8, 1)
        struct.pack_into("<H", data, struct.unpack_from("<L", data, central + 42)[0] + 6, 1)
    elif what == "name":
        at = data.index(b"xl/worksheets/sheet1.xml")
        data[at : at + 5] = b"xx/wo"
    return bytes(data)


def doubled(second: str) -> bytes:
    """G5: two parts of one name, or of names that differ in case."""
    parts = list(book(TABLE).items())
    return zipped([*parts, (second, parts[-2][1])])


ENTITIES = {
    "exponential": '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>",
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "http": '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]>',
}


def entity(kind: str, part: str, encoding: str = "utf-8") -> bytes:
    """G6: a document type in a part."""
    parts = book(TABLE, strings="<si><t>x</t></si>", styles="")
    plain = parts[part]
    assert isinstance(plain, str)
    body = plain.partition("?>")[2] if plain.startswith("<?xml") else plain
    text = f'<?xml version="1.0" encoding="{encoding}"?>{ENTITIES[kind]}{body}'
    parts[part] = text.encode("utf-16" if encoding == "utf-16" else "utf-8")
    return zipped(parts)


def dimension(claim: str, answers: int) -> bytes:
    """G7: a dimension that is not true."""
    parts = book(rows([["编号", "答案"], *([f"P1.S1.I{n % 3 + 1}", "甲"] for n in range(answers))]))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, str)
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<sheetData>", f'<dimension ref="{claim}"/><sheetData>')
    return zipped(parts)


def far(*cells: str) -> bytes:
    """G8: cells far away, out of the grid, out of order, or without a place."""
    extra = "".join(f"<row><c {cell} t='inlineStr'><is><t>远</t></is></c></row>" for cell in cells)
    return _sheet(TABLE + extra)


def row_flood(count: int, row: bytes) -> bytes:
    """G9: rows without end."""
    head = f'<worksheet xmlns="{MAIN}"><sheetData>{TABLE}'.encode()
    body = (row % number for number in range(10, 10 + count))
    return streamed(book(""), "xl/worksheets/sheet1.xml", [head, *body, b"</sheetData></worksheet>"])


def strings(kind: str, count: int) -> bytes:
    """G10: shared strings: many, miscounted, or one long one used over and over."""
    if kind == "many":
        body = [f'<sst xmlns="{MAIN}">'.encode(), *repeat(b"<si><t>a</t></si>", 17 * count), b"</sst>"]
        return streamed(book(TABLE, strings=""), "xl/sharedStrings.xml", body)
    if kind == "long":
        cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(10, 10 + count))
        return _sheet(TABLE + cells, strings=f"<si><t>{'长' * MIB}</t></si>")
    if kind == "runs":
        runs = "".join(f"<r><t>{n}</t></r><rPh><t>x</t></rPh>" for n in range(count))
        return _sheet(TABLE + '<row r="9"><c r="C9" t="s"><v>0</v></c></row>', strings=f"<si>{runs}</si>")
    parts = book(TABLE + f'<row r="9"><c r="C9" t="s"><v>{count}</v></c></row>', strings="<si><t>a</t></si>")
    sst = parts["xl/sharedStrings.xml"]
    assert isinstance(sst, str)
    parts["xl/sharedStrings.xml"] = sst.replace("<sst ", '<sst count="4294967295" uniqueCount="4294967295" ')
    return zipped(parts)


def merges(*areas: str) -> bytes:
    """G11: merged areas."""
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return _sheet(TABLE, after=f"<mergeCells>{cells}</mergeCells>")


def names(count: int) -> bytes:
    """G12: defined names, by the hundred thousand."""
    body = "".join(f'<definedName name="n{n}">Sheet1!$A$1</definedName>' for n in range(count))
    return _sheet(TABLE, names=f"<definedNames>{body}</definedNames>")


def styles(count: int) -> bytes:
    """G12: cell styles without end."""
    style = '<xf numFmtId="0"/>'
    return _sheet(TABLE, styles=f"<cellXfs>{style * count}</cellXfs>")


def deep(depth: int) -> bytes:
    """G13: nested elements in a sheet."""
    return _sheet(TABLE + "<row r='9'>" + "<x>" * depth + "</x>" * depth + "</row>")


def deep_word(depth: int) -> bytes:
    """G13: nested elements and tables in a document."""
    body = "<w:tbl><w:tr><w:tc>" * depth + paragraph("底") + "</w:tc></w:tr></w:tbl>" * depth
    return zipped(word(paragraph(ITEM) + body))


def attributes(count: int) -> bytes:
    """G14: attributes and namespaces without end."""
    many = " ".join(f'a{n}="{n}" xmlns:n{n}="n"' for n in range(count))
    return _sheet(TABLE + f"<row r='9' {many}/>")


def long_cell(size: int) -> bytes:
    """G14, G18: one very long cell."""
    return _sheet(rows([["编号", "答案"], ["P1.S1.I1", "长" * size]]))


def word_flood(kind: str, count: int) -> bytes:
    """G15: Word without end."""
    head = f'<w:document xmlns:w="{WORD}"><w:body>{paragraph(ITEM)}'.encode()
    row = f"<w:tr>{'<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>' * 20}</w:tr>"
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{count}"/></w:tcPr>{paragraph("a")}</w:tc>'
    span = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    pieces: dict[str, Iterator[bytes] | list[bytes]] = {
        "paragraphs": repeat(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>", 34 * count),
        "spaces": repeat(b" ", count),
        "rows": [b"<w:tbl>", *repeat(row.encode(), len(row) * count), b"</w:tbl>"],
        "span": [span.encode()],
    }
    return streamed(word(""), "word/document.xml", [head, *pieces[kind], b"</w:body></w:document>"])


def word_control() -> bytes:
    """G15: the only text is in a content control."""
    control = f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>"
    return zipped(word(paragraph(ITEM) + control))


def number(cell: str) -> bytes:
    """G19: one odd value in an answer's cell."""
    return _sheet(rows([["编号", "答案"]]) + f'<row r="2">{inline("A2", "P1.S1.I1")}{cell}</row>')


def truncated(share: float) -> bytes:
    """G20: a good file cut short."""
    data = _sheet(TABLE)
    return data[: int(len(data) * share)]


def mutated(data: bytes, seed: int) -> bytes:
    """G30: a file with some of its bytes flipped, a piece cut or doubled."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    at = chance.randrange(len(changed) + 1)
    way = chance.random()
    if way < 0.1:
        del changed[at:]
    elif way < 0.2:
        changed[at:at] = changed[at : at + chance.randrange(2000)]
    return bytes(changed)


def repacked(data: bytes, seed: int) -> bytes:
    """G30: an Office file whose parts are mutated inside a whole zip."""
    chance = random.Random(seed)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        members = old.namelist()
        unlucky = chance.choice(members)
        for name in members:
            body = old.read(name)
            new.writestr(name, mutated(body, seed) if name == unlucky else body)
    return buffer.getvalue()


def _fate(*codes: str) -> frozenset[str]:
    return frozenset(codes)


_SHEET = "xl/worksheets/sheet1.xml"
_FLOOD_BLANK = b'<row r="%d" s="1" customFormat="1" ht="15"/>'
_FLOOD_VALUE = b'<row r="%d"><c><v>1</v></c></row>'

TABLE_OF_FILES: tuple[Hostile, ...] = (
    Hostile("bomb-spaces-64", lambda: bomb(_SHEET, 64 * MIB, b" "), _fate("file-too-large")),
    Hostile("bomb-comments-64", lambda: bomb(_SHEET, 64 * MIB, b"<!--a-->"), _fate("file-too-large")),
    Hostile("bomb-spaces-1024", lambda: bomb(_SHEET, 1024 * MIB, b" "), _fate("file-too-large"), slow=True),
    Hostile("bomb-spaces-4097", lambda: bomb(_SHEET, 4097 * MIB, b" "), _fate("file-too-large"), slow=True),
    Hostile("bomb-media", lambda: bomb("xl/media/a.png", 64 * MIB, b"\0"), _fate(READ)),
    Hostile("nested-books", lambda: nested(3), _fate(READ)),
    Hostile("parts-6000", lambda: many_parts(6_000), _fate("file-too-large")),
    Hostile("parts-70000", lambda: many_parts(70_000), _fate("file-too-large"), slow=True),
    Hostile("overlap", lambda: overlapping(500), REFUSED),
    Hostile("lie-size", lambda: lying("size"), REFUSED),
    Hostile("lie-crc", lambda: lying("crc"), REFUSED | {READ}),
    Hostile("lie-encrypted", lambda: lying("encrypted"), _fate("damaged")),  # one bit is no password
    Hostile("zip-password", lambda: lying("password"), _fate("encrypted")),
    Hostile("lie-name", lambda: lying("name"), REFUSED),
    Hostile("twice", lambda: doubled(_SHEET), _fate("duplicate-parts")),
    Hostile("case-twins", lambda: doubled("xl/worksheets/Sheet1.xml"), _fate("duplicate-parts")),
    Hostile("climbing-name", lambda: zipped(book(TABLE, more={"../../x.xml": "<a/>"})), _fate(READ)),
    *(
        Hostile(f"entity-{kind}-{part[-12:]}", partial(entity, kind, part), _fate("doctype"))
        for kind in ENTITIES
        for part in (_SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels")
    ),
    Hostile("entity-utf-16", lambda: entity("exponential", _SHEET, "utf-16"), _fate("doctype")),
    Hostile("entity-utf-7", lambda: entity("exponential", _SHEET, "utf-7"), REFUSED),
    Hostile("dimension-huge", lambda: dimension("A1:XFD1048576", 3), _fate(READ)),
    Hostile("dimension-tiny", lambda: dimension("A1", 200), _fate(READ)),
    Hostile("far-corner", lambda: far('r="XFD1048576"'), _fate(READ)),
    Hostile("far-row", lambda: far('r="A1048577"'), STOPPED),
    Hostile("far-row-32-bit", lambda: far('r="A4294967295"'), STOPPED),
    Hostile("far-column", lambda: far('r="XFE1"'), STOPPED),
    Hostile("row-zero", lambda: far('r="A0"'), STOPPED),
    Hostile("no-reference", lambda: far("", ""), _fate(READ)),
    Hostile("descending", lambda: far('r="A9"', 'r="A8"'), _fate(READ)),
    Hostile("rows-blank", lambda: row_flood(1_000_000, _FLOOD_BLANK), _fate(READ), slow=True),
    Hostile("rows-filled", lambda: row_flood(1_000_000, _FLOOD_VALUE), _fate("file-too-large"), slow=True),
    Hostile("rows-filled-30000", lambda: row_flood(30_000, _FLOOD_VALUE), _fate("file-too-large")),
    Hostile("strings-10m", lambda: strings("many", 10_000_000), _fate("file-too-large"), slow=True),
    Hostile("strings-300k", lambda: strings("many", 300_000), _fate("file-too-large")),
    Hostile("strings-long", lambda: strings("long", 20_000), _fate("file-too-large")),
    Hostile("strings-runs", lambda: strings("runs", 10_000), _fate(READ)),
    Hostile("strings-index", lambda: strings("index", 2**31), _fate(READ)),
    Hostile("strings-negative", lambda: strings("index", -1), _fate(READ)),
    Hostile("merge-all", lambda: merges("A1:XFD1048576"), _fate(READ, "no-questionnaire-cells")),
    Hostile("merge-many", lambda: merges(*(f"E{n}:F{n}" for n in range(1, 100_001))), _fate(READ)),
    Hostile("merge-overlap", lambda: merges(*["A5:Z100000"] * 1000), _fate(READ)),
    Hostile("names-500k", lambda: names(500_000), _fate(READ, "file-too-large"), slow=True),
    Hostile("styles-100k", lambda: styles(100_000), _fate(READ, "file-too-large")),
    Hostile("depth-257", lambda: deep(257), _fate(READ)),
    Hostile("depth-200k", lambda: deep(200_000), _fate(READ, "file-too-large")),
    Hostile("attributes", lambda: attributes(50_000), _fate(READ)),
    Hostile("cell-10m", lambda: long_cell(10_000_000), REFUSED),
    Hostile("cell-100k", lambda: long_cell(100_000), _fate(READ, "file-too-large")),
    Hostile("word-depth", lambda: deep_word(200), _fate("file-too-large"), suffix=".docx"),
    Hostile("word-span", lambda: word_flood("span", 1_000_000), _fate(READ), suffix=".docx"),
    Hostile("word-rows", lambda: word_flood("rows", 3_000), _fate(READ, "file-too-large"), suffix=".docx"),
    Hostile("word-1m", lambda: word_flood("paragraphs", 1_000_000), STOPPED, slow=True, suffix=".docx"),
    Hostile("word-spaces", lambda: word_flood("spaces", 1024 * MIB), STOPPED, slow=True, suffix=".docx"),
    *(Hostile(f"cut-{share}0", lambda share=share: truncated(share / 10), _fate("damaged")) for share in range(1, 10)),
    Hostile("junk-before", lambda: b"junk" + _sheet(TABLE), _fate("not-text", "no-questionnaire-text")),
    Hostile("junk-after", lambda: _sheet(TABLE) + b"junk" * 100, _fate(READ)),
    *(
        Hostile(f"value-{name}", lambda cell=cell: number(cell), _fate(READ))
        for name, cell in {
            "infinite": '<c r="B2"><v>1e400</v></c>', "nan": '<c r="B2"><v>NaN</v></c>',
            "digits": f'<c r="B2"><v>{"9" * 5_000}</v></c>', "boolean-2": '<c r="B2" t="b"><v>2</v></c>',
            "error": '<c r="B2" t="e"><v>#REF!</v></c>', "date": '<c r="B2" t="d"><v>not a date</v></c>',
            "formula": '<c r="B2"><f>1+1</f></c>', "unknown": '<c r="B2" t="zz"><v>1</v></c>',
            "style": '<c r="B2" s="99999999999"><v>1</v></c>',
        }.items()
    ),
    Hostile("word-control-only", word_control, _fate(READ), suffix=".docx"),
    Hostile("word-table", lambda: zipped(word(word_table([[ITEM, "甲"]]))), _fate(READ), suffix=".docx"),
)  # fmt: skip
