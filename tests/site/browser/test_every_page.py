"""What holds of every kind of page, on both screens, in both languages. Pictures of all land in build/screenshots/."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.site.browser.kinds import KINDS, Served
from tests.site.browser.marks import IN_A_BROWSER
from tests.site.browser.visiting import DESKTOP, LOCALES, PHONE, Screen, watching

pytestmark = IN_A_BROWSER
PICTURES = Path(__file__).parents[3] / "build" / "screenshots"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CHECKED = {(PHONE, "zh"): False, (DESKTOP, "en"): True}
"""Where axe looks, and whether at contrast, too, which takes longest: colours are the same on all screens."""
_GRAVE = {"serious", "critical"}
every_kind = pytest.mark.parametrize("kind", KINDS)
every_language = pytest.mark.parametrize("language", LOCALES)


@dataclass(frozen=True)
class Seen:
    """A page as it was when it had been looked at."""

    language: str
    beyond: int
    """Pixels by which the page is wider than the screen."""
    elsewhere: list[str]
    errors: list[str]
    faults: list[str]
    """What axe found, grave things alone."""


Look = Callable[[str, Screen, str], Seen]


@pytest.fixture(scope="module")
def look(readers: Callable[[Screen, str], BrowserContext], served: Served) -> Look:
    """Looks at a kind of page; at each but once."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    paths = served.paths()

    @cache
    def looked(kind: str, screen: Screen, language: str) -> Seen:
        with watching(readers(screen, language), served.address) as (page, watch):
            page.goto(paths[kind])
            picture = PICTURES / f"{kind}-{screen.name}-{language}.jpg"
            page.screenshot(path=picture, full_page=True, type="jpeg", quality=85)
            found = _violations(page, CHECKED[screen, language]) if (screen, language) in CHECKED else []
            return Seen(
                page.locator("html").get_attribute("lang") or "",
                page.evaluate(_OVERFLOW),
                watch.elsewhere,
                watch.errors,
                [_told(fault) for fault in found if fault["impact"] in _GRAVE],
            )

    return looked


def _violations(page: Page, contrast: bool) -> list[dict[str, Any]]:
    options = {
        "resultTypes": ["violations"],
        "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        "rules": {"color-contrast": {"enabled": contrast}},
        "selectors": False,
    }
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return found


def _told(fault: dict[str, Any]) -> str:
    return f"{fault['id']} ({fault['impact']}): {fault['help']}: {[node['html'][:200] for node in fault['nodes'][:5]]}"


@every_kind
@every_language
def test_it_is_in_the_readers_language(look: Look, kind: str, screen: Screen, language: str) -> None:
    assert look(kind, screen, language).language == LOCALES[language].replace("en-GB", "en")


@every_kind
@every_language
def test_it_asks_no_other_host(look: Look, kind: str, screen: Screen, language: str) -> None:
    assert look(kind, screen, language).elsewhere == []


@every_kind
@every_language
def test_nothing_goes_wrong_in_it(look: Look, kind: str, screen: Screen, language: str) -> None:
    assert look(kind, screen, language).errors == []


@every_kind
@every_language
def test_it_is_no_wider_than_the_screen(look: Look, kind: str, screen: Screen, language: str) -> None:
    assert look(kind, screen, language).beyond == 0


@every_kind
@pytest.mark.parametrize(("size", "language"), list(CHECKED), ids=["phone-zh", "desktop-en"])
def test_axe_finds_no_grave_fault(look: Look, kind: str, size: Screen, language: str) -> None:
    assert look(kind, size, language).faults == []
