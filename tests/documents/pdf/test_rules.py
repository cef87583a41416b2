"""Lines of tables, in all the ways programs draw them."""

from __future__ import annotations

import pytest

from govcrawl.documents.layout.records import Rule

from .paper import Paper, drawn, form, one_page, sheet_of

ACROSS = Rule(100, 142, 300, 142)


def rules(content: bytes, **more: object) -> list[Rule]:
    sheet = sheet_of(one_page(b"BT /F 12 Tf 100 760 Td (x) Tj ET " + content, **more))  # type: ignore[arg-type]
    return [Rule(*(round(side, 1) for side in rule)) for rule in sheet.rules]


@pytest.mark.parametrize(
    "content",
    [
        b"100 700 m 300 700 l S",
        b"300 700 m 100 700 l S",
        b"100 699.8 200 0.4 re f",
        b"100 699 m 300 699 l 300 701 l 100 701 l h f",
        b"100 700.4 m 300 700.4 l 299.2 699.6 l 100.8 699.6 l h f",
        b"100 700.4 m 300 700.4 l 299.2 699.6 l 100 699.6 l f",
        b"[2 1] 0 d 100 700 m 300 700 l S",
        b"2 0 0 2 0 0 cm 50 350 m 150 350 l S",
        b"0 1 -1 0 0 0 cm 700 -100 m 700 -300 l S",
        b"q 200 0 0 1 100 699.5 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q",
    ],
)
def test_a_line_is_a_line(content: bytes) -> None:
    assert rules(content) == [ACROSS]


def test_a_box_that_is_stroked_has_four_sides() -> None:
    assert sorted(rules(b"100 600 200 100 re S")) == sorted(
        [Rule(100, 142, 300, 142), Rule(100, 242, 300, 242), Rule(100, 142, 100, 242), Rule(300, 142, 300, 242)]
    )


def test_a_shaded_box_has_sides_as_well() -> None:
    assert len(rules(b"0.8 g 100 600 200 100 re f")) == 4


@pytest.mark.parametrize(
    "content",
    [
        b"1 g 100 600 200 100 re f",
        b"1 G 100 700 m 300 700 l S",
        b"100 700 m 300 650 l S",
        b"100 700 m 150 750 250 750 300 700 c S",
        b"100 700 m 300 700 l n",
        b"100 700 0.5 0.5 re f",
        b"100 900 m 300 900 l S",
    ],
    ids=["white box", "white line", "slanted", "curve", "not drawn", "dot", "outside"],
)
def test_what_is_no_visible_straight_line_is_no_rule(content: bytes) -> None:
    assert rules(content) == []


def test_lines_inside_drawings_lie_where_they_are_drawn() -> None:
    inner = form(b"0 0 m 100 0 l S")
    outer = form(b"1 0 0 1 10 20 cm /Y Do", b"/XObject<</Y 21 0 R>>")
    found = rules(b"2 0 0 2 80 660 cm /X Do", resources=b"/XObject<</X 20 0 R>>", more={20: outer, 21: inner})
    assert found == [ACROSS]


def test_pictures_know_their_place() -> None:
    def draw(paper: Paper) -> None:
        paper.text(50, 50, "图", 12)
        paper.canvas.saveState()
        paper.canvas.translate(100, 500)
        paper.canvas.drawInlineImage(_picture(), 0, 0, 200, 100)
        paper.canvas.restoreState()

    (box,) = sheet_of(drawn(draw)).pictures
    assert [round(side) for side in box] == [100, 242, 300, 342]


def _picture() -> object:
    pillow = pytest.importorskip("PIL.Image")
    return pillow.new("L", (20, 10), 128)
