"""What finished runs said: the same folder asked the same again is answered without reading it."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from checker.campaign.folder import Candidate, SkippedFile
from checker.campaign.folder import digest as digest_of
from checker.campaign.options import Options
from checker.campaign.spool import KEPT_RESULTS, RESULTS, cache_place, program_digest
from checker.checking import settings
from checker.checking.day import today
from frameworks.ground.errors import ReturnError
from frameworks.ground.seal import seal, unseal
from questionnaire.editions import Editions
from questionnaire.reading import read_bytes


class Results(Struct, frozen=True):
    """What finished runs said, by everything that they depended on; no workbook is kept."""

    folder: Path | None
    key: str

    @classmethod
    def of(
        cls, options: Options, language: str, candidates: list[Candidate], skipped: list[SkippedFile]
    ) -> Results:
        """The place of this run's result; none where the screen or further files are wanted."""
        place = cache_place() if options.cache else None
        if place is None or options.output is None or options.folders or options.form != "terminal":
            return cls(None, "")
        digest = hashlib.sha256(program_digest(words=True).encode())
        asked = (
            language, str(options.folder), str(options.output), *options.select, "-", *options.ignore,
            options.fail_on, today().isoformat(), Editions.of(options.questionnaire).digest,
        )  # fmt: skip
        digest.update("\0".join(asked).encode("utf-8", "replace"))
        beside = options.folder / settings.FILE
        for path in (*options.inputs, beside):
            with suppress(ReturnError):
                digest.update(hashlib.sha256(read_bytes(path)).digest())
        for candidate in candidates:
            digest.update(f"{candidate.name}\0{candidate.modified}\0".encode("utf-8", "replace"))
            with suppress(ReturnError):
                digest.update(digest_of(candidate).encode())
        digest.update("\0".join(f"{each.name} {each.reason}" for each in skipped).encode("utf-8", "replace"))
        return cls(place / RESULTS, digest.hexdigest())

    def known(self, options: Options) -> dict[str, Any] | None:
        """What the last run said, when nothing changed and its workbook is still there."""
        if self.folder is None or options.output is None or not options.output.is_file():
            return None
        try:
            known: dict[str, Any] = json.loads(unseal((self.folder / self.key).read_bytes()))
        except (OSError, ValueError):
            return None
        with suppress(OSError):
            return known if known.get("output") == _digest(options.output) else None
        return None

    def keep(self, options: Options, code: int, said: str) -> None:
        """Notes what this run said; a cache that cannot be written only costs time."""
        if self.folder is None or options.output is None or not options.output.is_file():
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            note = {"code": code, "said": said, "output": _digest(options.output)}
            written = self.folder / f"{self.key}.{os.getpid()}.tmp"
            written.write_bytes(seal(json.dumps(note, ensure_ascii=False).encode("utf-8", "replace")))
            written.replace(self.folder / self.key)
            notes = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for old in notes[KEPT_RESULTS:]:
                old.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
