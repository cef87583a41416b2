"""Hunan."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class HunanSpider(ProvinceSpider):
    """湖南省: the province switches the tabs of one page by query (`zfxxgk/index.html?state=N`). 株洲 and 衡阳 use
    `/c<column>/YYYYMMDD/i<id>.html`, 岳阳 and 益阳 chains of numbers to `content_<id>.html`, 常德 Lonsun beneath
    `/zwgk/public/`, 怀化 UCAP. 郴州 and 湘西 turn crawlers away city-wide; many departments speak http only."""

    name = "hunan"
    province_code = "430000"
