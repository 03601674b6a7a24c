"""Returns that lie open on the desk: read and checked in the guarded worker, kept until the desk closes."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from checker.checking.files import check_content
from checker.checking.settings import Settings, load_in
from checker.checking.waivers import apply, settle
from checker.desk.uploads import Upload
from checker.finding import Report
from checker.rules import RULES
from questionnaire.editions import Editions
from questionnaire.reading import run_on_content


@dataclass
class Draft:
    """One return. ``name`` is the user's and only shown; ``path`` is ours."""

    id: str
    name: str
    path: Path
    report: Report


@dataclass
class Drafts:
    """What lies open, the newest last."""

    room: Path
    editions: Editions
    folder: Path | None
    lock: threading.Lock
    _open: dict[str, Draft] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Draft]:
        return reversed(tuple(self._open.values()))

    def get(self, draft_id: str) -> Draft | None:
        """The draft of an id."""
        return self._open.get(draft_id)

    def add(self, upload: Upload) -> Draft:
        """Checks a file and keeps it.

        Raises:
            ReturnError: it cannot be read as a return.
        """
        with self.lock:
            report = self._check(upload.content, upload.name)
            draft_id = secrets.token_hex(6)
            path = self.room / draft_id
            path.write_bytes(upload.content)
            draft = self._open[draft_id] = Draft(draft_id, upload.name, path, report)
        return draft

    def _check(self, content: bytes, name: str) -> Report:
        """By the settings in the user's folder."""
        settings = load_in(self.folder) if self.folder else Settings()
        report = run_on_content(
            partial(check_content, editions=self.editions), content, name, hashlib.sha256(content).hexdigest(),
            tuple(RULES), (), None, settings.rules,
        )  # fmt: skip
        return settle([apply(report, settings.waivers, date.today())])[0]
