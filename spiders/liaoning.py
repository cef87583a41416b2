"""Liaoning."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class LiaoningSpider(ProvinceSpider):
    """辽宁省: the province keeps each article as a folder (`/web/zwgkx/zfxxgk1/…/<32 hex>/index.shtml`). 沈阳's
    districts are TRS and moved in 2022, 大连 shares one Hanweb platform city-wide, 抚顺, 丹东, 辽阳 and 营口 are
    Epoint, and the counties of 朝阳 share `/html/<SITE>/YYYYMM/<16 digits>.html`."""

    name = "liaoning"
    province_code = "210000"
