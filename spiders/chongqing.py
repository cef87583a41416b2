"""Chongqing."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class ChongqingSpider(ProvinceSpider):
    """重庆市: one TRS for the city and all districts; every body has its tree with numbered columns
    (`/bm/<body>/zwgk_58246/zfxxgknb_58255/`), and every page a mobile double `…_wap.html`. A body's folder may bear
    the name of its predecessor. 江北区 and 渝北区 became 两江新区 in November 2025."""

    name = "chongqing"
    province_code = "500000"
