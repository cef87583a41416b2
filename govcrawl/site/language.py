"""Which language a reader gets, and how numbers, shares and days are written in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from markupsafe import Markup, escape

from govcrawl.locale import translator

LANGUAGES = {"zh": "zh-CN", "en": "en"}
"""The site's languages, and how `lang` attributes write them."""
COOKIE = "govcrawl_language"
BLANK = "—"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def language_of(request: Any) -> str:
    """Chinese, unless the reader chose English here or prefers it in the browser."""
    if request is None:
        return "zh"
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def preferred(header: str) -> str:
    """The one of our languages that an `Accept-Language` header likes best; Chinese where it says nothing of them."""
    weights: dict[str, float] = {}
    for entry in header.split(","):
        tag, _, quality = entry.strip().partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES:
            weights[language] = max(weights.get(language, 0.0), _weight(quality))
    return "en" if weights.get("en", 0.0) > weights.get("zh", 0.0) else "zh"


def _weight(quality: str) -> float:
    text = quality.strip()
    if not text:
        return 1.0
    try:
        return float(text.removeprefix("q="))
    except ValueError:
        return 0.0


def words(language: str) -> Callable[..., str]:
    """The `_` of templates and pages: `_("{n} reports", n=5)`, in a language.

    What is filled in is escaped, unless it is markup already; then the whole is markup.
    """
    translate = translator(language)

    def _(text: str, **values: Any) -> str:
        translated = translate(text)
        if not values:
            return translated
        if any(hasattr(value, "__html__") for value in values.values()):
            return Markup(escape(translated)).format(**values)
        return translated.format(**values)

    return _


def number(value: float | None) -> str:
    """A figure with separators of thousands; a dash for what is not there."""
    if value is None:
        return BLANK
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.0f}"
    return f"{int(value):,}"


def percent(share: float | None, digits: int = 1) -> str:
    """A share of 1 in percent, rounded, though to 100% only what is all; a dash for what is not there."""
    if share is None:
        return BLANK
    rounded = round(100 * share, digits)
    return f"{100 - 10**-digits if share < 1 and rounded >= 100 else rounded:.{digits}f}%"


def day(text: str | None, language: str) -> str:
    """A day or the day of a moment, written out; what is no day stays as it is."""
    if not text:
        return BLANK
    try:
        when = date.fromisoformat(text[:10])
    except ValueError:
        return text
    if language == "zh":
        return f"{when.year}年{when.month}月{when.day}日"
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
