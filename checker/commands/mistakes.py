"""What is wrong with a command, in one sentence of the user's language: click's own sentences are English."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from checker.commands import TYPED

if TYPE_CHECKING:
    from checker.wording import Wording

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.+)\)\Z", re.DOTALL)


def mistake(error: click.ClickException, commands: Collection[str], words: Wording) -> str:
    """The sentence, and where the usage is told.

    Args:
        error: what click found.
        commands: the names that there are; click's own guesses leave out a command one letter off.
        words: in which language.
    """
    context = getattr(error, "ctx", None)
    path = context.command_path.rstrip() if context else "esgcheck"
    return _sentence(error, commands, words) + words.text("command", "see-help", path=path)


def _sentence(error: click.ClickException, commands: Collection[str], words: Wording) -> str:
    if isinstance(error, click.exceptions.NoSuchCommand):
        near = words.near(get_close_matches(error.command_name, commands, n=2, cutoff=0.7))
        return words.text("command", "no-such-command", name=error.command_name, near=near)
    if isinstance(error, click.NoSuchOption):
        typed = _one_dash(error)
        if typed:
            return words.text("command", "one-dash", meant=typed)
        near = words.near(error.possibilities)
        return words.text("command", "no-such-option", name=error.option_name, near=near)
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


def _one_dash(error: click.NoSuchOption) -> str:
    """The long option that was typed with one dash (-questionnaire), which click takes for single letters."""
    if error.ctx is None:
        return ""
    known = {name for option in error.ctx.command.params for name in option.opts}
    for word in error.ctx.meta.get(TYPED, ()):
        name = f"-{word.partition('=')[0]}"
        if word.startswith(error.option_name) and not word.startswith("--") and name in known:
            return name
    return ""


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
