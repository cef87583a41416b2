"""Henan."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class HenanSpider(ProvinceSpider):
    """河南省: every city is different: 郑州's districts disclose on `public.<district>.gov.cn` (`.jhtml`), 驻马店
    is TRS with the older reports on `old.`, 许昌 Epoint, 开封 pc/list, 新乡 and 周口 keep numbered list files
    (`/sitesources/…/list1.html`), 南阳 and the province's departments date by folder (`/2025/01-16/861386.html`).
    The province's CDN may answer 403."""

    name = "henan"
    province_code = "410000"
