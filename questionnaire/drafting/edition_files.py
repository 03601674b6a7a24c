"""The files of a draft edition: ``edition.yaml``, a file a part, and what known questions bring along."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from frameworks.ground.yaml import read_yaml
from questionnaire import links, proofs
from questionnaire.cells import squeeze
from questionnaire.drafting.drafts import Draft, DraftItem, numbering_of
from questionnaire.drafting.grammar import words
from questionnaire.drafting.head import company_in, short_names
from questionnaire.drafting.questions import Listing
from questionnaire.folders import EDITION_FILE, sources_of
from questionnaire.knowledge import FolderKnowledge
from questionnaire.loader import CUES
from questionnaire.schema import Edition, Schema
from questionnaire.vocabulary import EditionDraft

_YEAR = re.compile(r"20[0-4]\d")
_LONG = 4_000  # letters of a line: ours are never broken
SHORT = 30  # letters of an entry of a list that stands in one line


def edition_of(
    draft: Draft, title: str, name: str, source: str, year: int | None, parent: str, listing: Listing
) -> Edition:
    """What holds for the whole draft; what was not told is marked.

    Args:
        draft: the items.
        title: of the list.
        name: the edition's id.
        source: the file of the list.
        year: the reporting year; that of the title where it is not told.
        parent: the company that answers may rely on; where it is not told, that of the known edition, else the one
            whose list it is.
        listing: what the list says of itself.
    """
    told = words()["draft"]
    found = _YEAR.search(title) or _YEAR.search(source)
    known = next((each.like.schema.edition for each in draft.adopted if each.like), None)
    plain = {} if known is None else known.plain()
    undivided = not any(each.section or each.part for each in listing.questions)
    is_open = {
        EditionDraft.PARENT: not parent and known is None,
        EditionDraft.YEAR: year is None and found is None,
        EditionDraft.SECTIONS: undivided,
    }
    company = listing.company or company_in(title)
    supposed = {"name": company or told["parent"], "aliases": list(short_names(company))}
    return Edition.built_from(
        {
            "id": name,
            "title": title,
            "year": year or (int(found.group()) if found else DEFAULT_YEAR),
            "source": told["source"].format(file=source),
            "numbering": numbering_of(listing.questions),
            "parent": {"name": parent} if parent else plain.get("parent", supposed),
            "profile": _profile(plain.get("profile", told["profile"]), listing.fields),
            "classes": plain.get("classes", {}),
            "draft": [each for each, undecided in is_open.items() if undecided],
        }
    )


def _profile(usual: Sequence[Mapping[str, Any]], fields: Sequence[str]) -> list[dict[str, Any]]:
    """The usual lines about the company, and what the list asks besides."""
    known = {squeeze(name) for each in usual for name in (each["label"], *each.get("aliases", ()))}
    more = [name for name in fields if squeeze(name) not in known]
    return [*map(dict, usual), *({"id": f"more{n}", "label": name} for n, name in enumerate(more, 1))]


DEFAULT_YEAR = 2025  # where neither the list nor the user says


def files_of(draft: Draft, edition: Edition) -> dict[str, bytes]:
    """The files by name."""
    found = {EDITION_FILE: as_yaml(edition.plain())}
    as_written = _cues_as_written(draft.adopted)
    for part in draft.parts:
        found[f"part{part.part}.yaml"] = as_yaml(_with_cues(part.plain(), as_written))
    if told := _links(draft.adopted, edition.id):
        found[links.FILE] = as_yaml(told)
    if models := _models(draft.adopted):
        found[proofs.FILE] = models
    return found


def _cues_as_written(adopted: Sequence[DraftItem]) -> dict[str, dict[str, Any]]:
    """The cues of known questions as their files hold them, with word classes and years open, by their ids here."""
    source = _source(adopted)
    if source is None:
        return {}
    written: dict[str, dict[str, Any]] = {}
    for name, content in sources_of(source[1].folder):
        data = read_yaml(content, name).data
        for section in data.get("sections", ()) if isinstance(data, dict) else ():
            for item in section["items"]:
                for entry in (item, *item["aspects"]):
                    written[entry["id"]] = {key: entry[key] for key in CUES if key in entry}
    found: dict[str, dict[str, Any]] = {}
    for each in adopted:
        if each.like is not None and each.like.schema is source[0]:
            old = each.like.item.id
            found |= {f"{each.item.id}{key[len(old):]}": cues for key, cues in written.items()
                      if key == old or key.startswith(f"{old}.")}  # fmt: skip
    return found


def _with_cues(part: dict[str, Any], written: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    for section in part["sections"]:
        for item in section["items"]:
            for entry in (item, *item["aspects"]):
                entry.update(written.get(entry["id"], {}))
    return part


def as_yaml(data: Mapping[str, Any]) -> bytes:
    """Plain data as our files are written: a key a line, short lists in one."""
    from ruamel.yaml import YAML

    writer = YAML(typ="rt", pure=True)
    writer.width = _LONG
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=2, offset=0)
    stream = io.BytesIO()
    writer.dump(_short_lists(data), stream)
    return stream.getvalue()


def _short_lists(data: Any) -> Any:
    from ruamel.yaml.comments import CommentedSeq

    if isinstance(data, dict):
        return {key: _short_lists(value) for key, value in data.items()}
    if not isinstance(data, list):
        return data
    found = CommentedSeq(_short_lists(each) for each in data)
    # libyaml reads no colon inside a plain word of such a list
    if all(isinstance(each, str | int) and ":" not in str(each) and len(str(each)) <= SHORT for each in data):
        found.fa.set_flow_style()
    return found


def _links(adopted: Sequence[DraftItem], edition: str) -> dict[str, Any]:
    """The disclosures that known questions answer, under the ids that they have here; of one known edition."""
    source = _source(adopted)
    if source is None:
        return {}
    whole: dict[str, Any] = {}
    for content, _ in source[1].link_sources():
        data = read_yaml(content, links.FILE).data
        whole = {**data, "links": {**whole.get("links", {}), **data.get("links", {})}}
    ids = {each.like.item.id: each.item.id for each in adopted if each.like and each.like.schema is source[0]}
    kept = {ids[item]: groups for item, groups in whole.get("links", {}).items() if item in ids}
    if not kept:
        return {}
    codes = {code for groups in kept.values() for group in groups.values() for code in group}
    found: dict[str, Any] = {"edition": edition, "frameworks": whole.get("frameworks", [])}
    for name in ("any_of", "nil", "targets"):
        found[name] = [code for code in whole.get(name, []) if code in codes]
    found["unasked"] = whole.get("unasked", [])
    found["links"] = kept
    found["figures"] = {
        figure: here
        for figure, aspects in whole.get("figures", {}).items()
        if (here := [f"{ids[each[:-2]]}{each[-2:]}" for each in aspects if each[:-2] in ids])
    }
    return found


def _source(adopted: Sequence[DraftItem]) -> tuple[Schema, FolderKnowledge] | None:
    """The known edition of which most questions stand here, with what lies beside it."""
    schemas = [each.like.schema for each in adopted if each.like is not None]
    if not schemas:
        return None
    schema = max(schemas, key=schemas.count)
    return (schema, schema.knowledge) if isinstance(schema.knowledge, FolderKnowledge) else None


def _models(adopted: Sequence[DraftItem]) -> bytes:
    """How the aspects of known questions are proved, under their ids here; empty where nothing was learned."""
    source = _source(adopted)
    if source is None:
        return b""
    items: dict[str, Any] = {}
    whole: dict[str, Any] = {}
    for data in _model_files(source[1]):
        whole = whole or data
        for each in adopted:
            if each.like is not None and each.like.schema is source[0] and each.like.item.id in data["items"]:
                model, old = data["items"][each.like.item.id], each.like.item.id
                *names, nothing = model["classes"]
                asked = {aspect.id for aspect in each.item.aspects}
                renamed = [f"{each.item.id}{name[len(old) :]}" for name in names]
                if set(renamed) <= asked:
                    items.setdefault(each.item.id, {**model, "classes": [*renamed, nothing]})
    if not items:
        return b""
    told = json.dumps({**whole, "items": items}, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(told.encode(), mtime=0)


def _model_files(knowledge: FolderKnowledge) -> Iterator[dict[str, Any]]:
    """The models of an edition, then those of the editions that it extends, as their files hold them."""
    file = knowledge.folder.joinpath(proofs.FILE)
    if file.is_file():
        yield json.loads(gzip.decompress(file.read_bytes()))
    base = knowledge.base.knowledge if knowledge.base is not None else None
    if isinstance(base, FolderKnowledge):
        yield from _model_files(base)
