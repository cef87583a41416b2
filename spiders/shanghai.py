"""Shanghai."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class ShanghaiSpider(ProvinceSpider):
    """上海市: the city's own software; the column of reports is `/nw12344/` itself, with one list for each span of
    years, and reports from before the move are all dated 2020-08-13. Bureaus use the same shape on `*.sh.gov.cn`;
    静安 and 崇明 are Epoint; 宝山 publishes at an address without a name, where a script fetches the article."""

    name = "shanghai"
    province_code = "310000"
    allowed_hosts = ("101.230.193.164",)
