"""Files and folders to reports: each by the settings beside it, what cannot be read told and passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from checker.checking.day import today
from checker.checking.earlier import read_last_year
from checker.checking.files import check_file, read_file
from checker.checking.settings import Settings, load_beside, load_settings
from checker.checking.waivers import apply, settle
from checker.finding import Report
from checker.rules import RULES
from frameworks.ground.errors import ReturnError
from questionnaire.answers import Return
from questionnaire.cells import squeeze
from questionnaire.editions import ChosenBy, Editions
from questionnaire.nearby import editions_for
from questionnaire.reading import LOCK, find_returns, is_lock, open_elsewhere
from questionnaire.schema import Schema
from questionnaire.succession import LastYear

Notice = Callable[..., None]  # the key of a sentence on the screen, and what stands in it


class Checks(Struct, frozen=True, dict=True):
    """How files are checked."""

    editions: Editions
    rules: Sequence[str] = tuple(RULES)
    frameworks: Sequence[str] = ()
    last_year: Path | None = None
    settings: Path | None = None  # the file that holds for all; else the one beside each return

    def run(
        self, paths: Iterable[Path], refused: Callable[[ReturnError], None], noted: Notice
    ) -> tuple[list[Report], list[Path], bool]:
        """The reports of all files, less what is waived, with their files, and whether all could be read.

        Args:
            paths: files, or folders of them.
            refused: hears of what cannot be read, of folders without a return, and of a last year that is another's.
            noted: hears of workbooks that are open elsewhere, whose last words may be missing, of what Excel left
                beside one, and of questionnaires that were found where a file lies.

        Raises:
            InputError: a file names a questionnaire that is nowhere.
        """
        before = read_last_year(self.last_year, self.editions.option) if self.last_year else None
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
            if is_lock(path):
                noted("lock-file", file=str(path), of=path.name.removeprefix(LOCK))
            elif not found:
                refused(ReturnError("folder-empty", file=str(path)))
            for file in found:
                if open_elsewhere(file):
                    noted("open-elsewhere", file=str(file))
                if file.parent not in beside:
                    beside[file.parent] = given or load_beside(file)
                settings = beside[file.parent]
                try:
                    report = self._report(file, before, settings, noted)
                except ReturnError as error:
                    refused(error)
                    # a gap list that lies among the returns costs nothing; asked for by name, it was not checked
                    complete = complete and error.code == "own-report" and path.is_dir()
                    continue
                for doubt in _doubts(report, before.source if before else None):
                    refused(doubt)
                reports.append(apply(report, settings.waivers, today()))
                files.append(file)
        return settle(reports, complete=complete), files, complete

    def schema(self, edition: str) -> Schema:
        """The questionnaire by which a return was checked."""
        return self.editions_of(edition).by_id(edition)

    def editions_of(self, edition: str) -> Editions:
        """The editions among which that one is."""
        return self._nearby.get(edition, self.editions)

    @cached_property
    def _nearby(self) -> dict[str, Editions]:
        """Questionnaires that files name and that were found where those lie, by their ids."""
        return {}

    def _report(self, file: Path, before: LastYear | None, settings: Settings, noted: Notice) -> Report:
        """A file's report by the questionnaire that it names."""

        def checked(editions: Editions) -> Report:
            return check_file(file, editions, self.rules, self.frameworks, before, settings.rules)

        report = checked(self.editions)
        if report.chosen_by != ChosenBy.FOREIGN:
            return report
        named = read_file(file, self.editions)[0].profile.value("questionnaire")
        if named not in self._nearby:
            self._nearby[named] = editions_for(named, file, self.editions, (Path(),))
            noted("questionnaire-nearby", value=named, folder=self._nearby[named].option)
        return checked(self._nearby[named])


def _doubts(report: Report, before: Return | None) -> Iterator[ReturnError]:
    """Why a return given as last year's may not be what it is compared with: nothing is refused for it."""
    if before is None:
        return
    if squeeze(before.company) != squeeze(report.company):
        yield ReturnError("last-year-company", file=before.file, own=report.company, other=before.company)
    elif before.year is not None and report.year is not None and before.year >= report.year:
        yield ReturnError("last-year-not-earlier", file=before.file, own=report.year, other=before.year)
