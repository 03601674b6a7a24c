"""What one run of the desk knows: who may come in, what lies open, how long nobody has been there."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
from pathlib import Path

from checker.desk.campaign import Office
from checker.desk.drafts import Drafts
from checker.wording import Language, Wording, wording
from questionnaire.editions import Editions

HOST = "127.0.0.1"
IDLE = 30 * 60.0  # seconds without any page; browsers slow the timers of pages in the background


class Attendance:
    """How long no page has called. Counted by the server's ticks: the time that a laptop sleeps does not count."""

    def __init__(self, limit: float = IDLE) -> None:
        self.limit = limit
        self.quiet = 0.0

    def call(self) -> None:
        """A page is there."""
        self.quiet = 0.0

    def tick(self, seconds: float) -> None:
        """Time has gone by."""
        self.quiet += seconds

    @property
    def nobody(self) -> bool:
        """Whether nobody has been there for long."""
        return self.quiet >= self.limit


class Desk:
    """The one session of a run. Uploads and copies lie in ``room``, which ends with it.

    Attributes:
        folder: the user's own folder; None where nothing is to be kept.
        lock: held while files are read or mends are kept: the reading worker serves one at a time.
        stopping: set when the page asks the program to end.
    """

    def __init__(
        self,
        port: int,
        editions: Editions,
        language: Language = Language.ZH,
        folder: Path | None = None,
        idle: float = IDLE,
    ) -> None:
        self.port = port
        self.editions = editions
        self.language = language
        self.folder = folder
        self.attendance = Attendance(idle)
        self.lock = threading.Lock()
        self.stopping = False
        self.token = secrets.token_urlsafe(24)  # for the first visit; empty afterwards
        self.session = secrets.token_urlsafe(24)  # the cookie's value
        self.csrf = secrets.token_urlsafe(24)
        self.room = Path(tempfile.mkdtemp(prefix="esgcheck-desk-"))
        self.drafts = Drafts(self.room, editions, folder, self.lock)
        self.office = Office(self.lock)

    @property
    def origin(self) -> str:
        """Where the pages come from."""
        return f"http://{HOST}:{self.port}"

    @property
    def cookie(self) -> str:
        """The cookie's name; browsers keep cookies by host, so two desks tell theirs apart by port."""
        return f"esgcheck-{self.port}"

    @property
    def words(self) -> Wording:
        """The catalogues of the language that the page is shown in."""
        return wording(self.language)

    def admit(self, token: str) -> bool:
        """Whether a token opens the desk; it does so once."""
        fits = bool(self.token) and _same(token, self.token)
        if fits:
            self.token = ""
        return fits

    def knows(self, cookie: str) -> bool:
        """Whether a cookie is the one handed out."""
        return _same(cookie, self.session)

    def trusts(self, csrf: str) -> bool:
        """Whether a post comes from a page of ours."""
        return _same(csrf, self.csrf)

    def close(self) -> None:
        """Ends the campaign, and removes all that lay in the temporary folder."""
        self.office.close()
        shutil.rmtree(self.room, ignore_errors=True)


def _same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())
