"""The browser lane: pages whose lists exist only after their scripts ran, opened in Debian's Chromium. Off by default.

It is there to read, not to pass challenges: the browser says who it is as the crawl does, asks one thing at a time of
the page's own host alone, and gets no further than robots.txt allows.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.misc import build_from_crawler, load_object

from govcrawl.crawl.settings import is_on
from govcrawl.model import BrowserError
from spiders.middleware.slots import HOSTS

if TYPE_CHECKING:
    from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

MARK = "govcrawl_rendered"
"""The key of a request's meta that sends it into this lane."""
RENDERED_BY = "X-Govcrawl-Rendered"
"""The header by which the archive tells a rendered page from what the portal sent."""
MOST_REQUESTS = 40
"""What one page may ask for, itself among it."""
PATIENCE = 30.0
"""Seconds for a page to come to rest."""
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_KINDS = frozenset({"document", "script", "xhr", "fetch"})
"""What a list needs; pictures, styles and fonts are not asked for."""
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
_OF: WeakKeyDictionary[Crawler, Rendering] = WeakKeyDictionary()


def find_chromium() -> str:
    """The browser's path: `GOVCRAWL_CHROMIUM`, else the first of Debian's names that is installed.

    Raises:
        BrowserError: there is none, the extra is not installed, or its driver does not start.
    """
    try:
        import playwright
        import scrapy_playwright  # noqa: F401
    except ImportError as error:
        raise BrowserError("the browser lane needs the extra: pip install 'govcrawl[browser]'") from error
    named = os.environ.get("GOVCRAWL_CHROMIUM")
    path = named or next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise BrowserError("the browser lane needs Chromium, and there is none: apt install chromium libatomic1")
    if not shutil.which(path):
        raise BrowserError(f"GOVCRAWL_CHROMIUM names {path}, which is no program: mend it, or unset it")
    _try_driver(Path(playwright.__file__).parent / "driver" / "node")
    return path


def _try_driver(driver: Path) -> None:
    """Playwright's driver is a program of its own, which may lack a library of the system."""
    try:
        done = subprocess.run([driver, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BrowserError(f"Playwright's driver does not start: {error}") from error
    if done.returncode:
        said = done.stderr.strip().rpartition("\n")[2] or f"exit status {done.returncode}"
        raise BrowserError(f"Playwright's driver does not start: {said} (libatomic.so.1: apt install libatomic1)")


class BrowserLane:
    """Scrapy add-on: where the setting `GOVCRAWL_BROWSER` is on, puts the lane before the usual download handlers."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Put it there."""
        if not is_on(settings.get("GOVCRAWL_BROWSER")):
            return
        handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
        settings.setdict(_options(settings), priority="cmdline")
        settings.set("GOVCRAWL_UNRENDERED", handlers["http"], priority="cmdline")
        lane = f"{__name__}.{BrowserHandler.__name__}"
        settings.set("DOWNLOAD_HANDLERS", {"http": lane, "https": lane}, priority="cmdline")


class BrowserHandler:
    """Download handler: what is marked is rendered, all else goes the usual way."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.plain = build_from_crawler(load_object(crawler.settings["GOVCRAWL_UNRENDERED"]), crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BrowserHandler:
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """One answer."""
        if not request.meta.get(MARK):
            response: Response = await self.plain.download_request(request)
            return response
        rendering = _OF.get(self.crawler)
        if rendering is None:
            rendering = _OF[self.crawler] = Rendering(self.crawler)
        return await rendering.render(request)

    async def close(self) -> None:
        """End both."""
        await self.plain.close()
        rendering = _OF.pop(self.crawler, None)
        if rendering is not None:
            await rendering.close()


class Rendering:
    """The browser of one spider, started with the first page that needs it; one page at a time."""

    def __init__(self, crawler: Crawler) -> None:
        from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

        self.crawler = crawler
        self.agent = str(crawler.settings["ROBOTSTXT_USER_AGENT"])
        self.delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self.largest = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self.gates: WeakKeyDictionary[Any, Gate] = WeakKeyDictionary()
        self.turn = asyncio.Lock()
        self.started = False
        self.handler: ScrapyPlaywrightDownloadHandler = ScrapyPlaywrightDownloadHandler(crawler)
        self.handler.abort_request = self._refuses

    async def render(self, request: Request) -> Response:
        """The page as it stands when nothing more is asked for.

        Raises:
            DownloadTimeoutError: it does not come to rest.
            DownloadCancelledError: it is larger than `DOWNLOAD_MAXSIZE`.
        """
        from playwright.async_api import TimeoutError as PlaywrightTimeoutError

        async with self.turn:
            if not self.started:
                await self.handler._launch()
                self.started = True
            marked = request.replace(meta={**request.meta, **self._meta()})
            try:
                response: Response = await self.handler.download_request(marked)
            except PlaywrightTimeoutError as error:
                raise DownloadTimeoutError(f"the page's scripts did not come to rest in {PATIENCE:.0f} s") from error
        if self.largest and len(response.body) > self.largest:
            raise DownloadCancelledError(f"the rendered page has {len(response.body):,} bytes")
        self.crawler.stats.inc_value("govcrawl/browser/rendered")
        headers = {**response.headers, RENDERED_BY: f"Chromium {self.handler.browser.version}"}
        return response.replace(request=request, headers=headers)

    async def close(self) -> None:
        """End the browser."""
        if self.started:
            await self.handler._close()

    def _meta(self) -> dict[str, Any]:
        return {
            "playwright": True,
            "playwright_page_init_callback": self._open_gate,
            "playwright_page_goto_kwargs": {"wait_until": "networkidle", "timeout": PATIENCE * 1000},
        }

    async def _open_gate(self, page: Any, request: Request) -> None:
        gate = self.gates[page] = Gate(urlsplit(request.url).hostname or "", self.agent, self.delay)
        page.on("requestfinished", gate.done)
        page.on("requestfailed", gate.done)

    async def _refuses(self, request: Any) -> bool:
        gate = self.gates.get(request.frame.page)
        refused = gate is None or await gate.refuses(request)
        self.crawler.stats.inc_value(f"govcrawl/browser/{'refused' if refused else 'asked'}")
        return refused


class Gate:
    """What one page may ask for: little, of its own host, one thing after the other, with the usual pause."""

    def __init__(self, host: str, agent: str, delay: float) -> None:
        self.host = host
        self.agent = agent
        self.delay = delay
        self.asked = 0
        self._turn = asyncio.Lock()
        self._holder: Any = None

    async def refuses(self, request: Any) -> bool:
        """Whether a request of the page is not made; waits for the one before it where it is."""
        parts = urlsplit(request.url)
        if request.resource_type not in _KINDS or parts.hostname != self.host or self.asked >= MOST_REQUESTS:
            return True
        rules = HOSTS.robots.get(parts.netloc)
        if rules is not None and rules.parser is not None and not rules.parser.can_fetch(request.url, self.agent):
            return True
        self.asked += 1
        await self._turn.acquire()
        if self._holder is not None:
            await asyncio.sleep(self.delay)
        self._holder = request
        return False

    def done(self, request: Any) -> None:
        """The request has its answer, or has none."""
        if request is self._holder and self._turn.locked():
            self._turn.release()


def _options(settings: BaseSettings) -> dict[str, Any]:
    arguments = [
        *_QUIET,
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
        *_mapped(settings.getdict("GOVCRAWL_HOSTS")),
    ]
    return {
        "PLAYWRIGHT_BROWSER_TYPE": "chromium",
        "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": find_chromium(), "headless": True, "args": arguments},
        "PLAYWRIGHT_CONTEXTS": {
            "default": {
                "user_agent": settings["USER_AGENT"],
                "locale": "zh-CN",
                "ignore_https_errors": True,
                "service_workers": "block",
                "accept_downloads": False,
            }
        },
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 1,
        "PLAYWRIGHT_PROCESS_REQUEST_HEADERS": None,
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": PATIENCE * 1000,
    }


def _mapped(hosts: Mapping[str, str]) -> list[str]:
    """How the browser finds simulated hosts, and nothing else, while `GOVCRAWL_HOSTS` is set."""
    if not hosts:
        return []
    rules = [f"MAP {pattern} {address}" for pattern, address in hosts.items()]
    return [f"--host-resolver-rules={', '.join([*rules, 'MAP * ~NOTFOUND'])}"]
