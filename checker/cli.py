"""The command ``esgcheck``: finds the command, speaks the user's language, turns errors into a sentence.

This module imports click and nothing heavy, so that ``--help`` is there at once; a command's module is imported
when it runs. Exit codes: 0 nothing at or above the threshold, 1 findings, 2 usage or schema, 3 a file could not
be read or a rule crashed, 4 nothing was checked.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker.commands import OK, UNREADABLE, USAGE, HelpfulCommand, HelpfulGroup
from checker.commands.mistakes import mistake
from frameworks.ground.errors import InputError, ReturnError

if TYPE_CHECKING:
    from checker.wording import Wording

VERSION = "0.1.0"  # a constant: reading the package metadata costs as much as the whole of --help
SELDOM = (250_000, 20, 50)  # when the collector walks: what a command loads stays to its end
COMMANDS = {
    "template": "template",
    "import": "import_report",
    "check": "check",
    "desk": "desk",
    "batch": "batch",
    "followup": "followup",
    "diff": "diff",
    "history": "history",
    "cache": "cache",
    "rules": "rules",
    "explain": "explain",
    "frameworks": "frameworks",
    "schema": "schema",
    "parse": "parse",
    "completion": "completion",
}


class _Stopped(BaseException):
    """The system told us to end: what is open is closed and cleared away first."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


class LazyGroup(HelpfulGroup):
    """Imports a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(f"checker.commands.{module}").command
        return command


def build() -> click.Group:
    """The group of all commands."""
    group = LazyGroup("esgcheck", invoke_without_command=False, no_args_is_help=True)
    group.params.append(click.Option(["--version"], is_flag=True, is_eager=True, callback=_version))
    return group


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line; returns the exit code."""
    _harden_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    given, language = _language(given)
    from checker.wording import Language, wording

    known = language in tuple(Language)
    words = wording(Language(language) if known else Language.ZH)
    if not known:
        _say(words.text("command", "bad-choice", name="--lang", choices=[each.value for each in Language]))
        return USAGE
    try:
        with _stoppable():
            return _called(given, words)
    except _Stopped as stop:
        _say(words.text("command", "interrupted"))
        return 128 + stop.number


def _called(given: list[str], words: Wording) -> int:
    """The exit code of a command; whatever it raises is a sentence."""
    try:
        result = build().main(given, prog_name="esgcheck", standalone_mode=False, obj=words)
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.ctx.get_help() if error.ctx else "")
        return USAGE
    except click.ClickException as error:
        _say(mistake(error, COMMANDS, words, given))
        return USAGE
    except InputError as error:
        for single in getattr(error, "errors", (error,)):
            _say(words.error(single))
        return UNREADABLE if isinstance(error, ReturnError) else USAGE
    except (click.Abort, KeyboardInterrupt):
        _say(words.text("command", "interrupted"))
        return 130
    except BrokenPipeError:
        # the reader of our output (head, less) went away: not an error of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        from checker.report.unforeseen import told

        _say(told(error, words))
        return UNREADABLE
    return result if isinstance(result, int) else OK


def run() -> None:
    """The console script."""
    begin()
    sys.exit(main())


def begin() -> None:
    """Settles what holds for a process that is ours alone."""
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # else it looks through all that is installed
    gc.set_threshold(*SELDOM)
    atexit.register(gc.freeze)  # at the end nothing need be walked: the system takes it all back


def run_window() -> None:
    """The windowed start of the local page: without a console, what goes wrong is shown in the browser."""
    told: StringIO | None = None
    if sys.stdout is None:
        sys.stdout = StringIO()
    if sys.stderr is None:
        sys.stderr = told = StringIO()
    code = main(["desk", *sys.argv[1:]])
    if code and told is not None:
        _show(told.getvalue())
    sys.exit(code)


def _show(text: str) -> None:
    """A page with a sentence, which stays when we are gone."""
    import tempfile
    import webbrowser
    from html import escape

    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8") as page:
        page.write(f'<!DOCTYPE html><meta charset="utf-8"><title>esgcheck</title><p>{escape(text)}</p>')
    webbrowser.open(Path(page.name).as_uri())


def _language(arguments: list[str]) -> tuple[list[str], str]:
    """Takes ``--lang zh|en`` out of the arguments, wherever it stands; ESGCHECK_LANG is the default."""
    language = os.environ.get("ESGCHECK_LANG", "zh")
    language = language if language in ("zh", "en") else "zh"
    kept: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            kept += [argument, *rest]
        elif argument == "--lang":
            language = next(rest, language)
        elif argument.startswith("--lang="):
            language = argument.removeprefix("--lang=")
        else:
            kept.append(argument)
    return kept, language


def _version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"esgcheck {VERSION}")
        context.exit()


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM and SIGHUP unwind like Ctrl-C, so that no process and no half file is left; once is enough."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals belong to the main thread
        return
    known = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]

    def stop(number: int, frame: object) -> None:
        for each in known:
            signal.signal(each, signal.SIG_IGN)
        raise _Stopped(number)

    before = {number: signal.signal(number, stop) for number in known if _unset(number)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _unset(number: int) -> bool:
    """Whether nobody has settled what a signal does (nohup ignores SIGHUP)."""
    return signal.getsignal(number) is signal.SIG_DFL


def _say(text: str) -> None:
    with suppress(OSError):  # a terminal that is gone
        click.echo(text, err=True)


def _harden_streams() -> None:
    """A console that cannot show a character shows its number instead of failing (GBK consoles)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


__all__ = ["HelpfulCommand", "main", "run"]
