"""Painted sheets: a table of known cells, and what a scanner or a camera does to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
PROSE = ("云砚县教育局2023年政府信息公开工作年度报告", "本报告由云砚县教育局编制，数据截至12月31日。")


@dataclass(frozen=True)
class Painted:
    """A painted sheet, to be spoilt."""

    pixels: Any
    """uint8, (height, width, 3)."""
    dpi: int
    cells: tuple[tuple[str, ...], ...] = field(default=())


def paint(
    cells: Sequence[Sequence[str]],
    *,
    dpi: int = 150,
    font: str = SERIF,
    prose: Sequence[str] = PROSE,
    size: float = 10.5,
    fill: tuple[int, int, int] | None = None,
    ink: int = 15,
) -> Painted:
    """A sheet with lines of prose above a ruled table; the first row may be filled."""
    scale = dpi / 72
    columns = max(map(len, cells))
    widths = [110, *[62] * (columns - 1)]
    height = 60 + 24 * len(prose) + 20 * len(cells) + 40
    image = Image.new("RGB", (int((sum(widths) + 100) * scale), int(height * scale)), "white")
    draw = ImageDraw.Draw(image)
    type_ = ImageFont.truetype(font, round(size * scale), index=2)
    for number, line in enumerate(prose):
        draw.text((50 * scale, (30 + 24 * number) * scale), line, font=type_, fill=ink)
    top, line = 40 + 24 * len(prose), max(1, round(0.6 * scale))
    for row, texts in enumerate(cells):
        left = 50
        for column, text in enumerate(texts):
            above = top + 20 * row
            box = [left * scale, above * scale, (left + widths[column]) * scale, (above + 20) * scale]
            draw.rectangle(box, fill=fill if row == 0 else None, outline=(ink, ink, ink), width=line)
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            draw.text(middle, text, font=type_, fill=ink, anchor="mm")
            left += widths[column]
    return Painted(np.array(image), dpi, tuple(tuple(row) for row in cells))


def scanned(sheet: Painted, *, turn: float = 0.6, grain: float = 6.0, quality: int = 75, seed: int = 1) -> Painted:
    """What a scanner makes of it: a little turned, one side darker, blurred, grainy, squeezed."""
    height, width = sheet.pixels.shape[:2]
    turned = cv2.warpAffine(
        sheet.pixels,
        cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0),
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderValue=(255, 255, 255),
    )
    shaded = turned.astype(np.float32) * np.linspace(0.8, 1.0, width, dtype=np.float32)[None, :, None]
    blurred = cv2.GaussianBlur(shaded, (0, 0), max(0.4, sheet.dpi / 400))
    noise = np.random.default_rng(seed).normal(0, grain, blurred.shape)
    pixels = np.clip(blurred + noise, 0, 255).astype(np.uint8)
    with Image.open(BytesIO(encoded(Painted(pixels, sheet.dpi), "JPEG", quality=quality))) as image:
        return Painted(np.array(image), sheet.dpi, sheet.cells)


def encoded(sheet: Painted, format_: str, **options: Any) -> bytes:
    """The bytes of a picture file."""
    out = BytesIO()
    Image.fromarray(sheet.pixels).save(out, format_, dpi=(sheet.dpi, sheet.dpi), **options)
    return out.getvalue()
