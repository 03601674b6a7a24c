"""Which answers serve which disclosures: by links of their own, or through a disclosure that answers them."""

from __future__ import annotations

from collections.abc import Iterator

from checker.reading.disclosures import Reader
from frameworks.model import Disclosure, Framework


def items_of(code: str, reader: Reader) -> tuple[str, ...]:
    """The items whose answers bear on a disclosure by links of its own, in the order of the links."""
    return tuple(dict.fromkeys(link.item for link in reader.links.by_code.get(code, ()) if link.counts))


def ways_to(code: str, disclosure: Disclosure, reader: Reader) -> tuple[str, ...]:
    """The disclosures in force that answer one: those that it names, then those of the crosswalk."""
    named = [same.code for same in disclosure.same_as]
    named += [link.source for link in reader.crosswalk.answering(code)]
    year = reader.links.year
    return tuple(each for each in dict.fromkeys(named) if reader.catalogues.find(each, year) is not None)


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
