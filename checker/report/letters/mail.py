"""The letters of a campaign, written into a folder: one a company, and a reminder for who has not sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from checker.campaign.pages import Campaign, Page
from checker.campaign.roster import CompanyStanding
from checker.report.kinds import Kind
from checker.report.letters.forms import as_document, as_text
from checker.report.letters.letter import CHASED, Letter, LetterDesk
from checker.report.mailing import file_stem, own_words_only
from checker.report.occupants import look_for
from checker.report.rows import Audience
from checker.report.view import build_view
from checker.report.written import Written
from checker.wording import Wording
from frameworks.ground.output import check_target, save
from questionnaire.cells import squeeze

FORMS = {".docx": (Kind.LETTER, as_document), ".txt": (Kind.LETTER_TEXT, as_text)}


class LetterFolder(Struct, dict=True):
    """Where the letters go."""

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
        return LetterDesk(self.words, edition.parent.name, edition.year, self.campaign.today, self.deadline)

    @cached_property
    def _standings(self) -> Mapping[str, CompanyStanding]:
        return {squeeze(each.listed.company): each for each in self.campaign.standings}

    @property
    def _chased(self) -> list[CompanyStanding]:
        return [each for each in self.campaign.standings if each.standing in CHASED]

    def check(self) -> None:
        """Refuses a folder in which a letter would take the place of another file, before any is written.

        Raises:
            OutputError: names the file and the mend.
        """
        stems = [self._stem(entry.company) for entry in self.campaign.returns.entries]
        stems += [self._stem(each.listed.company, chaser=True) for each in self._chased]
        for stem in stems if self.folder.is_dir() else ():
            for suffix, (kind, _) in FORMS.items():
                check_target(
                    self.folder / f"{stem}{suffix}", self.inputs, look=look_for(kind), force=self.force
                )

    def write(self, page: Page) -> None:
        """The letter to a company that has sent; nothing in it is another company's."""
        company = page.entry.company
        view = build_view(own_words_only(page.whole, self.words), page.schema, self.words, Audience.CLERK)
        self._save(
            self._stem(company), self._desk.on_gaps(company, view, self._standings.get(squeeze(company)))
        )
        self.gaps += 1

    def remind(self) -> None:
        """The letters to those of the roster that have not sent."""
        for standing in self._chased:
            self._save(self._stem(standing.listed.company, chaser=True), self._desk.chaser(standing))
            self.chasers += 1

    def _stem(self, company: str, *, chaser: bool = False) -> str:
        stem = file_stem(company)
        return self.words.text("letters", "chaser-file", name=stem) if chaser else stem

    def _save(self, stem: str, letter: Letter) -> None:
        for suffix, (kind, form) in FORMS.items():
            target = self.folder / f"{stem}{suffix}"
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
