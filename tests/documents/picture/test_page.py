"""A sheet is read however it was laid, with and without ruled lines, at a bounded price."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from govcrawl.documents.layout import Rule, lattices
from govcrawl.documents.limits import Limits
from govcrawl.documents.picture import sheet_of
from govcrawl.documents.picture.lines import find_lines
from govcrawl.documents.picture.paper import Paper
from govcrawl.documents.picture.typed import find_type
from govcrawl.model import DocumentError, ProblemKind
from tests.documents.picture.sheets import PROSE, SERIF, paint, scanned

ROWS = (
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "12"),
    ("行政规范性文件", "3", "1", "27"),
)


def test_words_stand_where_they_are_printed() -> None:
    sheet = sheet_of(paint(ROWS, dpi=150).pixels, number=3, dpi=150)
    assert sheet.number == 3
    (table,) = lattices(sheet.rules)
    assert (len(table.ys) - 1, len(table.xs) - 1) == (3, 4)
    assert table.box.x0 == pytest.approx(50, abs=1.5)
    assert table.box.top == pytest.approx(88, abs=1.5)
    title = next(word for word in sheet.words if word.text == PROSE[0])
    assert title.x0 == pytest.approx(50, abs=2)
    assert 28 < title.top < title.bottom < 48
    assert title.size == pytest.approx(10.5, abs=2)


@pytest.mark.slow
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_sheet_on_its_head_or_side_is_set_upright(turns: int) -> None:
    pixels = np.ascontiguousarray(np.rot90(paint(ROWS, dpi=150).pixels, turns))
    words = {word.text for word in sheet_of(pixels, number=1, dpi=150).words}
    assert {"规章", "27", "12", PROSE[0]} <= words


STACKED = ("2.其他法律行政法规禁止公开", "4.保护第三方合法权益")


def _sheet_of_stacked_labels() -> Any:
    """A table whose labels stand in a column one character wide; nothing else says which way up it is."""
    scale = 200 / 72
    image = Image.new("RGB", (int(300 * scale), int(400 * scale)), "white")
    draw, type_ = ImageDraw.Draw(image), ImageFont.truetype(SERIF, round(10.5 * scale), index=2)
    for row, label in enumerate(STACKED):
        left, top = 40, 40 + 170 * row
        for text in (None, "0", "17", "0", "0"):
            width = 14 if text is None else 50
            box = (left * scale, top * scale, (left + width) * scale, (top + 170) * scale)
            draw.rectangle(box, outline="black", width=2)
            if text:
                draw.text(((left + 25) * scale, (top + 85) * scale), text, font=type_, fill="black", anchor="mm")
            left += width
        for number, line in enumerate((label[:2], *label[2:])):
            draw.text((42 * scale, (top + 5 + 12 * number) * scale), line, font=type_, fill="black")
    return np.array(image)


@pytest.mark.parametrize("turns", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_characters_below_each_other_are_one_line_and_set_no_sheet_on_its_side(turns: int) -> None:
    pixels = np.ascontiguousarray(np.rot90(_sheet_of_stacked_labels(), turns))
    sheet = sheet_of(pixels, number=1, dpi=200)
    assert {label[2:] for label in STACKED} <= {word.text.lstrip("24.") for word in sheet.words}
    assert [word.text for word in sheet.words].count("17") == 2
    assert sheet.height > sheet.width


def test_what_is_left_of_a_line_below_a_figure_is_no_sign() -> None:
    rules = [Rule(0, y, 400, y) for y in (0, 100, 200)] + [Rule(x, 0, x, 200) for x in (0, 200, 400)]
    tables = lattices(rules)
    figure, remains, dash = (90, 30, 110, 65), (4, 86, 196, 97), (260, 48, 340, 54)
    paper = Paper(np.full((200, 400), 255, dtype=np.uint8), em=40.0, scale=1.0)
    marks = np.array([figure, remains, dash], dtype=np.int32)
    assert [line.place for line in find_type(marks, tables, paper, 1.0)] == [figure, dash]


def test_two_strokes_close_to_each_other_are_one_line() -> None:
    grey = np.full((900, 900), 255, dtype=np.uint8)
    for far in (0, 8):
        cv2.rectangle(grey, (100 + far, 100 + far), (800 - far, 800 - far), 0, 6)
    cv2.line(grey, (100, 300), (800, 300), 0, 3)
    found = find_lines(Paper(grey, em=41.0, scale=1.0))
    assert [line.at for line in sorted(found.across)] == pytest.approx([104, 300, 796], abs=3)
    assert [line.at for line in sorted(found.down)] == pytest.approx([104, 796], abs=3)


def test_a_merged_cell_stays_one() -> None:
    sheet = paint(ROWS, dpi=150)
    scale = 150 / 72
    sheet.pixels[int(109 * scale) : int(127 * scale), int(219 * scale) : int(225 * scale)] = 255
    (table,) = lattices(sheet_of(sheet.pixels, number=1, dpi=150).rules)
    assert any(cell.columns == 2 and cell.row == 1 for cell in table.cells)


def test_a_line_broken_by_the_scanner_still_parts_its_cells() -> None:
    sheet = paint(ROWS, dpi=200)
    scale = 200 / 72
    for place in range(60, 340, 40):
        sheet.pixels[int(107 * scale) : int(109 * scale), int(place * scale) : int(place * scale) + 6] = 255
    (table,) = lattices(sheet_of(sheet.pixels, number=1, dpi=200).rules)
    assert len(table.cells) == 12


def test_prose_alone_has_no_lines() -> None:
    prose = (
        "一、总体情况",
        "二三十王丰三工土士干千于上下",
        "口口口田田目目日日回国国围图",
        "11111111 11111111 77777 44444",
    )
    sheet = sheet_of(scanned(paint((("",),), prose=prose, dpi=150)).pixels, number=1, dpi=150)
    assert all(rule.top > 40 + 24 * len(prose) - 6 for rule in sheet.rules)


def test_columns_without_lines_are_words_of_their_own() -> None:
    sheet = paint(ROWS, dpi=150)
    (table,) = lattices(sheet_of(sheet.pixels, number=1, dpi=150).rules)
    for x in table.xs:
        sheet.pixels[:, int(x * 150 / 72) - 2 : int(x * 150 / 72) + 3] = 255
    for y in table.ys:
        sheet.pixels[int(y * 150 / 72) - 2 : int(y * 150 / 72) + 3] = 255
    found = sheet_of(sheet.pixels, number=1, dpi=150)
    assert not found.rules
    assert {"规章", "0", "12", "行政规范性文件", "3", "1", "27"} <= {word.text for word in found.words}


def test_more_pixels_than_the_limit_are_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        sheet_of(np.full((100, 100), 255, dtype=np.uint8), number=1, dpi=96, limits=Limits(pixels=9_999))
    assert caught.value.kind is ProblemKind.TOO_LARGE


def test_grey_and_coloured_pictures_read_alike() -> None:
    sheet = paint(ROWS, dpi=150)
    grey = cv2.cvtColor(sheet.pixels, cv2.COLOR_RGB2GRAY)
    coloured = sheet_of(sheet.pixels, number=1, dpi=150)
    assert [word.text for word in sheet_of(grey, number=1, dpi=150).words] == [word.text for word in coloured.words]
