"""Qinghai."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class QinghaiSpider(ProvinceSpider):
    """青海省: 西宁's districts and 互助 run VSB, 海北 Lonsun, 民和 and 兴海 `/html/<column>/<id>.html`, 海南州
    `content_<id>` without an ending, 湟源 PHP. 果洛 turns crawlers away prefecture-wide."""

    name = "qinghai"
    province_code = "630000"
