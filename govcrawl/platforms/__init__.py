"""The portal platforms, one module each. Pure: a page in, links out."""

from __future__ import annotations

from govcrawl.platforms.base import BasePlatform, ListRequest, Pager
from govcrawl.platforms.channels import Channels
from govcrawl.platforms.columns_uuid import ColumnsUuid
from govcrawl.platforms.epoint import Epoint
from govcrawl.platforms.gkmlpt import Gkmlpt
from govcrawl.platforms.gongkai import Gongkai
from govcrawl.platforms.hanweb_annual_report import HanwebAnnualReport
from govcrawl.platforms.hanweb_jpaas import HanwebJpaas
from govcrawl.platforms.hanweb_jpage import HanwebJpage
from govcrawl.platforms.hanweb_xxgk import HanwebXxgk
from govcrawl.platforms.lonsun import Lonsun
from govcrawl.platforms.n_list import NList
from govcrawl.platforms.nfcms import Nfcms
from govcrawl.platforms.openness import Openness
from govcrawl.platforms.page import Page
from govcrawl.platforms.pc_list import PcList
from govcrawl.platforms.shanghai import Shanghai
from govcrawl.platforms.snowflake import Snowflake
from govcrawl.platforms.static_list import StaticList
from govcrawl.platforms.trs import Trs
from govcrawl.platforms.ucap import Ucap
from govcrawl.platforms.ucap_json import UcapJson
from govcrawl.platforms.vsb import Vsb
from govcrawl.platforms.xxgk_list import XxgkList

PLATFORMS: tuple[BasePlatform, ...] = (
    Gkmlpt(),
    HanwebJpaas(),
    HanwebJpage(),
    HanwebXxgk(),
    HanwebAnnualReport(),
    UcapJson(),
    Ucap(),
    Lonsun(),
    Openness(),
    Nfcms(),
    Gongkai(),
    Vsb(),
    Epoint(),
    NList(),
    ColumnsUuid(),
    Channels(),
    PcList(),
    XxgkList(),
    Shanghai(),
    Trs(),
    Snowflake(),
    StaticList(),
)
"""All platforms: those with the surest marks first, the general one last."""
_SURE = 0.85

__all__ = ["PLATFORMS", "BasePlatform", "ListRequest", "Page", "Pager", "platform_named", "recognise_platform"]


def recognise_platform(page: Page) -> BasePlatform:
    """The platform that is surest of the page; the static list where none is."""
    if page.platform is None:
        page.platform = _surest(page)
    return page.platform


def _surest(page: Page) -> BasePlatform:
    best, score = PLATFORMS[-1], 0.0
    for platform in PLATFORMS:
        sure = platform.recognise(page)
        if sure > score:
            best, score = platform, sure
        if score >= _SURE:
            break
    return best


def platform_named(name: str) -> BasePlatform | None:
    """The platform of that name, None where no module speaks it."""
    return next((platform for platform in PLATFORMS if platform.name == name), None)
