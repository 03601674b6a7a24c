"""The companies of a roster as a tree: holding, sub-groups, plants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field

from checker.campaign.roster import ListedCompany
from checker.text.readers.reliance.scope import plain_name
from frameworks.ground.errors import InputError
from questionnaire.cells import squeeze


class Tree(Struct, frozen=True, dict=True):
    """Who belongs to whom, by squeezed names. The holding itself is nobody's sub-group and stands for no node."""

    superior: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)  # as the roster writes them

    @classmethod
    def of(cls, roster: Sequence[ListedCompany], holding: Iterable[str] = (), file: str = "") -> Tree:
        """The tree of a roster with a column for the company above; without one it has no branches.

        Raises:
            InputError: a company is above itself.
        """
        top = {squeeze(name) for name in holding if name} | {""}
        superior: dict[str, str] = {}
        names: dict[str, str] = {}
        for listed in roster:
            own, above = squeeze(listed.company), squeeze(listed.parent)
            names[own] = listed.company
            if above not in top:
                superior[own] = above
                names.setdefault(above, listed.parent)
        tree = cls(superior, {key: name for key, name in names.items() if key not in top})
        for own in superior:
            seen = [own]
            while (own := superior.get(own, "")) and own not in seen:
                seen.append(own)
            if own:
                raise InputError("roster-circle", file=file, companies=[names[each] for each in seen])
        return tree

    def __bool__(self) -> bool:
        """Whether there are branches at all."""
        return bool(self.superior)

    @cached_property
    def below(self) -> Mapping[str, tuple[str, ...]]:
        """The nodes right below each, in the roster's order; those below the holding under an empty name."""
        found: dict[str, list[str]] = {}
        for key in self.names:
            found.setdefault(self.superior.get(key, ""), []).append(key)
        return {key: tuple(nodes) for key, nodes in found.items()}

    def above(self, company: str) -> tuple[str, ...]:
        """The companies above one, the nearest first; the holding is not named."""
        chain, key = [], squeeze(company)
        while key := self.superior.get(key, ""):
            chain.append(self.names[key])
        return tuple(chain)

    def group(self, company: str) -> str:
        """The sub-group that a company belongs to, or is; empty for one that hangs on the holding alone."""
        top = (company, *self.above(company))[-1]
        return top if squeeze(top) in self.below else ""

    def inner(self) -> tuple[str, ...]:
        """The names, long and short, of all that have companies below them."""
        names = [self.names[key] for key in self.below if key]
        return tuple(dict.fromkeys([*names, *map(plain_name, names)]))

    def walk(self, key: str = "", depth: int = 0) -> Iterator[tuple[str, int]]:
        """The nodes that have others below them, as they stand in the tree, with their depth."""
        for node in self.below.get(key, ()):
            if node in self.below:
                yield node, depth
                yield from self.walk(node, depth + 1)

    def members(self, key: str) -> Iterator[str]:
        """A node with all that are below it."""
        yield key
        for node in self.below.get(key, ()):
            yield from self.members(node)
