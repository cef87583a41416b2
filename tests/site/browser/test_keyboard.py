"""The site without a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from govcrawl.site import addresses
from tests.site.browser.kinds import Served
from tests.site.browser.marks import IN_A_BROWSER

pytestmark = IN_A_BROWSER
_OUTLINE = """() => {
    const [at, style] = [document.activeElement, getComputedStyle(document.activeElement)];
    return [at.outerHTML, style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth)];
}"""


def test_the_first_stop_leads_over_the_frame_to_the_content(page: Page) -> None:
    page.goto("/stories")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_next_stop_after_skipping_is_in_the_content(page: Page) -> None:
    page.goto("/stories")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main a").first).to_be_focused()


def test_search_is_reached_by_tab_and_begun_by_enter(page: Page) -> None:
    page.goto("/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "site-q":
            break
    page.keyboard.type("公开")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=%E5%85%AC%E5%BC%80$"))


@pytest.mark.parametrize("kind", ["broken", "story"])
def test_whatever_has_the_focus_shows_it(page: Page, served: Served, kind: str) -> None:
    page.goto(served.paths()[kind])
    for _ in range(16):
        page.keyboard.press("Tab")
        element, width = page.evaluate(_OUTLINE)
        assert width >= 2, element


def test_a_table_of_many_figures_is_one_stop(page: Page, served: Served) -> None:
    page.goto(served.paths()["broken"])
    skip = page.locator("a.leap[href='#after-table-applications']")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('table.applications').contains(document.activeElement)")
    below = page.evaluate(
        """document.querySelector('table.applications').compareDocumentPosition(document.activeElement)
        & Node.DOCUMENT_POSITION_FOLLOWING"""
    )
    assert (inside, below) == (False, 4)


def test_a_wide_table_is_scrolled_by_keys(page: Page, served: Served) -> None:
    page.goto(addresses.table("reports"))
    region = page.get_by_role("region").first
    region.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)
