"""What a page really is: missing under status 200, the home page in another's place, a copy, a report, a column."""

from __future__ import annotations

import pytest

from govcrawl.discovery import (
    HomeMark,
    PageKind,
    classify_page,
    confirms_column,
    copied_from,
    has_form,
    is_home_again,
    is_missing,
    stated_domain,
)
from govcrawl.model import Link
from govcrawl.platforms import Page
from govcrawl.platforms.base import ListRequest

URL = "http://www.yunyan.test/zwgk/"


def page(body: str) -> Page:
    return Page(URL, body.encode())


@pytest.mark.parametrize(
    "text",
    ["您访问的页面不存在", "抱歉,您查看的内容不存在或已被删除", "404 Not Found", "找不到该页面", "该信息已被删除"],
)
def test_a_missing_page_says_so(text: str) -> None:
    assert is_missing(page(f"<html><title>提示</title><body>{text}</body></html>"))


@pytest.mark.parametrize("title", ["404", "页面不存在-云砚县人民政府", "找不到页面", "Page Not Found", "出错了"])
def test_a_missing_page_in_the_sites_whole_frame_is_called_so(title: str) -> None:
    assert is_missing(page(f"<html><title>{title}</title><body>{NEWS * 20}</body></html>"))


@pytest.mark.parametrize("title", ["关于查处4040号案件的通报", "关于信息不存在答复的说明", "云砚县人民政府"])
def test_a_page_with_a_title_of_its_own_is_not_missing(title: str) -> None:
    assert not is_missing(page(f"<html><title>{title}</title><body>{NEWS * 20}</body></html>"))


def test_a_long_page_or_an_article_is_not_missing() -> None:
    assert not is_missing(page("<p>页面不存在</p>" + "<p>公开</p>" * 600))
    assert not is_missing(page('<meta name="ArticleTitle" content="通知"><p>该信息不存在</p>'))


HOME = "http://www.yunyan.test/"
NEWS = "".join(f'<a href="/yw/{number}.html">要闻{number}</a>' for number in range(40))
MENU = '<a href="/zwgk/">政务公开</a><a href="/hdjl/">互动交流</a>'


def named(body: str, url: str = URL) -> Page:
    return Page(url, f"<html><title>云砚县人民政府</title><body>{MENU}{body}</body></html>".encode())


def test_the_home_page_in_anothers_place_is_known_by_its_links() -> None:
    home = HomeMark.of(named(NEWS, HOME))
    assert is_home_again(named(NEWS.replace("/yw/39", "/yw/40")), home)
    assert not is_home_again(named('<a href="/nb/1.html">2020年</a>'), home)
    assert not is_home_again(named(NEWS), None)


def test_the_home_page_is_known_by_its_address_whatever_it_shows_by_now() -> None:
    assert is_home_again(named("", f"{HOME}index.html"), HomeMark.of(named(NEWS, HOME)))


def test_a_home_page_without_links_is_known_by_its_size() -> None:
    home = HomeMark.of(Page(HOME, ("<title>云砚县</title>" + "<p>要闻</p>" * 500).encode()))
    assert is_home_again(page("<title>云砚县</title>" + "<p>要闻</p>" * 501), home)
    assert not is_home_again(
        page('<title>云砚县</title><meta name="ColumnName" content="年报">' + "<p>要闻</p>" * 500), home
    )


def test_an_article_in_the_sites_frame_is_not_the_home_page() -> None:
    article = '<meta name="ArticleTitle" content="云砚县2020年政府信息公开工作年度报告">'
    assert not is_home_again(named(article + NEWS), HomeMark.of(named(NEWS, HOME)))


def test_an_answer_to_a_lists_request_is_never_the_home_page() -> None:
    asked = Page(HOME, b"{}", request=ListRequest(HOME, form=(("page", "2"),)))
    assert not is_home_again(asked, HomeMark.of(named(NEWS, HOME)))


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_form_is_known_by_its_labels_without_parsing(charset: str) -> None:
    assert has_form("<td>一、本年新收政府信息公开申请数量</td>".encode(charset))
    assert not has_form("<td>政府信息公开工作年度报告</td>".encode(charset))


SECTIONS = "<h2>一、总体情况</h2><h2>二、主动公开政府信息情况</h2><h2>三、收到和处理政府信息公开申请情况</h2>"
ROWS = "".join(
    f'<li><a href="/nb/202101/t20210129_{n}.html">云砚县{n}局2020年政府信息公开工作年度报告</a></li>' for n in range(3)
)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<script>location.href='/zwgk/xxgk/'</script>", PageKind.SHELL),
        ("<title>页面不存在</title><p>页面不存在</p>", PageKind.MISSING),
        ("<table><td>本年新收政府信息公开申请数量</td></table>", PageKind.REPORT),
        (f"<title>年报-云砚县</title>{SECTIONS}", PageKind.REPORT),
        ('<meta name="ArticleTitle" content="云砚县2020年政府信息公开工作年度报告"><p>见附件。</p>', PageKind.REPORT),
        (f"<title>年报</title>{ROWS}", PageKind.COLUMN),
        ('<meta name="ColumnName" content="政府信息公开年报"><p>暂无</p>', PageKind.COLUMN),
        ('<meta name="ArticleTitle" content="关于做好政府信息公开工作年度报告编制工作的通知">', PageKind.NOTICE),
        (f'<meta name="ArticleTitle" content="2020年政府信息公开年报解读">{SECTIONS}', PageKind.INTERPRETATION),
        ("<title>政府信息公开指南</title>", PageKind.GUIDE),
        (f"<title>云砚县要闻</title>{NEWS}", PageKind.OTHER),
        ("<title>企业年报公示</title><p>暂无</p>", PageKind.OTHER),
    ],
)
def test_what_a_page_is_follows_from_what_it_holds(body: str, kind: PageKind) -> None:
    assert classify_page(page(f"<html>{body}</html>")) is kind


def test_the_home_page_in_a_columns_place_is_no_column() -> None:
    assert classify_page(named(NEWS), home=HomeMark.of(named(NEWS, HOME))) is PageKind.HOME


@pytest.mark.parametrize(
    ("url", "domain", "copied"),
    [
        ("http://www.travel.test/zwgk/", "www.yunyan.gov.cn", "yunyan.gov.cn"),
        ("http://www.travel.test/zwgk/", "http://www.yunyan.gov.cn/", "yunyan.gov.cn"),
        ("http://www.travel.test/zwgk/", "www.travel.test", None),
        ("http://www.travel.test/zwgk/", "云砚县人民政府", None),
        ("http://www.travel.test/zwgk/", "", None),
        ("http://www.dayan.gov.cn/zwgk/", "www.yunyan.gov.cn", None),
        ("http://10.0.0.5:8082/zwgk/", "www.yunyan.gov.cn", None),
    ],
)
def test_a_page_elsewhere_that_names_a_governments_domain_is_a_copy(url: str, domain: str, copied: str | None) -> None:
    copy = Page(url, f'<meta name="SiteDomain" content="{domain}"><p>公开</p>'.encode())
    assert copied_from(copy) == copied
    assert (classify_page(copy) is PageKind.MIRROR) is (copied is not None)


def test_the_stated_domain_is_the_registered_one() -> None:
    assert stated_domain(page('<meta name="SiteDomain" content="jyj.yunyan.gov.cn:80">')) == "yunyan.gov.cn"


@pytest.mark.parametrize(
    ("url", "body", "confirmed"),
    [
        ("http://www.yunyan.test/c1/", '<meta name="ColumnName" content="政府信息公开年报">', True),
        ("http://www.yunyan.test/c1/", "<title>年报-政务公开-云砚县</title>" + ROWS, True),
        ("http://www.yunyan.test/zwgk/zfxxgknb/", "<title>年报</title>", True),
        ("http://www.yunyan.test/c1/", "<td>本年新收政府信息公开申请数量</td>", True),
        ("http://www.yunyan.test/c1/", '<title>年报公示</title><a href="1.html">云砚酒业公司2020年度报告</a>', False),
        ("http://www.yunyan.test/zwgk/zfxxgk/qynb/", "<title>企业年报公示</title>", False),
        ("http://www.yunyan.test/c1/", "<title>法治政府建设年度报告</title>", False),
    ],
)
def test_a_column_with_a_doubtful_name_is_confirmed_by_its_page(url: str, body: str, confirmed: bool) -> None:
    assert confirms_column(Page(url, f"<html>{body}</html>".encode())) is confirmed


def test_rows_that_are_agencies_names_confirm_a_column_of_a_doubtful_name() -> None:
    agencies = [Link(f"{URL}{n}.html", name) for n, name in enumerate(("公安局", "教育局", "东镇人民政府", "更正"))]
    firms = [Link(f"{URL}{n}.html", name) for n, name in enumerate(("甲有限公司", "乙有限公司", "公安局"))]
    plain = page("<html><title>部门年报</title><body></body></html>")
    assert confirms_column(plain, agencies)
    assert not confirms_column(plain, firms)
    assert not confirms_column(page("<html><title>企业年报公示</title><body></body></html>"), agencies)
