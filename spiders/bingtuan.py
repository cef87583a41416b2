"""The Xinjiang Production and Construction Corps."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class BingtuanSpider(ProvinceSpider):
    """新疆生产建设兵团: reports for itself and for the cities its divisions run (659001 to 659012), which lie in
    Xinjiang but are counted here. Divisions and cities are one body (第六师五家渠市), each with software of its
    own; no report of the corps was seen before the first crawl."""

    name = "bingtuan"
    province_code = "660000"
