"""The bytes of a Stata file: format 118, little-endian, as Stata's own description (`help dta`) gives it.

Written row by row, so that no table has to fit into memory, and without the moment of writing, so that the same rows
give the same bytes.
"""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any

from govcrawl.forms.variables import Label

BYTE, INT, LONG, DOUBLE, STRL = 65530, 65529, 65528, 65526, 32768
"""Storage types; a smaller number is the width of a text in bytes."""
NUMBERS = {BYTE: "<b", INT: "<h", LONG: "<i", DOUBLE: "<d"}
MISSING = {BYTE: 101, INT: 32_741, LONG: 2_147_483_621, DOUBLE: 2.0**1023}
"""What stands for `.` in each."""
SECTIONS = (
    "map",
    "variable_types",
    "varnames",
    "sortlist",
    "formats",
    "value_label_names",
    "variable_labels",
    "characteristics",
    "data",
    "strls",
    "value_labels",
)
LANGUAGES = ("zh", "en")
"""Of labels; the first is the one that is shown."""
NAME, FORMAT, LABEL = 129, 57, 321
"""Bytes that a name, a display format and a label take, with the NUL that ends them."""
LABEL_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of the file."""

    name: str
    label: Label
    storage: int
    display: str
    values: Mapping[int, Label] = field(default_factory=dict)
    full_name: str = ""
    """Its name outside of Stata."""

    def of(self, storage: int, display: str, values: Mapping[int, Label] | None = None) -> Column:
        """The same, stored otherwise."""
        return replace(self, storage=storage, display=display, values=values or {})

    def label_set(self, language: str) -> str:
        """The name of its value labels in a language; empty where it has none."""
        return f"{self.name[:29]}_{language}" if self.values else ""


@dataclass(frozen=True, slots=True)
class Languages:
    """What the file says of itself."""

    label: Label
    characteristics: Mapping[str, str] = field(default_factory=dict)


def write_file(
    file: IO[bytes],
    long: IO[bytes],
    columns: list[Column],
    rows: Iterable[list[Any]],
    count: int,
    about: Languages,
) -> None:
    """Write a whole file.

    Args:
        file: open for writing, at its beginning, and seekable.
        long: an empty file that keeps the long texts meanwhile.
        columns: in the order of the rows' values.
        rows: numbers (None: missing) and encoded texts.
        count: how many rows there are.
        about: the dataset's own labels.
    """
    title = about.label.of(LANGUAGES[0])[:LABEL_CHARACTERS].encode()
    file.write(b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>")
    file.write(b"<K>" + struct.pack("<H", len(columns)) + b"</K><N>" + struct.pack("<Q", count) + b"</N>")
    file.write(b"<label>" + struct.pack("<H", len(title)) + title + b"</label>")
    file.write(b"<timestamp>\0</timestamp></header>")
    places = [0]
    for name in SECTIONS:
        places.append(file.tell())
        file.write(f"<{name}>".encode())
        if name == "map":
            file.write(bytes(8 * 14))
        elif name == "data":
            _write_data(file, long, columns, rows)
        elif name == "strls":
            long.seek(0)
            shutil.copyfileobj(long, file)
        else:
            file.write(_section(name, columns, about))
        file.write(f"</{name}>".encode())
    places.append(file.tell())
    file.write(b"</stata_dta>")
    places.append(file.tell())
    file.seek(places[1] + len("<map>"))
    file.write(struct.pack("<14Q", *places))


def _section(name: str, columns: list[Column], about: Languages) -> bytes:
    if name == "variable_types":
        return b"".join(struct.pack("<H", column.storage) for column in columns)
    if name == "sortlist":
        return bytes(2 * (len(columns) + 1))
    if name == "characteristics":
        return b"".join(_characteristic(*each) for each in _characteristics(columns, about))
    if name == "value_labels":
        return b"".join(
            _value_labels(column.label_set(language), {n: each.of(language) for n, each in column.values.items()})
            for column in columns
            if column.values
            for language in LANGUAGES
        )
    width, texts = {
        "varnames": (NAME, [column.name for column in columns]),
        "formats": (FORMAT, [column.display for column in columns]),
        "value_label_names": (NAME, [column.label_set(LANGUAGES[0]) for column in columns]),
        "variable_labels": (LABEL, [column.label.of(LANGUAGES[0])[:LABEL_CHARACTERS] for column in columns]),
    }[name]
    return b"".join(_fixed(text, width) for text in texts)


def _characteristics(columns: list[Column], about: Languages) -> Iterable[tuple[str, str, str]]:
    """(variable or `_dta`, name, text): the labels of the other languages, as Stata's `label language` keeps them."""
    yield "_dta", "_lang_c", LANGUAGES[0]
    yield "_dta", "_lang_list", " ".join(LANGUAGES)
    for language in LANGUAGES[1:]:
        yield "_dta", f"_lang_v_{language}", about.label.of(language)[:LABEL_CHARACTERS]
        for column in columns:
            yield column.name, f"_lang_v_{language}", column.label.of(language)[:LABEL_CHARACTERS]
            if column.values:
                yield column.name, f"_lang_l_{language}", column.label_set(language)
    for name, text in about.characteristics.items():
        yield "_dta", name, text
    for column in columns:
        if column.full_name != column.name:
            yield column.name, "full_name", column.full_name


def _characteristic(variable: str, name: str, text: str) -> bytes:
    told = _fixed(variable, NAME) + _fixed(name, NAME) + text.encode() + b"\0"
    return b"<ch>" + struct.pack("<I", len(told)) + told + b"</ch>"


def _value_labels(name: str, labels: Mapping[int, str]) -> bytes:
    texts = [label.encode() + b"\0" for label in labels.values()]
    places = [sum(map(len, texts[:number])) for number in range(len(texts))]
    text = b"".join(texts)
    table = struct.pack(f"<2i{2 * len(texts)}i", len(texts), len(text), *places, *labels) + text
    return b"<lbl>" + struct.pack("<i", len(table)) + _fixed(name, NAME) + bytes(3) + table + b"</lbl>"


def _write_data(file: IO[bytes], long: IO[bytes], columns: list[Column], rows: Iterable[list[Any]]) -> None:
    """The rows; long texts go to another file, from which they are copied to a section of their own."""
    for number, row in enumerate(rows, 1):
        told = bytearray()
        for place, (column, value) in enumerate(zip(columns, row, strict=True), 1):
            kind = column.storage
            if kind in NUMBERS:
                told += struct.pack(NUMBERS[kind], MISSING[kind] if value is None else value)
            elif kind != STRL:
                told += value.ljust(kind, b"\0")
            elif not value:
                told += bytes(8)
            else:
                told += struct.pack("<H", place) + number.to_bytes(6, "little")
                long.write(b"GSO" + struct.pack("<IQBI", place, number, 130, len(value) + 1) + value + b"\0")
        file.write(told)


def _fixed(text: str, width: int) -> bytes:
    return text.encode().ljust(width, b"\0")
