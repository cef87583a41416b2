"""Guizhou."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class GuizhouSpider(ProvinceSpider):
    """贵州省: one TRS for the whole province with article ids that run through it, yet folders of years that are
    named anew within one site (`2020n`, `2019nian`, `2019year`, `nb_2022n`), and prefixes since 2022 (`/web2022/`,
    `/newsite/`). Dozens of counties changed their host between 2022 and 2024; some lists are drawn by script."""

    name = "guizhou"
    province_code = "520000"
