"""Hainan."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class HainanSpider(ProvinceSpider):
    """海南省: 三亚, 海口's districts and some departments are UCAP with a site for every body
    (`/jyqwjwsite/xxgknb/`); 定安, 琼海 and others are TRS, 海口 itself without dates in the address. The same
    report is linked with and without `?ddtab=true`."""

    name = "hainan"
    province_code = "460000"
