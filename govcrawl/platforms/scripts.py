"""Arrays and objects as scripts write them: found by their brackets, with quotes of both kinds and bare keys."""

from __future__ import annotations

import json
import re

from govcrawl.platforms.embedded import read_json

_CLOSING = {"[": "]", "{": "}"}
_TOKEN = re.compile(r"""\s+|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\[\]{}:,]|-?\d+(?:\.\d+)?|[A-Za-z_$][\w$]*""")
_BRACKET = re.compile(r"""["'\[\]{}]""")
_LAST_COMMA = re.compile(r",\s*([\]}])")
_LONGEST = 100_000


def literal_at(text: str, start: int) -> object:
    """The value of the array or object that opens at `start`; None where it does not close, or is not constant."""
    written = bracketed(text, start)
    if written is None:
        return None
    parts, place = [], 0
    while place < len(written):
        token = _TOKEN.match(written, place)
        if token is None:
            return None
        place = token.end()
        parts.append(_as_json(token[0], written[place : place + 40].lstrip().startswith(":")))
    return read_json(_LAST_COMMA.sub(r"\1", "".join(parts)))


def bracketed(text: str, start: int) -> str | None:
    """The text of the array or object that opens at `start`, to its closing bracket."""
    depth: list[str] = []
    place = start
    while found := _BRACKET.search(text, place, start + _LONGEST):
        mark, place = found[0], found.end()
        if mark in "\"'":
            place = _after_string(text, place, mark)
        elif mark in _CLOSING:
            depth.append(_CLOSING[mark])
        elif not depth or depth.pop() != mark:
            return None
        elif not depth:
            return text[start:place]
    return None


def _after_string(text: str, place: int, quote: str) -> int:
    while (end := text.find(quote, place)) >= 0:
        slashes = end - 1
        while text[slashes] == "\\":
            slashes -= 1
        place = end + 1
        if (end - slashes) % 2:
            return place
    return len(text)


def _as_json(token: str, is_key: bool) -> str:
    if token[0] == "'":
        return json.dumps(re.sub(r"\\(.)", r"\1", token[1:-1]), ensure_ascii=False)
    bare = token[0].isalpha() or token[0] in "_$"
    return json.dumps(token) if bare and is_key else token
