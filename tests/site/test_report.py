"""The page of a report, and of each of its figures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from govcrawl.model import CrossCheck, Verdict
from govcrawl.site import make_site
from govcrawl.site.reports.order import cells_and_passages
from govcrawl.store import Store, open_corpus
from govcrawl.store.cross import collect_cross_checks, replace_cross_checks
from tests.site.reports import HOSTILE, OTHER_SERVICES, TOTAL, made_corpus
from tests.site.visitor import Answer, Visitor

SHAPES = ("quirky", "broken", "statistics", "hybrid", "local", "prose", "none", "scan", "hostile", "earlier", "later")


@dataclass(frozen=True)
class Made:
    """A corpus of reports of every shape, and somebody who looks at it."""

    visitor: Visitor
    ids: dict[str, str]
    db: Path

    def see(self, name: str, where: str = "", language: str = "zh", query: str = "") -> Answer:
        return self.visitor.get(f"/report/{self.ids[name]}{'/' if where else ''}{where}{query}", language)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("reports")
    ids = made_corpus(folder)
    visitor = Visitor(make_site(folder / "govcrawl.db", folder))
    yield Made(visitor, ids, folder / "govcrawl.db")
    visitor.close()


def figure(page: Answer, where: str) -> Any:
    """The table cell of a figure."""
    (link,) = page.all(f"//table[contains(@class, 'printed')]//td/a[@title='{where}']")
    return link.getparent()


def said(element: Any) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_of_any_shape_has_its_page(made: Made, name: str, language: str) -> None:
    page = made.see(name, language=language)
    assert page.status == 200
    assert len(page.all("//h1")) == 1
    ids = [str(each) for each in page.all("//@id")]
    assert sorted(set(ids)) == sorted(ids)
    for each in page.all("//*[@aria-labelledby]"):
        assert page.all(f"//*[@id='{each.get('aria-labelledby')}']")


@pytest.mark.parametrize("name", SHAPES)
def test_every_table_has_a_name_and_headers_with_a_scope(made: Made, name: str) -> None:
    page = made.see(name, "", "en")
    assert [said(table) for table in page.all("//table[not(caption)]")] == []
    assert [said(cell) for cell in page.all("//th[not(@scope)]")] == []


def test_the_tables_stand_in_their_sections(made: Made) -> None:
    page = made.see("broken")
    tables = [str(table.get("class")) for table in page.all("//table[contains(@class, 'printed')]")]
    assert tables == ["printed disclosure"] * 5 + ["printed applications", "printed review_litigation"]
    assert page.all("//h3[.='一、总体情况']")


def test_a_header_spans_what_the_notice_makes_it_span(made: Made) -> None:
    page = made.see("broken")
    (banner,) = page.all("//th[normalize-space()='申请人情况']")
    assert (banner.get("scope"), banner.get("colspan")) == ("colgroup", "7")
    (result,) = page.all("//th[normalize-space()='三、本年度办理结果']")
    assert result.get("rowspan") == "20"


def test_every_official_figure_leads_to_its_own_page(made: Made) -> None:
    page = made.see("broken")
    links = page.all("//table[contains(@class, 'printed')]//td/a")
    assert len(links) == 198
    for link in links[::40]:
        assert made.visitor.get(link.get("href")).status == 200


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("applications/new_received/natural_person", "１０ 读作 10"),
        ("applications/new_received/commercial_enterprise", "/ 无数字"),
        ("applications/new_received/other_org", "空白"),
        ("disclosure/licensing_items_change", "+23 读作 23"),
        ("disclosure/coercion_decisions", "7 推算"),
        ("disclosure/central_procurement_amount", "24575.93万 读作 24575.93 万元"),
        ("disclosure/rules_published", "0"),
    ],
)
def test_a_figure_is_shown_as_it_is_printed(made: Made, where: str, text: str) -> None:
    assert said(figure(made.see("quirky"), where)).startswith(text)


def test_codes_are_shown_on_demand(made: Made) -> None:
    assert not made.see("broken").all("//code[@class='code']")
    shown = made.see("broken", query="?codes=1").all("//code[@class='code']")
    assert len(shown) == 198
    assert shown[0].text == "rules_made"


def test_a_broken_sum_is_marked_with_a_word_at_each_of_its_figures(made: Made) -> None:
    page = made.see("broken")
    for where in (TOTAL, "applications/handled_total/total"):
        assert "勾稽不符" in said(figure(page, where))
    assert "勾稽不符" not in said(figure(page, "disclosure/rules_made"))


def test_a_broken_sum_is_told_once_with_both_numbers(made: Made) -> None:
    told = [said(each) for each in made.see("broken").all("//ul[@class='failing']/li")]
    assert len(told) == 2
    assert all("不成立：新收与上年结转之和" in each for each in told)
    assert any("一、本年新收政府信息公开申请数量／, 总计：印作 3，核对得 0" in each for each in told)


def test_a_figure_that_checks_agree_with_says_so_to_those_who_hear(made: Made) -> None:
    assert "已核对" in said(figure(made.see("broken"), "applications/granted/total"))


def test_statistics_have_units_and_headings(made: Made) -> None:
    page = made.see("statistics")
    (row,) = page.all("//th[normalize-space()='（一）收到申请数']/..")
    assert [said(cell) for cell in row][:2] == ["（一）收到申请数", "件"]
    (heading,) = page.all("//th[normalize-space()='三、依申请公开情况']/..")
    assert [said(cell) for cell in heading] == ["三、依申请公开情况", "——", "——"]


def test_each_table_of_a_hybrid_has_its_own_form(made: Made) -> None:
    page = made.see("hybrid")
    forms = [str(table.get("data-form")) for table in page.all("//table[contains(@class, 'printed')]")]
    assert forms == ["form2019", "form2021"]
    assert said(figure(page, "disclosure/licensing_decisions")) == "2"


def test_a_local_row_stands_in_its_table_and_other_cells_beside_it(made: Made) -> None:
    page = made.see("local")
    (row,) = page.all("//th[normalize-space()='行政检查']/..")
    assert [said(cell) for cell in row] == ["行政检查", "", "", "7"]
    assert page.all("//table[not(contains(@class, 'printed'))]//th[normalize-space()='另印一行']")
    extra = made.see("local", "extra_cells/1")
    assert "行政检查" in extra.words
    assert extra.status == made.see("local", "extra_cells/2").status == 200
    assert OTHER_SERVICES not in extra.words


def test_a_table_that_the_report_lacks_says_so(made: Made) -> None:
    assert "报告中没有此表" in made.see("scan").words
    assert "报告中没有此表" not in made.see("hybrid").words


def test_prose_alone_is_a_report_too(made: Made) -> None:
    page = made.see("prose")
    assert not page.all("//table[contains(@class, 'printed')]")
    assert "只有文字" in page.words


def test_what_could_not_be_read_says_why(made: Made) -> None:
    assert "the body holds 3 pictures" in made.see("none").words


def test_a_recognised_table_says_so_and_what_proves_it(made: Made) -> None:
    (caption,) = made.see("scan").all("//table[contains(@class, 'applications')]/caption")
    assert "由图片识别" in said(caption)
    assert "表内勾稽成立" in said(caption)
    assert "附件.pdf" in made.see("scan").words


def test_a_superseded_report_leads_to_its_heir_at_the_top(made: Made) -> None:
    page = made.see("earlier")
    (notice, *_) = page.all("//main//div[contains(@class, 'notice')]")
    assert "已被后来的版本取代" in said(notice)
    assert [str(link.get("href")) for link in notice.iter("a")] == [f"/report/{made.ids['later']}"]
    assert "被后来的版本取代" not in made.see("later").words


def test_a_vanished_report_says_so_at_the_top(made: Made) -> None:
    page = made.see("prose")
    (notice,) = page.all("//main//div[contains(@class, 'notice bad')]")
    assert "已从所有曾发现它的网址消失" in said(notice)
    assert "2021年6月1日起消失" in page.words


def test_the_places_its_tables_were_read_at_are_told_by_their_titles(made: Made) -> None:
    told = [said(each) for each in made.see("later").all("//section[@aria-labelledby='sources']/ul[last()]/li")]
    assert told[0].startswith("第二十条第（一）项：")
    assert not any(each.startswith(("20_", "applications")) for each in told)


def test_versions_stand_side_by_side(made: Made) -> None:
    page = made.see("later")
    (row,) = page.all("//table[@class='changes']//a[contains(@href, 'disclosure/rules_made')]/../..")
    assert [said(cell) for cell in row][1:] == ["1", "2"]
    assert "内容已改，日期未变" in page.words
    assert "有改动" in said(figure(page, "disclosure/rules_made"))


def test_changed_passages_stand_beside_each_other_and_not_in_the_table_of_figures() -> None:
    figure_changed, passage = (
        {"where": TOTAL, "old": 1, "new": 2},
        {"where": "sections/一、总体情况", "old": "…", "new": "……"},
    )
    assert cells_and_passages([figure_changed, passage]) == ([figure_changed], [passage])


def test_a_correction_stands_beside_the_printed_figure(made: Made) -> None:
    cell = said(figure(made.see("broken"), TOTAL))
    assert cell.startswith("3")
    assert "更正为：0" in cell
    assert "数字写错" in made.see("broken", TOTAL).words


def test_sources_lead_to_the_archived_original(made: Made) -> None:
    page = made.see("broken")
    assert any(re.fullmatch(r"/archive/[0-9a-f]{64}", href) for href in page.hrefs())
    assert "http://www.yunshan.test/nianbao/2020.html?1" in page.hrefs()


def test_copied_passages_are_shown_from_both_sides(made: Made) -> None:
    for name, other in (("broken", "hybrid"), ("hybrid", "broken")):
        page = made.see(name)
        assert f"/report/{made.ids[other]}" in page.hrefs()
        assert "我的段落" in page.words
        first, second = page.all("//blockquote")
        assert ("本报告" in said(first), "对方" in said(second)) == (True, True)
        assert ("我的段落" in said(first)) == (name == "broken")


def test_a_figure_of_another_year_is_named_by_its_printed_labels(made: Made) -> None:
    carried = "applications/carried_over_out/total"
    with Store.open(made.db) as store, store.atomic():
        told = CrossCheck(
            made.ids["later"],
            "carry_over",
            "disclosure/rules_made",
            Verdict.CONTRADICTS,
            "…",
            other_report_id=made.ids["hybrid"],
            other_where=carried,
        )
        collect_cross_checks(store.connection, [told])
        replace_cross_checks(store.connection, ["carry_over"])
    links = made.see("later", told.where).all("//section[@aria-labelledby='evidence']//td/a")
    assert [(link.get("href"), said(link)) for link in links[1:]] == [
        (f"/report/{made.ids['hybrid']}/{carried}", "四、结转下年度继续办理／, 总计")
    ]


def test_a_report_is_not_told_to_print_what_the_next_years_prints(tmp_path: Path) -> None:
    ids = made_corpus(tmp_path)
    db = tmp_path / "govcrawl.db"
    carried = "applications/carried_over_out/total"
    with Store.open(db) as store, store.atomic():
        told = CrossCheck(
            ids["later"],
            "carry_over",
            "applications/carried_over_in/total",
            Verdict.CONTRADICTS,
            "…",
            expected=4,
            actual=9,
            other_report_id=ids["broken"],
            other_where=carried,
        )
        store.connection.execute("UPDATE reports SET report_year = 2098 WHERE id = ?", [ids["broken"]])
        store.connection.execute("UPDATE reports SET report_year = 2099 WHERE id = ?", [ids["later"]])
        collect_cross_checks(store.connection, [told])
        replace_cross_checks(store.connection, ["carry_over"])
        ((own,),) = store.connection.execute(
            "SELECT total FROM applications WHERE report_id = ? AND row_code = 'carried_over_out'", [ids["broken"]]
        )
    visitor = Visitor(make_site(db, tmp_path))
    page, cell = visitor.get(f"/report/{ids['broken']}"), visitor.get(f"/report/{ids['broken']}/{carried}")
    visitor.close()
    (of_list,) = [said(each) for each in page.all("//ul[@class='failing']/li") if "上年结转等于" in said(each)]
    assert f"此处印作 {own}；后一年的报告印作 9，核对得 4" in of_list
    rows = cell.all("//section[@aria-labelledby='evidence']//tbody/tr")
    (row,) = [each for each in rows if "carry_over" in said(each)]
    assert [said(number) for number in row.xpath("td")[2:4]] == ["4 （对照处）", "9 （对照处）"]


def test_rereadings_are_told(made: Made) -> None:
    for where in ("", TOTAL):
        words = made.see("quirky", where).words
        assert "此前的不同读取" in words
        assert "0.1 → 0.2" in words


def test_in_english_the_official_labels_stay_chinese_and_are_marked_so(made: Made) -> None:
    page = made.see("broken", language="en")
    (label,) = page.all("//th[contains(., '四、结转下年度继续办理')]")
    assert said(label) == "四、结转下年度继续办理 Carried over to next year"
    assert [str(each.text) for each in label.xpath("span[@lang='zh-CN']")] == ["四、结转下年度继续办理"]
    assert page.all("//h1[@lang='zh-CN']")


def test_a_figures_page_tells_value_proofs_unit_code_and_name(made: Made) -> None:
    page = made.see("broken", TOTAL)
    assert page.status == 200
    assert "一、本年新收政府信息公开申请数量" in said(page.all("//h1")[0])
    assert page.all(f"//dd/code[.='{TOTAL}']")
    assert page.all("//a/code[.='new_received_total']")
    verdicts = [said(cell) for cell in page.all("//section[@aria-labelledby='evidence']//tbody/tr/td[1]")]
    assert verdicts == ["✗ 矛盾", "✓ 支持"]
    assert "件 （格式默认）" in page.words


def test_a_sum_is_told_in_the_labels_of_the_form(made: Made) -> None:
    words = made.see("broken", TOTAL).words
    assert (
        "一、本年新收政府信息公开申请数量 + 二、上年结转政府信息公开申请数量 = （七）总计 + 四、结转下年度继续办理"
        in words
    )


def test_a_figures_history_is_told(made: Made) -> None:
    (history,) = made.see("later", "disclosure/rules_made").all("//section[@aria-labelledby='history']")
    assert "截至2021年3月1日 1，自2021年3月2日起 2" in said(history)


def test_a_blank_is_called_blank_and_not_nought(made: Made) -> None:
    assert "不等于 0" in made.see("quirky", "applications/new_received/other_org").words


@pytest.mark.parametrize(
    "path",
    [
        "{id}/applications/nothing/total",
        "{id}/extra_cells/99",
        "{id}/..%2f..%2fetc",
        "0000",
        "{id}x",
        "{id}.pdf",
        "%00",
    ],
)
def test_what_is_not_there_is_told_kindly(made: Made, path: str) -> None:
    page = made.visitor.get(f"/report/{path.format(id=made.ids['broken'])}")
    assert page.status == 404


def test_a_hostile_report_stays_text(made: Made) -> None:
    places = [TOTAL, "extra_cells/1", ""]
    for page in (made.see("hostile", where, language) for where in places for language in ("zh", "en")):
        assert page.status == 200
        assert "<script>alert" not in page.text
        assert HOSTILE in page.words


@pytest.mark.parametrize("where", ["", TOTAL])
def test_a_report_and_a_figure_come_with_a_citation(made: Made, where: str) -> None:
    page = made.see("broken", where)
    (chinese,) = page.all("//dl[contains(@class, 'cite')]/dd[@lang='zh-CN']")
    assert "[EB/OL]. (2021-01-29)[2021-03-01]. http://www.yunshan.test/nianbao/2020.html?1" in said(chinese)
    address = f"/report/{made.ids['broken']}" + (f"/{where}" if where else "")
    (link,) = page.all("//section[@aria-labelledby='cite']/p[1]/a")
    assert link.get("href") == address
    assert said(link).endswith(address)


def test_what_is_to_be_copied_has_characters_and_no_numbers_of_them(made: Made) -> None:
    assert "\\u" not in made.see("broken").all("//details[summary='CSL-JSON']/pre")[0].text


def test_a_report_is_had_as_json(made: Made) -> None:
    answer = made.visitor.get(f"/report/{made.ids['quirky']}.json")
    with open_corpus(made.db) as corpus:
        assert json.loads(answer.text) == corpus.report(made.ids["quirky"])
    assert made.visitor.get("/report/0000.json").status == 404


def test_citations_are_had_as_files(made: Made) -> None:
    (item,) = json.loads(made.visitor.get(f"/report/{made.ids['broken']}.csl.json").text)
    assert item["author"] == [{"literal": "云山市审计局"}]
    assert made.visitor.get(f"/report/{made.ids['broken']}.bib").text.startswith("@online{govcrawl-")


def test_reports_of_a_chronicle_are_shown_whole(client: Visitor, db: Path) -> None:
    with open_corpus(db) as corpus:
        broken = corpus.connection.execute(
            "SELECT report_id, \"where\" FROM cross_checks WHERE verdict = 'contradicts' ORDER BY code LIMIT 12"
        ).fetchall()
    assert broken
    for report_id, where in broken:
        page = client.get(f"/report/{report_id}")
        assert page.status == 200
        assert any(unquote(href) == f"/report/{report_id}/{where}" for href in page.hrefs())
        assert "矛盾" in client.get(f"/report/{report_id}/{where}").words


def test_every_finding_has_its_words(made: Made) -> None:
    document = (Path(__file__).parents[2] / "docs" / "findings.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"^\| `(\w+)` \| (?:error|warning|info)", document, re.MULTILINE))
    with Store.open(made.db) as store, store.atomic():
        rows = [
            (made.ids["scan"], number, code, "info", "document", "…") for number, code in enumerate(sorted(codes), 1)
        ]
        sql = 'INSERT INTO findings (report_id, position, code, severity, "where", message) VALUES (?, ?, ?, ?, ?, ?)'
        store.connection.executemany(sql, rows)
    page = made.see("scan")
    told = [said(cell) for cell in page.all("//section[@aria-labelledby='findings']//tbody/tr/td[2]")]
    across = {"carry_over", "stock", "last_year", "area_total", "narrative", "unlike_years", "unlike_peers"}
    unnamed = {code for code in codes if f"{code} {code}" in told}
    assert unnamed <= across
    assert len(told) == len(codes) > 50


def test_a_finding_names_the_row_or_column_whose_sum_it_is(made: Made) -> None:
    with Store.open(made.db) as store, store.atomic():
        sql = 'INSERT INTO findings (report_id, position, code, severity, "where", message) VALUES (?, ?, ?, ?, ?, ?)'
        store.connection.execute(sql, (made.ids["broken"], 99, "balance", "error", "applications/total", "…"))
    for language, column in {"zh": "“总计”一列", "en": "column “total”"}.items():
        page = made.see("broken", language=language)
        places = [said(cell) for cell in page.all("//section[@aria-labelledby='findings']//tbody/tr/td[3]")]
        assert f"{column} applications/total" in places
