"""Every spider there is: named alike, built, and asking for its own portals first."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from govcrawl.crawl.settings import RunSettings
from govcrawl.crawl.writers import release, writers_of
from govcrawl.discovery import canonical
from govcrawl.model import Role
from spiders.province import ProvinceSpider
from spiders.run import spider_names

NAMES = (
    "anhui",
    "beijing",
    "bingtuan",
    "central",
    "chongqing",
    "fujian",
    "gansu",
    "guangdong",
    "guangxi",
    "guizhou",
    "hainan",
    "hebei",
    "heilongjiang",
    "henan",
    "hubei",
    "hunan",
    "jiangsu",
    "jiangxi",
    "jilin",
    "liaoning",
    "neimenggu",
    "ningxia",
    "qinghai",
    "shaanxi",
    "shandong",
    "shanghai",
    "shanxi",
    "sichuan",
    "tianjin",
    "xinjiang",
    "xizang",
    "yunnan",
    "zhejiang",
)


def spider_of(name: str) -> type[ProvinceSpider]:
    found: type[ProvinceSpider] = getattr(import_module(f"spiders.{name}"), f"{name.title()}Spider")
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunSettings]:
    run = RunSettings.of({"GOVCRAWL_DATA_DIR": str(tmp_path_factory.mktemp("corpus"))})
    holder = spider_of("gansu")()
    writers_of(holder, run)
    yield run
    release(holder, run)


def test_scrapy_lists_thirty_one_provinces_the_corps_and_the_centre() -> None:
    settings = Settings()
    settings.setmodule("govcrawl.settings")
    assert sorted(SpiderLoader.from_settings(settings).list()) == sorted(NAMES)
    assert len(NAMES) == 33


def test_no_two_spiders_visit_one_province() -> None:
    codes = spider_names()
    assert len(set(codes.values())) == len(NAMES)
    assert (codes["shanxi"], codes["shaanxi"]) == ("140000", "610000")
    assert (codes["bingtuan"], codes["central"]) == ("660000", "100000")


@pytest.mark.parametrize("name", NAMES)
def test_a_spider_says_something_of_its_province_alone_in_a_short_file(name: str) -> None:
    spider = spider_of(name)
    assert spider.name == name
    text = Path(import_module(f"spiders.{name}").__file__ or "").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 20
    others = {spider_of(other).__doc__ for other in NAMES if other != name}
    assert spider.__doc__ is not None
    assert len(spider.__doc__) > 120
    assert spider.__doc__ not in others


@pytest.mark.parametrize("name", NAMES)
def test_a_spider_asks_first_for_each_portals_columns_or_home_page(name: str, run: RunSettings) -> None:
    spider = spider_of(name)()
    spider.prepare(run)
    spider.writers = writers_of(spider, run)
    asked: dict[str, list[Request]] = {}
    for portal in spider.portals:
        requests = list(spider.first_requests(portal))
        assert all(isinstance(request, Request) for request in requests)
        asked[portal.id] = [request for request in requests if isinstance(request, Request)]
    for portal in spider.portals:
        urls = {request.url for request in asked[portal.id]}
        assert urls >= {Request(canonical(url)).url for url in portal.columns or (portal.homepage,)}
        assert all(request.cb_kwargs["visit"].portal == portal for request in asked[portal.id])
        roles = {request.cb_kwargs["visit"].role for request in asked[portal.id]}
        assert (Role.COLUMN if portal.columns else Role.HOME) in roles
        assert all(spider.hosts.allows(url, portal) for url in urls)
    release(spider, run)


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("shandong", "http://180.76.149.248:88/book/"),
        ("shaanxi", "http://61.150.65.235/zfxxgk/"),
        ("jilin", "http://122.137.242.24:8080/pub/"),
        ("shanghai", "http://101.230.193.164/article.html"),
        ("neimenggu", "http://1.25.240.11:8082/sites/"),
    ],
)
def test_an_address_without_a_name_that_carries_reports_is_open_to_its_province(name: str, address: str) -> None:
    spider = spider_of(name)()
    spider.prepare(RunSettings.of({}))
    assert spider.hosts.allows(address, spider.portals[0])
    assert not spider.hosts.allows("http://203.0.113.9/zfxxgk/", spider.portals[0])
