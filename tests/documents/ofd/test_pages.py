"""OFD pages: words where the standard puts them, lines, templates, drawings among the resources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.documents import read_documents
from govcrawl.documents.layout.records import Rule
from govcrawl.documents.matrices import IDENTITY
from govcrawl.documents.ofd.paths import outlines_of
from govcrawl.model import DocumentKind, Grid

from .package import DOCUMENT, MAIN, NAMESPACE, bodies_of, code, package, page, path, sheet_of, text, words_of, zipped


@pytest.mark.parametrize(
    "steps",
    ['DeltaX="5 5 5"', 'DeltaX="g 3 5"', 'DeltaX="5 g 2 5.0"', 'DeltaX="5"', 'DeltaX="g 9 5"', ""],
)
def test_characters_stand_where_their_steps_put_them(steps: str) -> None:
    assert words_of(text(code("信息公开", f'X="1" Y="4.3" {steps}'))) == [
        ("信", 11, 24.3),
        ("息", 16, 24.3),
        ("公", 21, 24.3),
        ("开", 26, 24.3),
    ]


def test_text_may_be_written_downwards() -> None:
    assert words_of(text(code("结果", 'X="0" Y="5" DeltaX="0" DeltaY="6"'))) == [("结", 10, 25), ("果", 10, 31)]
    assert words_of(text(code("结果", 'X="0" Y="5" DeltaY="6"'))) == [("结", 10, 25), ("果", 10, 31)]


def test_a_second_run_goes_on_from_the_firsts_place_where_it_says_nothing() -> None:
    runs = code("规", 'X="3" Y="4"') + code("章", 'Y="14"')
    assert words_of(text(runs)) == [("规", 13, 24), ("章", 13, 34)]


def test_an_objects_matrix_scales_its_places_and_its_type() -> None:
    entries = 'Size="14.17" CTM="0.3528 0 0 0.3528 0 0"'
    sheet = sheet_of(page(text(code("规", 'X="10" Y="12"'), entries=entries)))
    assert sheet.words[0].x0 == pytest.approx((10 + 3.528) * 72 / 25.4, abs=0.01)
    assert sheet.words[0].size == pytest.approx(14.17, abs=0.01)


def test_digits_are_half_as_wide_and_stretched_type_wider() -> None:
    sheet = sheet_of(page(text(code("1规"), entries='Size="10" HScale="2"')))
    digit, character = sheet.words
    assert (digit.x1 - digit.x0) * 2 == pytest.approx(character.x1 - character.x0)
    assert character.x1 - character.x0 == pytest.approx(20 * 72 / 25.4)


def test_what_is_invisible_is_not_read() -> None:
    hidden = text(code("规"), entries='Size="5" Visible="false"') + text(code("章"), entries='Size="5" Alpha="0"')
    assert words_of(hidden, text(code("件"))) == [("件", 10, 24.3)]


def test_watermarks_are_left_out_and_told() -> None:
    slanted = text(code("样张"), entries='Size="20" CTM="0.7 -0.7 0.7 0.7 0 0"')
    body = bodies_of(package(page(text(code("规")) + slanted)))[0]
    assert [word.text for word in body.sheets[0].words] == ["规"]
    assert body.notes == ["slanted_text"]


def test_a_page_whose_text_lies_on_its_side_is_turned() -> None:
    turned = text(
        code("信息公开", 'X="0" Y="0" DeltaX="g 3 5"'), boundary="50 60 10 40", entries='Size="5" CTM="0 1 -1 0 0 0"'
    )
    sheet = sheet_of(page(turned))
    assert sheet.width > sheet.height
    assert [word.text for word in sorted(sheet.words, key=lambda word: word.x0)] == list("信息公开")


def test_a_label_on_its_side_is_one_word() -> None:
    turned = text(code("结果"), boundary="50 60 10 40", entries='Size="5" CTM="0 1 -1 0 0 0"')
    assert "结果" in [word for word, *_ in words_of(text(code("本年度办理")), turned)]


@pytest.mark.parametrize(
    ("data", "entries"),
    [
        ("M 0 50 L 40 50", ""),
        ("S 0 50 M 0 50 L 40 50", ""),
        ("M 0 49.9 L 40 49.9 L 40 50.1 L 0 50.1 C", 'Stroke="false" Fill="true"'),
        ("M 0 25 L 20 25", 'CTM="2 0 0 2 0 0"'),
        ("M 0 50 L 40 50 Q 50 60 70 80", ""),
    ],
)
def test_lines_are_lines(data: str, entries: str) -> None:
    (rule,) = sheet_of(page(text(code("规")) + path(data, entries=entries))).rules
    assert [round(side * 25.4 / 72, 1) for side in rule] == [10, 70, 50, 70]


@pytest.mark.parametrize(
    ("entries", "inside"),
    [
        ('Stroke="false"', ""),
        ("", '<ofd:StrokeColor Value="255 255 255"/>'),
        ("", '<ofd:StrokeColor Value="0 0 0" Alpha="0"/>'),
        ('Visible="false"', ""),
    ],
)
def test_lines_that_nobody_sees_are_none(entries: str, inside: str) -> None:
    assert sheet_of(page(text(code("规")) + path("M 0 50 L 40 50", entries=entries, inside=inside))).rules == ()


def test_a_box_has_four_sides() -> None:
    rules = sheet_of(page(text(code("规")) + path("M 0 0 L 40 0 L 40 20 L 0 20 C"))).rules
    assert sum(rule.top == rule.bottom for rule in rules) == sum(rule.x0 == rule.x1 for rule in rules) == 2


@given(st.text(alphabet="SMLQBAC 0123456789.-eg", max_size=60))
def test_a_path_of_any_letters_is_read_or_left(data: str) -> None:
    assert all(len(outline) > 1 for outline in outlines_of(data, IDENTITY))


@given(st.lists(st.tuples(st.integers(-999, 999), st.integers(-999, 999)), min_size=2, max_size=20))
def test_a_path_of_lines_is_read_back(points: list[tuple[int, int]]) -> None:
    data = " ".join(f"{'L' if index else 'M'} {x} {y}" for index, (x, y) in enumerate(points))
    assert outlines_of(data, IDENTITY) == [[(float(x), float(y)) for x, y in points]]


def test_blocks_and_templates_are_printed_too() -> None:
    common = '<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    content = page(
        f"<ofd:PageBlock><ofd:PageBlock>{text(code('章'))}</ofd:PageBlock></ofd:PageBlock>",
        "<ofd:Template TemplateID='5'/>",
    )
    sheet = sheet_of(content, common=common, more={"Doc_0/Tpls/Tpl_0/Content.xml": page(text(code("规")))})
    assert [word.text for word in sheet.words] == ["规", "章"]


def test_drawings_among_the_resources_are_printed_where_they_are_used() -> None:
    content = f"<ofd:Content>{text(code('规'))}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="9" Width="50" Height="50">{content}</ofd:CompositeGraphicUnit>'
    res = f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>'
    use = '<ofd:CompositeObject ID="3" Boundary="20 30 50 50" ResourceID="9"/>'
    common = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
    sheet = sheet_of(page(use), common=common, more={"Doc_0/DocumentRes.xml": res})
    assert round(sheet.words[0].x0 * 25.4 / 72, 1) == 30


def test_a_page_may_be_of_its_own_size() -> None:
    sheet = sheet_of(page(text(code("规")), "<ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area>"))
    assert (round(sheet.width), round(sheet.height)) == (842, 595)


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_namespaces_may_have_other_prefixes_or_none(prefix: str) -> None:
    space = NAMESPACE.replace("ofd=", "x=") if prefix else ""
    listed = "<ofd:Page ID='1' BaseLoc='/Doc_0/P.xml'/>"
    members = {
        "OFD.xml": MAIN.format(ns=space),
        "Doc_0/Document.xml": DOCUMENT.format(ns=space, common="", pages=listed),
        "Doc_0/P.xml": page(text(code("规"))).replace(NAMESPACE, space),
    }
    data = zipped({name: content.replace("ofd:", prefix) for name, content in members.items()})
    assert bodies_of(data)[0].sheets[0].words[0].text == "规"


def test_several_documents_of_a_package_are_several() -> None:
    second = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    main = MAIN.format(ns=NAMESPACE).replace("</ofd:OFD>", second)
    assert len(read_documents(package(page(text(code("规章"))), more={"OFD.xml": main}))) == 2


def test_a_table_is_read_from_its_lines_and_words() -> None:
    objects = "".join(path(f"M 0 {y} L 80 {y}") + path(f"M {x} 0 L {x} 40") for y, x in ((0, 0), (20, 40), (40, 80)))
    for string, x, y in (("规章", 15, 32), ("3", 65, 32), ("文件", 15, 52), ("12", 65, 52)):
        objects += text(code(string), boundary=f"{x} {y - 5} 20 6", entries='Size="4"')
    (document,) = read_documents(package(page(objects)))
    (grid,) = (block for block in document.blocks if isinstance(block, Grid))
    assert [[cell.text for cell in row] for row in grid.rows] == [["规章", "3"], ["文件", "12"]]
    assert (document.kind, document.metadata) == (DocumentKind.OFD, {"Title": "年报"})


def test_a_page_that_is_missing_is_told() -> None:
    pages = "<ofd:Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/><ofd:Page ID='2' BaseLoc='gone.xml'/>"
    document = DOCUMENT.format(ns=NAMESPACE, common="", pages=pages)
    body = bodies_of(package(page(text(code("规"))), more={"Doc_0/Document.xml": document}))[0]
    assert (len(body.sheets), body.notes) == (1, ["sheet_left_out"])


def test_rules_keep_their_places_in_points() -> None:
    (rule,) = sheet_of(page(text(code("规")) + path("M 0 0 L 25.4 0", boundary="25.4 50.8 100 1"))).rules
    assert rule == pytest.approx(Rule(72, 144, 144, 144))
