"""Gansu."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class GansuSpider(ProvinceSpider):
    """甘肃省: most counties moved to Hanweb's jpaas about 2022, which dated their older reports anew, so the year
    in an address (`…/2019n/…/art/2022/art_….html`) is not the report's; 天水's VSB sites keep one column a year,
    陇南 is Lonsun. The province itself is UCAP (`/gsszf/c100043/`) and turns crawlers away (412)."""

    name = "gansu"
    province_code = "620000"
