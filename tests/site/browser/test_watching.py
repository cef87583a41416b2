"""That what pages do behind their reader's back is noticed."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.site.browser.kinds import Served
from tests.site.browser.marks import IN_A_BROWSER
from tests.site.browser.visiting import DESKTOP, reading, watching

pytestmark = IN_A_BROWSER
_ELSEWHERE = "http://www.elsewhere.test/pixel.gif"


def test_a_request_to_another_host_is_noticed_and_goes_nowhere(browser: Browser, served: Served) -> None:
    with reading(browser, served.address, DESKTOP, "zh") as reader, watching(reader, served.address) as (page, watch):
        with page.expect_event("requestfailed") as failed:  # on an empty page, which has no policy
            page.set_content(f"<img src='{_ELSEWHERE}'>", wait_until="commit")
        assert failed.value.failure == "net::ERR_NAME_NOT_RESOLVED"
        assert watch.elsewhere == [_ELSEWHERE]


def test_what_the_policy_forbids_is_noticed(browser: Browser, served: Served) -> None:
    with reading(browser, served.address, DESKTOP, "zh") as reader, watching(reader, served.address) as (page, watch):
        page.goto("/stories")
        with page.expect_console_message(lambda message: message.text.startswith("policy:")):
            page.evaluate("document.body.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))")
        assert any("policy: style-src" in error for error in watch.errors)


def test_an_error_of_a_script_is_noticed(browser: Browser, served: Served) -> None:
    with reading(browser, served.address, DESKTOP, "zh") as reader, watching(reader, served.address) as (page, watch):
        page.goto("/stories")
        with page.expect_event("pageerror"):
            page.evaluate("setTimeout(() => nothing.there)")
        assert any("nothing is not defined" in error for error in watch.errors)
