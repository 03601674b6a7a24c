"""The form's own hints (填写要点) where they were copied along with a question: they are nobody's answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from questionnaire.cells import squeeze
from questionnaire.likeness import likeness
from questionnaire.schema import Item
from questionnaire.template import guidance, words

BULLET = "·"  # what the template puts before a hint
_STARTS = frozenset(BULLET + "填提【[（(*#")  # what a copied hint or the name of the hints begins with
REACH = 80  # characters of a line that may begin with the name of the hints
# similarity (0–100) of a hint from another edition, which names what an answer names too; guessed
EDITED = 80
POLICY = 50  # the same for the sentence on who may answer; guessed


def leading(lines: Sequence[str], item: Item) -> int:
    """How many lines at an answer's beginning are the hints of its item, word for word; blank ones between them too."""
    first = next((line.strip() for line in lines if line.strip()), "")
    if first[:1] not in _STARTS or not (
        first.startswith(BULLET) or squeeze(first[:REACH]).startswith(_names())
    ):
        return 0
    own = {"", *map(squeeze, guidance(item).split("\n"))}
    taken = 0
    for index, line in enumerate(lines, start=1):
        letters = squeeze(line)
        name = next((name for name in _names() if letters.startswith(name)), "")
        if letters not in own and letters[len(name) :] not in own:
            break
        taken = index if letters else taken
    return taken


def without(text: str, item: Item) -> str:
    """A cell of the column of hints without the form's own lines, whichever edition wrote them."""
    left = [
        line for line in text.split("\n") if not line.startswith(BULLET) and squeeze(line) not in _policies()
    ]
    if not left:
        return ""
    own = [squeeze(line) for line in guidance(item).split("\n")]
    kept = [line for line in left if not _is_hint(squeeze(line), own)]
    return "\n".join(kept).strip()


def _is_hint(letters: str, own: list[str]) -> bool:
    if any(letters == hint or likeness(letters, hint) >= EDITED for hint in own):
        return True
    return any(likeness(letters, policy) >= POLICY for policy in _policies())


@cache
def _names() -> tuple[str, ...]:
    columns = (column["names"] for column in words()["columns"] if column["id"] == "guidance")
    return tuple(squeeze(name) for names in columns for name in names)


@cache
def _policies() -> tuple[str, ...]:
    return tuple(map(squeeze, words()["guidance"]["policy"].values()))
