"""What a link is, from its title and address."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.discovery import LinkKind, classify_link, is_doubtful
from govcrawl.model import Link

ARTICLE = "http://www.yunyan.test/nb/202101/t20210129_5.html"
FOLDER = "http://www.yunyan.test/nb/"


def kind(text: str, url: str = ARTICLE, inside: LinkKind | None = None) -> LinkKind:
    return classify_link(Link(url, text), inside=inside)


@pytest.mark.parametrize(
    "title",
    [
        "云砚县人民政府2020年政府信息公开工作年度报告",
        "云砚县教育局2019年度政府信息公开工作报告",
        "龙湾街道2019政务信息公开年报",
        "2022年云砚县政府信息公开年度报告",
        "云砚县教育局信息公开年度报告",
        "云砚县公安局政府信息公开年度工作报告",
        "云砚县政府信息公开工作2024年度报告",
        "【图文】云砚县市场监督管理局2022年度政府信息公开工作年度报告",
        "云砚县人民政府关于报送云砚县2020年度政府信息公开工作年度报告的函",
        "云砚县退役军人事务局 2020年政府信息公开 工作年度报告(文字版)",
    ],
)
def test_reports_are_reports(title: str) -> None:
    assert kind(title) is LinkKind.REPORT


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("《云砚县2023年政府信息公开工作年度报告》解读", LinkKind.INTERPRETATION),
        ("一图读懂云砚县2023年政府信息公开年报", LinkKind.INTERPRETATION),
        ("关于做好2020年政府信息公开工作年度报告编制和发布工作的通知", LinkKind.NOTICE),
        ("关于印发政府信息公开工作年度报告格式的通知", LinkKind.NOTICE),
        ("云砚县政府信息公开工作年度报告编制说明", LinkKind.GUIDE),
        ("政府信息公开工作年度报告发布制度", LinkKind.GUIDE),
        ("云砚县政府信息公开工作年度报告(格式)", LinkKind.GUIDE),
        ("云砚县政府信息公开指南(2020年修订)", LinkKind.GUIDE),
        ("政府信息公开制度", LinkKind.GUIDE),
        ("依申请公开", LinkKind.GUIDE),
        ("云砚县2020年法治政府建设年度报告", LinkKind.NOISE),
        ("云砚县政府网站2020年工作年度报表", LinkKind.NOISE),
        ("云砚县2020年部门决算", LinkKind.NOISE),
        ("首页", LinkKind.NOISE),
        ("", LinkKind.NOISE),
    ],
)
def test_what_is_about_a_report_is_none(title: str, expected: LinkKind) -> None:
    assert kind(title) is expected


@pytest.mark.parametrize(
    ("title", "inside", "expected"),
    [
        ("政府信息公开年报", None, LinkKind.COLUMN),
        ("政府信息公开工作年度报告", None, LinkKind.COLUMN),
        ("信息公开年报", None, LinkKind.COLUMN),
        ("云砚县教育局政府信息公开年报", LinkKind.DISCLOSURE_INDEX, LinkKind.COLUMN),
        ("年度报告", LinkKind.DISCLOSURE_INDEX, LinkKind.COLUMN),
        ("年度报告", None, LinkKind.NOISE),
        ("政府信息公开", None, LinkKind.DISCLOSURE_INDEX),
        ("政务公开", None, LinkKind.DISCLOSURE_INDEX),
        ("2020年", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年度报告", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年政府信息公开年报", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年", None, LinkKind.NOISE),
        ("县政府部门", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("乡镇街道", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("云砚县教育局", LinkKind.DISCLOSURE_INDEX, LinkKind.AGENCY_COLUMN),
        ("云砚县教育局", None, LinkKind.NOISE),
        ("政务服务中心", LinkKind.DISCLOSURE_INDEX, LinkKind.NOISE),
        ("二〇二〇年", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年年报", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年度年报汇总", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年县直部门", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年各镇（街道）政府信息公开年报", LinkKind.COLUMN, LinkKind.YEAR_COLUMN),
        ("2020年政府信息公开年度报告专题", None, LinkKind.YEAR_COLUMN),
        ("政府信息公开年报专题", None, LinkKind.COLUMN),
        ("区政府", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("委办局", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("街镇", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("街道（地区）、乡镇", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("市级部门（单位）", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("各县（市、区）年报", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("青石街道办事处", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("云砚县市场监督管理局", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("云砚县招商局", LinkKind.COLUMN, LinkKind.AGENCY_COLUMN),
        ("招聘信息", LinkKind.COLUMN, LinkKind.NOISE),
        ("政府信息公开目录", None, LinkKind.DISCLOSURE_INDEX),
        ("年报公示", None, LinkKind.NOISE),
        ("企业年报公示", LinkKind.DISCLOSURE_INDEX, LinkKind.NOISE),
        ("法治政府建设年度报告", LinkKind.COLUMN, LinkKind.NOISE),
        ("事业单位年度报告公示", LinkKind.DISCLOSURE_INDEX, LinkKind.NOISE),
    ],
)
def test_columns_depend_on_where_they_stand(title: str, inside: LinkKind | None, expected: LinkKind) -> None:
    assert kind(title, FOLDER, inside) is expected


@pytest.mark.parametrize("title", ["云砚县教育局", "教育局2019年年报", "政府信息公开年报", "2020年度", "云砚县青石镇"])
def test_in_a_column_a_row_may_be_called_by_agency_or_year_alone(title: str) -> None:
    assert kind(title, ARTICLE, LinkKind.COLUMN) is LinkKind.REPORT


def test_a_file_named_as_a_report_is_one_and_another_is_an_attachment() -> None:
    pdf = "http://www.yunyan.test/nb/P020210129000000000001.pdf"
    assert kind("云砚县2020年政府信息公开工作年度报告.pdf", pdf) is LinkKind.REPORT
    assert kind("办公楼照片.pdf", pdf) is LinkKind.ATTACHMENT


@pytest.mark.parametrize(
    "address",
    [
        "/module/xxgk/xxgkAnnualReport.jsp?area=11&fbtime=2020",
        "/OpennessAnnualReport/show/1888.html",
        "/gknb/4028805a9ba62cae019bc0704cc111b0.html",
        "/wlht/2022-01/25/article_2024041410512289318.html",
        "/article.html?infoid=e13ce3b1-6d39-42fc-8a4e-446762f82516",
        "/gknb_show.php?id=4374",
        "/D42Y/6229783.jhtml",
        "/index.php?s=news&c=show&id=8440",
        "/zfxxgk/zfxxgknb/content_1067",
    ],
)
def test_a_row_called_by_its_agency_is_a_report_where_its_address_is_one_records(address: str) -> None:
    assert kind("云砚县教育局", f"http://www.yunyan.test{address}", LinkKind.COLUMN) is LinkKind.REPORT
    assert kind("云砚县教育局", f"http://www.yunyan.test{address}") is LinkKind.NOISE


@pytest.mark.parametrize(
    "address",
    [
        "/bm/jyj/zfxxgknb_70772/",
        "/bm/jyj/index.html",
        "/jyj.htm",
        "/nb/2020.html",
        "/channels/12345.html",
        "/col/col1229214366/index.html",
        "/OpennessContent/showList/12345/page_1.html",
        "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=10391",
        "/nw12344/index.html",
    ],
)
def test_a_row_called_by_its_agency_is_a_column_where_its_address_is_a_lists(address: str) -> None:
    assert kind("云砚县教育局", f"http://www.yunyan.test{address}", LinkKind.COLUMN) is LinkKind.AGENCY_COLUMN


def test_a_page_turned_into_traditional_characters_says_the_same() -> None:
    assert kind("2020年云硯市政府信息公開工作年度報告") is LinkKind.REPORT
    assert kind("關於做好政府信息公開工作年度報告的通知") is LinkKind.NOTICE
    assert kind("《云硯市2020年政府信息公開年報》解讀") is LinkKind.INTERPRETATION


@pytest.mark.parametrize(
    ("name", "doubtful"),
    [("年报公示", True), ("年度报告", True), ("历年年报", True), ("政府信息公开年报", False), ("云砚县教育局", False)],
)
def test_a_columns_name_that_does_not_say_what_is_reported_is_doubtful(name: str, doubtful: bool) -> None:
    assert is_doubtful(name) is doubtful


@given(st.text(alphabet="各全本省市县区州旗盟级直属镇乡街道部门年报公开政务信息、（）2020一〇", max_size=60))
def test_long_names_of_many_like_words_are_told_quickly(text: str) -> None:
    assert isinstance(classify_link(Link(FOLDER, text), inside=LinkKind.COLUMN), LinkKind)


@pytest.mark.parametrize("piece", ["a", "1", "1_", "ab-", "show", "/1", "/list", "?id="])
@pytest.mark.parametrize("end", ["", "!", ".html"])
def test_endless_addresses_are_told_at_once(piece: str, end: str) -> None:
    for length in (400, 4000):
        address = f"http://www.yunyan.test/{piece * (length // len(piece))}{end}"
        started = process_time()
        kind("云砚县教育局", address, LinkKind.COLUMN)
        assert process_time() - started < 0.5


@pytest.mark.parametrize("piece", ["各", "市县区部门", "2020年", "政府信息公开", "年报", "二〇", "（", "县、"])
def test_endless_titles_are_told_at_once(piece: str) -> None:
    started = process_time()
    for inside in (None, *LinkKind):
        kind(piece * (3000 // len(piece)) + "！", FOLDER, inside)
    assert process_time() - started < 1


@pytest.mark.parametrize(
    "title", ["【图解】云砚县2022年政府信息公开工作年度报告", "【一图读懂】云砚县2022年政府信息公开年报"]
)
def test_what_stands_in_brackets_may_say_that_it_is_an_interpretation(title: str) -> None:
    assert kind(title) is LinkKind.INTERPRETATION


def test_a_name_that_is_all_in_brackets_is_still_a_name() -> None:
    assert kind("【政府信息公开年报】", FOLDER) is LinkKind.COLUMN


@pytest.mark.parametrize("title", ["部门年报", "各单位年报", "乡镇年报", "县直部门工作年报", "各镇街道年度报告"])
def test_the_reports_of_a_group_are_a_column_whose_page_has_to_confirm_it(title: str) -> None:
    assert kind(title, FOLDER, LinkKind.DISCLOSURE_INDEX) is LinkKind.COLUMN
    assert is_doubtful(title)
    assert kind(title, FOLDER) is LinkKind.NOISE
