"""Every format of picture is decoded as a person sees it; what cannot be is told, at a bounded price."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from govcrawl.documents.limits import Limits
from govcrawl.documents.picture import read, sheet_of
from govcrawl.documents.picture.file import TRUNCATED, frames_of
from govcrawl.documents.readers import read_documents
from govcrawl.model import Document, DocumentError, DocumentKind, ProblemKind
from tests.documents.picture.sheets import PROSE, encoded, paint

ROWS = (("信息内容", "本年制发件数"), ("规章", "0"), ("行政规范性文件", "17"))
SHEET = paint(ROWS)
LIMITS = Limits()


def read_one(data: bytes, limits: Limits = LIMITS) -> Document:
    (document,) = read(data, url=None, limits=limits)
    return document


def tables(document: Document) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in grid.rows] for grid in document.grids()]


def saved(image: Image.Image, format_: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


PAINTED = Image.fromarray(SHEET.pixels)
TABLE = [[list(row) for row in ROWS]]


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_a_picture_of_any_format_is_a_recognised_document(format_: str) -> None:
    (document,) = read_documents(encoded(SHEET, format_))
    assert document.kind is DocumentKind.PICTURE
    assert document.recognised
    assert tables(document) == TABLE
    assert "".join(document.texts()).startswith(PROSE[0])


def transparent() -> Image.Image:
    seen = PAINTED.convert("RGBA")
    alpha = np.array(seen)
    alpha[:, :, 3] = 255 - alpha[:, :, :3].min(axis=2)
    alpha[:, :, :3] = 0
    return Image.fromarray(alpha)


def sixteen_bits() -> Image.Image:
    return Image.fromarray(np.array(PAINTED.convert("L")).astype(np.uint16) * 257)


@pytest.mark.parametrize(
    ("data", "colours"),
    [
        (saved(PAINTED.convert("CMYK"), "JPEG", quality=95), 3),
        (saved(PAINTED.convert("P"), "PNG"), 3),
        (saved(PAINTED.convert("1"), "PNG"), 2),
        (saved(transparent(), "PNG"), 3),
        (saved(sixteen_bits(), "PNG"), 2),
        (saved(PAINTED.convert("LA"), "PNG"), 3),
    ],
    ids=["CMYK", "palette", "two colours", "transparent", "sixteen bits", "grey with alpha"],
)
def test_colours_of_every_sort_become_dark_on_white(data: bytes, colours: int) -> None:
    ((pixels, _),) = frames_of(data, LIMITS, [])
    assert pixels.dtype == np.uint8
    assert pixels.ndim == colours
    grey = pixels if pixels.ndim == 2 else pixels.mean(axis=2)
    expected = np.array(PAINTED.convert("L"), dtype=float)
    assert float(np.abs(grey - expected).mean()) < 6


def test_a_photograph_is_turned_as_its_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = saved(PAINTED.rotate(90, expand=True), "JPEG", exif=exif, quality=95)
    ((pixels, _),) = frames_of(turned, LIMITS, [])
    assert pixels.shape == SHEET.pixels.shape


def test_every_sheet_of_a_tiff_is_read_and_only_the_first_frame_of_a_gif() -> None:
    tiff = saved(PAINTED, "TIFF", save_all=True, append_images=[PAINTED])
    assert len(list(frames_of(tiff, LIMITS, []))) == 2
    other = Image.new("RGB", PAINTED.size, "white")
    gif = saved(PAINTED, "GIF", save_all=True, append_images=[other, other])
    assert len(list(frames_of(gif, LIMITS, []))) == 1


def test_a_picture_cut_short_is_read_as_far_as_it_goes_and_told() -> None:
    data = encoded(SHEET, "JPEG", quality=90)
    notes: list[str] = []
    ((pixels, _),) = frames_of(data[: len(data) * 9 // 10], LIMITS, notes)
    assert pixels.shape == SHEET.pixels.shape
    assert notes == [TRUNCATED]


@pytest.mark.parametrize("length", [12, 40, 200])
def test_a_picture_cut_to_its_first_bytes_is_broken_or_empty(length: int) -> None:
    with pytest.raises(DocumentError) as caught:
        read_one(encoded(SHEET, "PNG")[:length])
    assert caught.value.kind in {ProblemKind.EXTRACTION_FAILED, ProblemKind.EMPTY}


def test_a_picture_without_text_is_empty() -> None:
    with pytest.raises(DocumentError, match="no text") as caught:
        read_one(saved(Image.new("RGB", (600, 400), (120, 160, 200)), "PNG"))
    assert caught.value.kind is ProblemKind.EMPTY


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (900, 2), (16, 16)])
def test_pictures_too_small_for_text_are_empty(size: tuple[int, int]) -> None:
    with pytest.raises(DocumentError) as caught:
        read_one(saved(Image.new("L", size, 255), "PNG"))
    assert caught.value.kind is ProblemKind.EMPTY


@pytest.mark.parametrize("side", [9_000, 14_200, 30_000])
def test_a_huge_picture_is_refused_by_its_header(side: int) -> None:
    small = bytearray(saved(Image.new("L", (8, 8), 255), "BMP"))
    small[18:22] = small[22:26] = side.to_bytes(4, "little")
    with pytest.raises(DocumentError) as caught:
        read_one(bytes(small))
    assert caught.value.kind is ProblemKind.TOO_LARGE


def test_more_sheets_than_the_limit_are_refused() -> None:
    tiff = saved(Image.new("1", (8, 8)), "TIFF", save_all=True, append_images=[Image.new("1", (8, 8))] * 3)
    with pytest.raises(DocumentError) as caught:
        read_one(tiff, Limits(sheets=3))
    assert caught.value.kind is ProblemKind.TOO_LARGE


def test_noise_makes_no_table() -> None:
    noise = np.random.default_rng(3).integers(0, 255, (900, 900), dtype=np.uint8)
    assert list(sheet_of(noise, number=1, dpi=150).rules) == []


WITHOUT = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None
from govcrawl.documents.readers import read_documents
from govcrawl.model import DocumentError
try:
    read_documents(sys.stdin.buffer.read())
except DocumentError as error:
    print(error.kind.value, error)
"""


@pytest.mark.parametrize("blocked", [("onnxruntime",), ("cv2",), ("numpy",), ("PIL",)])
def test_without_the_extra_the_message_names_it(blocked: tuple[str, ...]) -> None:
    script = WITHOUT.format(blocked=blocked)
    done = subprocess.run([sys.executable, "-c", script], input=encoded(SHEET, "PNG"), capture_output=True, check=True)
    assert done.stdout.decode().startswith("unreadable ")
    assert "govcrawl[ocr]" in done.stdout.decode()


def test_a_missing_model_is_told_and_not_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    from govcrawl.documents.picture import tools

    monkeypatch.setattr(tools, "find_spec", lambda name: None)
    tools.recognition_model.cache_clear()
    try:
        with pytest.raises(DocumentError, match=r"govcrawl\[ocr\]") as caught:
            tools.recognition_model()
    finally:
        tools.recognition_model.cache_clear()
    assert caught.value.kind is ProblemKind.UNREADABLE
