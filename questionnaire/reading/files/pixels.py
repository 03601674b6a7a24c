"""Pictures as rows of colours, no larger than recognition needs."""

from __future__ import annotations

from typing import Any

PIXELS = 50_000_000  # of one picture; a page scanned at 600 dpi has 35 million
LONGEST = 2_000  # pixels of a side that recognition sees
RESOLUTION = 200  # dots an inch at which a page of a PDF is drawn
DRAWN = 4_000  # pixels of a drawn page's side at most


def as_pixels(image: Any) -> Any:
    """A picture of a size that recognition can take; None for one beyond any sensible size."""
    import numpy

    width, height = image.size
    if width * height > PIXELS or min(width, height) < 8:
        return None
    image = image.convert("RGB")
    image.thumbnail((LONGEST, LONGEST))
    return numpy.asarray(image)[:, :, ::-1]  # the recogniser takes blue first
