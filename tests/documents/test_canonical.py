from __future__ import annotations

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from govcrawl.documents import canonical_text, read_document
from govcrawl.model import BLANK, Document, DocumentKind, Grid, GridCell, Text

from .pages import page, table


def document(*blocks: Text | Grid) -> Document:
    return Document(kind=DocumentKind.HTML, blocks=blocks)


def row(*texts: str) -> tuple[GridCell, ...]:
    return tuple(map(GridCell, texts))


def test_prose_runs_on_without_space() -> None:
    assert canonical_text(document(Text("一、 总体\u3000情况"), Text("2020 年。"))) == "一、总体情况2020年。"


def test_full_width_and_half_width_print_the_same() -> None:
    assert canonical_text(document(Text("（１）规章：５"))) == canonical_text(document(Text("(1)规章:5")))


def test_cells_and_rows_keep_their_borders() -> None:
    grid = Grid((row("规章", "1", "11"), row("文件", "11", "1")))
    assert canonical_text(document(grid)) == "规章\x1f1\x1f11\x1e文件\x1f11\x1f1\x1e"


def test_blanks_at_the_end_of_a_row_and_blank_rows_do_not_count() -> None:
    assert canonical_text(document(Grid((row("规章", "", "1", "", ""), row("", ""))))) == "规章\x1f\x1f1\x1e"


def test_repeats_by_spans_do_not_count() -> None:
    grid = Grid(((GridCell("行政复议"), GridCell("行政复议", origin=False), BLANK),))
    assert canonical_text(document(grid)) == "行政复议\x1e"


def test_frame_of_the_site_does_not_count() -> None:
    body = "<p>一、总体情况</p><p>正文若干，内容详实，公开及时，回应关切。</p>" + table("规章|0|0", "文件|1|2")
    plain = read_document(page(f'<div class="TRS_Editor">{body}</div>'))
    framed = read_document(
        page(
            f'<div class="nav">首页</div><div class="TRS_Editor"><p>浏览次数：31</p>{body}<p>【打印】【关闭】</p></div>'
        )
    )
    assert canonical_text(plain) == canonical_text(framed)


@given(st.text())
def test_holds_no_space(text: str) -> None:
    assert not set(canonical_text(document(Text(text)))) & set(" \t\n\u3000\xa0\u200b")


@given(st.text(alphabet="，（）：；！？％＋－．／①ａ规\u0338"))
def test_is_nfkc(text: str) -> None:
    assert canonical_text(document(Text(text))) == normalize("NFKC", text)
