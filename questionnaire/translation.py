"""A questionnaire with its English texts in place of the Chinese; what has no English stays Chinese."""

from __future__ import annotations

from msgspec.structs import replace

from questionnaire.schema import Item, Part, ProfileField, Schema, Section

_KEPT: dict[int, tuple[Schema, Schema]] = {}
MOST = 8  # questionnaires that are kept in English


def in_english(schema: Schema) -> Schema:
    """The whole questionnaire in English, only for showing: nothing is judged by it; made once."""
    kept = _KEPT.get(id(schema))
    if kept is None or kept[0] is not schema:
        if len(_KEPT) >= MOST:
            _KEPT.clear()
        kept = _KEPT[id(schema)] = (schema, _made(schema))
    return kept[1]


def _made(schema: Schema) -> Schema:
    if schema.is_english:
        return schema
    edition = replace(
        schema.edition,
        title=schema.edition.title_en or schema.edition.title,
        profile=tuple(map(_field, schema.edition.profile)),
    )
    shown = replace(schema, edition=edition, parts=tuple(map(_part, schema.parts)), is_english=True)
    return shown.knowing(schema.knowledge) if schema.knowledge else shown


def _part(part: Part) -> Part:
    return replace(part, title=part.title_en or part.title, sections=tuple(map(_section, part.sections)))


def _section(section: Section) -> Section:
    return replace(section, title=section.title_en or section.title, items=tuple(map(_item, section.items)))


def _item(item: Item) -> Item:
    if not item.question_en:
        return item
    aspects = tuple(
        replace(aspect, ask=aspect.ask_en or aspect.ask, hint=aspect.hint_en) for aspect in item.aspects
    )
    return replace(
        item, question=item.question_en, delegable_reason=item.delegable_reason_en, aspects=aspects
    )


def _field(field: ProfileField) -> ProfileField:
    hint = field.hint_en or ("" if field.label_en else field.hint)
    return replace(
        field, label=field.label_en or field.label, hint=hint, choices=field.choices_en or field.choices
    )
