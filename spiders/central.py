"""The departments of the State Council."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class CentralSpider(ProvinceSpider):
    """国务院部门: one host a department, and vertical organs that report by province on hosts of their own: 气象局
    all alike (`<province>.cma.gov.cn/zfxxgk/gknb/`), 税务局 by whatever the province runs, 海关 as sub-sites of one
    host. Two reports a year are common, of the department alone and of its whole system. Many stand behind a gate
    (521, 412, cookies) and are left alone."""

    name = "central"
    province_code = "100000"
