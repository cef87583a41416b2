"""The frame of an invented portal's page: head with the metadata standard, navigation, breadcrumb, footer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

Crumbs = Sequence[tuple[str, str]]
"""(text, href) from the home page down."""

_NAV = ("首页", "要闻动态", "政府信息公开", "政务服务", "互动交流", "走进本地")
MENUS = (
    (
        "政务服务",
        (
            "个人办事",
            "法人办事",
            "部门服务",
            "便民查询",
            "办事指引",
            "好差评",
            "中介超市",
            "惠企政策",
            "一件事",
            "跨省通办",
        ),
    ),
    (
        "互动交流",
        (
            "领导信箱",
            "在线访谈",
            "民意征集",
            "网上调查",
            "热点回应",
            "咨询投诉",
            "意见反馈",
            "结果公示",
            "知识库",
            "常见问题",
        ),
    ),
    (
        "走进本地",
        (
            "自然地理",
            "历史沿革",
            "行政区划",
            "人口状况",
            "经济概况",
            "旅游资源",
            "风土人情",
            "特色物产",
            "城乡风貌",
            "影像资料",
        ),
    ),
)
_STYLE = "".join(
    f".{name}{{margin:0 auto;padding:{n}px;font:{12 + n}px/1.8 'Microsoft YaHei',sans-serif;color:#333;}}\n"
    for n, name in enumerate(
        ("w1200", "top", "header", "logo", "nav-list", "position", "list", "article", "info", "footer")
    )
)
_COUNTER = """(function(){var s=document.createElement('script');s.async=true;s.src='/static/js/tongji.js?v=20210101';
var x=document.getElementsByTagName('script')[0];x.parentNode.insertBefore(s,x);
function today(){var d=new Date(),w='日一二三四五六'.charAt(d.getDay());
return d.getFullYear()+'年'+(d.getMonth()+1)+'月'+d.getDate()+'日 星期'+w;}
window.onload=function(){var e=document.getElementById('today');if(e){e.innerHTML=today();}};})();"""
_SCRIPTS = "".join(
    f'<script src="/static/js/{name}.js"></script>\n' for name in ("jquery.min", "common", "share", "wza")
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a portal puts around every page."""

    site: str
    domain: str
    site_code: str = "9700000001"
    nav: tuple[tuple[str, str], ...] = tuple((text, "/") for text in _NAV)
    footer_links: tuple[tuple[str, str], ...] = ()
    charset: str = "utf-8"


STANDALONE = Frame("云砚县人民政府", "www.yunyan.test")
"""The frame of a report that stands alone."""


def metas(frame: Frame, metadata: Mapping[str, str]) -> str:
    """The metas of the national standard for government pages."""
    names = {"SiteName": frame.site, "SiteDomain": frame.domain, "SiteIDCode": frame.site_code} | dict(metadata)
    return "\n".join(f'<meta name="{name}" content="{escape(value)}"/>' for name, value in names.items() if value)


def page(
    frame: Frame, title: str, main: str, *, metadata: Mapping[str, str], crumbs: Crumbs = (), charset: str = ""
) -> str:
    """A whole page. `charset` is what the page says of itself; a single space says nothing."""
    declared = (charset or frame.charset).strip()
    meta = f'<meta charset="{declared}"/>\n' if declared else ""
    nav = "".join(f'<li><a href="{escape(href)}">{text}</a></li>' for text, href in frame.nav)
    path = " &gt; ".join(f'<a href="{escape(href)}">{escape(text)}</a>' for text, href in crumbs)
    menus = "".join(_menu(text, entries, number) for number, (text, entries) in enumerate(MENUS))
    links = "".join(f'<a href="{escape(href)}" target="_blank">{escape(text)}</a>' for text, href in frame.footer_links)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
{meta}<meta http-equiv="X-UA-Compatible" content="IE=edge"/>
<title>{escape(title)}</title>
{metas(frame, metadata)}
<link rel="stylesheet" href="/static/css/base.css"/>
<style type="text/css">
{_STYLE}</style>
{_SCRIPTS}<script type="text/javascript">
{_COUNTER}
</script>
</head>
<body>
<div class="top"><div class="w1200"><span id="today"></span><a href="/wza">无障碍阅读</a> <a href="/big5">繁体版</a>
<form action="/search" method="get"><input name="q" value="请输入关键字"/></form></div></div>
<div class="header"><a class="logo" href="/">{escape(frame.site)}</a></div>
<div class="nav"><ul class="nav-list">{nav}</ul>
<div class="drop">{menus}</div></div>
<div class="position">当前位置：{path}</div>
<div class="main w1200">
{main}
</div>
<div class="footer"><div class="links">{links}</div>
<p>主办：{escape(frame.site)}　承办：{escape(frame.site)}办公室　网站标识码：{frame.site_code}</p>
<p>联系电话：000-0000000　备案号：无　版权所有</p></div>
</body>
</html>
"""


def _menu(text: str, entries: Sequence[str], number: int) -> str:
    items = "".join(
        f'<li class="item"><a href="/fw/{number}/{place}.html" target="_blank" title="{entry}">{entry}</a></li>\n'
        for place, entry in enumerate(entries)
    )
    return f'<dl class="menu"><dt>{text}</dt><dd><ul>{items}</ul></dd></dl>\n'


def article(
    title: str, body: str, metadata: Mapping[str, str], container: str = "TRS_Editor", attachments: str = ""
) -> str:
    """The main part of an article page: heading, source line, body container, tools."""
    source = metadata.get("ContentSource", "")
    return f"""<div class="article">
<h1 class="article-title">{escape(title)}</h1>
<div class="info"><span>发布时间：{metadata.get("PubDate", "")}</span> <span>来源：{escape(source)}</span>
<span>浏览次数：<em id="hits">1024</em></span> <span>字号：[ 大 中 小 ]</span>
<a href="javascript:window.print()">打印</a></div>
<div class="{container}" id="zoom">
{body}
</div>{attachments}
<div class="share">分享到：<a href="javascript:;">微信</a> <a href="javascript:;">微博</a></div>
<div class="prevnext"><p>上一篇：没有了</p><p>下一篇：没有了</p></div>
</div>"""
