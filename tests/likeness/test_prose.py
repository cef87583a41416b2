"""Prose as it is compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.likeness import comparable, names_of
from govcrawl.likeness.prose import BREAK


def text(printed: str, *names: str) -> str:
    """What is compared of a sentence, or of several; something is."""
    found = comparable([("一、总体情况", f"{printed}。")], names).text.rstrip(BREAK)
    assert found
    return found


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("全年公开信息1,204条。", "全年公开信息89条。"),
        ("全年公开信息十二条", "全年公开信息三百零五条"),
        ("公开率达到98.5%", "公开率达到百分之九十"),
        ("2019年3月1日上线", "2023年11月20日上线"),
        ("（一）更新目录。", "1.更新目录；"),
        ("更新目录，ＡＰＰ上线", "更新目录:APP上线"),
        ("我局更新目录", "本单位更新目录"),
        ("全县更新目录", "全市更新目录"),
        ("《云山市公开办法》印发", "《石桥县公开指南》印发"),
    ],
)
def test_what_a_copier_exchanges_is_not_compared(one: str, two: str) -> None:
    assert text(one) == text(two)


def test_names_are_not_compared() -> None:
    ours = names_of(["云山市教育局"], ["云山市", "云岭省"])
    theirs = names_of(["石桥县水利局"], ["石桥县", "云岭省"])
    assert text("云山市教育局走访村组", *ours) == text("石桥县水利局走访村组", *theirs)
    assert text("教育局在云山走访村组", *ours) == text("水利局在石桥走访村组", *theirs)


def test_a_government_is_not_named_by_the_words_for_a_government() -> None:
    assert "政府" not in names_of(["云山市政府"], ["云山市"])


def test_sentences_that_the_form_prescribes_part_the_text() -> None:
    printed = (
        "更新目录。根据《条例》的规定和要求编制本报告。本报告所列数据的统计期限自2020年1月1日起至12月31日止。走访村组。"
    )
    assert [piece for piece in text(printed).split(BREAK) if piece] == ["更新目录", "走访村组"]


def test_rows_of_tables_are_not_prose() -> None:
    assert text("更新目录。\n规章 | 0 | 0\n走访村组。").split(BREAK) == ["更新目录", "走访村组"]


def test_labels_of_a_table_that_lost_its_lines_are_not_prose() -> None:
    printed = "更新目录。\n三、本年度办理结果\n1.属于国家秘密\n0\n行政许可\t5\t5\n走访村组。"
    assert [piece for piece in text(printed).split(BREAK) if piece] == ["更新目录", "走访村组"]


def test_a_passage_is_told_as_it_is_printed() -> None:
    printed = "我局（一）走访了 12 个村组，　更新《目录》。结束"
    prose = comparable([("一", "开头。"), ("二", printed)])
    begin, end = prose.text.index("走访"), prose.text.index("结束")
    assert prose.passage(begin, end) == "走访了 12 个村组，　更新《目录》。"
    assert prose.headings[prose.section_at(begin)] == "二"


printed_texts = st.text("云山市教育局我全（一）12三、，。《》 |\n甲乙丙ＡＢ", max_size=60)


@given(st.lists(printed_texts, min_size=1, max_size=3), st.data())
def test_every_passage_is_part_of_its_section(sections: list[str], data: st.DataObject) -> None:
    prose = comparable([("一", section) for section in sections], ("云山市教育局", "云山"))
    number = data.draw(st.integers(0, len(sections) - 1))
    begin = prose.bounds[number]
    end = (*prose.bounds, len(prose.text))[number + 1] - 1
    if begin < end:
        first = data.draw(st.integers(begin, end - 1))
        last = data.draw(st.integers(first + 1, end))
        assert prose.passage(first, last) in sections[number]
        assert prose.section_at(first) == number
