"""What is asked of every answer before it is parsed: its text and its title, from the bytes."""

from __future__ import annotations

import re

_TITLE = re.compile(rb"<(?:title|TITLE|Title)[^>]*>([^<]{0,400})")
_HEAD = 16384


def text_of(body: bytes) -> str:
    """The body in UTF-8 or else in the old charset, without looking at what it says of itself."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def title_of(body: bytes) -> str:
    """The text of `<title>` in the head of a page, without white space; empty where there is none."""
    found = _TITLE.search(body, 0, _HEAD)
    return "".join(text_of(found[1]).split()) if found else ""
