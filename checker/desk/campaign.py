"""A campaign on the desk: read in the background, then open until another one is asked for or the desk ends."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from checker.campaign.coverage import disclosures_of
from checker.campaign.entries import Hear
from checker.campaign.followup import GapList, Reply, State, read_gap_list
from checker.campaign.history import YearNote, against_last_year
from checker.campaign.options import Options
from checker.campaign.pages import Campaign, Page
from checker.campaign.rounds import Memory, Round, digest_of, next_round
from checker.campaign.run import memory_of, open_campaign
from checker.campaign.way_back import Standing, heads, judge, standing_of
from checker.checking.diff import COUNTED, Change
from checker.checking.waiver_file import write_waivers
from checker.desk.companies import Company, Gap, Line, count, gaps_of
from checker.finding import Waiver
from checker.report.campaign_output import write_all
from checker.report.excel.followup import render
from checker.report.kinds import Kind
from checker.report.unforeseen import told
from checker.report.written import write_list
from checker.rules.peers import LedgerRow
from checker.wording import Wording
from frameworks.ground.errors import InputError, ReturnError
from questionnaire.cells import squeeze

LAST = 8  # companies that the progress names
KEPT = 64  # companies whose gaps are at hand
LONGEST = 9  # digits of a company's number, and more


class Stage(StrEnum):
    """How far a campaign has come."""

    READING = "reading"
    COUNTING = "counting"
    READY = "ready"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def busy(self) -> bool:
        """Whether it is still being read."""
        return self in (Stage.READING, Stage.COUNTING)


class _Stopped(Exception):  # noqa: N818 - nothing is wrong
    """The user does not want it any more."""


class JudgedList(NamedTuple):
    """A gap list that came back, with how each of its gaps stands."""

    found: GapList
    rows: Sequence[tuple[Reply, State]]


class Run(Struct):
    """One campaign, from the folder on."""

    options: Options
    words: Wording
    reader: threading.Lock  # held while this process itself reads files
    stage: Stage = Stage.READING
    done: int = 0
    total: int = 0
    last: list[str] = field(default_factory=list)  # companies read last, the newest first
    error: str = ""  # why it failed
    memory: Memory = field(default_factory=Memory)
    companies: list[Company] = field(default_factory=list)  # in the order of entries
    ledger: list[LedgerRow] = field(default_factory=list)
    years: list[tuple[int, YearNote]] = field(
        default_factory=list
    )  # what last year's returns show, by company
    disclosures: dict[tuple[str, str, str], Counter[str]] = field(default_factory=dict)
    written: Path | None = None  # the workbook
    who: str = ""  # who accepted last
    returned: tuple[JudgedList, ...] = ()  # gap lists that came back
    replies: tuple[Path, ...] = ()  # their files
    current: Mapping[str, Standing] = field(default_factory=dict)  # how their companies stood then
    # held while a gap is accepted, and while lines are put into words: they and the gaps they stand for fit together
    change: threading.Lock = field(default_factory=threading.Lock)
    _campaign: Campaign | None = None
    _known: dict[int, list[Gap]] = field(default_factory=dict)
    _open: ExitStack = field(default_factory=ExitStack)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread = field(default_factory=threading.Thread)

    def start(self) -> None:
        """Begins; whoever asks sees how far it is."""
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Ends it, in the middle of its reading too; what is being written is written first."""
        self._stop.set()
        self._thread.join()
        with self.reader, self.change:
            self.stage = Stage.STOPPED
            self._open.close()

    @property
    def campaign(self) -> Campaign:
        """The campaign; asked for when it is ready."""
        assert self._campaign is not None
        return self._campaign

    @property
    def digest(self) -> str:
        """What tells this round's returns from another's."""
        return digest_of(self.campaign.returns.entries)

    @property
    def rounds(self) -> Sequence[Round]:
        """The rounds that the last workbook remembers, then this one."""
        memory, digest = self.memory, self.digest
        this = next_round(memory, self.campaign.today, digest, len(self.companies))
        changed = this.changes if memory.again(digest) else tuple(self.changes[each] for each in COUNTED)
        earlier = memory.rounds[:-1] if memory.again(digest) else memory.rounds
        return [*earlier, replace(this, counts=self.total_counts, changes=changed)]

    @property
    def changes(self) -> Counter[Change]:
        """What became of the gaps of the last round."""
        sums: Counter[Change] = Counter()
        for company in self.companies:
            sums.update(company.changes)
        return sums

    @property
    def total_counts(self) -> tuple[int, int, int]:
        """What is to be mended in all returns: errors, warnings, notices."""
        errors, warnings, notices = (sum(each.counts[at] for each in self.companies) for at in range(3))
        return errors, warnings, notices

    @property
    def lacking(self) -> Counter[tuple[str, str]]:
        """Rule and item → companies."""
        return Counter(pair for company in self.companies for pair in company.lacking)

    @property
    def lines(self) -> Iterator[Line]:
        """Everything to mend, by company."""
        return (line for company in self.companies for line in company.lines)

    def numbered(self, text: str) -> Company | None:
        """The company of a number; None where there is none."""
        known = text.isdecimal() and len(text) < LONGEST and int(text) < len(self.companies)
        return self.companies[int(text)] if known else None

    def page(self, number: int) -> Page:
        """One company's return among the others."""
        return self.campaign.page(number, self.campaign.returns.entries[number])

    def gaps(self, number: int) -> list[Gap]:
        """What its lines stand for; asked for while ``change`` is held."""
        if number not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[number] = gaps_of(self.page(number), self.memory, self.digest, self.words)[0]
        return self._known[number]

    def accept(
        self, number: int, fingerprints: Sequence[str], who: str, why: str, until: date
    ) -> Sequence[Waiver]:
        """Writes into the folder's settings that findings of a company are accepted, and counts it anew.

        Raises:
            InputError: they are no findings of its, or the file cannot be written.
        """
        with self.change:
            page = self.page(number)
            known = {finding.fingerprint for finding in page.report.findings}
            wanted = [each for each in dict.fromkeys(fingerprints) if each in known]
            if not wanted or len(wanted) < len(fingerprints):
                raise InputError("office-no-such-gap", file=page.entry.company)
            waivers = [Waiver(fingerprint=each, who=who, why=why, until=until) for each in wanted]
            settings = write_waivers(self.options.folder, waivers)
            self._campaign = replace(
                self.campaign, settings=replace(self.campaign.settings, waivers=settings.waivers)
            )
            self._known.pop(number, None)
            self.companies[number] = count(number, self.page(number), self.memory, self.digest, self.words)
            self.who = who
        return waivers

    def write(self, options: Options, words: Wording) -> list[str]:
        """Writes what the options name; what the user is told of it.

        Raises:
            OutputError: something may not or cannot be written.
        """
        said: list[str] = []
        with self.reader:
            write_all(options, self.campaign, memory_of(options), words, tell=said.append)
            self.written = options.output or self.written
        return said

    def write_returned(self, target: Path, words: Wording) -> list[str]:
        """Puts the lists that came back together in a workbook, in which disputes are answered; what the user is told.

        Raises:
            OutputError: it may not or cannot be written.
        """
        with self.reader:
            make = partial(render, self.returned, words)
            return [*write_list(target, Kind.FOLLOWUP, make, self.replies, force=False).lines(words)]

    def take_back(self, paths: Sequence[Path]) -> None:
        """Reads gap lists that were filled in, and holds them against the returns.

        Raises:
            InputError: one is none, or cannot be read; what was read before stays.
        """
        with self.reader:
            lists = [read_gap_list(path, heads()) for path in paths]
        wanted = {squeeze(found.company) for found in lists}
        self.current = {
            key: standing_of(self.page(company.number))
            for company in self.companies
            if (key := squeeze(company.entry.company)) in wanted
        }
        self.returned = tuple(
            JudgedList(found, judge(found, self.current, self.memory, self.campaign.schema))
            for found in lists
        )
        self.replies = tuple(paths)

    def _work(self) -> None:
        with ExitStack() as stack:
            try:
                self._walk(stack)
            except _Stopped:
                self.stage = Stage.STOPPED
            except InputError as error:
                self._fail("\n".join(self.words.error(each) for each in getattr(error, "errors", (error,))))
            except Exception as error:
                self._fail(told(error, self.words))
            else:
                self._open = stack.pop_all()
                self.stage = Stage.READY

    def _fail(self, sentence: str) -> None:
        self.error, self.stage = sentence, Stage.FAILED

    def _walk(self, stack: ExitStack) -> None:
        with ExitStack() as reading:  # the reading child of this process serves one at a time
            reading.enter_context(self.reader)
            self.memory = memory_of(self.options)

            @contextmanager
            def watch(total: int) -> Iterator[Hear]:
                reading.close()  # from here on others read
                self.total = total
                yield self._hear

            campaign = self._campaign = stack.enter_context(open_campaign(self.options, watch=watch))
        if not campaign.returns.entries:
            raise ReturnError("folder-no-returns", file=str(self.options.folder))
        self.stage, self.done, self.total = Stage.COUNTING, 0, len(campaign.returns.entries)
        digest = self.digest
        for number, page in enumerate(campaign.pages()):
            self._hear(page.entry.company, number + 1, self.total)
            self.companies.append(count(number, page, self.memory, digest, self.words))
            self.ledger += page.closed
            if (past := against_last_year(campaign, page)) is not None:
                self.years += ((number, note) for note in past.notes())
            for found in disclosures_of(page.covered, page.report, page.schema):
                key = (found.framework, found.code, found.title)
                self.disclosures.setdefault(key, Counter())[found.state] += 1

    def _hear(self, company: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        self.done, self.total = done, total
        self.last = [company, *self.last[: LAST - 1]]


class Office(Struct):
    """The campaign that lies open on the desk, if any."""

    reader: threading.Lock
    run: Run | None = None
    folder: Path | None = None  # which the user named last
    _turn: threading.Lock = field(default_factory=threading.Lock)  # two tabs may ask at once

    @property
    def ready(self) -> Run | None:
        """The campaign, once it can be looked at."""
        run = self.run
        return run if run is not None and run.stage is Stage.READY else None

    def begin(self, options: Options, words: Wording) -> None:
        """Opens a campaign instead of the one before."""
        with self._turn:
            self._end()
            self.run = Run(options, words, self.reader)
            self.run.start()

    def close(self) -> None:
        """Ends what is open."""
        with self._turn:
            self._end()

    def _end(self) -> None:
        if self.run is not None:
            self.run.stop()
            self.run = None
