# ruff: noqa: E501 - markup is kept on the lines it would stand on
"""Guangdong's catalogue with its JSON, and the columns of its site builder."""

from __future__ import annotations

import json

from govcrawl.simulator.answers import Answer, Asked

from .kit import Made, Site, as_json, number

AGENCIES = [
    f"{name}局"
    for name in ("公安", "教育", "民政", "财政", "水利", "司法", "审计", "统计", "商务", "信访", "林业", "体育")
]


def gkmlpt_by_the_interface() -> Made:
    """The tree names the column, the interface its rows; pages 0 and 1 are one; one address is a chat application's."""
    site = Site("yuedong", "粤东岭县")
    site.home('<a href="/gkmlpt/index">政府信息公开</a><a href="/gkmlpt/annualreport#2629">政府信息公开年报</a>')
    items = []
    for n, agency in enumerate(AGENCIES[:6]):
        path = f"/gkmlpt/content/3/320{n}/post_320512{n}.html"
        title = site.report(path, agency, box="article-content")
        items.append(
            {
                "id": n,
                "title": title,
                "url": f"http://{site.name}{path}",
                "post_url": "",
                "publisher": site.place + agency,
                "date": 1674201600,
                "display_publish_time": 1674201600,
            }
        )
    items.append(
        {
            "id": 9,
            "title": "一图读懂粤东岭县2022年政府信息公开工作年度报告",
            "url": "https://mp.weixin.qq.com/s/abc",
            "date": 1674201600,
        }
    )
    classify = {"id": 2629, "name": "政府信息公开年报", "post_count": len(items)}

    def api(asked: Asked) -> Answer:
        page = max(number(asked, "page"), 1)
        return as_json({"classify": classify, "total": len(items), "articles": items[(page - 1) * 100 : page * 100]})

    site.serve("/gkmlpt/api/all/2629", api)
    tree = [
        {"id": 2627, "name": "政府信息公开指南", "parent": 0, "post_count": 1, "jump_url": ""},
        {"id": 2629, "name": "政府信息公开年报", "parent": 0, "post_count": len(items), "jump_url": ""},
        {"id": 2630, "name": "法定主动公开内容", "parent": 0, "post_count": 40, "jump_url": ""},
    ]
    config = f"<script>window._CONFIG = {{DEV: false, SID: '755041', BASE: '', TREE: {json.dumps(tree, ensure_ascii=False)}, DETAIL: null}};</script><div id='app'></div>"
    for path in ("/gkmlpt/index", "/gkmlpt/annualreport"):
        site.page(path, config, "政府信息公开目录")
    return site.done()


def gkmlpt_departments_under_a_prefix() -> Made:
    """Each department has its own catalogue under a prefix; the tree says SID in quotes, and one column jumps away."""
    site = Site("lianhu", "莲湖角区")
    links = ""
    for n, agency in enumerate(AGENCIES[:3]):
        prefix, rows = f"/lh{n}j", []
        links += f'<li><a href="{prefix}/gkmlpt/annualreport">{site.place}{agency}</a></li>'
        for year in (2021, 2022):
            path = f"{prefix}/gkmlpt/content/8/87{n}/post_87{n}{year}.html"
            rows.append(
                {
                    "id": year,
                    "title": site.report(path, agency, year),
                    "url": f"http://{site.name}{path}",
                    "date": 1674201600,
                }
            )
        listed = as_json({"articles": rows, "total": 2, "classify": {"post_count": 2}})
        site.host.add(f"{prefix}/gkmlpt/api/all/44{n}", listed)
        tree = [
            {"id": 440 + n, "name": "政府信息公开年报", "post_count": 2, "jump_url": ""},
            {"id": 450 + n, "name": "依申请公开", "post_count": 0, "jump_url": "http://ysq.example.test/"},
        ]
        site.page(
            f"{prefix}/gkmlpt/annualreport",
            f'<script>window._CONFIG={{"SID":"75504{n}","TREE":{json.dumps(tree)}}}</script>',
            agency,
        )
    site.tree("/zwgk/bmnb/", name="各部门政府信息公开年报")
    site.page("/zwgk/bmnb/", f"<ul>{links}</ul>", "各部门政府信息公开年报")
    return site.done()


def nfcms_columns() -> Made:
    """index_2.html is page two; every article has a twin for phones."""
    site = Site("haizhou", "海洲角区")
    site.tree("/zwgk/zfxxgknb/jd/index.html")
    for page in (1, 2, 3):
        items = ""
        for n in range(4):
            post = f"704{page}{n}"
            title = site.report(f"/zwgk/zfxxgknb/jd/content/post_{post}.html", AGENCIES[(page - 1) * 4 + n], 2021)
            site.report(f"/zwgk/zfxxgknb/jd/content/mpost_{post}.html", AGENCIES[n], 2021, listed=False)
            items += f'<li><a href="http://{site.name}/zwgk/zfxxgknb/jd/content/post_{post}.html">{title}</a><a class="m" href="content/mpost_{post}.html">手机版</a><span>2022-01-2{n}</span></li>'
        pages = '<div class="page"><a href="index.html">首页</a><a href="index_2.html">2</a><a href="index_3.html">3</a><a href="index_3.html">尾页</a></div>'
        site.page(
            f"/zwgk/zfxxgknb/jd/index{f'_{page}' if page > 1 else ''}.html",
            f"<script>var NFCMS_SITE_ID='755';</script><ul>{items}</ul>{pages}",
            "街道年报",
        )
    return site.done()
