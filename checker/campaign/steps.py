"""A delegation followed upwards: a company above that leaves the item to its own superior points on to who answers."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from checker.campaign.ledger import ParentReturn
from checker.campaign.tree import Tree
from checker.reading.items import Content
from checker.rules.peers import DelegatedPart, LedgerRow
from checker.text.readers.reliance.scope import plain_name
from questionnaire.cells import squeeze

PASSES = ("full", "suspected")  # kinds of delegations that leave all of an item to somebody above


class Superiors(Struct, frozen=True):
    """The companies above those of a campaign, with the returns that they sent."""

    tree: Tree
    holding: ParentReturn
    returns: Mapping[str, ParentReturn]  # by squeezed name

    def close(self, company: str, year: int | None, delegated: DelegatedPart) -> LedgerRow:
        """The row of the ledger by who answers: the nearest above, unless it passes the item on."""
        via: list[str] = []
        others = self.tree.inner()
        for name in self._asked(company, delegated):
            level = self.returns.get(squeeze(name))
            if level is None:  # a name that stands for companies and sends no return of its own
                continue
            if _passes_on(level, delegated.item):
                via.append(name)
                continue
            row = replace(level, others=others).close(company, year, delegated)
            return replace(row, via=tuple(via), by=name)
        row = replace(self.holding, others=others).close(company, year, delegated)
        named = self.holding.whole.source.company if self.holding.whole else ""
        return replace(row, via=tuple(via), by=named or self.holding.schema.edition.parent.name)

    def _asked(self, company: str, delegated: DelegatedPart) -> tuple[str, ...]:
        """The companies above, from the one that is relied on; none where the holding itself is named."""
        above = self.tree.above(company)
        quoted = squeeze("".join(delegated.quotes))
        for place, name in enumerate(above):
            if squeeze(plain_name(name)) in quoted:
                return above[place:]
        parents = (name for name in self.holding.names if len(name) > 1)
        return () if any(squeeze(name) in quoted for name in parents) else above


def _passes_on(level: ParentReturn, item: str) -> bool:
    """Whether a company leaves an item to somebody above it."""
    reading = level.whole.by_id.get(item) if level.whole else None
    return reading is not None and reading.content is Content.TEXT and reading.delegation.kind in PASSES
