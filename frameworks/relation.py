"""How far an answer, or another disclosure, goes. Apart from the models, so that a check need not load them."""

from __future__ import annotations

from enum import StrEnum


class Relation(StrEnum):
    """How far an answer, or another disclosure, goes."""

    FULL = "full"
    PARTIAL = "partial"
    CONTEXT = "context"  # background only: a gap here is no gap there
