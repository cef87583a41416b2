"""What drawing the pages of a PDF document would cost, told from its bytes before PDFium sees them.

PDFium draws whatever it is given: a page whose drawings draw each other ten times over, or one that unpacks to a
gigabyte, ends in minutes and gigabytes, in code that cannot be called back. Streams are inflated here piece by piece
and counted, and drawings are followed by their names. What hides from this (behind encryption or rarer filters) meets
the limits of the process it is read in.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from govcrawl.documents.limits import Limits, too_large

STREAM = 4_000_000
"""Bytes of drawing in one stream: a densely printed sheet has 100,000."""
SHEET = 8_000_000
"""Bytes of drawing on one sheet, what its drawings draw in turn included."""
DOCUMENT = 64_000_000
"""Bytes of drawing in a document."""
SMALL = 4_000
"""Bytes packed: fewer never unpack to more than `STREAM`."""
NESTED = 20
"""Drawings inside drawings."""
_CHUNK = 1 << 16

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10})[\s\0]+[0-9]{1,5}[\s\0]+obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_REFERENCE = re.compile(rb"([0-9]{1,10})[\s\0]+[0-9]{1,5}[\s\0]+R\b")
_NAMED = re.compile(rb"/([^\s\0/<>\[\](){}%]+)[\s\0]+([0-9]{1,10})[\s\0]+[0-9]{1,5}[\s\0]+R\b")
_DRAWN = re.compile(rb"/([^\s\0/<>\[\](){}%]+)[\s\0]+Do\b")
_CONTENTS = re.compile(rb"/Contents[\s\0]*(?:\[([^\]]*)\]|([0-9]+[\s\0]+[0-9]+[\s\0]+R))")
_DRAWINGS = re.compile(rb"/XObject[\s\0]*(?:<<(.*?)>>|([0-9]{1,10})[\s\0]+[0-9]+[\s\0]+R)", re.DOTALL)
_RESOURCES = re.compile(rb"/Resources[\s\0]+([0-9]{1,10})[\s\0]+[0-9]+[\s\0]+R")
_PICTURE = re.compile(rb"/Subtype[\s\0]*/Image\b")
_PACKED = re.compile(rb"/(?:FlateDecode|LZWDecode|Fl|LZW)\b")
_LETTERS = re.compile(rb"/(?:ASCII85Decode|A85)\b")
_OBJECTS = re.compile(rb"/Type[\s\0]*/ObjStm\b")
_OTHER = re.compile(
    rb"/Length1\b|/Type[\s\0]*/(?:ObjStm|XRef|Metadata|CMap|EmbeddedFile)\b|/CMapName\b|/Alternate\b|/FunctionType\b|"
    rb"/Subtype[\s\0]*/(?:Image|Type1C|CIDFontType0C|OpenType|XML)\b"
)
"""Streams that draw nothing: pictures, fonts, tables of the document."""


@dataclass(slots=True)
class _Objects:
    """The objects of a document, as far as drawing goes."""

    texts: dict[int, bytes] = field(default_factory=dict)
    """Number → what stands before its stream, if it has one."""
    sizes: dict[int, int] = field(default_factory=dict)
    """Bytes of drawing in a stream."""
    drawn: dict[int, Counter[bytes]] = field(default_factory=dict)
    """Names of drawings that a stream draws, and how often."""
    costs: dict[int, int] = field(default_factory=dict)


def refuse_bombs(data: bytes, limits: Limits) -> None:
    """Refuse a document that would take minutes or gigabytes to draw.

    Raises:
        DocumentError: TOO_LARGE.
    """
    objects = _Objects()
    left = limits.unpacked
    places = list(_OBJECT.finditer(data))
    for place, following in zip_longest(places, places[1:]):
        number, end = int(place[1]), following.start() if following else len(data)
        mark = _STREAM.search(data, place.end(), end)
        head = data[place.end() : mark.start() if mark else end]
        objects.texts[number] = head
        if mark and not _PICTURE.search(head):
            left -= _read_stream(objects, number, head, data, mark.end(), left)
    for number in objects.drawn:
        _refuse_costly(_cost_of(objects, number, objects.texts[number], 0))
    drawn = sum(_cost_of_page(objects, text) for text in list(objects.texts.values()) if b"/Contents" in text)
    if drawn > DOCUMENT:
        raise too_large(f"the PDF document draws from {drawn:,} bytes, more than the limit of {DOCUMENT:,}")


def _read_stream(objects: _Objects, number: int, head: bytes, data: bytes, start: int, left: int) -> int:
    """Count the bytes of a stream, and the drawings it draws; take up the objects it holds."""
    packed = len(_PACKED.findall(head))
    if packed > 1:
        raise too_large("a stream of the PDF document is compressed more than once")
    if not packed:
        end = data.find(b"endstream", start)
        content = data[start : end if end >= 0 else len(data)]
    else:
        if _LETTERS.search(head):
            data, start = _from_letters(head, data, start), 0
        content = _inflated(data, start, left, keep=not _OTHER.search(head) or bool(_OBJECTS.search(head)))
    if _OBJECTS.search(head):
        _take_up(objects, content)
    elif not _OTHER.search(head):
        if len(content) > STREAM:
            raise too_large(f"a stream of {len(content):,} bytes of drawing, more than the limit of {STREAM:,}")
        objects.sizes[number] = len(content)
        objects.drawn[number] = Counter(_DRAWN.findall(content))
    return len(content)


def _from_letters(head: bytes, data: bytes, start: int) -> bytes:
    """Bytes that were written as letters; nothing of streams too short to be a bomb, for this takes its time."""
    end = data.find(b"~>", start)
    raw = data[start : end if end >= 0 else len(data)]
    if len(raw) < SMALL and b"/Form" not in head:
        return b""
    try:
        return base64.a85decode(raw, ignorechars=b" \t\n\r\v\f\0")
    except ValueError:
        return b""


def _inflated(data: bytes, start: int, left: int, *, keep: bool) -> bytes:
    """Inflate what lies here, as far as it can be; without `keep` only to see that it is not too much.

    Raises:
        DocumentError: TOO_LARGE.
    """
    inflater = zlib.decompressobj()
    kept: list[bytes] = []
    size = 0
    try:
        while start < len(data) and not inflater.eof:
            rest = data[start : start + _CHUNK]
            start += len(rest)
            while rest and not inflater.eof:
                piece = inflater.decompress(rest, 16 * _CHUNK)
                rest = inflater.unconsumed_tail
                size += len(piece)
                if size > (STREAM if keep else left):
                    raise too_large(f"a stream of the PDF document unpacks to more than {size:,} bytes")
                if keep:
                    kept.append(piece)
    except zlib.error:
        # Damaged, encrypted, or packed in another way: PDFium will see.
        return b"".join(kept)
    return b"".join(kept)


def _take_up(objects: _Objects, content: bytes) -> None:
    """Add the objects that a stream holds: a list of numbers and places, then the objects themselves."""
    head = re.match(rb"[\s\0]*((?:[0-9]+[\s\0]+)+)", content)
    if head is None:
        return
    numbers = [int(number) for number in head[1].split()[:200_000]]
    for index in range(0, len(numbers) - 1, 2):
        begin = head.end() + numbers[index + 1]
        end = head.end() + numbers[index + 3] if index + 3 < len(numbers) else len(content)
        if begin < end:
            objects.texts.setdefault(numbers[index], content[begin:end])


def _cost_of_page(objects: _Objects, page: bytes) -> int:
    """Bytes of drawing that a page is made from.

    Raises:
        DocumentError: TOO_LARGE.
    """
    cost = 0
    for listed, single in _CONTENTS.findall(page):
        numbers = [int(number) for number in _REFERENCE.findall(listed or single)]
        if single and numbers[0] not in objects.sizes:
            numbers = [int(number) for number in _REFERENCE.findall(objects.texts.get(numbers[0], b""))]
        for number, times in Counter(numbers).items():
            cost += times * _cost_of(objects, number, page, 0)
    _refuse_costly(cost)
    return cost


def _refuse_costly(cost: int) -> None:
    if cost > SHEET:
        raise too_large(f"a sheet draws from {cost:,} bytes, more than the limit of {SHEET:,}")


def _cost_of(objects: _Objects, number: int, owner: bytes, depth: int) -> int:
    """Bytes of drawing in a stream and in what it draws; the names in it are those of its owner's resources."""
    if depth > NESTED:
        raise too_large(f"drawings inside drawings, more than {NESTED} deep")
    cost = objects.sizes.get(number, 0)
    drawn = objects.drawn.get(number)
    if drawn:
        names = _drawings_of(objects, owner)
        for name, times in drawn.items():
            inner = names.get(name)
            if inner is not None and inner in objects.sizes:
                if inner not in objects.costs:
                    objects.costs[inner] = _cost_of(objects, inner, objects.texts[inner], depth + 1)
                cost += times * objects.costs[inner]
    return cost


def _drawings_of(objects: _Objects, owner: bytes) -> dict[bytes, int]:
    """Name → number of the drawings among the resources of a page or drawing."""
    texts = [owner, *(objects.texts.get(int(number), b"") for number in _RESOURCES.findall(owner))]
    names: dict[bytes, int] = {}
    for text in texts:
        for listed, number in _DRAWINGS.findall(text):
            found = listed or objects.texts.get(int(number), b"")
            names.update((name, int(drawing)) for name, drawing in _NAMED.findall(found))
    return names
