"""Fujian."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class FujianSpider(ProvinceSpider):
    """福建省: TRS with `.htm`, remarkably alike from province to township: an agency's own tree holds its reports
    (`/zwgk/zfxxgkzl/<bmzfxxgk|xzzfxxgk>/<agency>/zfxxgknb/`). 漳州 and 南平 use
    `/cms/html/<site>/YYYY-MM-DD/<id>.html`. Departments of the province ban a hasty client for about a minute."""

    name = "fujian"
    province_code = "350000"
