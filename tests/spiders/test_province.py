"""The provinces' spiders: refused when half configured, named alike, narrowed by their arguments."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from govcrawl.crawl.settings import RunSettings
from govcrawl.model import RegistryError, SpiderError
from spiders.province import ProvinceSpider, read_years


@pytest.mark.parametrize("fields", [{"name": "x"}, {"name": "x", "province_code": "62"}, {"province_code": "620000"}])
def test_a_half_configured_spider_is_refused_when_it_is_built(fields: dict[str, str]) -> None:
    half = type("Half", (ProvinceSpider,), fields)
    with pytest.raises(SpiderError):
        half()


@pytest.mark.parametrize(
    ("text", "years"),
    [("2020", {2020}), ("2019,2021", {2019, 2021}), ("2019-2021", {2019, 2020, 2021}), ("", set()), (None, set())],
)
def test_years_are_read(text: str | None, years: set[int]) -> None:
    assert read_years(text) == years


@pytest.mark.parametrize(
    "arguments",
    [
        {"year": "20"},
        {"year": "last"},
        {"year": "2021-2019"},
        {"year": ","},
        {"sample": "0"},
        {"sample": "-1"},
        {"sample": "many"},
    ],
)
def test_an_argument_nobody_understands_is_refused(arguments: dict[str, str]) -> None:
    spider = import_module("spiders.gansu").GansuSpider
    with pytest.raises(SpiderError):
        spider(**arguments)


@pytest.mark.parametrize(("given", "full"), [(None, False), ("1", True), ("true", True), ("no", False), ("", False)])
def test_full_is_a_switch(given: str | None, full: bool) -> None:
    assert import_module("spiders.gansu").GansuSpider(full=given).full is full


def test_a_portal_that_is_not_registered_is_refused() -> None:
    spider = import_module("spiders.gansu").GansuSpider(portal="620000,nowhere")
    with pytest.raises(SpiderError, match="nowhere"):
        spider.prepare(RunSettings.of({}))


@pytest.mark.parametrize(
    "settings", [{"GOVCRAWL_REGISTRY": "/nonexistent"}, {"GOVCRAWL_BUDGET_DEPTH": "0"}, {"GOVCRAWL_BUDGET_PAGES": "x"}]
)
def test_a_setting_that_cannot_be_is_refused(settings: dict[str, str]) -> None:
    with pytest.raises(RegistryError):
        RunSettings.of(settings)


def test_a_registry_folder_without_the_spider_is_refused(tmp_path: Path) -> None:
    spider = import_module("spiders.gansu").GansuSpider()
    with pytest.raises(RegistryError):
        spider.prepare(RunSettings.of({"GOVCRAWL_REGISTRY": str(tmp_path)}))
