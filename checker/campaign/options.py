"""What a campaign is asked to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct

from checker.campaign.pool import processors


class Options(Struct, frozen=True):
    """What the user asked for."""

    folder: Path
    output: Path | None = None
    parent: Path | None = None
    roster: Path | None = None
    split: Path | None = None
    letters: Path | None = None
    reply_by: date | None = None
    previous: Path | None = None
    waivers: Path | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    form: str = "terminal"
    fail_on: str = "error"
    jobs: int | None = None
    cache: bool = True
    scheduler: str | None = None
    questionnaire: str | None = None
    replies: tuple[Path, ...] = ()
    last_year: Path | None = None  # a folder of the returns of the year before

    @property
    def processes(self) -> int:
        """How many processes of this machine work at once."""
        return self.jobs or processors()

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Files that are read and no returns."""
        return tuple(
            path for path in (self.parent, self.roster, self.previous, self.waivers, *self.replies) if path
        )

    @property
    def folders(self) -> tuple[Path, ...]:
        """Folders that are written into: what lies in them is no return."""
        return tuple(path for path in (self.split, self.letters) if path is not None)
