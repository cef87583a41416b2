"""Ids as content systems make them, the same in every run."""

from __future__ import annotations

from hashlib import sha256


def hexadecimal(length: int, *parts: object) -> str:
    """So many hexadecimal figures made of the parts."""
    return sha256("/".join(map(str, parts)).encode()).hexdigest()[:length]


def uuid(*parts: object) -> str:
    """A UUID made of the parts."""
    figures = hexadecimal(32, *parts)
    return "-".join((figures[:8], figures[8:12], figures[12:16], figures[16:20], figures[20:]))
