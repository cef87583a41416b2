"""What is printed is read; what is deleted, hidden or of the paper is not."""

from __future__ import annotations

import pytest

from govcrawl.model import Text
from tests.documents.docx.made import p, part, read_body, rows, run, tbl, tc, tr


def texts(body: str, **parts: str) -> list[str]:
    return list(read_body(body, {f"{name}.xml": inner for name, inner in parts.items()}).texts())


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_revisions_are_accepted() -> None:
    body = p(
        run("共")
        + '<w:del w:id="1"><w:r><w:delText>12</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("13")}</w:ins>'
    )
    assert texts(body + p(run("件"))) == ["共13", "件"]


def test_a_move_is_read_where_it_went() -> None:
    assert texts(p(f"<w:moveFrom>{run('移')}</w:moveFrom>") + p(f"<w:moveTo>{run('移')}</w:moveTo>")) == ["移"]


def test_a_deleted_row_and_a_deleted_cell_are_gone() -> None:
    gone = tr(tc("旧"), tc("9"), properties='<w:del w:id="1"/>')
    body = tbl(tr(tc("甲"), tc("1"), tc("8", '<w:cellDel w:id="1"/>')), gone, tr(tc("乙"), tc("2")))
    assert rows(read_body(body)) == [["甲", "1"], ["乙", "2"]]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert texts(p(run("共收到"), '<w:rPr><w:del w:id="1"/></w:rPr>') + p("申请")) == ["共收到申请"]


@pytest.mark.parametrize(("switch", "seen"), [("<w:vanish/>", False), ('<w:vanish w:val="0"/>', True)])
def test_hidden_text_is_not_read(switch: str, seen: bool) -> None:
    assert texts(p(run("见") + run("隐", switch))) == ["见隐" if seen else "见"]


def test_text_hidden_by_its_style_is_not_read() -> None:
    styles = part(
        "styles", '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    assert texts(p(run("见") + run("隐", '<w:rStyle w:val="h"/>')), styles=styles) == ["见"]


@pytest.mark.parametrize("name", ["PAGE", "NUMPAGES \\* MERGEFORMAT", 'TOC \\o "1-3"'])
def test_fields_of_the_paper_are_not_read(name: str) -> None:
    assert texts(p(run("正文") + field(name, "3"))) == ["正文"]
    assert texts(p(run("正文") + f'<w:fldSimple w:instr="{name.replace(chr(34), "")}">{run("3")}</w:fldSimple>')) == [
        "正文"
    ]


def test_results_of_formulas_are_read() -> None:
    simple = f'<w:fldSimple w:instr="=SUM(LEFT)">{run("7")}</w:fldSimple>'
    assert rows(read_body(tbl(tr(tc(p(field("=SUM(ABOVE)", "12"))), tc(p(simple)))))) == [["12", "7"]]


def test_a_table_of_contents_over_several_paragraphs_is_not_read() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\h</w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = p(begin + run("一、总体情况") + field("PAGEREF x", "1")) + p(run("二、其他") + end) + p("一、总体情况")
    assert texts(body) == ["一、总体情况"]


def test_marks_of_footnotes_are_no_digits_and_their_text_stands_last() -> None:
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
        f'<w:footnote w:id="1">{p("含上年结转")}</w:footnote>',
    )
    marked = p(
        run("12") + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
    )
    document = read_body(tbl(tr(tc("收到"), tc(marked))), {"footnotes.xml": notes})
    assert rows(document) == [["收到", "12"]]
    assert list(document.texts()) == ["含上年结转"]


def test_a_raised_digit_is_no_digit_of_the_number() -> None:
    assert rows(read_body(tbl(tr(tc("收到"), tc(p(run("12") + run("1", '<w:vertAlign w:val="superscript"/>'))))))) == [
        ["收到", "12¹"]
    ]


BOX = "<w:txbxContent>%s</w:txbxContent>"


def drawn(inner: str) -> str:
    return (
        "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>"
        f"{BOX % inner}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )


def vml(inner: str) -> str:
    return f"<w:pict><v:shape><v:textbox>{BOX % inner}</v:textbox></v:shape></w:pict>"


@pytest.mark.parametrize(
    "shape",
    [
        drawn,
        vml,
        lambda inner: (
            f"<mc:AlternateContent><mc:Choice>{drawn(inner)}</mc:Choice><mc:Fallback>{vml(inner)}</mc:Fallback>"
            "</mc:AlternateContent>"
        ),
    ],
    ids=["drawing", "vml", "both"],
)
def test_a_text_box_is_read_once_behind_its_anchor(shape: object) -> None:
    assert callable(shape)
    inner = p("云砚县年度报告") + tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2")))
    document = read_body(p(run("前") + f"<w:r>{shape(inner)}</w:r>") + p("后"))
    assert [block.text if isinstance(block, Text) else "grid" for block in document.blocks] == [
        "前", "云砚县年度报告", "grid", "后"
    ]  # fmt: skip
    assert rows(document) == [["甲", "1"], ["乙", "2"]]


def test_links_smart_tags_ruby_and_formulas_keep_their_text() -> None:
    body = p(
        f'<w:hyperlink r:id="none">{run("公")}</w:hyperlink><w:smartTag>{run("开")}</w:smartTag>'
        f"<w:r><w:ruby><w:rt>{run('xin')}</w:rt><w:rubyBase>{run('信')}</w:rubyBase></w:ruby></w:r>"
        "<m:oMath><m:r><m:t>8</m:t></m:r></m:oMath>"
    )
    assert texts(body) == ["公开信8"]


def test_headings_keep_their_level() -> None:
    styles = part("styles", '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>')
    (block,) = read_body(p("一、总体情况", '<w:pStyle w:val="1"/>'), {"styles.xml": styles}).blocks
    assert block == Text("一、总体情况", 1)
