"""A picture file → its frames → a document."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import numpy as np
from PIL import Image as pillow  # noqa: N813
from PIL import ImageFile, ImageOps

from govcrawl.documents import layout
from govcrawl.documents.layout.records import Sheet
from govcrawl.documents.limits import Limits, too_large
from govcrawl.documents.picture.cuts import sheets_in
from govcrawl.documents.picture.page import recognise_picture
from govcrawl.documents.picture.tools import Image
from govcrawl.model import Document, DocumentError, DocumentKind, ProblemKind

_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, struct.error, zlib.error)
"""What Pillow raises for files that are not as they should be."""
TRUNCATED = "picture_truncated"


def read_file(data: bytes, *, url: str | None, limits: Limits) -> Document:
    """Read a picture file; see `govcrawl.documents.picture.read`."""
    sheets: list[Sheet] = []
    notes: list[str] = []
    for number, (image, dpi) in enumerate(frames_of(data, limits, notes), start=1):
        sheets += sheets_in(recognise_picture(image, number=number, dpi=dpi, limits=limits), limits)
    if not any(sheet.words for sheet in sheets):
        raise DocumentError("no text could be recognised in the picture", ProblemKind.EMPTY)
    laid_out = layout.read_sheets(sheets, limits)
    return Document(
        kind=DocumentKind.PICTURE,
        blocks=tuple(laid_out.blocks),
        url=url,
        recognised=True,
        notes=tuple(dict.fromkeys((*notes, *laid_out.notes))),
    )


def frames_of(data: bytes, limits: Limits, notes: list[str]) -> Iterator[tuple[Image, float]]:
    """Decode a picture, frame by frame: upright, on white, grey or of three colours; and its pixels an inch, or 0.

    Raises:
        DocumentError: TOO_LARGE (before anything is decoded) or EXTRACTION_FAILED.
    """
    with _opened(data) as picture:
        frames = int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1
        if frames > limits.sheets:
            raise too_large(f"a picture of {frames:,} sheets, more than the limit of {limits.sheets:,}")
        for frame in range(frames):
            if frame:
                picture.seek(frame)
            width, height = picture.size
            if width * height > limits.pixels:
                raise too_large(f"a picture of {width:,} x {height:,} pixels, more than the limit of {limits.pixels:,}")
            yield _decode(picture, notes), _dpi(picture)


@contextmanager
def _opened(data: bytes) -> Iterator[pillow.Image]:
    """Open a picture, and let nothing but our own errors out."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with pillow.open(BytesIO(data), formats=_FORMATS) as picture:
                yield picture
    except pillow.DecompressionBombError as error:
        raise too_large(f"the picture is too large: {error}") from error
    except _BROKEN as error:
        raise DocumentError(f"the picture is broken: {error}", ProblemKind.EXTRACTION_FAILED) from error


def _dpi(picture: pillow.Image) -> float:
    told = picture.info.get("dpi")
    return float(told[0]) if isinstance(told, tuple) and told and float(told[0]) > 1 else 0.0


def _decode(picture: pillow.Image, notes: list[str]) -> Image:
    try:
        picture.load()
    except OSError:
        _decode_what_is_there(picture)
        notes.append(TRUNCATED)
    upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I") or upright.mode == "F":
        deep = np.asarray(upright, dtype=np.float64)
        # Sixteen bits, whatever the mode says of more: no scanner writes more.
        scale = 255 / 65535 if float(deep.max(initial=0)) > 255 else 1.0
        return np.clip(deep * scale, 0, 255).astype(np.uint8)
    if "A" in upright.getbands() or "transparency" in upright.info:
        seen = upright.convert("RGBA")
        upright = pillow.alpha_composite(pillow.new("RGBA", seen.size, "white"), seen)
    return np.array(upright.convert("L" if upright.mode in ("1", "L") else "RGB"), dtype=np.uint8)


def _decode_what_is_there(picture: pillow.Image) -> None:
    """Decode a picture that is cut short; the rest stays blank."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
