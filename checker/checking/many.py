"""Files and folders to reports: each by the settings beside it, what cannot be read told and passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from checker.checking.files import check_file, read_file
from checker.checking.settings import Settings, load_beside, load_settings
from checker.checking.waivers import apply, settle
from checker.finding import Report
from checker.rules import RULES
from frameworks.ground.errors import ReturnError
from questionnaire.answers import Return
from questionnaire.cells import squeeze
from questionnaire.editions import Editions
from questionnaire.reading import find_returns, is_lock, open_elsewhere


class Checks(Struct, frozen=True):
    """How files are checked."""

    editions: Editions
    rules: Sequence[str] = tuple(RULES)
    frameworks: Sequence[str] = ()
    last_year: Path | None = None
    settings: Path | None = None  # the file that holds for all; else the one beside each return

    def run(
        self, paths: Iterable[Path], refused: Callable[[ReturnError], None], noted: Callable[[Path], None]
    ) -> tuple[list[Report], list[Path], bool]:
        """The reports of all files, less what is waived, with their files, and whether all could be read.

        Args:
            paths: files, or folders of them.
            refused: hears of what cannot be read, of folders without a return, and of a last year that is another's.
            noted: hears of workbooks that are open elsewhere, whose last words may be missing.
        """
        before = read_file(self.last_year, self.editions)[0] if self.last_year else None
        given = load_settings(self.settings) if self.settings else None
        _ = (
            self.editions.first
        )  # before the worker is forked: it needs the questionnaire, and so do the reports
        beside: dict[Path, Settings] = {}
        reports: list[Report] = []
        files: list[Path] = []
        complete = True
        for path in paths:
            found = find_returns(path)
            if not found and not is_lock(path):
                refused(ReturnError("folder-empty", file=str(path)))
            for file in found:
                if open_elsewhere(file):
                    noted(file)
                if file.parent not in beside:
                    beside[file.parent] = given or load_beside(file)
                settings = beside[file.parent]
                try:
                    report = check_file(
                        file, self.editions, self.rules, self.frameworks, before, settings.rules
                    )
                except ReturnError as error:
                    refused(error)
                    # a gap list that lies among the returns costs nothing; asked for by name, it was not checked
                    complete = complete and error.code == "own-report" and path.is_dir()
                    continue
                for doubt in _doubts(report, before):
                    refused(doubt)
                reports.append(apply(report, settings.waivers, date.today()))
                files.append(file)
        return settle(reports, complete=complete), files, complete


def _doubts(report: Report, before: Return | None) -> Iterator[ReturnError]:
    """Why a return given as last year's may not be what it is compared with: nothing is refused for it."""
    if before is None:
        return
    if squeeze(before.company) != squeeze(report.company):
        yield ReturnError("last-year-company", file=before.file, own=report.company, other=before.company)
    elif before.year is not None and report.year is not None and before.year >= report.year:
        yield ReturnError("last-year-not-earlier", file=before.file, own=report.year, other=before.year)
