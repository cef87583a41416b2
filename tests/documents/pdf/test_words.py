"""Characters as they are printed: upright, once, meaning what they show."""

from __future__ import annotations

import pytest

from govcrawl.documents.unified import unified

from .paper import SONG, Paper, drawn, form, one_page, pages_of, sheet_of, words_of


def test_a_character_knows_its_place_from_the_upper_left_corner() -> None:
    word = sheet_of(drawn(lambda paper: paper.text(100, 200, "规", 20))).words[0]
    assert (word.text, round(word.x0), round(word.x1), round(word.size)) == ("规", 100, 120, 20)
    assert word.top == pytest.approx(200 - 0.86 * 20, abs=0.1)
    assert word.bottom == pytest.approx(200 + 0.14 * 20, abs=0.1)


def test_type_of_one_size_stands_on_one_line_whatever_its_font() -> None:
    def draw(paper: Paper) -> None:
        paper.text(100, 200, "共", 14)
        paper.text(114, 200, "12", 14, "Times-Roman")

    words = sheet_of(drawn(draw)).words
    assert len({(round(word.top, 1), round(word.bottom, 1)) for word in words}) == 1


@pytest.mark.parametrize(
    ("degrees", "matrix"), [(90, b"0 1 -1 0 200 100"), (180, b"-1 0 0 -1 495 200"), (270, b"0 -1 1 0 395 742")]
)
def test_a_page_that_is_turned_is_read_as_it_is_shown(degrees: int, matrix: bytes) -> None:
    sheet = sheet_of(one_page(b"BT /F 12 Tf %s Tm (12) Tj ET" % matrix, page=b"/Rotate %d" % degrees))
    assert (sheet.width > sheet.height) is (degrees != 180)
    first, second = sheet.words
    assert first.text + second.text == "12"
    assert first.x0 == pytest.approx(100, abs=1)
    assert first.bottom == second.bottom == pytest.approx(200 + 0.14 * 12, abs=0.1)
    assert first.x1 == pytest.approx(second.x0, abs=0.5)


def test_a_page_whose_text_lies_on_its_side_is_turned() -> None:
    def draw(paper: Paper) -> None:
        paper.canvas.rotate(90)
        paper.canvas.setFont(SONG, 12)
        paper.canvas.drawString(100, -200, "信息公开")
        paper.canvas.line(100, -210, 400, -210)

    sheet = sheet_of(drawn(draw))
    assert sheet.width > sheet.height
    assert [word.text for word in sorted(sheet.words, key=lambda word: word.x0)] == list("信息公开")
    (rule,) = sheet.rules
    assert rule.top == rule.bottom
    assert rule.top > sheet.words[0].bottom


def test_a_label_on_its_side_is_one_word_in_its_own_order() -> None:
    def draw(paper: Paper) -> None:
        paper.text(100, 100, "本年度办理结果如下所示", 12)
        paper.canvas.rotate(90)
        paper.canvas.setFont(SONG, 12)
        paper.canvas.drawString(300, -80, "结果")

    assert "结果" in [word.text for word in sheet_of(drawn(draw)).words]


def test_a_watermark_is_left_out_and_told() -> None:
    def draw(paper: Paper) -> None:
        paper.text(100, 100, "规章", 12)
        paper.canvas.rotate(45)
        paper.canvas.setFont(SONG, 60)
        paper.canvas.drawString(300, 100, "样张")

    pages = pages_of(drawn(draw))
    assert [word.text for word in pages.sheets[0].words] == ["规", "章"]
    assert pages.notes == ["slanted_text"]


def test_bold_type_made_by_printing_twice_is_read_once() -> None:
    def draw(paper: Paper) -> None:
        for shift in (0, 0.3):
            for index, character in enumerate("合计110"):
                paper.text(100 + 12 * index + shift, 100, character, 12)

    assert words_of(drawn(draw)) == "合计110"


def test_a_character_in_larger_type_elsewhere_is_not_taken_for_one_printed_twice() -> None:
    def draw(paper: Paper) -> None:
        for times in (1, 2):
            paper.text(100 * times, 100 * times, "四", 12 * times)

    assert words_of(drawn(draw)) == "四四"


def test_narrow_characters_beside_each_other_are_not_taken_for_one() -> None:
    assert words_of(drawn(lambda paper: paper.text(100, 100, "1111ll..", 12, "Helvetica"))) == "1111ll.."


def test_what_lies_outside_the_sheet_is_not_printed() -> None:
    def draw(paper: Paper) -> None:
        paper.text(100, 100, "规", 12)
        paper.text(700, 100, "章", 12)
        paper.text(100, -50, "章", 12)

    assert words_of(drawn(draw)) == "规"


def test_a_cropped_page_begins_at_its_crop() -> None:
    data = one_page(page=b"/CropBox[50 100 595 742]")
    sheet = sheet_of(data)
    assert (sheet.width, sheet.height) == (545, 642)
    assert sheet.words[0].x0 == pytest.approx(51, abs=1)


def test_type_inside_drawings_is_read_where_they_are_drawn() -> None:
    drawing = form(b"BT /F 12 Tf 0 0 Td (12) Tj ET", b"/Font<</F 9 0 R>>")
    data = one_page(b"2 0 0 2 100 400 cm /X Do", resources=b"/XObject<</X 20 0 R>>", more={20: drawing})
    word = sheet_of(data).words[0]
    assert (word.text, round(word.x0), round(word.size)) == ("1", 100, 24)


def test_fields_that_were_filled_in_are_printed() -> None:
    def draw(paper: Paper) -> None:
        paper.text(100, 100, "规章", 12)
        paper.canvas.acroForm.textfield(name="figure", value="4711", x=150, y=700, width=80, height=20)

    assert "4711" in words_of(drawn(draw))


def test_text_that_is_not_shown_is_read_only_where_there_is_no_other() -> None:
    hidden = b"BT /F 12 Tf 3 Tr 100 600 Td (99) Tj ET"
    assert words_of(one_page(b"BT /F 12 Tf 100 700 Td (12) Tj ET " + hidden)) == "12"
    pages = pages_of(one_page(hidden))
    assert [(word.text, word.confidence) for word in pages.sheets[0].words] == [("9", 0.5), ("9", 0.5)]
    assert pages.recogniser.recognised
    assert pages.notes == ["hidden_text"]


@pytest.mark.parametrize(
    ("printed", "meant"), [("⽅", "方"), ("⺠", "民"), ("⻅", "见"), ("ﬁ", "fi"), ("︵", "("), ("１", "１")]
)
def test_radicals_and_ligatures_become_what_they_show(printed: str, meant: str) -> None:
    assert unified(printed) == meant


def test_files_inside_a_document_are_told() -> None:
    tree = b"/Names<</EmbeddedFiles<</Names[(a.txt)20 0 R]>>>>"
    more = {
        20: b"<</Type/Filespec/F(a.txt)/EF<</F 21 0 R>>>>",
        21: b"<</Type/EmbeddedFile/Length 1>>stream\nx\nendstream",
    }
    assert pages_of(one_page(catalog=tree, more=more)).notes == ["embedded_files"]
