"""What the project takes from Scrapy is there, in the Scrapy that is installed."""

from __future__ import annotations

import inspect

from scrapy.core.downloader import Downloader
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from spiders.middleware.downloader import OneAtATime

COMPONENTS = ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES")


def test_every_component_of_the_settings_exists() -> None:
    settings = Settings()
    settings.setmodule("govcrawl.settings")
    for name in COMPONENTS:
        for path in settings.getdict(name):
            assert callable(load_object(path))


def test_the_downloader_still_has_the_step_that_is_counted_earlier() -> None:
    ours, theirs = OneAtATime._wait_for_download, Downloader._wait_for_download
    assert inspect.iscoroutinefunction(theirs)
    assert list(inspect.signature(ours).parameters) == list(inspect.signature(theirs).parameters)
    assert "self._wait_for_download(" in inspect.getsource(Downloader._process_queue)
