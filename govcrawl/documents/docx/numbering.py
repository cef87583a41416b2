"""Automatic numbers of paragraphs: printed before them, but nowhere in their text. Headings are told by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree
from lxml.etree import _Element

from govcrawl.documents.docx.package import W

_VAL = f"{W}val"
_DEEPEST = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    gap: bool = False
    """Whether a space follows."""
    legal: bool = False
    """Numbers of higher levels in digits."""


@dataclass(slots=True)
class _List:
    """A list as paragraphs refer to it."""

    counters: dict[int, int]
    """Shared by all lists of the same making."""
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)
    """Level → where it starts anew once this list begins."""


class Numbering:
    """Counts along a document: paragraphs are to be asked in their order."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._style_of = {style.get(f"{W}styleId", ""): style for style in _all(styles, "style")}
        self._makings = {each.get(f"{W}abstractNumId", ""): each for each in _all(numbering, "abstractNum")}
        self._nums = {each.get(f"{W}numId", ""): each for each in _all(numbering, "num")}
        self._counters: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _List | None] = {}

    def label(self, paragraph: _Element) -> str:
        """The number printed before a paragraph; empty where none is. Bullets are no numbers."""
        number, depth = self._place(paragraph)
        numbered = self._list(number) if number else None
        level = numbered.levels.get(depth) if numbered else None
        if numbered is None or level is None:
            return ""
        counters = numbered.counters
        if depth in numbered.restarts:
            counters[depth] = numbered.restarts.pop(depth)
        else:
            counters[depth] = counters[depth] + 1 if depth in counters else level.start
        for deeper in range(depth + 1, _DEEPEST):
            counters.pop(deeper, None)
        if level.form in ("bullet", "none"):
            return ""
        label = _PLACEHOLDER.sub(partial(_print_number, numbered, level), level.text)
        return f"{label} " if level.gap and label.isascii() else label

    def _place(self, paragraph: _Element) -> tuple[str, int]:
        """(list, level) of a paragraph, its own or its style's."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        name = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        number = _value(own.find(f"{W}numId")) if own is not None else ""
        depth = _value(own.find(f"{W}ilvl")) if own is not None else ""
        seen: set[str] = set()
        while name in self._style_of and name not in seen:
            seen.add(name)
            style = self._style_of[name]
            number = number or _value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            depth = depth or _value(style.find(f"{W}pPr/{W}numPr/{W}ilvl"))
            name = _value(style.find(f"{W}basedOn"))
        return "" if number == "0" else number, _whole(depth, 0)

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._make_list(number)
        return self._lists[number]

    def _make_list(self, number: str) -> _List | None:
        num = self._nums.get(number)
        making, identity = self._making(num)
        if num is None or making is None:
            return None
        made = _List(self._counters.setdefault(identity, {}), dict(_levels(making)))
        for override in num.iterchildren(f"{W}lvlOverride"):
            depth = _whole(override.get(f"{W}ilvl", ""), 0)
            made.levels.update(_levels(override))
            start = override.find(f"{W}startOverride")
            if start is not None:
                made.restarts[depth] = _whole(_value(start), 1)
        return made

    def _making(self, num: _Element | None) -> tuple[_Element | None, str]:
        """The definition of a list, which may lie behind a style."""
        for _ in range(_DEEPEST):
            identity = _value(num.find(f"{W}abstractNumId")) if num is not None else ""
            making = self._makings.get(identity)
            linked = _value(making.find(f"{W}numStyleLink")) if making is not None else ""
            if not linked:
                return making, identity
            style = self._style_of.get(linked)
            num = self._nums.get(_value(style.find(f"{W}pPr/{W}numPr/{W}numId")) if style is not None else "")
        return None, ""


def print_numbers(root: _Element, numbering: _Element | None, styles: _Element | None) -> None:
    """Write every automatic number before its paragraph's text."""
    if numbering is None:
        return
    counted = Numbering(numbering, styles)
    for paragraph in root.iter(f"{W}p"):
        if label := counted.label(paragraph):
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}t").text = label
            paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, run)


def _print_number(numbered: _List, level: Level, match: re.Match[str]) -> str:
    depth = int(match[1]) - 1
    shown = numbered.levels.get(depth, Level())
    number = numbered.counters.setdefault(depth, shown.start)
    return printed(number, "decimal" if level.legal else shown.form)


def printed(number: int, form: str) -> str:
    """A number as a list prints it; in digits where the form is not known."""
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
        return _chinese(number, _DIGITS, "十")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _chinese(number, _FORMAL, "拾")
    if form == "ideographDigital":
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    if form == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("upperLetter", "lowerLetter") and number >= 1:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and 1 <= number < 4000:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    return str(number)


def _chinese(number: int, digits: str, ten: str) -> str:
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    lead = digits[tens] if tens > 1 or digits is _FORMAL else ""
    return lead + ten + (digits[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _levels(owner: _Element) -> Iterator[tuple[int, Level]]:
    for level in owner.iterchildren(f"{W}lvl"):
        depth = _whole(level.get(f"{W}ilvl", ""), 0)
        legal = level.find(f"{W}isLgl")
        yield (
            depth,
            Level(
                _whole(_value(level.find(f"{W}start")), 1),
                _value(level.find(f"{W}numFmt")) or "decimal",
                _value(level.find(f"{W}lvlText")),
                _value(level.find(f"{W}suff")) != "nothing",
                legal is not None and legal.get(_VAL) not in ("0", "false"),
            ),
        )


def _all(root: _Element | None, name: str) -> Iterator[_Element]:
    return root.iterchildren(W + name) if root is not None else iter(())


def _value(element: _Element | None) -> str:
    return element.get(_VAL, "") if element is not None else ""


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else default
