"""Heilongjiang."""

from __future__ import annotations

from spiders.province import ProvinceSpider


class HeilongjiangSpider(ProvinceSpider):
    """黑龙江省: UCAP for the province and most cities, in 哈尔滨 and 牡丹江 with its own ids
    (`c110906/202201/c01_186001.shtml`), often behind a jump page (`redirect_firstChannel.shtml`); 抚远 answers with
    an unfilled template (`{{ title }}`), 齐齐哈尔's old site with Struts actions. The figures are often a picture."""

    name = "heilongjiang"
    province_code = "230000"
