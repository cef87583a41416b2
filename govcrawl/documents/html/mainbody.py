"""The main body told from the page's frame."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, cast

from lxml.etree import XPath, _Element

from govcrawl.documents import lookups
from govcrawl.documents.characters import settable
from govcrawl.documents.lookups import Frame, Selector

_TEXT = XPath("string(.)", smart_strings=False)
_LINKED = XPath("descendant-or-self::a[@href]//text()", smart_strings=False)
_ROWS = frozenset({"table", "tbody", "thead", "tfoot", "tr"})
_PARAGRAPHS = frozenset({"p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "center"})
_INLINE = frozenset({"span", "font", "b", "strong", "em", "i", "u"})
_NO_BODY = _ROWS | _PARAGRAPHS | _INLINE
_NOT_PROSE = ("a", "script", "style", "option", "title")

SAME = 0.8
"""An inner container with this share of the outer one's text is the tighter fit of the two."""
SHORT_BODY = 40
"""Characters below which a container without a table holds no report."""
FRAME_LINKS = 0.2
"""Share of a page's text inside links above which the page has a frame worth telling apart."""
MANY_ROWS = 10
MANY_ANCHORS = 400
"""Anchors looked at; a report prints some thirty."""


class MainBody(NamedTuple):
    element: _Element
    source: str
    """`container`, `tables`, or `whole`; see `Document.body_source`."""
    has_frame: bool = False
    """The element still holds parts of the page's frame."""


def find_main_body(root: _Element) -> MainBody:
    """The element that holds the report: a platform's container, else the smallest around the report's own words."""
    frame = lookups.frame()
    container = _best_container(root, frame)
    if container is not None:
        return MainBody(container, "container")
    body = root.find("body")
    body = root if body is None else body
    around = _around_anchors(body, frame)
    if around is not None:
        return MainBody(around, "tables", has_frame=True)
    return MainBody(body, "whole", has_frame=True)


def matches(tag: str, name: str | None, classes: str | None, selectors: Iterable[Selector]) -> bool:
    """Whether an element of this tag, id and class answers to one of the selectors."""
    name, words = (name or "").lower(), frozenset(_words(classes or ""))
    return any((not s.tag or s.tag == tag) and (not s.id or s.id == name) and s.classes <= words for s in selectors)


def _best_container(root: _Element, frame: Frame) -> _Element | None:
    found = _containers(root, frame.searched) or (frame.searched_last and _containers(root, frame.searched_last))
    if not found:
        return None
    sized = [(_length(element), element) for element in found] if len(found) > 1 else [(SHORT_BODY, found[0])]
    size, best = max(sized, key=lambda pair: pair[0])
    rows = _rows(best)
    # Document order puts inner containers after the outer ones they stand in.
    for inner_size, inner in sized:
        if inner is not best and inner_size >= SAME * size and best in inner.iterancestors() and _rows(inner) == rows:
            best = inner
    if not rows and _length(best) < SHORT_BODY and best.find(".//img") is None:
        return None
    everywhere = _rows(root)
    if everywhere >= MANY_ROWS and 2 * rows < everywhere:
        return None
    return best


def _containers(root: _Element, tags: Iterable[str]) -> list[_Element]:
    return [
        element for element in root.iter(*tags) if _is_container(element.tag, element.get("id"), element.get("class"))
    ]


@lru_cache(maxsize=4096)
def _is_container(tag: str, name: str | None, classes: str | None) -> bool:
    frame = lookups.frame()
    selectors = [*frame.ids.get((name or "").lower(), ())]
    for word in _words(classes or ""):
        selectors += frame.classes.get(word, ())
    return tag in frame.tags or matches(tag, name, classes, selectors)


@lru_cache(maxsize=1024)
def _words(classes: str) -> tuple[str, ...]:
    return tuple(classes.lower().split())


def _length(element: _Element) -> int:
    """Printed characters of an element."""
    return len("".join(cast("str", _TEXT(element)).split()))


def _rows(element: _Element) -> int:
    return sum(1 for _ in element.iter("tr"))


@lru_cache(maxsize=4)
def _anchor_path(words: tuple[str, ...]) -> XPath:
    return XPath(".//text()[" + " or ".join(f"contains(., '{word}')" for word in words) + "]")


def _anchored(element: _Element, frame: Frame) -> list[tuple[_Element, str]]:
    """Elements, each with its own text that holds a word only the report prints; links do not count."""
    hits: list[tuple[_Element, str]] = []
    texts = cast("list[Any]", _anchor_path(frame.anchors)(element))
    for text in texts[:MANY_ANCHORS]:
        holder = cast("_Element", text.getparent().getparent() if text.is_tail else text.getparent())
        if holder.tag not in _NOT_PROSE and next(holder.iterancestors(*_NOT_PROSE), None) is None:
            hits.append((holder, str(text)))
    return hits


def _around_anchors(body: _Element, frame: Frame) -> _Element | None:
    """The smallest element around all the report's words, if there are several."""
    hits = _anchored(body, frame)
    words = {word for word in frame.anchors if any(word in text for _, text in hits)}
    if len(words) < 2:
        return None
    common = _path(hits[0][0])
    for hit, _ in hits[1:]:
        path = _path(hit)
        length = min(len(common), len(path))
        same = next((i for i in range(length) if common[i] is not path[i]), length)
        common = common[:same]
    # A row or a paragraph is no body: go on to the element around it.
    while len(common) > 1 and common[-1] is not body and common[-1].tag in _NO_BODY:
        common.pop()
    return common[-1]


def _path(element: _Element) -> list[_Element]:
    return [*reversed(list(element.iterancestors())), element]


def drop_frame(body: _Element) -> None:
    """Take navigation, breadcrumbs, footers and their like out of an element, by their names; never the report."""
    frame = lookups.frame()
    kept = {ancestor for hit, _ in _anchored(body, frame) for ancestor in _path(hit)}
    for element in list(body.iter("div", "ul", "p", "span", "section", "table", "td", "form", *frame.frame_tags)):
        if element is body or element in kept:
            continue
        if element.tag in frame.frame_tags or not frame.frame_names.isdisjoint(_names(element)):
            drop(element)


def _names(element: _Element) -> tuple[str, ...]:
    name, classes = element.get("id"), element.get("class")
    return _words(f"{name or ''} {classes or ''}") if name or classes else ()


def drop(element: _Element) -> None:
    """Remove an element and its content; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = settable((before.tail or "") + element.tail)
        else:
            parent.text = settable((parent.text or "") + element.tail)
    parent.remove(element)


def is_mostly_frame(body: _Element) -> bool:
    """Whether links take up so much of the text that the body must be looked for inside it."""
    length = _length(body)
    linked = sum(len("".join(text.split())) for text in cast("list[str]", _LINKED(body)))
    return length > 0 and linked / length > FRAME_LINKS
