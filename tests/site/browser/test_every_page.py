"""What holds of every kind of page, on both screens, in both languages. Pictures of all land in build/screenshots/."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.site.browser.kinds import KINDS, Served
from tests.site.browser.marks import IN_A_BROWSER
from tests.site.browser.visiting import DESKTOP, LOCALES, PHONE, Screen, visiting

pytestmark = IN_A_BROWSER
PICTURES = Path(__file__).parents[3] / "build" / "screenshots"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_RULES = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
CHECKED = [(DESKTOP, "zh"), (PHONE, "en")]
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
def look(browser: Browser, served: Served) -> Iterator[Look]:
    """Looks at a kind of page; at each but once."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    paths, known, visits = served.paths(), dict[Any, Seen](), dict[Any, Any]()
    axe = Axe()
    with ExitStack() as stack:

        def looked(kind: str, screen: Screen, language: str) -> Seen:
            if (kind, screen, language) in known:
                return known[kind, screen, language]
            if (screen, language) not in visits:
                visits[screen, language] = stack.enter_context(visiting(browser, served.address, screen, language))
            page, watch = visits[screen, language]
            watch.elsewhere, watch.errors = [], []
            page.goto(paths[kind])
            picture = PICTURES / f"{kind}-{screen.name}-{language}.jpg"
            page.screenshot(path=picture, full_page=True, type="jpeg", quality=85)
            checked = (screen, language) in CHECKED
            found = axe.run(page, options=_RULES).response["violations"] if checked else []
            known[kind, screen, language] = Seen(
                page.locator("html").get_attribute("lang") or "",
                page.evaluate(_OVERFLOW),
                watch.elsewhere,
                watch.errors,
                [_told(fault) for fault in found if fault["impact"] in _GRAVE],
            )
            return known[kind, screen, language]

        yield looked


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
@pytest.mark.parametrize(("size", "language"), CHECKED, ids=["desktop-zh", "phone-en"])
def test_axe_finds_no_grave_fault(look: Look, kind: str, size: Screen, language: str) -> None:
    assert look(kind, size, language).faults == []
