"""What is only there as a picture is recognised, or its document says what is missing to do so."""

from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest
from reportlab.lib.utils import ImageReader

from govcrawl.documents import picture, read_documents
from govcrawl.documents.layout.records import Box, Rule, Sheet, Word
from govcrawl.documents.limits import Limits
from govcrawl.documents.recognition import Picture, Recogniser, Region, regions_of
from govcrawl.model import DocumentError, Grid, ProblemKind

from .paper import HEIGHT, Paper, drawn, one_page, pages_of, stream

np = pytest.importorskip("numpy")
pillow = pytest.importorskip("PIL.Image")
A4 = Sheet(1, 595, 842)
GREY = b"/Subtype/Image/Width 1000/Height 1000/BitsPerComponent 8/ColorSpace/DeviceGray"


def of(*boxes: tuple[float, float, float, float]) -> list[Picture]:
    """Pictures of 150 pixels an inch."""
    return [Picture(Box(*b), round((b[2] - b[0]) * 150 / 72), round((b[3] - b[1]) * 150 / 72)) for b in boxes]


def typed(count: int, top: float = 100) -> tuple[Word, ...]:
    return tuple(
        Word("规", 100 + 12 * (n % 30), top + 14 * (n // 30), 112 + 12 * (n % 30), top + 12 + 14 * (n // 30), 12)
        for n in range(count)
    )


def test_a_picture_over_a_sheet_without_words_is_a_scan() -> None:
    (region,) = regions_of(A4, of((20, 20, 580, 820)))
    assert region.is_sheet
    assert region.box == Box(0, 0, 595, 842)
    assert region.dpi == pytest.approx(150, abs=1)


def test_the_strips_of_a_scan_are_one() -> None:
    strips = of(*((0, top, 595, top + 100) for top in range(0, 800, 100)))
    assert [region.is_sheet for region in regions_of(A4, strips)] == [True]


def test_a_picture_between_words_is_looked_into() -> None:
    sheet = Sheet(1, 595, 842, typed(300))
    (region,) = regions_of(sheet, of((100, 400, 500, 700)))
    assert not region.is_sheet
    assert region.box == Box(100, 400, 500, 700)


@pytest.mark.parametrize(
    "pictures",
    [
        of((0, 0, 595, 842)),
        of((500, 20, 560, 60)),
        [Picture(Box(100, 400, 500, 700), 1, 1)],
        of((50, 400, 100, 800)),
    ],
    ids=["background of a page of words", "logo", "colour", "side"],
)
def test_other_pictures_are_not(pictures: list[Picture]) -> None:
    assert regions_of(Sheet(1, 595, 842, typed(900)), pictures) == []


def scan(**options: Any) -> bytes:
    """A sheet that is a picture."""

    def draw(paper: Paper) -> None:
        paper.canvas.drawImage(ImageReader(pillow.new("L", (1240, 1754), 255)), 0, 0, 595, HEIGHT)

    return drawn(draw, **options)


def test_a_scan_takes_the_place_of_its_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[tuple[int, ...], float]] = []

    def recognise(image: Any, *, number: int, dpi: float, limits: Limits) -> Sheet:
        seen.append((image.shape, round(dpi)))
        return Sheet(number, 595, 842, (Word("规章", 100, 100, 124, 112, 12, 0.9),))

    monkeypatch.setattr(picture, "sheet_of", recognise)
    (document,) = read_documents(scan())
    assert document.recognised
    assert list(document.texts()) == ["规章"]
    ((height, width, colours), dpi), *more = seen
    assert (round(height / 10), round(width / 10), colours, dpi, more) == (176, 124, 3, 150, [])


def test_what_is_rendered_is_the_page_as_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    images: list[Any] = []

    def recognise(image: Any, *, number: int, dpi: float, limits: Limits) -> Sheet:
        images.append(image)
        return Sheet(number, 842, 595, (Word("规", 1, 1, 9, 9, 8),))

    monkeypatch.setattr(picture, "sheet_of", recognise)
    # Red at the left, blue at the right; the page is turned, so red lies above.
    pixels = bytes([255, 0, 0] * 500 + [0, 0, 255] * 500) * 1000
    entries = b"/Type/XObject/Subtype/Image/Width 1000/Height 1000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    data = one_page(
        b"595 0 0 842 0 0 cm /X Do",
        page=b"/Rotate 90",
        resources=b"/XObject<</X 20 0 R>>",
        more={20: stream(pixels, entries, packed=True)},
    )
    pages_of(data)
    (image,) = images
    assert image.shape[1] > image.shape[0]
    assert image[10, 10].tolist() == [255, 0, 0]
    assert image[-10, 10].tolist() == [0, 0, 255]


def table_at(number: int) -> Sheet:
    rules = [Rule(0, y, 200, y) for y in (0, 40, 80, 120)] + [Rule(x, 0, x, 120) for x in (0, 100, 200)]
    words = [
        Word(f"{row}{column}", 40 + 100 * column, 12 + 40 * row, 52 + 100 * column, 24 + 40 * row, 12, 0.8)
        for row in range(3)
        for column in range(2)
    ]
    return Sheet(number, 300, 200, tuple(words), tuple(rules))


def test_a_table_in_a_picture_is_put_where_the_picture_is() -> None:
    recogniser = Recogniser(Limits())
    region = Region(Box(100, 400, 500, 700), 150, is_sheet=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picture, "sheet_of", lambda image, *, number, dpi, limits: table_at(number))
        sheet = recogniser.read(Sheet(1, 595, 842, typed(300)), region, lambda region: (np.zeros((9, 9)), 150.0))
    added = sheet.words[300:]
    assert (added[0].x0, added[0].top, added[0].confidence) == (140, 412, 0.8)
    assert sheet.rules[0] == Rule(100, 400, 300, 400)
    assert recogniser.recognised


def test_a_picture_without_a_table_adds_nothing() -> None:
    recogniser = Recogniser(Limits())
    photo = Sheet(1, 300, 200, (Word("招牌", 1, 1, 9, 9, 8, 0.5),))
    region = Region(Box(100, 400, 500, 700), 150, is_sheet=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picture, "sheet_of", lambda image, *, number, dpi, limits: photo)
        sheet = recogniser.read(A4, region, lambda region: (np.zeros((9, 9)), 150.0))
    assert sheet is A4
    assert not recogniser.recognised


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if `govcrawl[ocr]` were not installed."""
    for name in [name for name in sys.modules if name.startswith("govcrawl.documents.picture.")]:
        monkeypatch.delitem(sys.modules, name)
    imported = builtins.__import__

    def refuse(name: str, *arguments: Any, **named: Any) -> Any:
        if name.partition(".")[0] in {"numpy", "cv2", "onnxruntime", "PIL"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return imported(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.mark.usefixtures("without_extra")
def test_a_scan_names_the_extra_that_is_missing() -> None:
    data = one_page(
        b"595 0 0 842 0 0 cm /X Do",
        resources=b"/XObject<</X 20 0 R>>",
        more={
            20: stream(
                b"\xff" * 1_000_000, b"/Subtype/Image/Width 1000/Height 1000/BitsPerComponent 8/ColorSpace/DeviceGray"
            )
        },
    )
    with pytest.raises(DocumentError, match=r"govcrawl\[ocr\]") as error:
        read_documents(data)
    assert error.value.kind is ProblemKind.UNREADABLE


def table(paper: Paper) -> None:
    for row in range(3):
        for column in range(2):
            paper.cell((100 + 200 * column, 100 + 40 * row, 300 + 200 * column, 140 + 40 * row), [f"{row}{column}"])


@pytest.mark.usefixtures("without_extra")
def test_a_table_that_is_text_is_kept_where_another_is_a_picture() -> None:
    inline = b"q 400 0 0 300 100 100 cm BI /W 200 /H 200 /BPC 8 /CS /G ID " + b"\x80" * 40_000 + b" EI Q "
    lines = b"".join(
        b"100 %d 400 0.5 re f 100 500 0.5 80 re f 300 500 0.5 80 re f 500 500 0.5 80 re f " % y for y in (500, 540, 580)
    )
    words = b"".join(b"BT /F 12 Tf %d %d Td (%d) Tj ET " % (x, y, x + y) for x in (150, 350) for y in (510, 550))
    (document,) = read_documents(one_page(inline + lines + words))
    assert document.notes == ("pictures_unread",)
    assert [[cell.text for cell in row] for row in next(document.grids()).rows] == [["700", "900"], ["660", "860"]]


def test_type_whose_fonts_say_nothing_is_taken_from_its_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        picture,
        "sheet_of",
        lambda image, *, number, dpi, limits: Sheet(number, 595, 842, (Word("规章", 100, 100, 124, 112, 12),)),
    )
    codes = b"".join(b"%04x" % (0xE000 + n) for n in range(20))
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    cmap += b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[11 0 R]/ToUnicode 12 0 R>>"
    system = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo%s>>" % system
    data = one_page(b"BT /G 12 Tf 100 700 Td <%s> Tj ET" % codes, more={9: font, 11: inner, 12: stream(cmap)})
    data = data.replace(b"/Font<</F 9 0 R>>", b"/Font<</G 9 0 R>>")
    (document,) = read_documents(data)
    assert list(document.texts()) == ["规章"]
    assert "unmapped_text" in document.notes


@pytest.mark.slow
def test_a_scanned_table_is_recognised_cell_by_cell() -> None:
    pytest.importorskip("rapidocr")
    pixels: list[Any] = []

    def look(image: Any, *, number: int, dpi: float, limits: Limits) -> Sheet:
        pixels.append(image)
        return Sheet(number, 595, 842, (Word("规", 1, 1, 9, 9, 8),))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(picture, "sheet_of", look)
        with_region = [Region(Box(0, 0, 595, 842), 300, is_sheet=True)]
        patch.setattr("govcrawl.documents.pdf.sheets.regions_of", lambda sheet, pictures: with_region)
        pages_of(drawn(table))
    printed = pillow.fromarray(pixels[0])

    def draw(paper: Paper) -> None:
        paper.canvas.drawImage(ImageReader(printed), 0, 0, 595, HEIGHT)

    (document,) = read_documents(drawn(draw))
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [["00", "01"], ["10", "11"], ["20", "21"]]
    assert all(cell.confidence > 0.5 for row in grid.rows for cell in row)
    assert document.recognised
