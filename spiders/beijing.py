"""Beijing."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class BeijingSpider(ProvinceSpider):
    """北京市: the city and several districts run TRS, with columns by year and below it by sort of agency
    (`2020nb/dcqjd2020/`); the roots of ten districts of sixteen have moved, so none is written down. Shunyi's
    robots.txt forbids everything."""

    name = "beijing"
    province_code = "110000"
