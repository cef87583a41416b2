"""Guangxi."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class GuangxiSpider(ProvinceSpider):
    """广西壮族自治区: TRS, rebuilt: the region, 南宁, 钦州 and 防城港 leave the date out of the address
    (`t7893462.shtml`), 桂林's counties keep it, 柳州 writes `t19700101_<id>.shtml`. The head of every page shows
    today's date, which is not the report's."""

    name = "guangxi"
    province_code = "450000"
