"""The curated lookups of the readers: `data/lookups/{containers,noise,flattened}.toml`, checked and compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from govcrawl.lookups import lookups_folder, read_toml
from govcrawl.model import RegistryError


@dataclass(frozen=True, slots=True)
class Selector:
    """`tag`, `#id`, `.class` or a combination of them; everything is lower case."""

    tag: str
    id: str
    classes: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> Selector:
        match = re.fullmatch(r"([a-z][\w:-]*)?(#[\w-]+)?((?:\.[\w-]+)*)", text.lower())
        if match is None or not text:
            raise RegistryError(f"containers.toml: {text!r} is no selector (use #id, .class, tag or tag.class)")
        tag, name, classes = match.groups()
        return cls(tag or "", (name or "")[1:], frozenset(filter(None, classes.split("."))))


@dataclass(frozen=True, slots=True)
class Frame:
    """How pages are built: containers of the body, marks of the frame, metadata, titles."""

    ids: Mapping[str, tuple[Selector, ...]]
    """Container selectors by id."""
    classes: Mapping[str, tuple[Selector, ...]]
    """Container selectors by their first class."""
    tags: frozenset[str]
    """Elements that are containers by their tag."""
    searched: tuple[str, ...]
    """Elements a container can be."""
    searched_last: tuple[str, ...]
    """Elements a container can be only where its selector names them."""
    anchors: tuple[str, ...]
    frame_tags: tuple[str, ...]
    frame_names: frozenset[str]
    metadata: Mapping[str, str]
    """Spelling in lower case → standard name."""
    title_selectors: tuple[Selector, ...]
    site_endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noise:
    """Lines of the frame inside a container."""

    item: re.Pattern[str]
    edge_blocks: int
    longest: int
    metadata: Mapping[str, re.Pattern[str]]
    residue: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Flattened:
    """How a table looks after its markup was lost."""

    value: re.Pattern[str]
    heading: re.Pattern[str]
    lower: re.Pattern[str]
    page_number: re.Pattern[str]
    sentence: re.Pattern[str]
    run_on: tuple[re.Pattern[str], ...]


def _take(raw: Mapping[str, Any], name: str, key: str, kind: type) -> Any:
    value = raw.get(key)
    if not isinstance(value, kind):
        raise RegistryError(f"{name}: {key!r} must be a {kind.__name__}")
    return value


def _compile(name: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise RegistryError(f"{name}: {pattern!r}: {error}") from error


@cache
def frame(folder: Path | None = None) -> Frame:
    """Load `containers.toml`.

    Raises:
        RegistryError: the file is missing, or breaks its shape.
    """
    name = "containers.toml"
    raw = read_toml((folder or lookups_folder()) / name)
    ids: dict[str, list[Selector]] = {}
    classes: dict[str, list[Selector]] = {}
    tags: set[str] = set()
    searched = tuple(_take(_take(raw, name, "elements", dict), name, "tags", list))
    last: list[str] = []
    for selectors in _take(raw, name, "containers", dict).values():
        for selector in map(Selector.parse, selectors):
            if selector.tag and selector.tag not in searched:
                last.append(selector.tag)
            if selector.id:
                ids.setdefault(selector.id, []).append(selector)
            elif selector.classes:
                classes.setdefault(min(selector.classes), []).append(selector)
            else:
                tags.add(selector.tag)
    marks = _take(raw, name, "frame", dict)
    title = _take(raw, name, "title", dict)
    spellings = _take(raw, name, "metadata", dict).items()
    return Frame(
        ids={key: tuple(value) for key, value in ids.items()},
        classes={key: tuple(value) for key, value in classes.items()},
        tags=frozenset(tags),
        searched=searched,
        searched_last=tuple(last),
        anchors=tuple(_take(_take(raw, name, "anchors", dict), name, "words", list)),
        frame_tags=tuple(_take(marks, name, "tags", list)),
        frame_names=frozenset(_take(marks, name, "names", list)),
        metadata={spelling: standard for standard, known in spellings for spelling in known},
        title_selectors=tuple(map(Selector.parse, _take(title, name, "selectors", list))),
        site_endings=tuple(_take(title, name, "site_endings", list)),
    )


@cache
def noise(folder: Path | None = None) -> Noise:
    """Load `noise.toml`.

    Raises:
        RegistryError: the file is missing, or breaks its shape.
    """
    name = "noise.toml"
    raw = read_toml((folder or lookups_folder()) / name)
    residue = _take(_take(raw, name, "residue", dict), name, "patterns", list)
    return Noise(
        item=_compile(name, "|".join(f"(?:{item})" for item in _take(raw, name, "items", list)), re.IGNORECASE),
        edge_blocks=_take(raw, name, "edge_blocks", int),
        longest=_take(raw, name, "longest", int),
        metadata={key: _compile(name, pattern) for key, pattern in _take(raw, name, "metadata", dict).items()},
        residue=_compile(name, "|".join(residue), re.IGNORECASE),
    )


@cache
def flattened(folder: Path | None = None) -> Flattened:
    """Load `flattened.toml`.

    Raises:
        RegistryError: the file is missing, or breaks its shape.
    """
    name = "flattened.toml"
    raw = read_toml((folder or lookups_folder()) / name)
    return Flattened(
        value=_compile(name, _take(raw, name, "value", str), re.VERBOSE),
        heading=_compile(name, _take(raw, name, "heading", str)),
        lower=_compile(name, _take(raw, name, "lower", str)),
        page_number=_compile(name, _take(raw, name, "page_number", str)),
        sentence=_compile(name, _take(raw, name, "sentence", str)),
        run_on=tuple(_compile(name, pattern) for pattern in _take(raw, name, "run_on", list)),
    )
