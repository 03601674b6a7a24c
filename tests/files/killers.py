"""A folder of honest returns, and everything that ever ended a batch: one of each kind."""

from __future__ import annotations

import os
import random
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from tests.bench.returns import own_answers, workbook

YEAR_9999 = 253_402_300_800


def flipped(content: bytes, at: int, bit: int = 1) -> bytes:
    """The content with one bit changed."""
    return content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]


def directory_flips(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The zip directory's entry of the properties, one bit changed in each of its fields."""
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"docProps/core.xml"))
    for name, offset, bit in (
        ("版本", 6, 0x80), ("标志", 8, 0x01), ("压缩", 10, 0x06), ("校验", 16, 0x10), ("大小", 20, 0x40),
        ("名长", 28, 0x80), ("偏移", 44, 0x80), ("名称", 47, 0x80),
    ):  # fmt: skip
        yield name, flipped(content, entry + offset, bit)


def with_compression(content: bytes, method: int) -> bytes:
    """The same workbook, its properties packed by another method."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            kind = method if info.filename == "docProps/core.xml" else zipfile.ZIP_DEFLATED
            new.writestr(info.filename, old.read(info), kind)
    return target.getvalue()


def torn_lzma(content: bytes) -> bytes:
    """An LZMA part whose own header is broken."""
    packed = with_compression(content, zipfile.ZIP_LZMA)
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        info = archive.getinfo("docProps/core.xml")
    start = info.header_offset + 30 + len(info.filename)
    return packed[:start] + b"\xff" * 9 + packed[start + 9 :]


def write_killers(folder: Path) -> set[str]:
    """One of each kind into a folder; the names of those that cannot be read, as they are shown."""
    good = workbook("毒（示例）有限公司", own_answers(random.Random(99)))
    for name, content in directory_flips(good):
        (folder / f"位-{name}.xlsx").write_bytes(content)
    (folder / "压缩.xlsx").write_bytes(torn_lzma(good))
    (folder / os.fsdecode("断裂.xlsx".encode("gb18030"))).write_bytes(b"PK\x03\x04 torn")
    os.mkfifo(folder / "管道.xlsx")
    (folder / "断链.xlsx").symlink_to(folder / "没有.xlsx")
    (folder / "环.xlsx").symlink_to(folder / "环.xlsx")
    elsewhere = folder.parent / "别处"
    elsewhere.mkdir(exist_ok=True)
    (elsewhere / "甲.xlsx").write_bytes(good)
    (folder / "链接").symlink_to(elsewhere)
    (folder / "换\n行.xlsx").write_bytes(b"PK\x03\x04 torn too")
    with (folder / "空洞.xlsx").open("wb") as stream:
        stream.truncate(99 << 20)
    deep = folder / "深"
    deep.mkdir()
    top = os.open(deep, os.O_RDONLY)
    for _ in range(1_200):  # too long a path to be named from the top; made step by step
        os.mkdir("层", dir_fd=top)
        below = os.open("层", os.O_RDONLY, dir_fd=top)
        os.close(top)
        top = below
    os.close(top)
    return {"断裂.xlsx", "管道.xlsx", "断链.xlsx", "环.xlsx", "链接", "换\\x0a行.xlsx", "空洞.xlsx"}


def remove_deep(folder: Path) -> None:
    """Takes away folders that lie too deep for any path."""
    while True:
        inner = folder / "层"
        if not inner.exists():
            break
        spare = folder.with_name("剩余")
        if (inner / "层").exists():
            (inner / "层").rename(spare)
            inner.rmdir()
            spare.rename(inner)
        else:
            inner.rmdir()
    folder.rmdir()
