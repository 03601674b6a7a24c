"""What tells a disclosure besides the links of its questions: words, aspects of other questions, its parts.

``told`` in an edition's ``disclosures.yaml`` names what tells it though no question asks for it; ``parts`` what it asks
of a subsidiary, part by part, and how many of the parts are all that it asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.finding import AspectState
from checker.reading.answer_proofs import AnswerProofs
from checker.reading.carriers import Piece, settled
from checker.reading.wanted import Wanted
from frameworks.model import Disclosure
from frameworks.relation import Relation
from questionnaire.links import Link, Parts, Told


class PartProofs(Struct, frozen=True):
    """The answers, searched for one disclosure."""

    proofs: AnswerProofs
    code: str
    disclosure: Disclosure
    wanted: Wanted

    def told(self, blocks: Iterable[Told], asked: Sequence[Piece]) -> Iterator[Piece]:
        """What tells it unasked; words that already prove a part of it add nothing."""
        known = {carrier.evidence for piece in asked for carrier in piece.carriers}
        for told in blocks:
            piece = self.proofs.told(told, self.proofs.items)
            if piece and (piece.complete or piece.carriers[0].evidence not in known):
                yield piece
            for piece in self._by(told.aspects, told.relation):
                yield replace(piece, complete=piece.complete and told.relation is Relation.FULL)

    def parts(self, parts: Parts, asked: Sequence[Piece]) -> tuple[bool, list[Piece]]:
        """Whether enough parts are told, and what tells one besides what was asked."""
        carriers = [carrier for piece in asked for carrier in piece.carriers]
        linked = {carrier.aspect for carrier in carriers}
        done = {c.aspect for c in carriers if c.state is AspectState.DISCLOSED and settled(c)}
        found: list[Piece] = []
        count = 0
        for part in parts.of:
            if not done.isdisjoint(part.aspects):
                count += 1
                continue
            others = [aspect for aspect in part.aspects if aspect not in linked]
            piece = next(self._by(others, part.relation), None) or self.proofs.told(part, self.proofs.items)
            if piece is not None:
                count += 1
                found.append(piece)
        return count >= parts.least, found

    def _by(self, aspects: Iterable[str], relation: Relation) -> Iterator[Piece]:
        """Those of some aspects that tell it: a gap in the others is no gap of the disclosure."""
        for aspect in aspects:
            link = Link(aspect[:-2], (aspect,), self.code, relation)
            piece = self.proofs.piece(link, self.disclosure, self.wanted)
            if piece.has(AspectState.DISCLOSED):
                yield piece
