"""Cells of figures are read as they are printed: nothing is dropped, nothing is made up."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from govcrawl.documents.layout import read_sheets
from govcrawl.documents.picture import sheet_of
from govcrawl.model import Grid, GridCell
from tests.documents.picture.sheets import SANS, SERIF, Painted, paint, scanned

HEAD = ("申请人情况", "自然人", "商业企业", "科研机构", "总计")
CELLS = (
    HEAD,
    ("一、本年新收", "0", "1", "11", "111"),
    ("二、上年结转", "7", "4", "", "10"),
    ("（一）予以公开", "24575.93", "-3", "1,234", "-262"),
    ("（二）部分公开", "/", "—", "-", "0.5"),
    ("1.属于国家秘密", "1847", "69", "88", "1111"),
)


def grid_of(sheet: Painted) -> tuple[tuple[GridCell, ...], ...]:
    found = sheet_of(sheet.pixels, number=1, dpi=sheet.dpi)
    (grid,) = (block for block in read_sheets([found]).blocks if isinstance(block, Grid))
    return grid.rows


def figures_of(sheet: Painted) -> list[list[str]]:
    return [[cell.text for cell in row[1:]] for row in grid_of(sheet)[1:]]


EXPECTED = [list(row[1:]) for row in CELLS[1:]]


@pytest.mark.parametrize("font", [SERIF, SANS], ids=["serif", "sans"])
@pytest.mark.parametrize("dpi", [96, 150, 300])
def test_every_cell_of_a_clean_picture_is_right(dpi: int, font: str) -> None:
    assert figures_of(paint(CELLS, dpi=dpi, font=font)) == EXPECTED


@pytest.mark.parametrize("turn", [-2.0, 0.7, 4.0])
def test_every_cell_of_a_scan_is_right_however_it_lay(turn: float) -> None:
    assert figures_of(scanned(paint(CELLS, dpi=200), turn=turn)) == EXPECTED


def test_a_sheet_scanned_at_half_the_resolution_is_read_as_well() -> None:
    assert figures_of(scanned(paint(CELLS, dpi=150), turn=0.4, grain=4)) == EXPECTED


def test_a_filled_header_and_pale_ink_are_read() -> None:
    rows = grid_of(paint(CELLS, fill=(200, 215, 235), ink=90))
    assert [cell.text for cell in rows[0]] == list(HEAD)
    assert [[cell.text for cell in row[1:]] for row in rows[1:]] == EXPECTED


def test_an_empty_cell_stays_blank_beside_lone_signs() -> None:
    rows = (HEAD, ("规章", "", "0", "", "1"), ("行政处罚", "1", "", "/", "1"), ("行政强制", "-", "7", "", "7"))
    assert figures_of(scanned(paint(rows))) == [list(row[1:]) for row in rows[1:]]


@pytest.mark.parametrize("dpi", [96, 150, 300])
@pytest.mark.parametrize("dashes", ["—", "——"])
def test_cells_filled_with_dashes_are_dashes_and_no_figures(dashes: str, dpi: int) -> None:
    rows = (HEAD, ("规章", dashes, dashes, dashes, dashes), ("行政处罚", "11", dashes, dashes, "11"))
    assert figures_of(paint(rows, dpi=dpi)) == [list(row[1:]) for row in rows[1:]]


def test_a_minus_as_wide_as_a_dash_is_a_minus() -> None:
    rows = (HEAD, ("规章", "−7", "−35", "0", "−42"))
    assert figures_of(paint(rows, dpi=200)) == [["-7", "-35", "0", "-42"]]


def test_figures_close_to_the_lines_are_not_cut() -> None:
    rows = (HEAD, ("规章", "2792220.8", "1434.1345", "10000000", "71717171"))
    assert figures_of(paint(rows, dpi=200)) == [list(rows[1][1:])]


def test_confidence_is_a_share_and_clean_figures_are_sure() -> None:
    cells = [cell for row in grid_of(paint(CELLS, dpi=200)) for cell in row]
    assert all(0.0 <= cell.confidence <= 1.0 for cell in cells)
    assert min(cell.confidence for row in grid_of(paint(CELLS, dpi=200))[1:] for cell in row[1:] if cell.text) > 0.7


def test_a_figure_under_a_blot_is_told_by_its_confidence() -> None:
    sheet = paint((HEAD, ("规章", "3518", "204", "96", "77"), ("行政处罚", "12", "8", "3", "23")), dpi=150)
    clean = {cell.text: cell.confidence for row in grid_of(sheet) for cell in row}
    scale = sheet.dpi / 72
    top, left = int((40 + 48 + 20 + 6) * scale), int((50 + 110 + 18) * scale)
    sheet.pixels[top : top + int(5 * scale), left : left + int(20 * scale)] = 255
    blotted = grid_of(sheet)[1][1]
    assert clean["3518"] > 0.9
    assert blotted.text != "3518"
    assert blotted.confidence < 0.9


def test_a_red_seal_over_the_table_hides_nothing() -> None:
    sheet = paint(CELLS, dpi=150)
    seal = np.full_like(sheet.pixels, 255)
    cv2.circle(seal, (seal.shape[1] // 2, seal.shape[0] - 160), 100, (225, 40, 35), 7)
    assert figures_of(Painted(np.minimum(sheet.pixels, seal), sheet.dpi)) == EXPECTED


@pytest.mark.parametrize("turn", [0.0, 0.2, 1.3])
def test_a_doubled_frame_adds_no_figures(turn: float) -> None:
    sheet = paint(CELLS, dpi=200)
    below = int(88 * sheet.dpi / 72)
    rows, columns = np.nonzero(sheet.pixels[below:].min(axis=2) < 50)
    start = (int(columns.min()) - 6, int(rows.min()) + below - 6)
    end = (int(columns.max()) + 6, int(rows.max()) + below + 6)
    cv2.rectangle(sheet.pixels, start, end, (15, 15, 15), 2)
    assert figures_of(scanned(sheet, turn=turn)) == EXPECTED
