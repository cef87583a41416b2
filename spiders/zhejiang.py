"""Zhejiang."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class ZhejiangSpider(ProvinceSpider):
    """浙江省: Hanweb nearly everywhere, with three entries: ordinary columns, the annual-report page that takes an
    agency's code and a year (`xxgkAnnualReport.jsp?area=…&fbtime=…`, parameters in any order, codes old and new),
    and in 舟山 a column for each department whose page is the report. Newer sites fetch their lists from the jpaas
    gateway."""

    name = "zhejiang"
    province_code = "330000"
