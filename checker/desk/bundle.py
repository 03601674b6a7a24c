"""``python -m checker.desk.bundle [FOLDER]``: a folder with a program that needs no Python, made by PyInstaller.

It runs on the system on which it is made. PyInstaller is a tool of whoever hands the program out, and no dependency.
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import click

from checker.wording import Language, wording
from frameworks.ground.errors import InputError

NAME = "esgcheck-desk"
PACKAGES = ("checker", "questionnaire", "frameworks")
ENTRY = """\
import multiprocessing

multiprocessing.freeze_support()  # the reading child starts this program again, where there is no fork
from checker.cli import run_window

run_window()
"""


def bundle(folder: Path) -> Path:
    """Makes the program.

    Args:
        folder: where its own folder goes.

    Returns:
        The program.

    Raises:
        InputError: PyInstaller is not installed.
    """
    if find_spec("PyInstaller") is None:
        raise InputError("bundle-no-builder")
    from PyInstaller.__main__ import run

    with tempfile.TemporaryDirectory() as work:
        entry = Path(work) / f"{NAME}.py"
        entry.write_text(ENTRY, encoding="utf-8")
        whole = [part for name in PACKAGES for part in ("--collect-submodules", name, "--collect-data", name)]
        run(
            ["--name", NAME, "--windowed", "--noconfirm", "--log-level", "WARN", *whole,
             "--hidden-import", "python_multipart", "--distpath", str(folder), "--workpath", work,
             "--specpath", work, str(entry)]
        )  # fmt: skip
    return folder / NAME / (f"{NAME}.exe" if os.name == "nt" else NAME)


def main(arguments: list[str]) -> int:
    """Runs it; the exit code."""
    words = wording(Language.EN if os.environ.get("ESGCHECK_LANG") == "en" else Language.ZH)
    try:
        made = bundle(Path(arguments[0] if arguments else "dist"))
    except InputError as error:
        click.echo(words.error(error), err=True)
        return 2
    click.echo(words.text("command", "bundled", file=str(made)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
