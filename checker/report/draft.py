"""What is told of draft editions: what was made of a list, what a person must decide, how two editions differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from checker.checking.earlier import Earlier
from checker.text.ground.unit_words import near_units
from checker.wording import Wording, visible
from questionnaire.answers import Return
from questionnaire.drafting.comparison import Comparison, Fate, Pair, carried_over, compare
from questionnaire.drafting.draft_edition import Made
from questionnaire.drafting.drafts import DraftItem
from questionnaire.drafting.grammar import words as drafting_words
from questionnaire.schema import Edition, Schema
from questionnaire.vocabulary import EditionDraft, Need

SHOWN = 5  # questions or lines named on the screen; the workbook has all
QUOTED = 40  # letters of a question


def told(made: Made, folder: Path, words: Wording) -> Iterator[str]:
    """What a draft holds, what must be decided, how to go on."""
    items = [each.item for each in made.draft.items]
    aspects = [aspect for item in items for aspect in item.aspects]
    yield words.text(
        "drafting",
        "made",
        folder=str(folder),
        items=len(items),
        sections=sum(len(part.sections) for part in made.draft.parts),
        aspects=len(aspects),
        examples=sum(aspect.need is Need.EXAMPLE for aspect in aspects),
    )
    near = [each for each in made.draft.items if each.like is not None and not each.like.is_same]
    if made.draft.adopted or near:
        yield words.text("drafting", "like", same=len(made.draft.adopted), near=len(near))
    if made.draft.left:
        shown = [visible(line)[:QUOTED].rstrip("。.") for line in made.draft.left[:SHOWN]]
        more = words.text("drafting", "left-more") if len(made.draft.left) > SHOWN else ""
        yield words.text(
            "drafting", "left", count=len(made.draft.left), lines=shown, more=more,
            file=words.text("drafting", "file-name"),
        )  # fmt: skip
    yield from _edition_points(made.edition, words)
    count = sum(bool(item.draft) for item in items)
    yield words.text(
        "drafting", "decide" if count else "decided", count=count, file=words.text("drafting", "file-name")
    )
    yield words.text("drafting", "next", folder=str(folder))


def open_points(schema: Schema, words: Wording) -> Iterator[str]:
    """What of an edition is still draft."""
    edition = schema.edition
    open_ = [item for item in schema.items if item.draft]
    by_ask = sum(aspect.lacks_cues for item in schema.items for aspect in item.judged)
    yield from _edition_points(edition, words)
    for item in open_:
        decide = [words.entry("drafting", "item", each.value) for each in item.draft]
        yield words.text("drafting", "open-item", label=schema.label(item.id), id=item.id, decide=decide)
    if by_ask:
        total = sum(len(item.judged) for item in schema.items)
        yield words.text("drafting", "by-ask", count=by_ask, total=total)
    yield from strange_units(schema, words)
    if open_ or edition.draft:
        yield words.text("drafting", "still-draft", id=edition.id, count=len(open_), total=len(schema.items))
    else:
        yield words.text("drafting", "no-draft", id=edition.id, total=len(schema.items))


def strange_units(schema: Schema, words: Wording) -> Iterator[str]:
    """Units that nobody knows: figures are read, and neither converted nor compared."""
    found: dict[str, dict[str, None]] = {}
    for item in schema.items:
        for unit in (unit for aspect in item.aspects for unit in aspect.unit):
            found.setdefault(unit, {})[schema.label(item.id)] = None
    for unit, labels in found.items():
        if (near := near_units(unit)) is not None:
            yield words.text(
                "drafting", "strange-unit", unit=unit, labels=list(labels), near=words.near(near)
            )


def _edition_points(edition: Edition, words: Wording) -> Iterator[str]:
    for each in edition.draft:
        supposed = each is EditionDraft.PARENT and edition.parent.name != drafting_words()["draft"]["parent"]
        if supposed:
            yield words.text("drafting", "parent-supposed", name=edition.parent.name)
        else:
            yield words.entry("drafting", "edition", each.value)


def differences(found: Comparison, words: Wording) -> Iterator[str]:
    """The questions that differ between two editions, by what became of them."""
    counts = {f"{fate.value}_count": len(found.of(fate)) for fate in Fate}
    old, new = found.old.edition, found.new.edition
    yield words.text("drafting", "diff-head", old=old.id, new=new.id, **counts)
    for fate in (Fate.REWORDED, Fate.MOVED, Fate.ADDED, Fate.DROPPED):
        for pair in found.of(fate):
            yield from _pair_lines(pair, found, words)
    yield words.text(
        "drafting", "diff-carried", carried=len(found.carried), total=len(found.new.items), new=new.id
    )


def _pair_lines(pair: Pair, found: Comparison, words: Wording) -> Iterator[str]:
    old = "" if pair.old is None else found.old.label(pair.old.id)
    new = "" if pair.new is None else found.new.label(pair.new.id)
    yield words.text(
        "drafting",
        f"diff-{pair.fate.value}",
        old=old,
        new=new,
        old_id=pair.old.id if pair.old else "",
        new_id=pair.new.id if pair.new else "",
        percent=round(100 * pair.overlap),
    )
    if pair.old is not None and pair.fate in (Fate.REWORDED, Fate.DROPPED):
        yield words.text("drafting", "diff-old-text", text=pair.old.question)
    if pair.new is not None and pair.fate in (Fate.REWORDED, Fate.ADDED):
        yield words.text("drafting", "diff-new-text", text=pair.new.question)
    if pair.fate is Fate.REWORDED and not pair.carries:
        yield words.text("drafting", "diff-not-carried")


def carried(earlier: Earlier, schema: Schema, year: int, words: Wording) -> tuple[Return, list[str]]:
    """Last year's answers for this year's template, and what the user is told of them."""
    found = compare(earlier.schema, schema)
    remark, reworded = (
        words.text("drafting", key, year=earlier.year) for key in ("carried-remark", "carried-reworded")
    )
    source = carried_over(earlier.source, found, year, remark, reworded)
    kept = {answer.item for answer in source.answers}
    said = [words.text("drafting", "carried", count=len(kept), left=len(schema.items) - len(kept))]
    gone = [earlier.schema.label(pair.old.id) for pair in found.of(Fate.DROPPED) if pair.old is not None]
    if gone:
        said.append(words.text("drafting", "carried-dropped", labels=gone))
    return source, said


def like_of(each: DraftItem) -> tuple[str, str, str]:
    """The known question beside a drafted one: its label, its words, the overlap; blank where there is none."""
    if each.like is None:
        return "", "", ""
    schema, item = each.like.schema, each.like.item
    return f"{schema.edition.id} {schema.label(item.id)}", item.question, f"{round(100 * each.like.overlap)}%"
