"""Data that scripts hold and endpoints answer: JSON read from text that may be broken, hostile or something else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from govcrawl.platforms.page import read_date, squeeze

_DECODER = json.JSONDecoder()
_CHINA = timedelta(hours=8)
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_MILLISECONDS = 10**11
MOST_ROWS = 1_000_000
"""A list that claims more rows claims nothing."""
MOST_PAGES = 500
"""Pages of one list that are asked for."""


@lru_cache(maxsize=4)
def read_json(text: str) -> object:
    """The value that a text is in JSON; None where it is none, or nested beyond reason. Not to be changed."""
    return json_at(text, 0)


def json_at(text: str, start: int) -> object:
    """The JSON value that begins at `start` (after white space), whatever follows it; None where none does."""
    while start < len(text) and text[start] in " \t\r\n\ufeff":
        start += 1
    try:
        return _DECODER.raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def mapping(value: object) -> Mapping[str, object]:
    """The value as an object; empty where it is none."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[Mapping[str, object]]:
    """The objects of an array; empty where it is none."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def words(value: object) -> str:
    """A value as plain text on one line: markup and entities taken out; empty for anything but text and numbers."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    return squeeze(unescape(_MARKUP.sub("", value))) if isinstance(value, str) else ""


def count(value: object, most: int = MOST_ROWS) -> int | None:
    """A number of rows or pages, printed as a number or as text; None where it is none, or beyond belief."""
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
        return value
    return None


def day(value: object) -> date | None:
    """The day in China of a Unix time (seconds or milliseconds), or the date printed in a text."""
    if isinstance(value, str) and not value.strip().isdecimal():
        return read_date(value)
    number = count(value, 10**14) if not isinstance(value, str) else _number(value)
    if not number:
        return None
    seconds = number // 1000 if number > _MILLISECONDS else number
    return (datetime.fromtimestamp(seconds, UTC) + _CHINA).date()


def _number(text: str) -> int | None:
    return int(text) if text.strip().isascii() and len(text.strip()) <= 13 else None


def parameter(url: str, name: str) -> str:
    """The first value of a parameter in an address; empty where it has none."""
    return dict(reversed(parameters(url))).get(name, "")


def parameters(url: str) -> list[tuple[str, str]]:
    """All parameters of an address, in order."""
    try:
        return parse_qsl(urlsplit(url).query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return []


def with_parameters(url: str, changed: Mapping[str, str]) -> str:
    """The address with parameters set: those it has in their place, the others at its end; without a fragment."""
    parts = urlsplit(url)
    pairs = {name: changed.get(name, value) for name, value in parameters(url)}
    pairs.update({name: value for name, value in changed.items() if name not in pairs})
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(pairs), ""))


def flat(nodes: object, children: str = "children", most: int = 5000) -> Iterator[Mapping[str, object]]:
    """The nodes of a tree in reading order, parents before their children, the first `most` of them."""
    waiting = objects(nodes)[::-1]
    while waiting and most > 0:
        node = waiting.pop()
        yield node
        most -= 1
        waiting += objects(node.get(children))[::-1]
