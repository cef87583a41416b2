"""Yunnan."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class YunnanSpider(ProvinceSpider):
    """云南省: Kunming and its districts list their reports in static columns (`index_N.shtml`), and the city collects a
    year's reports on one page; Honghe and Xishuangbanna run VSB, Lincang and Zhaotong platforms of their own."""

    name = "yunnan"
    province_code = "530000"
