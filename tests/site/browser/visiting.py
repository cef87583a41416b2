"""Somebody with a browser, and what the pages do behind their back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

from spiders.browser import find_chromium

LOCALES = {"zh": "zh-CN", "en": "en-GB"}
_TELLS_VIOLATIONS = """document.addEventListener("securitypolicyviolation",
    (event) => console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI}`));"""


@dataclass(frozen=True)
class Screen:
    """A screen in CSS pixels."""

    name: str
    width: int
    height: int


PHONE = Screen("phone", 360, 740)
DESKTOP = Screen("desktop", 1280, 900)


@dataclass
class Watch:
    """What pages ask of other hosts, and what goes wrong in them."""

    address: str
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("request", lambda asked: self._asked(asked.url))
        page.on("websocket", lambda socket: self._asked(socket.url))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))

    def _asked(self, url: str) -> None:
        if urlsplit(url).netloc != urlsplit(self.address).netloc:
            self.elsewhere.append(url)

    def _hear(self, message: ConsoleMessage) -> None:
        page = message.page
        told = (
            "responded with a status of 40" in message.text and page is not None and message.location["url"] == page.url
        )
        if message.type in {"error", "warning"} and not told:  # a page that says that it is not there is no fault
            self.errors.append(f"{page.url if page else ''}: {message.text}")


def chromium(playwright: Playwright) -> Browser:
    """Debian's Chromium, to which this machine is the only one there is: nothing that a page asks for leaves it."""
    alone = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    return playwright.chromium.launch(executable_path=find_chromium(), args=[alone, "--disable-gpu"])


@contextmanager
def reading(browser: Browser, address: str, screen: Screen, language: str) -> Iterator[BrowserContext]:
    """A reader of a language with a screen, who has never seen the site: paths are opened by `goto("/stories")`."""
    size: Any = {"width": screen.width, "height": screen.height}
    context = browser.new_context(base_url=address, viewport=size, locale=LOCALES[language], accept_downloads=True)
    try:
        context.set_default_timeout(60_000)
        context.add_init_script(_TELLS_VIOLATIONS)
        yield context
    finally:
        context.close()


@contextmanager
def watching(context: BrowserContext, address: str) -> Iterator[tuple[Page, Watch]]:
    """A page of a reader who has chosen nothing yet, and who sees what goes on in it."""
    context.clear_cookies()
    watch, page = Watch(address), context.new_page()
    watch.listen(page)
    try:
        yield page, watch
    finally:
        page.close()
