"""Bytes to characters: labels are heard first and believed only when the bytes agree."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

_GB = "gb18030"
_CHINESE = frozenset({"gb18030", "gbk", "gb2312", "hz"})
_LEGACY_DEFAULTS = frozenset({"cp1252", "iso8859-1", "ascii"})
_NEEDS_BOM = ("utf-16", "utf-32")
_NON_ASCII = re.compile(rb"[\x80-\xff]")
_GB_BOM = b"\x84\x31\x95\x33"
_SAMPLE = 65536
_DAMAGE = 0.02
"""Share of undecodable characters a damaged page may have and still be what its label says."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded bytes: as text and as the UTF-8 the parser takes."""

    text: str
    utf8: bytes
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page or a text.

    The order is byte order mark, `<meta>`, `Content-Type`, UTF-8, GB18030. GB2312 and GBK are read as GB18030, which
    holds them. A label the bytes contradict is passed over with the note `charset_relabelled`; bytes that no
    character answers to become U+FFFD with the note `undecodable_bytes`.
    """
    named, bom = read_bom(data)
    if named and bom:
        return _finish(data[len(bom) :], _family(named), ())
    if data.startswith(_GB_BOM):
        return _finish(data[len(_GB_BOM) :], _GB, ())
    labels = tuple(_labels(data, content_type))
    if data.isascii() and b"\0" not in data:
        named = next((label for label in labels if label not in _LEGACY_DEFAULTS), "utf-8")
        return Decoded(data.decode("ascii"), data, named)
    encoding, text = _wide(data), None
    if encoding is None:
        encoding, text = _choose(data, labels)
    relabelled = any(label != encoding for label in labels)
    return _finish(data, encoding, ("charset_relabelled",) if relabelled else (), text)


def _labels(data: bytes, content_type: str | None) -> Iterator[str]:
    declared = html_body_declared_encoding(data)
    header = http_content_type_encoding(content_type)
    for label in (declared, header):
        if label and not label.startswith(_NEEDS_BOM):
            yield _family(label)


@lru_cache(maxsize=64)
def _family(label: str) -> str:
    name = resolve_encoding(label) or label
    try:
        name = codecs.lookup(name).name
    except LookupError:
        return label
    return _GB if name in _CHINESE else name


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark shows as a zero byte beside every ASCII letter."""
    head = data[:4096]
    nuls = head.count(0)
    if nuls * 20 < len(head):
        return None
    after, before = head[1::2].count(0), head[::2].count(0)
    return "utf-16-le" if after > 0.9 * nuls else "utf-16-be" if before > 0.9 * nuls else None


def _choose(data: bytes, labels: tuple[str, ...]) -> tuple[str, str | None]:
    """The encoding the bytes agree with, and the text where all of them do."""
    text = _decoded(data, "utf-8")
    if text is not None:
        if labels and "utf-8" not in labels and _GB in labels:
            other = _decoded(data, _GB)
            if other is not None and _plausibility(data, _GB) >= _plausibility(data, "utf-8"):
                return _GB, other
        return "utf-8", text
    for label in labels:
        if label not in _LEGACY_DEFAULTS and label != "utf-8":
            text = _decoded(data, label)
            if text is not None:
                return label, text
    if _damage(data, "utf-8") <= min(_DAMAGE, _damage(data, _GB)):
        return "utf-8", None
    return _GB, None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _sample(data: bytes) -> bytes:
    first = _NON_ASCII.search(data)
    start = first.start() if first else 0
    return data[start : start + _SAMPLE]


def _plausibility(data: bytes, encoding: str) -> float:
    """Share of the everyday characters of GB2312: what a Chinese page is made of, and a wrong decoding is not."""
    letters = [char for char in _sample(data).decode(encoding, "replace") if char > "\x7f"]
    common = len("".join(letters).encode("gb2312", "ignore")) / 2
    return common / max(len(letters), 1)


def _damage(data: bytes, encoding: str) -> float:
    text = _sample(data).decode(encoding, "replace")
    letters = sum(char > "\x7f" for char in text)
    return text.count("\ufffd") / max(letters, 1)


def _finish(data: bytes, encoding: str, notes: tuple[str, ...], text: str | None = None) -> Decoded:
    """`text` is what the bytes are known to say."""
    try:
        text = data.decode(encoding) if text is None else text
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        notes = (*notes, "undecodable_bytes")
    except LookupError:
        text, encoding = data.decode(_GB, "replace"), _GB
    utf8 = data if encoding == "utf-8" and "undecodable_bytes" not in notes else text.encode("utf-8", "replace")
    return Decoded(text, utf8, encoding, notes)
