"""The letters of a campaign, written into a folder: one a company, and a reminder for who has not sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from checker.campaign.pages import Campaign, Page
from checker.campaign.roster import CompanyStanding
from checker.finding import Report
from checker.report.kinds import Kind
from checker.report.letters.forms import as_document, as_text
from checker.report.letters.letter import CHASED, Letter, LetterDesk
from checker.report.mailing import file_stem, group_folder, own_words_only
from checker.report.occupants import look_for
from checker.report.rows import Audience
from checker.report.view import build_view
from checker.report.written import Written
from checker.wording import Wording
from frameworks.ground.output import check_target, make_folder, save
from questionnaire.cells import squeeze

GUESSED = "possible"  # variant of what is judged by the words of an ask alone
FORMS = {".docx": (Kind.LETTER, as_document), ".txt": (Kind.LETTER_TEXT, as_text)}


class LetterFolder(Struct, dict=True):
    """Where the letters go: into a folder for each sub-group, where the roster is a tree."""

    folder: Path
    campaign: Campaign
    words: Wording
    deadline: date | None
    inputs: Iterable[Path]
    force: bool = False
    gaps: int = 0
    chasers: int = 0
    written: list[Written] = field(default_factory=list)

    @cached_property
    def _desk(self) -> LetterDesk:
        edition = self.campaign.schema.edition
        return LetterDesk(self.words, edition.parent, edition.year, self.campaign.today, self.deadline)

    @cached_property
    def _standings(self) -> Mapping[str, CompanyStanding]:
        return {squeeze(each.listed.company): each for each in self.campaign.standings}

    @property
    def _chased(self) -> list[CompanyStanding]:
        return [each for each in self.campaign.standings if each.standing in CHASED]

    def check(self) -> None:
        """Refuses to put a letter in another file's place, before any is written; makes the folders.

        Raises:
            OutputError: names the file and the mend.
        """
        stems = [self._stem(entry.company) for entry in self.campaign.returns.entries]
        stems += [self._stem(each.listed.company, chaser=True) for each in self._chased]
        for stem in stems:
            for suffix, (kind, _) in FORMS.items() if stem.parent.is_dir() else ():
                target = stem.with_name(stem.name + suffix)
                check_target(target, self.inputs, look=look_for(kind), force=self.force)
        for folder in sorted({stem.parent for stem in stems}):
            make_folder(folder)

    def write(self, page: Page) -> None:
        """The letter to a company that has sent; nothing in it is another company's."""
        company = page.entry.company
        own = formal(own_words_only(page.whole, self.words))
        view = build_view(own, page.schema, self.words, Audience.CLERK)
        self._save(
            self._stem(company), self._desk.on_gaps(company, view, self._standings.get(squeeze(company)))
        )
        self.gaps += 1

    def remind(self) -> None:
        """The letters to those of the roster that have not sent."""
        for standing in self._chased:
            self._save(self._stem(standing.listed.company, chaser=True), self._desk.chaser(standing))
            self.chasers += 1

    def _stem(self, company: str, *, chaser: bool = False) -> Path:
        """The place of a company's letter, without its suffix."""
        stem = file_stem(company)
        name = self.words.text("letters", "chaser-file", name=stem) if chaser else stem
        return group_folder(self.folder, self.campaign, company) / name

    def _save(self, stem: Path, letter: Letter) -> None:
        for suffix, (kind, form) in FORMS.items():
            target = stem.with_name(stem.name + suffix)
            content = form(letter, self.words)
            kept = save(target, content, self.inputs, look=look_for(kind), force=self.force)
            self.written.append(Written(target, kept))

    def line(self) -> str:
        """What the user is told."""
        kept = sum(each.kept is not None for each in self.written)
        key = "letters-written-kept" if kept else "letters-written"
        return self.words.text(
            "letters", key, gaps=self.gaps, chasers=self.chasers, folder=str(self.folder), kept=kept
        )


def formal(report: Report) -> Report:
    """The report as a letter says it: how often such findings are right is for the office, not for the company."""
    return replace(
        report,
        findings=tuple(
            replace(found, variant=f"{GUESSED}-formal") if found.variant == GUESSED else found
            for found in report.findings
        ),
    )
