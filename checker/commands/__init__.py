"""The commands, a module each, and what they share: help in the user's language, exit codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import click

if TYPE_CHECKING:
    from checker.wording import Wording

SHARED = ("questionnaire", "force")  # options that mean the same wherever they stand
JUDGING = ("check", "batch", "desk", "diff", "followup")  # commands that read and judge returns
OK, FINDINGS, USAGE, UNREADABLE, NOTHING = 0, 1, 2, 3, 4


def words_of(context: click.Context) -> Wording:
    """The catalogues of the language that the user asked for."""
    from checker.wording import Wording, wording

    found = context.find_object(Wording)
    return found if found is not None else wording()


def folder_of(questionnaire: str | None) -> Path | None:
    """The folder that a user's own questionnaire is read from; None for an edition's id."""
    return Path(questionnaire) if questionnaire and Path(questionnaire).exists() else None


def given_again(context: click.Context, *names: str) -> tuple[str, ...]:
    """The options of these names as they were given, with their values: what another call has to repeat."""
    found: list[str] = []
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        if parameter.name in names and value:
            for each in value if isinstance(value, tuple) else (value,):
                found += [parameter.opts[-1], str(each)]
    return tuple(found)


class NamedChoice(click.Choice[str]):
    """One of some ids, written so or by the word that reports have for it."""

    def __init__(self, subject: str, group: str, ids: Sequence[str]) -> None:
        super().__init__(ids)
        self._words = subject, group  # of the message catalogues

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The id."""
        from checker.wording import Language, wording

        said = {
            wording(language).entry(*self._words, choice).strip(): choice
            for language in Language
            for choice in self.choices
        }
        return super().convert(said.get(value, value), param, ctx)


SEVERITY = NamedChoice("findings", "severity", ("error", "warning", "notice"))


class _Helpful(click.Command):
    """Lays out its help from the catalogue; click's own layout counts a Chinese character as one column."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Mistakes know the command that they were made in."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, purpose, arguments and options, examples."""
        words = words_of(ctx)
        name = self.name or ""
        text = {key: words.text("command", key) for key in ("usage", "options", "commands", "examples")}
        pieces = " ".join(self.collect_usage_pieces(ctx))
        lines = [
            f"{text['usage']}{ctx.command_path.rstrip()} {pieces}",
            "",
            words.text("command", f"{name}.help").rstrip(),
        ]
        if isinstance(self, HelpfulGroup):
            names = {sub: self.catalogue_name(sub) for sub in self.list_commands(ctx)}
            rows = [(sub, words.text("command", f"{name}.short")) for sub, name in names.items()]
            lines += ["", text["commands"], *_table(rows)]
        rows = [row for parameter in self.shown_params(ctx) if (row := _row(name, parameter, words))]
        lines += ["", text["options"], *_table([*rows, ("--lang zh|en", words.text("command", "lang"))])]
        lines += ["", text["examples"]]
        lines += [f"  {line}" for line in words.text("command", f"{name}.examples").splitlines()]
        formatter.write("\n".join(lines) + "\n")

    def shown_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The arguments and options that the help lists."""
        return self.get_params(ctx)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Option marker and arguments, in the user's language."""
        words = words_of(ctx)
        pieces = [words.text("command", "options-mark")]
        for parameter in self.shown_params(ctx):
            if isinstance(parameter, click.Argument):
                label = words.text("command", f"{self.name}.{parameter.name}.metavar")
                pieces.append(label + ("…" if parameter.nargs == -1 else ""))
        if isinstance(self, click.Group):
            pieces.append(words.text("command", "command-mark"))
        return pieces


class HelpfulCommand(_Helpful):
    """A command with our help."""

    def invoke(self, ctx: click.Context) -> Any:
        """Runs it with the expressions that an earlier run compiled."""
        from checker.checking.compiled import use

        use(make=self.name in JUDGING)
        return super().invoke(ctx)


class HelpfulGroup(_Helpful, click.Group):
    """A group with our help."""

    def catalogue_name(self, command: str) -> str:
        """Under which name the catalogue holds what is said of a command."""
        return command


def _row(command: str, parameter: click.Parameter, words: Wording) -> tuple[str, str] | None:
    if isinstance(parameter, click.Argument):
        label = words.text("command", f"{command}.{parameter.name}.metavar")
        return label, words.text("command", f"{command}.{parameter.name}")
    if "--help" in parameter.opts:
        return "--help", words.text("command", "help")
    if "--version" in parameter.opts:
        return "--version", words.text("command", "version")
    # of a pair (--resume/--no-cache) the one that is not so anyway
    names = ", ".join((parameter.default is True and parameter.secondary_opts) or parameter.opts)
    if isinstance(parameter, click.Option) and not parameter.is_flag:
        choices = getattr(parameter.type, "choices", None)
        value = "|".join(choices) if choices else _said(command, f"{parameter.name}.metavar", words)
        names = f"{names} {value}"
    return names, _said(command, parameter.name or "", words)


def _said(command: str, name: str, words: Wording) -> str:
    """What an option means: of the command's own, or what many commands share."""
    shared = name.partition(".")[0] in SHARED
    return words.text("command", name if shared else f"{command}.{name}")


def _table(rows: list[tuple[str, str]]) -> list[str]:
    width = max(_width(name) for name, _ in rows) + 2
    lines = []
    for name, text in rows:
        first, *more = text.splitlines() or [""]
        lines.append(f"  {name}{' ' * (width - _width(name))}{first}")
        lines += [f"  {' ' * width}{line}" for line in more]
    return lines


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
