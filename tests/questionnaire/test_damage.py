"""Damaged files taken as good: no answer is altered without a word, and what is said of a damage is true."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable

import pytest

from frameworks.ground.errors import ReturnError
from questionnaire.answers import Return
from questionnaire.reading.content import read_content, read_sheets
from questionnaire.reading.files.grid import Book
from questionnaire.reading.files.sniff import sniff
from questionnaire.schema import Schema
from tests.conftest import ROOT
from tests.files.hostile import mutated
from tests.files.killers import flipped
from tests.files.package import book, zipped

QUICK, FULL = 60, 700
GOOD = ROOT / "samples" / "middling.xlsx"


def packed(content: bytes, method: int) -> bytes:
    """The same parts in another compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), method)
    return buffer.getvalue()


def one_bit(content: bytes, seed: int) -> bytes:
    """A file with one bit flipped."""
    chance = random.Random(seed)
    return flipped(content, chance.randrange(len(content)), 1 << chance.randrange(8))


def sheets(content: bytes) -> Book:
    return read_sheets(content, "a.xlsx", sniff(content, "a.xlsx"))


def said(content: bytes) -> str:
    """The code of the refusal."""
    with pytest.raises(ReturnError) as caught:
        sheets(content)
    return caught.value.code


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED], ids=["deflated", "stored"])
@pytest.mark.parametrize("way", [one_bit, mutated])
@pytest.mark.parametrize("count", [QUICK, pytest.param(FULL, marks=pytest.mark.slow)])
def test_no_answer_is_altered_without_a_word(
    method: int, way: Callable[[bytes, int], bytes], count: int, schema: Schema
) -> None:
    good = packed(GOOD.read_bytes(), method)
    whole = read_content(good, "a.xlsx", "0", schema)
    refused = 0
    for seed in range(count):
        try:
            found = read_content(way(good, seed), "a.xlsx", "0", schema)
        except ReturnError as error:
            refused += 1
            assert error.code != "encrypted", seed  # there is no password
        else:
            assert _told(found) == _told(whole), seed
    assert refused > count / 2


def _told(source: Return) -> tuple[object, ...]:
    return source.answers, source.figures, source.profile, source.unmatched, source.outside, source.source


def _directory(content: bytes, name: str) -> int:
    """Where an entry of the directory begins."""
    at = -1
    while (at := content.index(b"PK\x01\x02", at + 1)) >= 0:
        if content[at + 46 :].startswith(name.encode()):
            return at
    raise AssertionError(name)


def _set(content: bytes, at: int, value: int) -> bytes:
    return content[:at] + struct.pack("<H", value) + content[at + 2 :]


@pytest.mark.parametrize("method", [93, 9, 6, 1])
def test_a_compression_that_nobody_reads_is_no_password(method: int) -> None:
    good = GOOD.read_bytes()
    name = "xl/sharedStrings.xml"
    at = _directory(good, name)
    local = int.from_bytes(good[at + 42 : at + 46], "little")
    assert said(_set(_set(good, at + 10, method), local + 8, method)) == "compression-unknown"
    assert said(_set(good, at + 10, method)) == "damaged"  # the two places disagree


@pytest.mark.parametrize("part", ["docProps/core.xml", "xl/styles.xml", "xl/worksheets/sheet3.xml"])
@pytest.mark.parametrize(
    ("place", "bit"), [(8, 0), (8, 3), (10, 2), (16, 0), (24, 4), (30, 5), (28, 1), (46, 0)]
)
def test_one_bit_in_the_directory_is_read_or_refused_as_damaged(part: str, place: int, bit: int) -> None:
    good = GOOD.read_bytes()
    changed = bytearray(good)
    changed[_directory(good, part) + place] ^= 1 << bit
    try:
        found = sheets(bytes(changed))
    except ReturnError as error:
        assert error.code in {"damaged", "damaged-part", "duplicate-parts"}
    else:
        assert found.sheets == sheets(good).sheets


def test_a_checksum_that_is_wrong_names_the_part() -> None:
    stored = packed(GOOD.read_bytes(), zipfile.ZIP_STORED)
    at = stored.index("吨".encode())
    changed = stored[:at] + "千".encode() + stored[at + 3 :]
    with pytest.raises(ReturnError) as caught:
        sheets(changed)
    assert (caught.value.code, caught.value.params["part"]) == ("damaged-part", "xl/sharedStrings.xml")
    assert caught.value.params["read"] == sheets(stored).read


def test_a_part_that_breaks_off_inside_a_whole_zip_is_refused() -> None:
    parts = book('<row r="1"><c r="A1"><v>1204</v></c><c r="B1"><v>5</v></cc></row>')
    assert said(zipped(parts)) in {"damaged", "damaged-part"}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A1" t="inlineStr"><v>1.0</v><is><t>1.</t></is></c>', "1."),
        ('<c r="A1" t="inlineStr"><is><t>甲</t><phoneticPr/></is><v>甲</v></c>', "甲"),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is><v/></c>', "甲乙"),
        ('<c r="A1"><v>12</v><is><t>12</t></is></c>', "12"),
        ('<c r="A1" t="str"><v>甲</v><is><t>甲</t></is></c>', "甲"),
        ('<c r="A1" t="inlineStr"><v>甲</v></c>', "甲"),
    ],
)
def test_a_text_in_place_beside_a_value_is_read_once(cell: str, shown: str) -> None:
    assert sheets(zipped(book(f'<row r="1">{cell}</row>'))).sheets[0].cells == {(0, 0): shown}
