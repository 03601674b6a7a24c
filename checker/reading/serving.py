"""Which answers serve which disclosures: by links of their own, or through a disclosure that answers them."""

from __future__ import annotations

from collections.abc import Iterator

from checker.reading.disclosures import Reader
from frameworks.model import Disclosure, Framework


def items_of(code: str, reader: Reader) -> tuple[str, ...]:
    """The items whose answers bear on a disclosure by links of its own, in the order of the links."""
    return tuple(dict.fromkeys(link.item for link in reader.links.by_code.get(code, ()) if link.counts))


def ways_to(code: str, disclosure: Disclosure, reader: Reader) -> tuple[str, ...]:
    """The codes of the disclosures in force that answer one, each once."""
    return tuple(dict.fromkeys(way.code for way in reader.ways(code, disclosure)))


def reaching(edition: Framework, disclosure: Disclosure, reader: Reader) -> set[str]:
    """All items whose answers bear on a disclosure, by its own links or through another's."""
    code = edition.code(disclosure)
    return {item for way in (code, *ways_to(code, disclosure, reader)) for item in items_of(way, reader)}


def served_customers(item: str, reader: Reader) -> Iterator[tuple[Framework, tuple[Disclosure, ...]]]:
    """The customers' questionnaires of the reader's year that an item's answer serves, with their topics."""
    for framework in reader.catalogues.frameworks:
        edition = reader.catalogues.edition(framework, reader.links.year)
        if edition is None or not edition.customer:
            continue
        topics = tuple(
            topic for topic in edition.asked(reader.links.year) if item in reaching(edition, topic, reader)
        )
        if topics:
            yield edition, topics
