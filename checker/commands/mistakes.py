"""What is wrong with a command, in one sentence of the user's language: click's own sentences are English."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.wording import Wording

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.+)\)\Z", re.DOTALL)


def mistake(
    error: click.ClickException, commands: Collection[str], words: Wording, given: Sequence[str] = ()
) -> str:
    """The sentence, and where the usage is told.

    Args:
        error: what click found.
        commands: the names that there are; click's own guesses leave out a command one letter off.
        words: in which language.
        given: what stood in the command line: click names but the first letter of -output.
    """
    context: click.Context | None = getattr(error, "ctx", None)
    path = context.command_path.rstrip() if context else "esgcheck"
    if context is not None and context.parent is not None and isinstance(context.command, click.Group):
        commands = context.command.list_commands(context)
    return _sentence(error, commands, words, given) + words.text("command", "see-help", path=path)


def _sentence(
    error: click.ClickException, commands: Collection[str], words: Wording, given: Sequence[str]
) -> str:
    if isinstance(error, click.exceptions.NoSuchCommand):
        near = words.near(get_close_matches(error.command_name, commands, n=2, cutoff=0.7))
        return words.text("command", "no-such-command", name=error.command_name, near=near)
    if isinstance(error, click.NoSuchOption):
        name, possible = _meant(error, given)
        return words.text("command", "no-such-option", name=name, near=words.near(possible))
    if isinstance(error, click.MissingParameter):
        return words.text(
            "command", "missing-parameter", name=_name(error, words), example=_example(error, words)
        )
    if isinstance(error, click.BadOptionUsage):
        return _of_option(error, words)
    if isinstance(error, click.BadParameter):
        return _of_value(error, words)
    if extra := _EXTRA.match(error.message):
        return words.text("command", "extra-arguments", names=extra[1])
    return words.text("command", "bad-usage", problem=error.format_message())


def _meant(error: click.NoSuchOption, given: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The option as it was written, and those that may be meant: -output is --output with one hyphen."""
    name = error.option_name
    known = [
        option
        for each in (error.ctx.command.params if error.ctx else ())
        for option in each.opts
        if option.startswith("--")
    ]
    short = len(name) == 2 and not name.startswith("--")
    whole = next(
        (each.split("=")[0] for each in given if short and each.startswith(name) and len(each) > 2), ""
    )
    near = get_close_matches(f"-{whole}", known, n=1, cutoff=0.8) if whole else []
    return (whole, near) if near else (name, error.possibilities or ())


def _of_option(error: click.BadOptionUsage, words: Wording) -> str:
    """An option without its value, or with one where it takes none."""
    command = error.ctx.command if error.ctx else None
    option = next(
        (each for each in getattr(command, "params", ()) if error.option_name in (*each.opts, each.name)),
        None,
    )
    key = "option-takes-none" if isinstance(option, click.Option) and option.is_flag else "bad-option"
    return words.text("command", key, name=error.option_name)


def _of_value(error: click.BadParameter, words: Wording) -> str:
    """A value that an option or argument does not take, and those that it takes."""
    name, kind = _name(error, words), getattr(error.param, "type", None)
    if isinstance(error.param, click.Argument) and isinstance(kind, click.Choice):
        name = words.text("command", "here")  # the help calls it by its choices
    if isinstance(kind, click.Choice):
        choices = [_choice(choice, words) for choice in kind.choices]
        return words.text("command", "bad-choice", name=name, choices=choices)
    if isinstance(kind, click.IntRange):
        return words.text("command", "bad-number", name=name, least=kind.min, most=kind.max)
    return words.text("command", "bad-value", name=name, problem=error.message)


def _choice(choice: str, words: Wording) -> str:
    """A choice, with the word that reports have for it."""
    word = words.word("severity", choice)
    if word in (choice, choice.capitalize()):
        return choice
    return words.text("command", "choice", choice=choice, word=word)


def _name(error: click.BadParameter, words: Wording) -> str:
    """How the help calls an option or argument."""
    parameter = error.param
    if isinstance(parameter, click.Argument) and error.ctx is not None:
        return words.text("command", f"{error.ctx.command.name}.{parameter.name}.metavar")
    if isinstance(parameter, click.Option):
        return str(parameter.opts[-1])
    return str(error.param_hint or "")


def _example(error: click.MissingParameter, words: Wording) -> str:
    """The first example of the command's help."""
    name = error.ctx.command.name if error.ctx else None
    return words.text("command", f"{name}.examples").splitlines()[0] if name else ""
