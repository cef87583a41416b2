"""Pictures on the pages of an OFD document → one picture of a region, for recognition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govcrawl.documents.layout.records import Box
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.ofd.resources import Resources
from govcrawl.documents.recognition import Picture, Pixels, Region
from govcrawl.model import DocumentError, ProblemKind

USUAL = 300.0
"""Pixels an inch that a picture is taken to have before it is looked into."""


class Placed(NamedTuple):
    """A picture on a sheet."""

    box: Box
    source: str
    """Its number among the resources."""

    @property
    def picture(self) -> Picture:
        scale = USUAL / 72
        return Picture(
            self.box,
            round((self.box.x1 - self.box.x0) * scale),
            round((self.box.bottom - self.box.top) * scale),
        )


def drawn(region: Region, pictures: Sequence[Placed], resources: Resources, limits: Limits) -> tuple[Pixels, float]:
    """Put the pictures of a region together, as they lie on the sheet.

    Returns:
        uint8 of shape (height, width, 3), red, green, blue; and its pixels an inch.

    Raises:
        DocumentError: TOO_LARGE, UNREADABLE (the extra `ocr` is not installed) or EXTRACTION_FAILED (broken pictures).
        ImportError: the extra is not installed.
    """
    import numpy as np
    from PIL import Image as pillow  # noqa: N813

    inside = [placed for placed in pictures if _touch(placed.box, region.box)]
    decoded = [(placed.box, image) for placed in inside if (image := _decoded(placed, resources, limits)) is not None]
    if not decoded:
        raise DocumentError("the pictures of the OFD document are missing", ProblemKind.EXTRACTION_FAILED)
    dpi = max(72 * image.shape[1] / max(box.x1 - box.x0, 1.0) for box, image in decoded)
    scale = dpi / 72
    across, down = region.box.x1 - region.box.x0, region.box.bottom - region.box.top
    width, height = max(1, round(across * scale)), max(1, round(down * scale))
    if width * height > limits.pixels:
        raise too_large(f"a sheet of {width:,} × {height:,} pixels, more than the limit of {limits.pixels:,}")
    sheet = pillow.new("RGB", (width, height), "white")
    for box, image in decoded:
        size = max(1, round((box.x1 - box.x0) * scale)), max(1, round((box.bottom - box.top) * scale))
        part = pillow.fromarray(image)
        corner = round((box.x0 - region.box.x0) * scale), round((box.top - region.box.top) * scale)
        sheet.paste(part if part.size == size else part.resize(size), corner)
    return np.asarray(sheet), dpi


def _decoded(placed: Placed, resources: Resources, limits: Limits) -> Pixels | None:
    from govcrawl.documents.picture.file import frames_of

    data = resources.picture(placed.source)
    return next((image for image, _ in frames_of(data, limits, [])), None) if data else None


def _touch(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom
