"""What the project takes from Scrapy is there, in the Scrapy that is installed."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.core.downloader import Downloader
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from spiders.middleware.downloader import HostQueue, OneAtATime
from spiders.run import spider_names

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES")


@pytest.mark.slow
def test_scrapy_finds_the_spiders_outside_a_checkout_where_the_readme_says_how(tmp_path: Path) -> None:
    name, _, value = "SCRAPY_SETTINGS_MODULE=govcrawl.settings".partition("=")
    for readme in ("README.md", "README.zh-CN.md"):
        assert f"export {name}={value}" in (ROOT / readme).read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), name: value},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.stdout.split() == sorted(spider_names())
    assert len(spider_names()) == 33


def test_every_component_of_the_settings_exists() -> None:
    settings = Settings()
    settings.setmodule("govcrawl.settings")
    for name in COMPONENTS:
        for path in settings.getdict(name):
            assert callable(load_object(path))


@pytest.mark.parametrize(
    "step", ["_get_slot", "_enqueue_request", "_process_queue", "_download", "_wait_for_download", "_slot_gc", "fetch"]
)
def test_the_downloader_still_has_the_steps_that_are_taken_over(step: str) -> None:
    ours, theirs = getattr(OneAtATime, step), getattr(Downloader, step)
    assert inspect.iscoroutinefunction(ours) == inspect.iscoroutinefunction(theirs)
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)


def test_the_downloader_still_takes_these_steps_in_that_order() -> None:
    assert "self._process_queue(slot)" in inspect.getsource(Downloader._enqueue_request)
    assert "self._download(slot, request)" in inspect.getsource(Downloader._wait_for_download)
    assert "self._enqueue_request" in inspect.getsource(Downloader.fetch)
    assert "self.pqueues" in inspect.getsource(HostQueue.__mro__[1].push)
