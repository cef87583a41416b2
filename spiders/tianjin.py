"""Tianjin."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class TianjinSpider(ProvinceSpider):
    """天津市: TRS throughout, city, bureaus and districts, under columns that carry a number (`zfxxgknb_530`); the
    city groups by year, then by body (`gknb/xxgknb2020/tjsrmzf/`), and builds some lists by script. Districts moved
    in December 2020, so reports of 2019 stand under `202012/`; 滨海新区 numbers its pages instead
    (`/contents/<column>/<id>.html`)."""

    name = "tianjin"
    province_code = "120000"
