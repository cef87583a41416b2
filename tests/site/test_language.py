"""Which language a page is in, and how figures, shares and days are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from govcrawl.site.addresses import local
from govcrawl.site.language import BLANK, day, number, percent, preferred, words
from tests.site.visitor import Visitor


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"),
        ("*", "zh"),
        ("de", "zh"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("en;q=0.8, zh-CN", "zh"),
        ("zh;q=0.7, en;q=0.7", "zh"),
        ("de, en;q=0.5", "en"),
        ("en;q=nonsense", "zh"),
        ("en;q=0", "zh"),
    ],
)
def test_chinese_comes_first_unless_the_browser_likes_english_better(header: str, language: str) -> None:
    assert preferred(header) == language


@given(st.text())
def test_any_header_gives_a_language(header: str) -> None:
    assert preferred(header) in {"zh", "en"}


def test_a_page_says_which_language_it_is_in(client: Visitor) -> None:
    assert client.get("/corpus", "zh").tree.get("lang") == "zh-CN"
    assert client.get("/corpus", "en").tree.get("lang") == "en"
    assert client.get("/corpus", None).tree.get("lang") == "zh-CN"
    assert client.get("/corpus", None, headers={"accept-language": "en"}).tree.get("lang") == "en"


def test_the_choice_goes_before_the_browser(client: Visitor) -> None:
    assert client.get("/corpus", "zh", headers={"accept-language": "en"}).tree.get("lang") == "zh-CN"


@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
def test_the_switch_leads_back_to_the_same_page_in_the_other_language(
    client: Visitor, language: str, other: str
) -> None:
    page = "/corpus/reports?_size=1&report_year=2019"
    (switch,) = client.get(page, language).all("//a[@hreflang]/@href")
    answer = client.get(switch, language)
    assert answer.status == 302
    assert answer.headers["location"] == page
    assert f"govcrawl_language={other}" in answer.headers["set-cookie"]


def test_answers_are_kept_apart_by_language_in_caches(client: Visitor) -> None:
    vary = client.get("/corpus", None).headers["vary"]
    assert {"Cookie", "Accept-Language"} <= {each.strip() for each in vary.split(",")}


@pytest.mark.parametrize(
    ("figure", "written"),
    [(0, "0"), (1234567, "1,234,567"), (-3, "-3"), (2.0, "2"), (24575.93, "24,575.93"), (None, BLANK)],
)
def test_a_blank_is_not_a_zero(figure: float | None, written: str) -> None:
    assert number(figure) == written


def test_shares_have_one_decimal() -> None:
    assert [percent(0.12345), percent(1), percent(0.0), percent(None)] == ["12.3%", "100.0%", "0.0%", BLANK]
    assert [percent(2999 / 3000), percent(0.996, 0), percent(1.2)] == ["99.9%", "99%", "120.0%"]


def test_days_are_written_out() -> None:
    assert day("2021-01-09", "zh") == "2021年1月9日"
    assert day("2021-01-09T08:00:00Z", "en") == "9 January 2021"
    assert day(None, "en") == BLANK
    assert day("spring", "zh") == "spring"


def test_what_is_filled_into_a_sentence_is_escaped_beside_markup() -> None:
    said = words("en")("{link} and {name}", link=Markup("<a>x</a>"), name="<b>")
    assert said == "<a>x</a> and &lt;b&gt;"


@given(st.text())
def test_a_redirect_stays_on_the_site(address: str) -> None:
    led = local(address)
    assert led.startswith("/")
    assert not led.startswith("//")
    assert "\\" not in led
    assert led.isprintable()
