"""What a round remembers of one company, in some 1,300 bytes: a campaign of 10,000 is compared within a small memory.

They are compressed, and taken apart only while their company is looked at.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from checker.checking.diff import Change, Gap, GapChange, Judged, compare, rewritten

FINGERPRINT = re.compile(r"[0-9a-f]{16}\Z")
_MOST = 16 << 20  # bytes of one company, taken apart


class CompanyMemory(NamedTuple):
    """What an earlier round remembers of one company; empty on its first one."""

    gaps: tuple[Gap, ...] = ()  # open, and those that could not be judged: the next round asks again
    called: Mapping[str, Change] = MappingProxyType({})  # gap id → what became of it
    closed: frozenset[str] = frozenset()  # ids of gaps that were fixed at any round
    said: Mapping[str, str] = MappingProxyType({})  # by item, a digest of its answer
    gone: tuple[GapChange, ...] = ()  # gaps that were no longer found

    def changes(
        self, gaps: Iterable[Gap], said: Mapping[str, str], judged: Judged, *, again: bool
    ) -> list[GapChange]:
        """What became of its gaps since.

        Args:
            gaps: those of this round.
            said: what its items say now, as digests.
            judged: what this round could find.
            again: whether this round sees the very same returns; then it tells the same.
        """
        if again:
            return [
                GapChange(gap, change, gap) for gap in gaps if (change := self.called.get(gap.fingerprint))
            ]
        return compare(self.gaps, gaps, self.closed, judged._replace(rewritten=rewritten(self.said, said)))

    def after(
        self, gaps: Iterable[Gap], said: Mapping[str, str], changes: Iterable[GapChange], *, again: bool
    ) -> CompanyMemory:
        """What the next round has to know, by this one's gaps, answers and changes."""
        changes = tuple(changes)
        gone = self.gone if again else tuple(each for each in changes if each.now is None)
        asked = (each.gap for each in gone if each.change is Change.UNCHECKED)
        fixed = {each.gap.fingerprint for each in changes if each.change is Change.FIXED}
        return CompanyMemory(
            tuple(dict.fromkeys((*gaps, *asked))),
            {each.now.fingerprint: each.change for each in changes if each.now is not None},
            self.closed | fixed,
            said,
            gone,
        )


def pack(memory: CompanyMemory) -> bytes:
    """The memory as bytes."""
    told = (
        [(*gap, memory.called.get(gap.fingerprint, "")) for gap in memory.gaps],
        sorted(memory.closed),
        dict(memory.said),
        [(*each.gap, each.change) for each in memory.gone],
    )
    return zlib.compress(json.dumps(told, separators=(",", ":")).encode(), 9)


def unpack(packed: bytes) -> CompanyMemory:
    """The memory again.

    Raises:
        ValueError: the bytes are not what ``pack`` wrote.
    """
    try:
        told = zlib.decompressobj().decompress(packed, _MOST)
        gaps, closed, said, gone = json.loads(told)
        return CompanyMemory(
            tuple(Gap(*map(str, each[:4])) for each in gaps),
            {str(each[0]): Change(each[4]) for each in gaps if each[4]},
            frozenset(map(str, closed)),
            {str(item): str(digest) for item, digest in said.items()},
            tuple(GapChange(Gap(*map(str, each[:4])), Change(each[4])) for each in gone),
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, zlib.error) as error:
        raise ValueError("memory") from error
