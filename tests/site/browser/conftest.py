"""Debian's Chromium looks at the site that `govcrawl serve` serves; nothing else can be reached."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.site.browser.corpus import add_county
from tests.site.browser.kinds import Served
from tests.site.browser.serving import serving
from tests.site.browser.visiting import DESKTOP, PHONE, Screen, chromium, reading, watching


@pytest.fixture(scope="session")
def served(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The session's corpus with a county of which one report contradicts itself, served by the real command."""
    folder = Path(shutil.copytree(data_dir, tmp_path_factory.mktemp("served") / "corpus"))
    made = add_county(folder)
    with serving(folder) as address:
        yield Served(address, folder / "govcrawl.db", made)


@pytest.fixture(scope="module")
def browser(served: Served) -> Iterator[Browser]:
    """Of a module and no longer: as long as Playwright runs, nothing else can have an event loop in this thread."""
    with sync_playwright() as playwright:
        launched = chromium(playwright)
        yield launched
        launched.close()


@pytest.fixture(params=[PHONE, DESKTOP], ids=lambda screen: screen.name)
def screen(request: pytest.FixtureRequest) -> Screen:
    asked: Screen = request.param
    return asked


@pytest.fixture(scope="module")
def readers(browser: Browser, served: Served) -> Iterator[Callable[[Screen, str], BrowserContext]]:
    """Gives the reader with a screen and a language; each keeps what it has loaded until the module ends."""
    with ExitStack() as stack:
        yield cache(lambda screen, language: stack.enter_context(reading(browser, served.address, screen, language)))


@pytest.fixture
def page(readers: Callable[[Screen, str], BrowserContext], served: Served, screen: Screen) -> Iterator[Page]:
    """A page of a Chinese reader. Whatever is done on it, it may ask no other host and make no error."""
    with watching(readers(screen, "zh"), served.address) as (page, watch):
        yield page
        assert watch.elsewhere == []
        assert watch.errors == []
