"""What a scanner makes of a page: a little turned, uneven light, blur, grain; JPEG pictures in a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from random import Random
from time import gmtime
from typing import Any

from govcrawl.simulator.report.files.extra import needed
from govcrawl.simulator.report.files.page import Page
from govcrawl.simulator.report.files.picture import paint_picture

_TILE = 256
"""Side of a tile of noise."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """A scanner's faults, the same for all pages of a document but for the turn."""

    blur: float
    """Radius in points."""
    grain: float
    """Deviation of the noise in grey levels."""
    paper: int
    """Grey of the white paper."""
    shade: int
    """How much darker one side is."""
    turn: float
    """Most degrees a page is turned."""
    quality: int
    """Of the JPEG pictures."""


def draw_scanner(random: Random) -> Scanner:
    """Draw a scanner."""
    return Scanner(
        blur=random.uniform(0.05, 0.22),
        grain=random.uniform(1.0, 5.0),
        paper=random.randint(236, 252),
        shade=random.choice((0, 0, 8, 18)),
        turn=random.choice((0.0, 0.15, 0.3, 0.7)),
        quality=random.choice((60, 75, 85)),
    )


def paint_scan(pages: list[Page], dpi: int, random: Random) -> bytes:
    """A PDF with nothing but a picture on each page."""
    scanner = draw_scanner(random)
    tile = _grain(scanner.grain, random)
    images = [_scanned(paint_picture(page, dpi), scanner, dpi, tile, random) for page in pages]
    out = BytesIO()
    day = gmtime(1_611_135_000)
    images[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=images[1:],
        resolution=dpi,
        quality=scanner.quality,
        creationDate=day,
        modDate=day,
    )
    return out.getvalue()


def _scanned(image: Any, scanner: Scanner, dpi: int, tile: Any, random: Random) -> Any:
    images, chops = needed("PIL.Image"), needed("PIL.ImageChops")
    angle = random.uniform(-scanner.turn, scanner.turn)
    if angle:
        image = image.rotate(angle, resample=images.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(needed("PIL.ImageFilter").GaussianBlur(scanner.blur * dpi / 72))
    image = image.point([round(18 + level * (scanner.paper - 18) / 255) for level in range(256)])
    if scanner.shade:
        ramp = images.linear_gradient("L").rotate(random.choice((0, 90, 180, 270))).resize(image.size)
        image = chops.subtract(image, ramp.point([level * scanner.shade // 255 for level in range(256)]))
    return chops.add(image, _paved(tile, image.size, random), 1, -128)


def _grain(deviation: float, random: Random) -> Any:
    """A tile of noise around 128."""
    levels = bytes(max(0, min(255, round(random.gauss(128, deviation)))) for _ in range(_TILE * _TILE))
    return needed("PIL.Image").frombytes("L", (_TILE, _TILE), levels)


def _paved(tile: Any, size: tuple[int, int], random: Random) -> Any:
    """The tile laid over a page, turned over anew each time."""
    images = needed("PIL.Image")
    turned = [tile, *(tile.transpose(way) for way in images.Transpose)]
    noise = images.new("L", size, 128)
    for y in range(0, size[1], _TILE):
        for x in range(0, size[0], _TILE):
            noise.paste(random.choice(turned), (x, y))
    return noise
