"""Paints pages as pictures, clean as a screenshot."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from govcrawl.simulator.report.files.extra import WriterMissingError, needed
from govcrawl.simulator.report.files.page import Page, Run

_FOLDER = Path("/usr/share/fonts/opentype/noto")
_FILES = {
    ("song", False): "NotoSerifCJK-Regular.ttc",
    ("song", True): "NotoSerifCJK-Bold.ttc",
    ("hei", False): "NotoSansCJK-Regular.ttc",
    ("hei", True): "NotoSansCJK-Bold.ttc",
}
_SIMPLIFIED = 2
"""Index of the face for simplified Chinese in the collections."""
_LARGE = 100


def measure_noto(text: str, size: float, face: str) -> float:
    """The width of a text in Noto's type."""
    return sum(_advance(character, face) for character in text) * size / _LARGE


@lru_cache(maxsize=10_000)
def _advance(character: str, face: str) -> float:
    return float(_font(face, False, _LARGE).getlength(character))


@lru_cache(maxsize=64)
def _font(face: str, bold: bool, pixels: float) -> Any:
    path = _FOLDER / _FILES[face, bold]
    if not path.exists():
        raise WriterMissingError(f"{path} is not there: pictures are written with the fonts of fonts-noto-cjk")
    return needed("PIL.ImageFont").truetype(str(path), pixels, index=_SIMPLIFIED)


def paint_picture(page: Page, dpi: float) -> Any:
    """A page as a grey picture of Pillow's."""
    scale = dpi / 72
    size = (round(page.width * scale), round(page.height * scale))
    image = needed("PIL.Image").new("L", size, 255)
    draw = needed("PIL.ImageDraw").Draw(image)
    for fill in page.fills:
        box = [value * scale for value in (fill.x0, fill.y0, fill.x1, fill.y1)]
        box[2], box[3] = max(box[2], box[0] + 1), max(box[3], box[1] + 1)
        red, green, blue = fill.colour
        draw.rectangle(box, fill=round(255 * (0.3 * red + 0.59 * green + 0.11 * blue)))
    for stroke in page.strokes:
        ends = [value * scale for value in (stroke.x0, stroke.y0, stroke.x1, stroke.y1)]
        draw.line(ends, fill=0, width=max(1, round(stroke.width * scale)))
    for run in page.runs:
        _paint_run(draw, run, scale)
    return image


def _paint_run(draw: Any, run: Run, scale: float) -> None:
    font = _font(run.face, run.bold, run.size * scale)
    x = run.x
    for character in run.text:
        draw.text((x * scale, run.baseline * scale), character, font=font, fill=0, anchor="ls")
        x += _advance(character, run.face) * run.size / _LARGE + run.spacing


def paint_tall(pages: list[Page], dpi: float, margin: float) -> Any:
    """The pages one under the other as one picture, without the margins between them."""
    images = [_trimmed(paint_picture(page, dpi), margin * dpi / 72) for page in pages]
    width = max(image.width for image in images)
    tall = needed("PIL.Image").new("L", (width, sum(image.height for image in images)), 255)
    y = 0
    for image in images:
        tall.paste(image, ((width - image.width) // 2, y))
        y += image.height
    return tall


def _trimmed(image: Any, margin: float) -> Any:
    """A page without the white above and below its text, but for a margin."""
    box = needed("PIL.ImageOps").invert(image).getbbox()
    if box is None:
        return image
    return image.crop((0, max(0, int(box[1] - margin)), image.width, min(image.height, int(box[3] + margin))))


def encoded(image: Any, kind: str, dpi: float, quality: int = 85) -> bytes:
    """The picture as a `PNG` or `JPEG` file."""
    out = BytesIO()
    image.save(out, kind, dpi=(dpi, dpi), **({"quality": quality} if kind == "JPEG" else {}))
    return out.getvalue()
