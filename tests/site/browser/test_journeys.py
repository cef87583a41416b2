"""What somebody does on the site, with a phone and at a desk. Each page is watched: see `page`."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from govcrawl.site import addresses
from tests.site.browser.corpus import BROKEN, COUNTY
from tests.site.browser.kinds import Served
from tests.site.browser.marks import IN_A_BROWSER

pytestmark = IN_A_BROWSER


def search(page: Page, words: str) -> None:
    """By the field that is on every page."""
    page.goto("/")
    page.locator("#site-q").fill(words)
    page.locator(".site-search button").click()


def test_the_first_screen_says_how_many_reports_there_are_and_how_complete_it_is(page: Page, served: Served) -> None:
    page.goto("/")
    (count,) = served.one("SELECT count(*) FROM reports WHERE state = 'current'")
    figures = page.locator(".cards.figures .figure")
    expect(figures.first).to_have_text(str(count))
    expect(figures.first).to_be_in_viewport()
    expect(figures.nth(2)).to_have_text(re.compile(r"^\d+\.\d%$"))
    expect(figures.nth(2)).to_be_in_viewport()


def test_the_tile_of_a_province_leads_to_its_place(page: Page) -> None:
    page.goto("/")
    page.locator(".tile a").first.click()
    expect(page).to_have_url(re.compile(r"/place/010000\?year=\d{4}$"))


def test_charts_are_drawn_over_their_table(page: Page) -> None:
    page.goto("/")
    for drawn in page.locator("figure[data-chart]").all():
        expect(drawn.get_by_role("img")).to_be_visible()
        expect(drawn.get_by_role("img").locator("path").first).to_be_attached()
    expect(page.locator("#years-caption")).to_be_visible()


def test_what_has_no_figure_stands_at_no_height_of_a_chart(page: Page) -> None:
    page.goto(addresses.compare(agency=["010121/教育局"], variable=["new_received_total"], year=[2019, 2020, 2021]))
    drawn = page.locator("figure[data-chart] svg[role='img']")
    cross = drawn.locator("text").filter(has_text=re.compile("^×")).bounding_box()
    zero = drawn.get_by_text("0", exact=True).bounding_box()
    assert cross is not None
    assert zero is not None
    assert cross["y"] > zero["y"] + zero["height"] / 2
    expect(page.locator("figure[data-chart] figcaption")).to_contain_text("×表示没有数值")


def test_a_word_of_two_characters_is_found_and_shown(page: Page) -> None:
    search(page, "公开")
    expect(page.locator(".hits li")).to_have_count(20)
    expect(page.locator(".hits li mark").first).to_have_text("公开")


def test_a_county_is_found_by_its_name(page: Page) -> None:
    search(page, COUNTY)
    page.locator("ul.named a").first.click()
    expect(page).to_have_url(re.compile(r"/place/010121$"))
    expect(page.locator("h1")).to_contain_text(COUNTY)


def test_a_report_is_opened_from_what_was_found(page: Page) -> None:
    search(page, f"{COUNTY} 财政局")
    page.locator(".hits h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/report/[0-9a-f]{20}$"))
    expect(page.locator("table.printed.applications")).to_be_visible()


def test_a_figure_of_a_report_leads_to_its_permanent_address(page: Page, served: Served) -> None:
    page.goto(addresses.report(served.made.broken))
    page.locator(f"table.printed a[title='{BROKEN}']").click()
    expect(page).to_have_url(served.address + addresses.cell(served.made.broken, BROKEN))
    expect(page.locator(".big .figure")).to_have_text("8")


def test_what_a_row_is_stays_in_sight_when_its_figures_are_scrolled(page: Page, served: Served) -> None:
    page.goto(addresses.report(served.made.broken))
    label = page.locator("table.applications tbody th", has_text="属于国家秘密")
    label.scroll_into_view_if_needed()
    page.locator(".scroll:has(table.applications)").evaluate("region => region.scrollLeft = region.scrollWidth")
    left, width = page.locator(".scroll:has(table.applications)").evaluate(
        "region => [region.getBoundingClientRect().left, region.clientWidth]"
    )
    box = label.bounding_box()
    assert box is not None
    assert box["x"] >= left - 1
    assert box["x"] + box["width"] <= left + width


def test_a_sum_that_does_not_hold_is_marked_by_words(page: Page, served: Served) -> None:
    page.goto(addresses.report(served.made.broken))
    cell = page.locator("table.printed td", has=page.locator(f"a[title='{BROKEN}']"))
    cell.scroll_into_view_if_needed()
    expect(cell).to_contain_text("勾稽不符")


def test_both_numbers_of_a_sum_that_does_not_hold_are_told(page: Page, served: Served) -> None:
    page.goto(addresses.cell(served.made.broken, BROKEN))
    row = page.get_by_role("row").filter(has_text="row_sum")
    expect(row).to_contain_text("矛盾")
    expect(row.locator("td.number")).to_have_text(["5", "8"])


def test_two_agencies_are_compared_by_a_chart_over_a_table(page: Page) -> None:
    page.goto("/compare")
    for name in ("教育局", "财政局"):
        page.get_by_role("searchbox", name="按名称的一部分查找机关").fill(f"{COUNTY}{name}")
        page.get_by_role("button", name="查找").click()
        page.get_by_role("checkbox", name=re.compile(f"{COUNTY}{name}")).check()
    page.get_by_role("button", name="比较").click()
    drawn = page.locator("figure[data-chart]")
    expect(drawn.get_by_role("img")).to_be_visible()
    expect(drawn.locator(".chart-legend li")).to_have_count(2)
    body = page.locator("main section table tbody")
    assert body.bounding_box()["y"] > drawn.bounding_box()["y"]  # type: ignore[index]
    expect(body.locator("tr")).to_have_count(2)
    expect(body.locator("tr").last.locator("td")).to_have_text(["4", "8"])


def test_a_story_is_asked_otherwise(page: Page) -> None:
    page.goto(addresses.stories())
    page.get_by_role("link", name="谁拒绝得最多").click()
    page.get_by_label("地区").fill(COUNTY)
    page.get_by_label("至少办理").fill("1")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("table.story tbody tr")).to_have_count(3)


def test_the_sql_of_a_story_is_changed(page: Page) -> None:
    page.goto(addresses.story("who-refuses", minimum=1))
    text = page.locator("#sql-text")
    text.fill(text.input_value().replace("LIMIT 1000", "LIMIT 2"))
    page.get_by_role("button", name="执行修改后的 SQL").click()
    expect(page).to_have_url(re.compile(r"/corpus\?sql="))
    expect(page.locator("table.data tbody tr")).to_have_count(2)


def test_the_language_is_switched_on_the_page_and_stays(page: Page, served: Served) -> None:
    page.goto(addresses.report(served.made.sound))
    page.locator("a.language").click()
    expect(page).to_have_url(served.address + addresses.report(served.made.sound))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/stories")
    expect(page.locator("h1")).to_have_text("Stories")


def test_the_rows_of_a_story_are_had_as_csv(page: Page, tmp_path: Path) -> None:
    page.goto(addresses.story("who-refuses", minimum=1, place=COUNTY))
    shown = page.locator("table.story tbody th").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert re.fullmatch(r"who-refuses-\d{4}-\d{6}\.csv", download.value.suggested_filename)
    download.value.save_as(tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["机关"] for row in rows] == shown
    assert len(shown) == 3


def test_a_whole_table_is_downloaded_as_csv(page: Page, served: Served, tmp_path: Path) -> None:
    page.goto("/corpus/indicators")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "indicators.csv")
    with (tmp_path / "indicators.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (count,) = served.one("SELECT count(*) FROM indicators")
    assert len(rows) == int(count)
    assert {row["agency_name"] for row in rows} >= {f"{COUNTY}财政局"}
