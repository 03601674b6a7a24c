"""Whether this year's answers tell what became of a promise of last year's."""

from __future__ import annotations

from collections.abc import Iterable

from checker.text.ground.linear import load_model, share
from checker.text.readers.time.outcomes import ThisYear, evidence, tells_all
from checker.text.readers.time.promises import Promise, find_promises

MODEL = "promises"
TOLD = 0.5  # probability from which on a promise counts as told; by authors left out, less misses more than it spares


def find_open(before: str, year: int, told: ThisYear, others: Iterable[str] = ()) -> tuple[Promise, ...]:
    """The promises of an answer in a return of ``year`` that the next year's answers leave without a sequel.

    Args:
        before: the answer of that year.
        year: of which return it is.
        told: the next year's answers.
        others: names of the parent, whose plans are no promises.
    """
    promises = find_promises(before, year, others)
    known = [is_told(promise, told, before) for promise in promises]
    for at in range(len(promises) - 1, 0, -1):  # what only follows from a plan tells it, too
        known[at - 1] = known[at - 1] or (promises[at].follows and known[at])
    found: list[Promise] = []
    last = True
    for promise, is_known in zip(promises, known, strict=True):
        if not is_known and not (promise.follows and last):
            found.append(promise)
        last = is_known
    return tuple(found)


def is_told(promise: Promise, told: ThisYear, before: str) -> bool:
    """Whether the answers say anything of a promise's sequel; ``before`` is the answer that holds it."""
    if tells_all(told.own):
        return True
    (score,) = load_model(MODEL).weighted(evidence(promise, told, before))
    return share(score) >= TOLD
