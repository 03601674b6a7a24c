"""A zip's parts, counted while they inflate: no header is trusted, no part is unpacked beyond its limit.

Nothing is written to the disk and no part's name is used as a path, so names that climb or clash do no harm;
names that two readers would understand differently are refused.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct, field

from frameworks.ground.errors import ReturnError
from questionnaire.reading.files import limits

# a declaration in any encoding that a parser knows; Office writes none
_DOCTYPE = re.compile(rb"<\x00{0,3}!\x00{0,3}D\x00{0,3}O\x00{0,3}C\x00{0,3}T\x00{0,3}Y\x00{0,3}P\x00{0,3}E")
# what zipfile and the decompressors raise; NotImplementedError for a zip of a later version
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, ValueError, NotImplementedError, EOFError, OverflowError, OSError,
)  # fmt: skip
_END = b"PK\x05\x06"  # the record behind the directory
_MANY_PARTS = 0xFFFF  # the count stands in another record
_CHECKED = (".xml", ".rels", ".vml")  # what is read at all
_CHECKED_BINARY = re.compile(r"xl/(worksheets/|macrosheets/)?[^/]+\.bin")


class Archive(Struct):
    """The parts of one Office file; each is inflated once, when it is asked for."""

    file: str  # name for messages
    zip: zipfile.ZipFile
    members: dict[str, zipfile.ZipInfo]  # by lower-case name with forward slashes
    total: int = 0  # bytes inflated so far
    _parts: dict[str, bytes] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self.members

    def names(self) -> list[str]:
        """Names of all parts, lower case."""
        return list(self.members)

    def read(self, name: str) -> bytes:
        """A part's bytes; empty where there is no such part.

        Raises:
            ReturnError: damaged, too large, or with a DOCTYPE.
        """
        key = _key(name)
        if key not in self._parts:
            self._parts[key] = self._inflate(key)
        return self._parts[key]

    def check_declarations(self) -> None:
        """Refuses a DOCTYPE in any XML part, whether it will be read or not.

        Raises:
            ReturnError: there is one, or a part is too large.
        """
        for key in self.members:
            if key.endswith(_CHECKED):
                self.read(key)

    def check_sums(self) -> None:
        """Inflates every part that another reader may take its values from, and so compares the checksums.

        Raises:
            ReturnError: as ``read``.
        """
        for key in self.members:
            if key.endswith(_CHECKED) or _CHECKED_BINARY.fullmatch(key):
                self.read(key)

    def first_damaged(self) -> str:
        """The first part whose bytes are not those that were packed; empty where all are whole."""
        for key, member in self.members.items():
            try:
                if key.endswith(_CHECKED):
                    self.read(key)
            except ReturnError as error:
                if error.code != "damaged":
                    raise
                return member.filename
        return ""

    def _inflate(self, key: str) -> bytes:
        member = self.members.get(key)
        if member is None:
            return b""
        try:
            with self.zip.open(member) as stream:
                data = stream.read(limits.PART_BYTES + 1)
        except NotImplementedError as error:  # a RuntimeError too: a compression that zipfile does not know
            raise ReturnError("compression-unknown", file=self.file, method=member.compress_type) from error
        except RuntimeError as error:  # zipfile's word for an encrypted entry
            raise ReturnError("encrypted", file=self.file) from error
        except _DAMAGE as error:
            raise ReturnError("damaged", file=self.file) from error
        self.total += len(data)
        ratio = len(data) / max(1, member.compress_size)
        if len(data) > limits.PART_BYTES or self.total > limits.TOTAL_BYTES:
            raise too_large(self.file, "bytes", len(data), limits.PART_BYTES)
        if len(data) > limits.RATIO_FROM and ratio > limits.RATIO:
            raise too_large(self.file, "ratio", int(ratio), limits.RATIO)
        if _DOCTYPE.search(data):
            raise ReturnError("doctype", file=self.file)
        return data


@contextmanager
def open_archive(content: bytes, file: str) -> Iterator[Archive]:
    """Opens a zip that begins at the first byte.

    Raises:
        ReturnError: damaged, with too many parts, or with two parts of one name.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE as error:
        raise ReturnError("damaged", file=file) from error
    with opened:
        yield Archive(file, opened, _members(opened, file, content))


def _members(opened: zipfile.ZipFile, file: str, content: bytes) -> dict[str, zipfile.ZipInfo]:
    infos = [info for info in opened.infolist() if not info.is_dir()]
    if len(infos) > limits.PARTS:
        raise too_large(file, "parts", len(infos), limits.PARTS)
    starts = {info.header_offset for info in infos}
    members = {_key(info.filename): info for info in infos}
    if not _counted(content, len(opened.infolist())):  # an entry was swallowed: a part would be missing
        raise ReturnError("damaged", file=file)
    if len(members) != len(infos) or not all(_named_alike(info, content) for info in infos):
        raise ReturnError("duplicate-parts", file=file)  # readers differ on which of the two counts
    if len(starts) != len(infos) or sum(info.compress_size for info in infos) > len(content):
        raise ReturnError("damaged", file=file)  # several entries on one body: an overlap bomb
    if not all(_packed_alike(info, content) for info in infos):
        raise ReturnError("damaged", file=file)
    if any(".xml/" in key and key[: key.rindex(".xml/") + 4] in members for key in members):
        raise ReturnError("damaged", file=file)  # a part inside a part (OPC 9.1.1.4)
    return members


def _named_alike(info: zipfile.ZipInfo, content: bytes) -> bool:
    """Whether an entry has the same name in the directory and before its data."""
    try:
        name = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
    except UnicodeEncodeError:
        return True  # a directory in another code page: zipfile compares it itself
    return content.startswith(name, info.header_offset + 30)


def _packed_alike(info: zipfile.ZipInfo, content: bytes) -> bool:
    """Whether directory and entry agree on compression and encryption: one flipped bit there is no password."""
    start = info.header_offset
    flags, method = struct.unpack_from("<HH", content, start + 6) if start + 10 <= len(content) else (0, -1)
    return method == info.compress_type and not (flags ^ info.flag_bits) & 1


def _counted(content: bytes, found: int) -> bool:
    """Whether the directory has as many entries as its end says."""
    at = content.rfind(_END)
    if at < 0 or at + 12 > len(content):
        return True  # zipfile has found another end
    stated = int.from_bytes(content[at + 10 : at + 12], "little")
    return stated in (found, _MANY_PARTS)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def too_large(file: str, what: str, size: int, limit: int) -> ReturnError:
    """The refusal of something beyond a limit."""
    return ReturnError("file-too-large", file=file, what=f"limit-{what}", size=size, limit=limit)
