"""Lists that exist only after their scripts ran, over a simulated host, in Debian's Chromium."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from govcrawl.model import BrowserError
from spiders import browser
from spiders.browser import MOST_REQUESTS, BrowserHandler, BrowserLane, Gate, find_chromium
from tests.spiders.test_crawl import crawl

HOST = "www.gongkai.test"
needs_chromium = pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")


@needs_chromium
@pytest.mark.slow
def test_a_list_that_a_script_writes_is_read_with_the_browser(tmp_path: Path) -> None:
    done = crawl(tmp_path, "scripted", {"gongkai": f"http://{HOST}/"}, settings={"GOVCRAWL_BROWSER": 1})
    assert done.rows("SELECT count(*) FROM report_sources") == [(7,)]
    assert done.problems() == set()
    assert done.stats["govcrawl/browser/rendered"] == 1


@pytest.mark.slow
def test_without_the_lane_such_a_list_is_told(tmp_path: Path) -> None:
    done = crawl(tmp_path, "scripted", {"gongkai": f"http://{HOST}/"})
    assert done.rows("SELECT count(*) FROM report_sources") == [(0,)]
    assert ("gongkai", "unsupported") in done.problems()


def asked(url: str, kind: str = "fetch") -> SimpleNamespace:
    return SimpleNamespace(url=url, resource_type=kind)


def gate(url: str, kind: str = "fetch") -> bool:
    return asyncio.run(Gate(HOST, "govcrawl", 0).refuses(asked(url, kind)))


def test_a_page_may_ask_its_own_host_for_what_a_list_needs() -> None:
    assert not gate(f"http://{HOST}/rows.json")
    assert not gate(f"http://{HOST}/list.js", "script")


@pytest.mark.parametrize("kind", ["image", "stylesheet", "font", "media", "websocket", "ping"])
def test_pictures_styles_and_sockets_are_not_asked_for(kind: str) -> None:
    assert gate(f"http://{HOST}/a", kind)


def test_other_hosts_are_not_asked() -> None:
    assert gate("http://stats.example.test/count.js", "script")


def test_one_thing_is_asked_for_at_a_time() -> None:
    async def two() -> list[str]:
        passed = []
        door = Gate(HOST, "govcrawl", 0)
        first, second = asked(f"http://{HOST}/1"), asked(f"http://{HOST}/2")
        await door.refuses(first)
        waiting = asyncio.create_task(door.refuses(second))
        waiting.add_done_callback(lambda _: passed.append("second"))
        await asyncio.sleep(0)
        passed.append("first is on its way")
        door.done(first)
        await waiting
        await asyncio.sleep(0)
        return passed

    assert asyncio.run(two()) == ["first is on its way", "second"]


def test_a_page_that_asks_without_end_is_stopped() -> None:
    async def many() -> list[bool]:
        door, refused = Gate(HOST, "govcrawl", 0), []
        for number in range(MOST_REQUESTS + 5):
            each = asked(f"http://{HOST}/{number}")
            refused.append(await door.refuses(each))
            door.done(each)
        return refused

    assert asyncio.run(many()) == [False] * MOST_REQUESTS + [True] * 5


def test_the_lane_is_off_unless_it_is_asked_for() -> None:
    settings = Settings({"DOWNLOAD_HANDLERS": {"http": "usual", "https": "usual"}})
    BrowserLane().update_settings(settings)
    assert settings.getdict("DOWNLOAD_HANDLERS") == {"http": "usual", "https": "usual"}


def test_the_lane_stands_before_the_usual_handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "find_chromium", lambda: "/usr/bin/chromium")
    settings = Settings({"DOWNLOAD_HANDLERS": {"http": "usual", "https": "usual"}, "GOVCRAWL_BROWSER": True})
    BrowserLane().update_settings(settings)
    assert settings.getdict("DOWNLOAD_HANDLERS")["https"].endswith(BrowserHandler.__name__)
    assert settings["GOVCRAWL_UNRENDERED"] == "usual"


def test_a_driver_that_does_not_start_is_the_machines_fault_and_no_portals(tmp_path: Path) -> None:
    driver = tmp_path / "node"
    driver.write_text(
        "#!/bin/sh\necho libatomic.so.1: cannot open shared object file >&2\nexit 127\n", encoding="utf-8"
    )
    driver.chmod(0o755)
    with pytest.raises(BrowserError, match=r"libatomic\.so\.1: cannot open .*apt install libatomic1"):
        browser._try_driver(driver)


def test_a_machine_without_chromium_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser.shutil, "which", lambda name: None)
    monkeypatch.delenv("GOVCRAWL_CHROMIUM", raising=False)
    with pytest.raises(BrowserError, match="apt install chromium libatomic1"):
        find_chromium()
