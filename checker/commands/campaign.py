"""A campaign from the command line: nothing to do, or the whole run."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.campaign.folder import Candidate, Skipped, find_candidates, load
from checker.campaign.spool import KEPT_RESULTS, RESULTS, cache_place, program_digest
from checker.commands import FINDINGS, NOTHING, OK, UNREADABLE
from frameworks.ground.errors import InputError, OutputError, ReturnError
from questionnaire.reading import read_bytes

if TYPE_CHECKING:
    from checker.wording import Wording


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for."""

    folder: Path
    output: Path | None = None
    parent: Path | None = None
    roster: Path | None = None
    split: Path | None = None
    previous: Path | None = None
    waivers: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    form: str = "terminal"
    fail_on: str = "error"
    jobs: int | None = None
    cache: bool = True
    scheduler: str | None = None

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Files that are read and no returns."""
        return tuple(path for path in (self.parent, self.roster, self.previous, self.waivers) if path)


def run(options: Options, words: Wording) -> int:
    """The campaign; an exit code."""
    _check_output(options)
    if not options.folder.is_dir():
        raise ReturnError(
            "file-missing" if not options.folder.exists() else "not-a-folder", file=str(options.folder)
        )
    without = (*options.inputs, *((options.output,) if options.output else ()))
    candidates, skipped = find_candidates(options.folder, without)
    if options.split is not None:
        candidates = [each for each in candidates if not each.path.is_relative_to(options.split)]
    results = _Results.of(options, words, candidates, skipped)
    if (known := results.known(options)) is not None:
        click.echo(words.text("campaign", "unchanged"), err=True)
        click.echo(known["said"])
        return int(known["code"])
    from checker.commands.campaign_run import run_whole

    code, said = run_whole(options, words, candidates, skipped)
    results.keep(options, code, said)
    return code


def _check_output(options: Options) -> None:
    """Refuses, before any work, an output that cannot be.

    Raises:
        OutputError: its suffix, or its folder.
    """
    target = options.output
    if target is None:
        return
    if target.suffix.lower() != ".xlsx":
        raise OutputError("output-suffix", file=str(target), suffix=target.suffix)
    if not target.absolute().parent.is_dir():
        raise OutputError("output-no-folder", file=str(target))
    for source in (options.parent, options.roster, options.waivers):
        if source is not None and source.exists() and target.exists() and source.samefile(target):
            raise OutputError("output-is-input", file=str(target))


@dataclass(frozen=True, slots=True)
class _Results:
    """What finished runs said, by everything that they depended on; no workbook is kept."""

    folder: Path | None
    key: str

    @classmethod
    def of(
        cls, options: Options, words: Wording, candidates: list[Candidate], skipped: list[Skipped]
    ) -> _Results:
        """The place of this run's result; none where the screen or further files are wanted."""
        place = cache_place() if options.cache else None
        if place is None or options.output is None or options.split or options.form != "terminal":
            return cls(None, "")
        digest = hashlib.sha256(program_digest(words=True).encode())
        asked = (
            words.language.value, str(options.folder), str(options.output), *options.select, "-", *options.ignore,
            options.fail_on, date.today().isoformat(),
        )  # fmt: skip
        digest.update("\0".join(asked).encode("utf-8", "replace"))
        beside = options.folder / "esgcheck.yaml"
        for path in (*options.inputs, beside):
            with suppress(ReturnError):
                digest.update(hashlib.sha256(read_bytes(path)).digest())
        for candidate in candidates:
            digest.update(f"{candidate.name}\0{candidate.modified}\0".encode("utf-8", "replace"))
            with suppress(ReturnError):
                digest.update(load(candidate)[1].encode())
        digest.update("\0".join(f"{each.name} {each.reason}" for each in skipped).encode("utf-8", "replace"))
        return cls(place / RESULTS, digest.hexdigest())

    def known(self, options: Options) -> dict[str, Any] | None:
        """What the last run said, when nothing changed and its workbook is still there."""
        if self.folder is None or options.output is None or not options.output.is_file():
            return None
        try:
            known: dict[str, Any] = json.loads((self.folder / f"{self.key}.json").read_bytes())
        except (OSError, ValueError):
            return None
        return known if known.get("output") == _digest(options.output) else None

    def keep(self, options: Options, code: int, said: str) -> None:
        """Notes what this run said; a cache that cannot be written only costs time."""
        if self.folder is None or options.output is None or not options.output.is_file():
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            note = {"code": code, "said": said, "output": _digest(options.output)}
            (self.folder / f"{self.key}.json").write_text(
                json.dumps(note, ensure_ascii=False), encoding="utf-8"
            )
            notes = sorted(self.folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
            for old in notes[KEPT_RESULTS:]:
                old.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


__all__ = ["FINDINGS", "NOTHING", "OK", "UNREADABLE", "InputError", "Options", "run"]
