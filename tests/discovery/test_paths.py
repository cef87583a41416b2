"""Focused discovery: which links lead on."""

from __future__ import annotations

from govcrawl.discovery import LinkKind, ways_on
from govcrawl.model import Link

HOST = "http://www.yunyan.test"


def steps(
    links: dict[str, str], inside: LinkKind | None, years: frozenset[int] = frozenset(), reached_by: str = ""
) -> list[tuple[str, LinkKind]]:
    shown = [Link(url if "://" in url else HOST + url, text) for url, text in links.items()]
    found = ways_on(shown, page_url=f"{HOST}/here/", inside=inside, years=years, reached_by=reached_by)
    return [(step.link.url.removeprefix(HOST), step.kind) for step in found]


def test_a_home_page_leads_to_columns_first_and_to_the_disclosure() -> None:
    links = {"/news/": "要闻", "/zwgk/": "政府信息公开", "/nb/": "政府信息公开年报", "/jyj/": "教育局"}
    assert steps(links, None) == [("/nb/", LinkKind.COLUMN), ("/zwgk/", LinkKind.DISCLOSURE_INDEX)]


def test_the_disclosure_leads_to_columns_and_agencies() -> None:
    links = {"/zn/": "政府信息公开指南", "/nb/": "年报", "/bm/": "县政府部门", "/jyj/": "云砚县教育局"}
    assert steps(links, LinkKind.DISCLOSURE_INDEX) == [
        ("/nb/", LinkKind.COLUMN),
        ("/bm/", LinkKind.AGENCY_COLUMN),
        ("/jyj/", LinkKind.AGENCY_COLUMN),
    ]


def test_an_agency_inside_a_column_has_its_column_there() -> None:
    assert steps({"/nb/jyj/": "云砚县教育局"}, LinkKind.COLUMN) == [("/nb/jyj/", LinkKind.COLUMN)]


def test_an_agency_with_a_site_of_its_own_is_read_from_its_home() -> None:
    links = {"http://jyj.yunyan.test/": "云砚县教育局", "http://jyj.elsewhere.test/": "某某县教育局"}
    assert steps(links, LinkKind.COLUMN) == [("http://jyj.yunyan.test/", LinkKind.DISCLOSURE_INDEX)]


def test_columns_of_other_years_are_left_out_but_not_the_year_of_publication() -> None:
    links = {"/2019/": "2019年", "/2020/": "2020年", "/2021/": "2021年", "/2022/": "2022年"}
    found = steps(links, LinkKind.COLUMN, frozenset({2020}))
    assert [url for url, _ in found] == ["/2020/", "/2021/"]


def test_a_page_does_not_lead_to_itself_and_to_each_other_once() -> None:
    links = {"/here/index.html": "政府信息公开年报", "/nb/": "政府信息公开年报", "/nb/index.html": "信息公开年报"}
    assert steps(links, LinkKind.DISCLOSURE_INDEX) == [("/nb/", LinkKind.COLUMN)]


def test_columns_of_a_year_are_followed_from_everywhere_where_their_name_says_what_they_list() -> None:
    links = {"/zt/2020/": "2020年政府信息公开年度报告专题", "/2020/": "2020年"}
    assert steps(links, None) == [("/zt/2020/", LinkKind.YEAR_COLUMN)]
    assert steps(links, LinkKind.DISCLOSURE_INDEX) == [("/zt/2020/", LinkKind.YEAR_COLUMN)]


def test_groups_inside_a_year_are_followed_each_as_a_column() -> None:
    links = {"/2020/qzf/": "区政府", "/2020/wbj/": "委办局", "/2020/jz/": "街镇", "/2020/zn/": "政府信息公开指南"}
    found = steps(links, LinkKind.YEAR_COLUMN)
    assert found == [(f"/2020/{slug}/", LinkKind.COLUMN) for slug in ("qzf", "wbj", "jz")]


def test_groups_of_other_years_are_left_out() -> None:
    links = {"/19/": "2019年县直部门", "/22/": "2022年县直部门", "/x/": "县直部门"}
    found = steps(links, LinkKind.COLUMN, frozenset({2019}))
    assert [url for url, _ in found] == ["/19/", "/x/"]


def test_from_the_page_of_one_bureau_no_other_agency_is_followed() -> None:
    links = {"/nb/": "政府信息公开年报", "/sjj/": "云砚县审计局", "/zf/": "县政府部门"}
    assert steps(links, LinkKind.AGENCY_COLUMN, reached_by="云砚县教育局") == [("/nb/", LinkKind.COLUMN)]
    assert steps(links, LinkKind.COLUMN, reached_by="云砚县教育局") == [("/nb/", LinkKind.COLUMN)]


def test_from_the_page_of_a_government_or_a_group_its_agencies_are_followed() -> None:
    links = {"/sjj/": "云砚县审计局"}
    for name in ("县直部门", "云砚县人民政府", "云砚经济开发区管理委员会", "政府信息公开", ""):
        assert steps(links, LinkKind.AGENCY_COLUMN, reached_by=name) == [("/sjj/", LinkKind.AGENCY_COLUMN)]
