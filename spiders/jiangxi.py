"""Jiangxi."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class JiangxiSpider(ProvinceSpider):
    """江西省: one platform a city: pc/list for the province and 宜春, UCAP for 赣州 and 南昌, Hanweb for 抚州 and
    鹰潭 (where the column's page is the newest report), TRS for 九江, in 景德镇 without a date in the address
    (`2019n_1/t457929.shtml`), xxgk-list for 吉安, which slows bursts down. 昌江 and 弋阳 answer crawlers with a
    stub."""

    name = "jiangxi"
    province_code = "360000"
