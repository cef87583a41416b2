"""What lies around the reports: news, notices, interpretations, guides, and texts for their pages."""

from __future__ import annotations

from random import Random

_NEWS = (
    "{place}召开安全生产工作部署会",
    "{place}春季植树活动启动",
    "{place}举办群众文化艺术节",
    "我地组织开展道路交通综合整治",
    "{place}扎实推进高标准农田建设",
    "{place}领导调研重点项目建设情况",
)
NEAR_REPORTS = (
    "关于做好{year}年政府信息公开工作年度报告编制工作的通知",
    "{place}关于印发{year}年政务公开工作要点的通知",
    "《{place}人民政府{year}年政府信息公开工作年度报告》解读",
    "一图读懂{place}{year}年政府信息公开工作年度报告",
    "政府网站工作年度报表（{year}年度）",
    "{place}{year}年法治政府建设年度报告",
    "{place}政府信息公开指南",
)
"""Titles that look like reports and are none, for the reports' own columns."""
_PARAGRAPH = (
    "会议强调，要进一步提高思想认识，压实工作责任，细化工作措施，确保各项任务落到实处、取得实效。",
    "下一步，将持续加大工作力度，完善长效机制，不断增强人民群众的获得感、幸福感、安全感。",
    "各单位要加强协作配合，形成工作合力，定期通报进展情况，及时研究解决存在的困难和问题。",
)
SIDEBAR = (
    ("政府信息公开指南", "zfxxgkzn"),
    ("政府信息公开制度", "zfxxgkzd"),
    ("法定主动公开内容", "fdzdgknr"),
    ("{reports}", "zfxxgknb"),
    ("依申请公开", "ysqgk"),
)
"""The entries of the national disclosure page, and their usual folders."""
REPORT_COLUMNS = ("政府信息公开年报", "信息公开年报", "政府信息公开年度报告", "年度报告", "政府信息公开工作年度报告")
"""Names the report column goes by."""


def news_title(place: str, random: Random) -> str:
    return random.choice(_NEWS).format(place=place)


def near_title(number: int, place: str, year: int) -> str:
    return NEAR_REPORTS[number % len(NEAR_REPORTS)].format(place=place, year=year)


def paragraphs(title: str, random: Random, count: int = 6) -> str:
    """The body of a page that is no report, without a table."""
    texts = [f"{title}。", *(random.choice(_PARAGRAPH) for _ in range(count))]
    return "\n".join(f'<p style="text-indent: 2em;">{text}</p>' for text in texts)


def guide(place: str) -> str:
    """The disclosure guide: it names the report and has a table of addresses."""
    return (
        f"<p>为了便于公民、法人和其他组织获取{place}人民政府的政府信息，编制本指南。每年1月31日前公布上一年度政府信息公开工作年度报告。</p>"
        "<table border='1'><tr><td>受理机构</td><td>办公地址</td><td>办公时间</td></tr>"
        "<tr><td>政务公开办公室</td><td>行政中心1号楼</td><td>工作日8:30至17:30</td></tr></table>"
    )
